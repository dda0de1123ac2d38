"""The gallery site: pages, pictures and a theme, written into ``site/`` by ``build.build``.

Nothing is imported here: the processes that encode pictures come through this door too, and need
neither templates nor Markdown.
"""
