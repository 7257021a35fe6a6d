"""When a story was published, by the strength of the evidence on its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from lxml import html

from include.clean.dates import Moment, is_edit_date, parse_typed, parse_visible
from include.clean.metadata import Metadata
from include.clean.noise import NOISE_WORDS
from include.clean.tree import matches, name_words, select, short_text
from include.portals.families import Family

# A line with a date, a weekday, a time and a view count has at most so many characters.
_DATE_LINE_CHARS: Final = 120
# Names that templates give to a clock or to the head of the page: both show the day of the request.
_CLOCK_WORDS: Final = frozenset(
    [
        "today", "now", "clock", "current", "currentdate", "currenttime", "timenow", "datenow", "lbldate",
        "datetoday", "masthead", "siteheader", "topbar", "topheader", "header", "pageheader", "banner",
        "homnay", "ngayhomnay",
    ]
)  # fmt: skip
# The bar with buttons under a headline is where many templates print author and date.
_BAR_WORDS: Final = frozenset(
    ["share", "social", "sharing", "sharemxh", "addthis", "toolbar", "tools", "print", "tts", "audio"]
)
_ELSEWHERE: Final = (NOISE_WORDS - _BAR_WORDS) | _CLOCK_WORDS
_FRAMES: Final = frozenset({"header", "nav", "footer", "aside", "a", "li"})
# Below the first paragraph a date counts only with the word for publication beside it.
_PUBLISHED: Final = re.compile(r"đăng|xuất bản", re.IGNORECASE)


# Sources whose days differ by more than this do not tell of one publication.
_AGREEMENT: Final = timedelta(days=1)
# /202604/, as the addresses of one vendor of provincial papers have it.
_MONTH_IN_ADDRESS: Final = re.compile(r"/(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True)
class Dated:
    """The publication as found. basis: metadata, page or unknown; node: the element that prints it;
    conflict: each source with its day, strongest first, where they differ by more than a day."""

    moment: Moment | None
    basis: str
    node: html.HtmlElement | None = None
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """name: typed, page, json_ld or meta, in the order of strength."""

    name: str
    moment: Moment
    node: html.HtmlElement | None = None

    @property
    def basis(self) -> str:
        return "page" if self.name == "page" else "metadata"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the story stands: its headline (null if none was found) and the element that holds its text."""

    title: html.HtmlElement | None
    story: html.HtmlElement


def date_of(tree: html.HtmlElement, family: Family, metadata: Metadata, place: Place, address: str) -> Dated:
    """The first source that parses strictly: typed node, date beside the story, JSON-LD, meta tags.

    address: the page's, whose month is no source and contradicts one where it differs.

    Never the masthead, the footer's licence, a date inside a sentence or the last edit. A source
    without a time of day borrows it from the next one of the same day.
    """
    sources = list(_sources(tree, family, metadata, place))
    if not sources:
        return Dated(None, "unknown")
    first = sources[0]
    moment = first.moment
    if moment.at is None:
        told = [other.moment for other in sources[1:] if other.moment.at and other.moment.on == moment.on]
        moment = told[0] if told else moment
    return Dated(moment, first.basis, first.node, _conflict(sources, address))


def _conflict(sources: Iterable[_Source], address: str) -> str | None:
    days: dict[str, date] = {}
    for source in sources:
        days.setdefault(source.name, source.moment.on)
    told = [f"{name} {day}" for name, day in days.items()]
    differs = max(days.values()) - min(days.values()) > _AGREEMENT
    month = _MONTH_IN_ADDRESS.search(urlsplit(address).path)
    if month and not _is_about(next(iter(days.values())), int(month["year"]), int(month["month"])):
        told.append(f"address {month['year']}-{month['month']}")
        differs = True
    return ", ".join(told) if differs else None


def _is_about(day: date, year: int, month: int) -> bool:
    return any((near.year, near.month) == (year, month) for near in (day - _AGREEMENT, day, day + _AGREEMENT))


