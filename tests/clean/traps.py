"""Pages with one trap each, and how they are read."""

from __future__ import annotations

from include.clean.article import CleanedArticle, NoArticle
from include.clean.page import clean_page
from tests.clean.samples import FOOTER, LEAD, MENU, PARAGRAPHS, TITLE, TODAY, p, page


def answer(
    html: str | bytes, content_type: str | None = "text/html; charset=utf-8"
) -> CleanedArticle | NoArticle:
    """What cleaning gives for the page."""
    content = html.encode() if isinstance(html, str) else html
    return clean_page(content, url="https://vd.test/tin", content_type=content_type, family=None)


def read(html: str | bytes, content_type: str | None = "text/html; charset=utf-8") -> CleanedArticle:
    """The article of a page that holds one."""
    article = answer(html, content_type)
    assert isinstance(article, CleanedArticle), article
    return article


def story(inner: str, *, above: str = "", below: str = "") -> str:
    """A whole page around the story's markup."""
    return page(
        f"<div class='top'>{TODAY}</div>{MENU}<div class='khung'><h1>{TITLE}</h1>{above}"
        f"<div class='than-bai'>{inner}</div></div>{below}{FOOTER}"
    )


FULL = p(LEAD, *PARAGRAPHS)
