"""Content: what the artist wrote and put there, read into frozen values."""
