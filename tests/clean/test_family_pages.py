"""Each CMS family's page, read whole: with the family declared, detected, and as if it were unknown."""

from __future__ import annotations

import re
import zlib
from datetime import date

import pytest

from include.clean.article import CleanedArticle
from include.clean.page import clean_page
from include.portals.family_names import KNOWN_FAMILIES
from tests.clean.samples import BODY, LEAD, PARAGRAPHS, SAMPLES, TEASER, TITLE, Sample, html_of


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


def test_sharepoint_story_set_as_a_table_for_printing() -> None:
    """The form of districts' and departments' pages; the story was pasted from another system."""
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    html = (
        '<html><head><meta name="GENERATOR" content="Microsoft SharePoint">'
        "<title>Trang thông tin điện tử Huyện Nà Phạ</title></head><body><form id='aspnetForm'>"
        "<div class='parts'><div><table><tr class='ms-news-header'><td class='FolderTitle'>Tin nổi bật</td>"
        "<td class='Time'>(05.08.2019 16:32)</td></tr></table></div>"
        f"<div id='part1'><table id='tableforprint'><tr><td><p class='Title'>{TITLE}</p></td></tr>"
        "<tr><td><ul class='contextMenu'><li>Soạn bài viết</li></ul></td></tr>"
        f"<tr><td><div class='asset-content'><p class='sapo'><strong>{LEAD}</strong></p>"
        f"<div class='journal-content-article'>{story}</div></div></td></tr></table></div>"
        f"<td class='Other'><a href='/k'>{TEASER}</a></td></div></form></body></html>"
    )
    article = read(html)
    assert (article.title, article.body, article.family) == (TITLE, BODY, "sharepoint")
    assert (article.published_on, article.published_basis) == (date(2019, 8, 5), "page")


def test_epi_links_on_words_of_a_sentence_are_its_words() -> None:
    linked = f'Theo <a class="cms-relate" href="/bai-1">{PARAGRAPHS[1][5:30]}</a>{PARAGRAPHS[1][30:]}'
    assert PARAGRAPHS[1].startswith("Theo ")
    html = html_of("epi").replace(PARAGRAPHS[1], linked)
    assert linked in html
    assert read(html).body == SAMPLES["epi"].body


def test_liferay_headline_beside_an_empty_date() -> None:
    story = "".join(f"<p>{text}</p>" for text in (LEAD, *PARAGRAPHS))
    html = (
        "<html><head><title>Trang chủ - Liên đoàn lao động Nà Phạ</title></head><body>"
        "<h1 class='portlet-title'>Root</h1><div class='asset-full-content'>"
        f"<h2>{TITLE} <span>( )</span></h2><div class='journal-content-article'>{story}</div></div>"
        "</body></html>"
    )
    article = read(html)
    assert (article.title, article.body, article.family) == (TITLE, BODY, "liferay")
