"""The web manifest: what a phone calls the site on its home screen."""

from __future__ import annotations

import json

from dreamfolio.publish.site.theme_view import ThemeView
from dreamfolio.publish.site.views import SiteView


def web_manifest(site: SiteView, theme: ThemeView) -> bytes:
    """The manifest of ``site``. All in it is relative, so that it holds wherever the site lies."""
    # One colour is all that a manifest can name: while it opens, a dark screen dazzles nobody.
    ground = theme.ground.dark if theme.ground else ""
    icons = [
        {"src": theme.icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        *(
            {
                "src": icon.address,
                "sizes": f"{icon.size}x{icon.size}",
                "type": "image/png",
                "purpose": "maskable" if icon.maskable else "any",
            }
            for icon in theme.icons
        ),
    ]
    manifest = {
        "name": site.title,
        "short_name": site.title if len(site.title) <= 12 else f"{site.title[:11].rstrip()}…",
        "description": site.summary,
        "lang": site.language,
        "dir": site.direction,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": ground,
        "theme_color": ground,
        "icons": icons if theme.icon else [],
    }
    told = {key: value for key, value in manifest.items() if value}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
