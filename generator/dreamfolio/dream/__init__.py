"""The engine: pixels and a recipe in, pixels out."""
