"""The headline of a story, without the name of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import html

from include.clean.metadata import Metadata
from include.clean.text import fold, tidy, unmarked
from include.clean.tree import link_share, name_words, select, short_text, text_of
from include.portals.families import GENERIC, Family

# Words that begin the names of portals, and what their front pages are called.
_SITE_NAME: Final = re.compile(
    r"(?:báo|cổng|trang|đài|tạp chí|website|thông tấn|tin nhanh|tin tức|ubnd|ủy ban|sở|bộ|ban)\b.*",
    re.IGNORECASE,
)
_FRONT_PAGE: Final = re.compile(
    r"(?:trang chủ(?:\s*[-–|].*)?|trang nhất|home|default|index|untitled.*|tin tức(?: - sự kiện)?|xem tin"
    r"|chi tiết(?: tin| bài viết)?"
    r"|(?:cổng|trang) (?:thông tin|ttđt|tin)(?: điện tử)?.*|báo điện tử(?: \S+){0,4}|website.*)",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"\s+[|–—-]\s+|\s*[|»]\s*")
_MAX_TITLE_CHARS: Final = 400
# Where a template prints a date that the story does not have.
_EMPTY_BRACKETS: Final = re.compile(r"\s*\(\s*\)$")
# Site, section and headline together; and as much of an element's white space.
_MAX_HEAD_TITLE_CHARS: Final = 2_000
# A page has few headlines; those after so many are of a list.
_MAX_CANDIDATES: Final = 100
_LOGO_WORDS: Final = frozenset({"logo", "siteheaderlogo", "banner", "brand", "sitename", "sitetitle"})


@dataclass(frozen=True, slots=True)
class Headline:
    """text: null where the page has none; node: the element that prints it, where one does."""

    text: str | None
    node: html.HtmlElement | None


def headline_of(tree: html.HtmlElement, family: Family, metadata: Metadata) -> Headline:
    """The family's title element, else an h1 that is no logo, else what the head says, without site name."""
    printed = _printed(tree, family, metadata)
    if printed is not None:
        return Headline(_EMPTY_BRACKETS.sub("", text_of(printed)), printed)
    for text in _head_titles(metadata):
        bare = without_site_name(text, metadata)
        if bare:
            return Headline(bare, _node_saying(tree, bare))
    return Headline(None, None)


def without_site_name(text: str, metadata: Metadata) -> str | None:
    """The headline in a head title, or null where it names nothing but the site or is no title."""
    bare = tidy(text)
    if len(bare) > _MAX_HEAD_TITLE_CHARS:
        return None
    parts = _SEPARATOR.split(bare)
    while len(parts) > 1 and (_names_site(parts[-1], metadata) or _SITE_NAME.fullmatch(parts[-1])):
        bare = bare[: bare.rindex(parts.pop())].rstrip(" |–—-»")
    if not bare or _names_site(bare, metadata) or _FRONT_PAGE.fullmatch(bare):
        return None
    return bare


def _names_site(text: str, metadata: Metadata) -> bool:
    """Whether it is the site's name as the page gives it, or its host's: "Nà Phạ" at napha.vn."""
    squeezed = re.sub(r"[\W_]", "", unmarked(text))
    return bool(text) and (fold(text) == fold(metadata.site_name) or squeezed == metadata.host_name.lower())


def _printed(tree: html.HtmlElement, family: Family, metadata: Metadata) -> html.HtmlElement | None:
    if family is not GENERIC:
        for element in select(tree, family.title)[:_MAX_CANDIDATES]:
            if _is_headline(element, metadata) and not _is_logo(element):
                return element
    # Names of unrelated templates also head teasers, and some pages print the section in their h1: such
    # an element must agree with the head's title, where that has one.
    expected = [without_site_name(text, metadata) for text in _head_titles(metadata)]
    titles = [title for title in expected if title]
    for element in select(tree, ("//h1", *GENERIC.title))[:_MAX_CANDIDATES]:
        if not _is_headline(element, metadata) or _is_logo(element):
            continue
        if any(_agree(text_of(element), title) for title in titles) or (element.tag == "h1" and not titles):
            return element
        if element.tag == "h1" and element.get("itemprop") == "headline":
            return element
    return None


def _head_titles(metadata: Metadata) -> tuple[str, ...]:
    return (metadata.og_title, metadata.headline, metadata.document_title)


def _agree(printed: str, title: str) -> bool:
    """Whether half of the words of both are the same; search-engine titles are shortened or extended."""
    one, other = set(fold(printed).split()), set(fold(title).split())
    return len(one & other) * 2 >= max(len(one), len(other))


def _is_headline(element: html.HtmlElement, metadata: Metadata) -> bool:
    text = short_text(element, _MAX_HEAD_TITLE_CHARS)
    if not text or len(text) > _MAX_TITLE_CHARS:
        return False
    return without_site_name(text, metadata) is not None


def _is_logo(heading: html.HtmlElement) -> bool:
    """An h1 of the page's head, or one that is nothing but a link to the front page."""
    if name_words(heading) & _LOGO_WORDS:
        return True
    for ancestor in heading.iterancestors():
        if ancestor.tag in ("header", "nav", "footer", "aside") or name_words(ancestor) & _LOGO_WORDS:
            return next(ancestor.iterancestors("article"), None) is None
    targets = [link.get("href") or "" for link in heading.iter("a")]
    return link_share(heading) > 0.9 and any(
        re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", t) for t in targets
    )


def _node_saying(tree: html.HtmlElement, text: str) -> html.HtmlElement | None:
    """The first element whose whole text is the headline."""
    wanted = fold(text)
    for element in tree.iter("h1", "h2", "h3", "h4", "div", "p", "span", "td", "strong", "b"):
        said = short_text(element, len(text) + 40)
        if said and fold(said) == wanted and link_share(element) < 0.5:
            return element
    return None
