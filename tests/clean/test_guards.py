"""Bytes that must not reach a parser, and pages that would break one."""

from __future__ import annotations

import pytest

from include.clean.article import CleanedArticle, NoArticle
from include.clean.guards import MAX_ATTRIBUTES, MAX_PAGE_BYTES, refusal
from include.clean.page import clean_page
from tests.clean.samples import BODY, LEAD, PARAGRAPHS, TITLE, p, page

STORY = page(f"<h1>{TITLE}</h1><div>{p(LEAD, *PARAGRAPHS)}</div>")


def answer(content: bytes) -> CleanedArticle | NoArticle:
    return clean_page(content, url="https://vd.test/", content_type="text/html", family=None)


def test_page_at_the_limit_is_read_and_one_byte_more_is_not() -> None:
    assert refusal(b"<p>" + b" " * (MAX_PAGE_BYTES - 3)) is None
    assert refusal(b"<p>" + b" " * (MAX_PAGE_BYTES - 2)) == "too_large"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n", "not_html_pdf"),
        (b"\x1f\x8b\x08\x00", "not_html_compressed"),
        (b"\x89PNG\r\n", "not_html_image"),
        (b"PK\x03\x04", "not_html_archive"),
        (b"\x00\x01\x02\x03" * 400, "not_text"),
        (bytes(range(1, 256)) * 20, "undecodable"),
    ],
)
def test_what_is_no_page(content: bytes, reason: str) -> None:
    assert answer(content) == NoArticle("quarantined", reason)


@pytest.mark.parametrize("form", [b' a%d="x"', b" a%d", b"/a%d=x", b' a%d="x"\n'])
def test_tag_with_too_many_attributes(form: bytes) -> None:
    tag = b"<div" + b"".join(form % number for number in range(MAX_ATTRIBUTES + 50)) + b">"
    assert answer(STORY.encode().replace(b"<h1>", tag + b"<h1>")) == NoArticle(
        "quarantined", "too_many_attributes"
    )


def test_long_value_is_not_many_attributes() -> None:
    picture = b"<img src='data:image/png;base64," + b"iVBO/Rw0 KGgo=" * 5000 + b"'>"
    found = answer(STORY.encode().replace(b"<h1>", picture + b"<h1>"))
    assert isinstance(found, CleanedArticle)


def test_colspan_bomb_costs_nothing() -> None:
    cells = "<tr>" + "<td colspan='99999999' rowspan='99999999'>ô</td>" * 3 + "</tr>"
    found = answer(STORY.replace("</body>", f"<table>{cells * 3}</table></body>").encode())
    assert isinstance(found, CleanedArticle)
    assert found.body.startswith(BODY)


@pytest.mark.parametrize("tag", ["div", "table", "span", "blockquote"])
@pytest.mark.parametrize("levels", [300, 5_000, 15_000])
def test_deep_nesting_is_not_read_in_part(tag: str, levels: int) -> None:
    opening = f"<{tag}>" if tag != "table" else "<table><tr><td>"
    assert answer(page(opening * levels + STORY).encode()) == NoArticle("quarantined", "nested_too_deep")


def test_paragraph_of_megabytes_is_read() -> None:
    found = answer(page(f"<h1>{TITLE}</h1><div><p>{(PARAGRAPHS[0] + ' ') * 10_000}</p></div>").encode())
    assert isinstance(found, CleanedArticle)
    assert len(found.body) > 1_000_000
