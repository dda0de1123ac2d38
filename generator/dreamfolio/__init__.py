"""dreamfolio: a static art-portfolio generator that dreams the pictures it shows."""

__version__ = "0.1.0"
