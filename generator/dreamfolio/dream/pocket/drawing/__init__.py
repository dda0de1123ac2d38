"""What formulas draw with: coordinates, noise and bodies, and the light and colour they get."""
