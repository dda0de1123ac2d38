"""Cutting commands off at chosen points, and looking at what is left."""
