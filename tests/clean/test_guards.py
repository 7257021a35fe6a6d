"""Bytes that must not reach a parser, and pages that would break one."""

from __future__ import annotations

import pytest

from include.clean.article import CleanedArticle, NoArticle
from include.clean.guards import MAX_ATTRIBUTES, MAX_ELEMENTS, MAX_PAGE_BYTES, refusal
from include.clean.page import clean_page
from include.clean.text import tidy, unmarked
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
@pytest.mark.parametrize("levels", [300, 1_000, 6_000])
def test_deep_nesting_is_not_read_in_part(tag: str, levels: int) -> None:
    opening = f"<{tag}>" if tag != "table" else "<table><tr><td>"
    assert answer(page(opening * levels + STORY).encode()) == NoArticle("quarantined", "nested_too_deep")


def test_paragraph_of_megabytes_is_read() -> None:
    found = answer(page(f"<h1>{TITLE}</h1><div><p>{(PARAGRAPHS[0] + ' ') * 10_000}</p></div>").encode())
    assert isinstance(found, CleanedArticle)
    assert len(found.body) > 1_000_000


def test_attributes_are_counted_where_values_hold_angles() -> None:
    tag = b"<div" + b"".join(b' a%d=">"' % number for number in range(MAX_ATTRIBUTES + 50)) + b">"
    assert answer(STORY.encode().replace(b"<h1>", tag + b"<h1>")) == NoArticle(
        "quarantined", "too_many_attributes"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_elements_are_counted_in_every_encoding(encoding: str) -> None:
    content = ("<p>" * MAX_ELEMENTS).encode(encoding)
    assert refusal(content) is None
    assert refusal(content + "<p>".encode(encoding)) == "too_many_elements"


@pytest.mark.parametrize("charset", ["hex", "rot13", "punycode", "undefined", "unicode_escape", "idna"])
def test_a_codec_that_is_no_encoding_is_no_label(charset: str) -> None:
    content = b"<p>" + bytes(range(128, 255)) * 20
    found = clean_page(
        content, url="https://vd.test/", content_type=f"text/html; charset={charset}", family=None
    )
    assert found == NoArticle("quarantined", "undecodable")


@pytest.mark.parametrize(
    "script",
    ['{"@type":[{"a":1}]}', "[" * 100_000, "1" * 5_000, '{"@type":"NewsArticle","headline":"\\ud800"}'],
)
def test_no_json_ld_breaks_a_page(script: str) -> None:
    head = f"<script type='application/ld+json'>{script}</script>"
    found = answer(page(f"<div>{p(LEAD, *PARAGRAPHS)}</div>", head=head, title="").encode())
    assert isinstance(found, CleanedArticle)
    assert found.title in (None, "\ufffd")


def test_no_letter_bears_more_than_thirty_marks() -> None:
    bare, marks = "a", "\u0323\u0301"
    assert len(tidy(bare + marks * 100_000)) <= 31
    assert len(unmarked("b" * 200 + marks * 100_000)) == 200
    assert tidy("😀" * 200) == "😀" * 200
