"""The page that looks through the names of what the site has."""

from __future__ import annotations

from collections.abc import Iterator

from include.site.page import Page


def search_pages() -> Iterator[Page]:
    """The one page; what it finds is in the index beside it (include.site.search)."""
    yield Page(path="search.html", template="search.html.jinja", titles=("Tìm", "Search"))
