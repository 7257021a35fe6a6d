"""A labelled page: what a server sends, and what a reader sees of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


class LabelError(ValueError):
    """A label that cannot be scored; the message says which and why."""


def flat(text: str) -> str:
    """The text in NFC on one line, so that it is found however it is broken."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True, slots=True)
class Truth:
    """What a right answer is.

    title: null where the page prints no headline. published_on: null where the page tells no day. body:
    paragraphs, lead first. captions, others: stretches that stand on the page and not in its story, all
    of them `flat`; others are teasers, boxes, footers.
    """

    title: str | None
    published_on: date | None
    body: tuple[str, ...]
    captions: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def text(self) -> str:
        """The body, one paragraph a line."""
        return "\n".join(self.body)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as served; name: what a report calls it."""

    name: str
    url: str
    html: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages of one origin."""

    name: str
    pages: tuple[Page, ...]


def truth_of(
    name: str,
    *,
    title: str | None,
    published_on: date | None,
    body: Iterable[str],
    captions: Iterable[str],
    others: Iterable[str],
) -> Truth:
    """Put the labels of page `name` together; a stretch inside a caption counts as that caption.

    Raises LabelError for a body without a word, and for a stretch that the body holds itself.
    """
    paragraphs = tuple(body)
    kept = dict.fromkeys(map(flat, captions))
    strange = [one for one in dict.fromkeys(map(flat, others)) if not any(one in two for two in kept)]
    if not "".join(paragraphs).strip():
        raise LabelError(f"{name}: the labelled body is empty; label what a reader sees")
    text = flat(" ".join(paragraphs))
    for stretch in (*kept, *strange):
        if not stretch or stretch in text:
            raise LabelError(f"{name}: {stretch!r} is no leak, since the labelled body holds it; correct it")
    return Truth(title, published_on, paragraphs, tuple(kept), tuple(strange))
