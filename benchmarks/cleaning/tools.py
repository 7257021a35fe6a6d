"""The cleaner and the libraries it is compared with, each asked for title, body and day of a page."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from importlib import metadata
from typing import Any, Final, Protocol

import trafilatura
from lxml import html
from trafilatura.meta import reset_caches

from benchmarks.cleaning.pages import Page
from benchmarks.cleaning.scoring import Answer
from benchmarks.extraction.caches import empty_caches
from benchmarks.peers import PeerMissingError, installed
from include.clean.article import CleanedArticle
from include.clean.page import clean_page

_LOCAL: Final = timezone(timedelta(hours=7))
# Elements that a browser begins a new line with.
_BLOCKS: Final = (
    *("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"),
    *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
)


class Tool(Protocol):
    """One reader of pages. reads_dates: whether it gives a day at all."""

    name: str
    reads_dates: bool

    def read(self, page: Page) -> Answer:
        """Title, body and day of one page; may raise what it likes. This is timed."""


class Ours:
    """`clean_page` on the bytes that a server sends; the CMS family is left to be detected."""

    name = "Sotinh"
    reads_dates = True

    def read(self, page: Page) -> Answer:
        """A page that it finds no article in is an empty answer."""
        answer = clean_page(
            page.html.encode(), url=page.url, content_type="text/html; charset=utf-8", family=None
        )
        if isinstance(answer, CleanedArticle):
            return Answer(answer.title, answer.body, answer.published_on)
        return Answer(None, "", None)


class Trafilatura:
    """`extract` and `extract_metadata` with their defaults, each on the text of the page."""

    reads_dates = True

    def __init__(self) -> None:
        self.name = f"trafilatura ({metadata.version('trafilatura')})"

    def read(self, page: Page) -> Answer:
        """Two calls, each of which parses the page."""
        body = trafilatura.extract(page.html)
        told = trafilatura.extract_metadata(page.html)
        return Answer(told.title, body or "", date.fromisoformat(told.date) if told.date else None)


class Readability:
    """readability-lxml: `short_title` (without the site's name), and the text of `summary`."""

    reads_dates = False

    def __init__(self) -> None:
        self._document = _library("readability", "readability-lxml").Document
        self.name = f"readability-lxml ({metadata.version('readability-lxml')})"

    def read(self, page: Page) -> Answer:
        """The summary is markup; its blocks become lines."""
        document = self._document(page.html)
        title = document.short_title()
        return Answer(title or None, text_of(document.summary(html_partial=True)), None)


class Newspaper:
    """newspaper4k with Vietnamese, on a page that is there already: nothing is fetched, pictures neither."""

    reads_dates = True

    def __init__(self) -> None:
        self._article = _library("newspaper", "newspaper4k").Article
        self.name = f"newspaper4k ({metadata.version('newspaper4k')})"

    def read(self, page: Page) -> Answer:
        """A moment with a zone counts as the day that it falls on in Vietnam."""
        article = self._article(page.url, language="vi", fetch_images=False, follow_meta_refresh=False)
        article.download(input_html=page.html)
        article.parse()
        return Answer(article.title or None, article.text or "", _day(article.publish_date))


def _day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    return (moment if moment.tzinfo is None else moment.astimezone(_LOCAL)).date()


def _library(module: str, package: str) -> Any:
    try:
        with warnings.catch_warnings():
            # newspaper warns that its word segmentation, not asked for here, is not installed.
            warnings.simplefilter("ignore", UserWarning)
            return importlib.import_module(module)
    except ImportError as error:
        raise PeerMissingError(
            f"{package} is not compared: run `make bench-cleaning`, which installs it ({error})"
        ) from error


def text_of(markup: str) -> str:
    """The text of a fragment of HTML, each block on a line of its own, empty lines left out."""
    if not markup.strip():
        return ""
    tree = html.fragment_fromstring(markup, create_parent="div")
    for element in tree.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def answer_of(tool: Tool, page: Page) -> Answer:
    """The tool's answer; an error of whatever kind is an empty one that says so."""
    try:
        return tool.read(page)
    except Exception as error:  # noqa: BLE001 -- what a library raises on a page is what is measured
        return Answer(None, "", None, raised=f"{type(error).__name__}: {error}")


def available_tools() -> tuple[list[Tool], list[str]]:
    """Ours, trafilatura and the peers that are installed, and for each other one why it is missing."""
    makers: tuple[Callable[[], Tool], ...] = (Ours, Trafilatura, Readability, Newspaper)
    return installed(makers)


def forget() -> None:
    """Empty the caches of ours and of trafilatura with what it stands on; the others keep none."""
    empty_caches("include.clean")
    reset_caches()
