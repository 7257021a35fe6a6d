"""Pages whose links are followed: which lead to articles, and which to the next page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from lxml.html import HtmlElement

from include.crawl.article_links import looks_like_article
from include.crawl.documents import MalformedDocumentError
from include.crawl.html_tree import parse_html
from include.portals.identity import canonical_url

_NEXT_WORDS: Final = re.compile(
    r"(?:trang\s+)?(?:sau|tiếp(?:\s+theo)?|kế(?:\s+tiếp)?|next)\s*[›»>→]*|[›»>→]+|xem\s+thêm", re.IGNORECASE
)
_NEXT_CLASS: Final = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)
_PAGE_NUMBER: Final = re.compile(
    r"(?:/(?:page|trang|p)[-/]?|[?&](?:page|trang|p|pageindex|pageno|paged)=)(\d{1,4})(?=$|[/&.])",
    re.IGNORECASE,
)
_CHARSET: Final = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Canonical article links in the order of the page, and the next page's URL if it names one."""

    articles: tuple[str, ...]
    next_url: str | None


@dataclass(slots=True)
class _Link:
    url: str
    text: str
    element: HtmlElement


def parse_listing(
    body: bytes, url: str, content_type: str | None, owns: Callable[[str], bool]
) -> ListingPage:
    """Read the listing at `url`; owns: whether a link stays with its portal.

    Raises MalformedDocumentError where it is no HTML page.
    """
    links = [link for link in _links(_parse(body, content_type), url) if owns(link.url)]
    texts: dict[str, str] = {}
    for link in links:  # a story's picture and its headline link to the same place
        texts[link.url] = max(texts.get(link.url, ""), link.text, key=len)
    here = canonical_url(url)
    articles = tuple(
        target for target, text in texts.items() if target != here and looks_like_article(target, text)
    )
    return ListingPage(articles, _next_page(links, here))


def _parse(body: bytes, content_type: str | None) -> HtmlElement:
    if content_type and not re.search(r"html|text/plain|octet-stream", content_type, re.IGNORECASE):
        raise MalformedDocumentError("not_html", content_type[:80])
    charset = _CHARSET.search(content_type or "")
    return parse_html(body, charset[1] if charset else None)


def _links(root: HtmlElement, url: str) -> list[_Link]:
    base = _base(root, url)
    found = []
    for element in root.iter("a", "link"):
        href = (element.get("href") or "").strip()
        if not href or href.startswith("#") or (element.tag == "link" and element.get("rel") != "next"):
            continue
        try:
            target = canonical_url(urljoin(base, href))
        except ValueError:  # mailto:, javascript:, a broken address: nothing to follow
            continue
        text = " ".join(element.text_content().split()) or (element.get("title") or "")
        found.append(_Link(target, text, element))
    return found


def _base(root: HtmlElement, url: str) -> str:
    node = next(root.iter("base"), None)
    try:
        return url if node is None else urljoin(url, node.get("href", "").strip())
    except ValueError:  # a torn address is no base
        return url


def _next_page(links: list[_Link], here: str) -> str | None:
    """The page after this one: said so by the link, or numbered one higher on the same path."""
    for link in links:
        if link.url != here and _says_next(link):
            return link.url
    number = _page_number(here)
    for link in links:
        if _page_number(link.url) == number + 1 and _stem(link.url) == _stem(here):
            return link.url
    return None


def _says_next(link: _Link) -> bool:
    element = link.element
    if "next" in (element.get("rel") or "").split():
        return True
    named = _NEXT_CLASS.search(element.get("class") or "") or _NEXT_WORDS.fullmatch(link.text.strip())
    return bool(named) and not looks_like_article(link.url, "")


def _page_number(url: str) -> int:
    match = _PAGE_NUMBER.search(url)
    return int(match[1]) if match else 1


def _stem(url: str) -> str:
    """What a listing's pages have in common; portals on https still print links on http."""
    return _PAGE_NUMBER.sub("", url).rstrip("/?&").partition("://")[2]
