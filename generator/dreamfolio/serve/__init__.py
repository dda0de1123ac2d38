"""The site on this machine while one works on it: served, watched, rebuilt, reloaded.

``serving`` tells the story. What the page needs for it is added to it on its way to the browser,
and never written into ``site/``.
"""
