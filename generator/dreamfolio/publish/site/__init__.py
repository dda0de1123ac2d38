"""The gallery site: pages, pictures and a theme, written into ``site/``."""

from dreamfolio.publish.site.build import SiteResult, build

__all__ = ["SiteResult", "build"]
