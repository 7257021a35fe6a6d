"""Articles to measure on: the project's sample pages, or pages of a file that the caller names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.extraction.ours import Article
from benchmarks.samples import sample_stories
from include.clean.article import CleanedArticle
from include.clean.page import clean_page

ARTICLE_BYTES = 8 * 1024

# Numbers that are neither part of a date, a fraction or an address, nor of a period ("9 tháng", "năm 2024").
_FREE_NUMBER = re.compile(
    r"(?<![\w./,\-])(?<!tháng )(?<!ngày )(?<!năm )(?<!quý )(?<!- )"
    r"\d+(?:[.,]\d+)*"
    r"(?![\w/\-]|[.,]\d|\s(?:tháng|ngày|năm|quý|giờ|-))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One article to measure on; html: the page that it was cleaned from, null where there is none."""

    article: Article
    html: str | None


def sample_pages(provinces: Mapping[str, str]) -> list[Page]:
    """The stories of the sample portals, cleaned as a nightly load does it.

    provinces: names by province_id, as in the provinces seed.
    """
    pages = []
    for story in sample_stories():
        cleaned = clean_page(
            story.html.encode(),
            url=story.url,
            content_type="text/html; charset=utf-8",
            family=story.portal.get("family"),
        )
        if isinstance(cleaned, CleanedArticle):
            code = str(story.portal["province"])
            name = provinces.get(code, provinces.get(f"{code}-2008"))
            pages.append(_page(cleaned, story.html, story.golden["path"], name))
    return pages


def _page(cleaned: CleanedArticle, html: str, path: str, province: str | None) -> Page:
    return Page(Article(path, cleaned.title, cleaned.body, cleaned.published_on, province), html)


def pages_of(file: Path) -> list[Page]:
    """The articles of a JSON file: an object of pages by id.

    Of each page are read `title`, `body` (a list of paragraphs), `published` (an ISO day or null),
    `captions` (paragraphs to leave out, may be missing) and `html` (may be missing).
    """
    rows: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    pages = []
    for key, row in rows.items():
        captions = set(row.get("captions") or [])
        body = "\n".join(paragraph for paragraph in row["body"] if paragraph not in captions)
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        pages.append(Page(Article(key, row.get("title"), body, published, None), row.get("html")))
    return pages


def with_other_numbers(text: str, random: Random) -> str:
    """The text with other digits in its amounts, so that no cache can know it.

    As many digits in the same groups, the first of each amount never 0; dates, years and periods stay.
    """

    def other(found: re.Match[str]) -> str:
        digits = [
            random.choice("123456789" if place == 0 else "0123456789") if sign.isdigit() else sign
            for place, sign in enumerate(found.group())
        ]
        return "".join(digits)

    return _FREE_NUMBER.sub(other, text)


def varied(pages: Sequence[Page], seed: int) -> list[Page]:
    """The pages with other numbers in their articles: the same ones for the same seed."""
    random = Random(seed)  # noqa: S311 -- no secret hangs on these digits
    return [
        replace(page, article=replace(page.article, body=with_other_numbers(page.article.body, random)))
        for page in pages
    ]


def body_bytes(pages: Sequence[Page]) -> int:
    """Bytes of all bodies in UTF-8."""
    return sum(len(page.article.body.encode()) for page in pages)
