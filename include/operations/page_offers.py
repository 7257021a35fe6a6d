"""What a page says of its whole portal: its name, its feeds, the sections of its menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from include.clean.text import tidy
from include.crawl.article_links import looks_like_article, may_be_article
from include.portals.hosts import is_own_url
from include.portals.identity import canonical_url, normal_url

_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml")
_MENU: Final = (
    "//nav//a | //*[contains(@class, 'menu') or contains(@id, 'menu')"
    " or contains(@class, 'navbar') or contains(@id, 'navbar')]//a"
)
# A section's name is short; what is longer in a menu is a headline or an address.
_SECTION_WORDS: Final = 6
# Sections in which a province's economy and its meetings are told, as most portals call them.
_TELLING: Final = re.compile(
    r"(?:kinh tế|thời sự|chính trị|xã hội|nông nghiệp|công thương|tin tức|sự kiện|tin mới)", re.IGNORECASE
)
# More feeds or listings than these are the same stories again.
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class PageOffers:
    """site_name: og:site_name, null where there is none. feeds, sections: whole URLs of the page's own site.

    sections: links of the menu that lead to no story; where some are on economy and politics, those alone.
    """

    site_name: str | None
    feeds: tuple[str, ...]
    sections: tuple[str, ...]


def offers_of(tree: HtmlElement, url: str) -> PageOffers:
    """Collect them from the page at `url`."""
    base = next((urljoin(url, str(href).strip()) for href in tree.xpath("//base/@href")), url)
    names = tree.xpath("//meta[@property='og:site_name']/@content")
    feeds = (
        link.get("href", "")
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").strip().lower() in _FEED_TYPES
    )
    return PageOffers(
        site_name=next((name for name in map(tidy, names) if name), None),
        feeds=tuple(dict.fromkeys(_own(feeds, base, url)))[:_MOST],
        sections=_sections(tree, base, url),
    )


def _own(hrefs: Iterator[str], base: str, url: str) -> Iterator[str]:
    for href in hrefs:
        try:
            target = normal_url(urljoin(base, href.strip()))
        except ValueError:  # javascript:, mailto:, a torn address: nothing to ask for
            continue
        if href.strip() and is_own_url(target, url):
            yield target


def _sections(tree: HtmlElement, base: str, url: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for link in tree.xpath(_MENU):
        text = tidy(link.text_content())
        for target in _own(iter([link.get("href") or ""]), base, url):
            if 0 < len(text.split()) <= _SECTION_WORDS and _may_list(target, url):
                names.setdefault(target, text)
    telling = [target for target, text in names.items() if _TELLING.search(text)]
    return tuple((telling or list(names))[:_MOST])


def _may_list(target: str, url: str) -> bool:
    is_page_itself = canonical_url(target) == canonical_url(url)
    is_other = looks_like_article(target, "") or not may_be_article(target)
    return not (is_page_itself or is_other or urlsplit(target).query)
