"""Each CMS family's page, read whole: with the family declared, detected, and as if it were unknown."""

from __future__ import annotations

import re
import zlib

import pytest

from include.clean.article import CleanedArticle
from include.clean.page import clean_page
from include.portals.family_names import KNOWN_FAMILIES
from tests.clean.samples import SAMPLES, Sample, html_of


def read(html: str, family: str | None = None) -> CleanedArticle:
    article = clean_page(html.encode(), url="https://vd.test/a", content_type="text/html", family=family)
    assert isinstance(article, CleanedArticle), article
    return article


def without_names(html: str) -> str:
    """The page with every class, id and itemprop replaced by a word that tells nothing."""

    def anonymous(found: re.Match[str]) -> str:
        words = " ".join(f"k{zlib.crc32(word.encode())}" for word in found["names"].split())
        return f"{found['attribute']}={found['quote']}{words}{found['quote']}"

    pattern = r"(?P<attribute>\b(?:class|id|itemprop|data-role))=(?P<quote>[\"'])(?P<names>[^\"']*)(?P=quote)"
    return re.sub(pattern, anonymous, html).replace("NukeViet", "CMS")


def assert_is(article: CleanedArticle, sample: Sample) -> None:
    assert article.body == sample.body
    assert article.title == sample.title
    assert article.byline == sample.byline
    assert article.published_on == sample.published_on
    assert article.published_basis == sample.basis
    clock = article.published_at.strftime("%H:%M") if article.published_at else None
    assert clock == sample.clock


def test_every_known_family_has_a_sample() -> None:
    assert set(SAMPLES) == set(KNOWN_FAMILIES)


@pytest.mark.parametrize("family", KNOWN_FAMILIES)
def test_page_of_declared_family(family: str) -> None:
    article = read(html_of(family), family)
    assert_is(article, SAMPLES[family])
    assert article.family == family


@pytest.mark.parametrize("family", KNOWN_FAMILIES)
def test_family_is_detected_from_the_page(family: str) -> None:
    article = read(html_of(family))
    assert_is(article, SAMPLES[family])
    assert article.family == family


@pytest.mark.parametrize("family", KNOWN_FAMILIES)
def test_a_wrongly_declared_family_does_not_lose_the_story(family: str) -> None:
    other = "epi" if family != "epi" else "nukeviet"
    assert read(html_of(family), other).body == SAMPLES[family].body


@pytest.mark.parametrize("family", KNOWN_FAMILIES)
def test_story_is_found_where_no_name_tells_it(family: str) -> None:
    article = read(without_names(html_of(family)))
    assert article.body == SAMPLES[family].body
    assert article.title == SAMPLES[family].title
