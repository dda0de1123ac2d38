"""Sweeping: what dreamfolio wrote and nothing needs any more is found, and dropped if asked."""
