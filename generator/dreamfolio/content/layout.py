"""What a portfolio's folders and files are called."""

from __future__ import annotations

PORTFOLIO = "portfolio.yaml"
COLLECTIONS = "collections"
MANIFEST = "collection.yaml"
LOCK = "dreams.lock"
THUMBS = "thumbs"
THEMES = "themes"
SITE = "site"
PAGES = ("README.md", "GALLERY.md")
"""What a page of tables may be called, in whatever case: the first that is free."""
