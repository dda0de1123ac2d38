"""What a portfolio's folders and files are called."""

from __future__ import annotations

PORTFOLIO = "portfolio.yaml"
COLLECTIONS = "collections"
MANIFEST = "collection.yaml"
THUMBS = "thumbs"
THEMES = "themes"
SITE = "site"