def _sources(tree: html.HtmlElement, family: Family, metadata: Metadata, place: Place) -> Iterator[_Source]:
    for path in family.typed_dates:
        for value in matches(tree, path):
            moment = parse_typed(value) if isinstance(value, str) else None
            if moment:
                yield _Source("typed", moment)
    beside = list(_beside(place))
    yield from _typed_nodes(beside)
    yield from _visible((*select(tree, family.visible_dates), *beside))
    if family.uses_general_metadata:
        yield from _told("json_ld", metadata.json_ld_published)
        yield from _told("meta", metadata.meta_published)


def _told(name: str, texts: Iterable[str]) -> Iterator[_Source]:
    for text in texts:
        moment = parse_typed(text)
        if moment:
            yield _Source(name, moment)


def _typed_nodes(nodes: Iterable[html.HtmlElement]) -> Iterator[_Source]:
    for node in nodes:
        if node.tag == "time" and node.get("datetime"):
            moment = parse_typed(node.get("datetime"))
            if moment:
                yield _Source("typed", moment, node)


def _visible(nodes: Iterable[html.HtmlElement]) -> Iterator[_Source]:
    for node in nodes:
        text = short_text(node, _DATE_LINE_CHARS)
        # A line that tells only the last edit does not tell the publication.
        moment = parse_visible(text) if text and not is_edit_date(text) else None
        if moment:
            yield _Source("page", moment, node)


def _beside(place: Place) -> Iterator[html.HtmlElement]:
    """Elements that could print the date: from the headline to the first paragraph, or labelled ones below.

    Above the headline only where the scope is the article's own and not the whole page, whose head
    shows the day of the request.
    """
    scope = _scope(place)
    if scope is None:
        return
    anchors = {ancestor for node in (place.title, place.story) if node is not None for ancestor in _up(node)}
    has_begun = place.title is not None and not _has_frame(scope)
    # Without a headline nothing but a label tells the story's date from the page's.
    is_past, story_seen = place.title is None, False
    for node, in_story in _walk(scope, anchors, place.story, in_story=scope is place.story):
        has_begun = has_begun or node is place.title
        story_seen = story_seen or in_story
        is_past = (
            is_past or (in_story and _own_length(node) > _DATE_LINE_CHARS) or (story_seen and not in_story)
        )
        text = short_text(node, _DATE_LINE_CHARS)
        if not text or (in_story and is_past):
            continue
        if _PUBLISHED.search(text) if is_past else has_begun:
            yield node


def _walk(
    node: html.HtmlElement, anchors: set[html.HtmlElement], story: html.HtmlElement, *, in_story: bool
) -> Iterator[tuple[html.HtmlElement, bool]]:
    """Elements in order, each with whether it is in the story; links, lists, clocks and boxes left out."""
    for child in node:
        if child not in anchors and (child.tag in _FRAMES or name_words(child) & _ELSEWHERE):
            continue
        inside = in_story or child is story
        yield child, inside
        yield from _walk(child, anchors, story, in_story=inside)


def _own_length(node: html.HtmlElement) -> int:
    return len(node.text or "") + sum(len(child.tail or "") for child in node)


def _up(node: html.HtmlElement) -> tuple[html.HtmlElement, ...]:
    return (node, *node.iterancestors())


def _scope(place: Place) -> html.HtmlElement | None:
    """The smallest element with both headline and story; the story's parent where there is no headline."""
    if place.title is None:
        parent = place.story.getparent()
        return parent if parent is not None and parent.tag not in ("body", "html", "form") else place.story
    above = set(_up(place.story))
    for candidate in _up(place.title):
        if candidate in above:
            return candidate
    return None


def _has_frame(scope: html.HtmlElement) -> bool:
    """Whether the element spans the whole page: then a date above the headline is the masthead's."""
    if scope.tag in ("body", "html", "form"):
        return True
    return next(scope.iter("header", "nav", "footer"), None) is not None
