"""Targets of cleaning: bytes to text, days, tables, and whole pages to articles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from include.clean.article import CleanedArticle, NoArticle
from include.clean.dates import FIRST_YEAR, LAST_YEAR, Moment, is_edit_date, parse_typed, parse_visible
from include.clean.decode import UndecodableError, decode
from include.clean.guards import refusal
from include.clean.page import clean_page
from include.clean.rows import content_digest
from include.clean.stage import SECONDS_PER_PAGE
from include.clean.text import fold, share_of_syllables, squeezed, stream_safe, tidy, unescape_twice, unmarked
from include.portals.families import FAMILIES
from tests.fuzz.draw import Draw
from tests.fuzz.markup import ADDRESSES, FRAGMENTS, HEADERS, html_bytes, long_html
from tests.fuzz.target import Target
from tests.fuzz.vietnamese import ALL, DAYS, any_text, told

_DAYS: Final = (
    *DAYS, *FRAGMENTS[-8:], "2024-02-29T10:00:00+07:00", "2024-2-9 1:02", "12/31/2024 11:59:59 PM", "2020-07-17+0707:51:00",
    "Thứ Ba, 15/10/2024 | 08:30", "GMT+7", "(GMT-99:99)", "Lượt xem: 1.234", "Cập nhật", "đăng lúc", "SA", "CH", "2100-12-31",
    "1997-01-01T00:00:00+14:00", "2100-12-31T23:59:59-14:00", "25:00", "24:00", "00h00", "7 giờ 05 phút 61", "Z", "T", "١٢/٠٣/٢٠٢٤",
    "ngày 31 tháng 2, 2024", "1-1-2024", "01 01 2024", "2024/01/01", "31.12.2024", "+07:00", "AM", "|", "ngày", "tháng", "năm",
)  # fmt: skip
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _check_moment(moment: Moment | None) -> None:
    if moment is None:
        return
    assert FIRST_YEAR - 1 <= moment.on.year <= LAST_YEAR + 1, moment
    assert type(moment.on) is date, moment
    if moment.at is not None:
        assert moment.at.tzinfo is not None, moment
        assert moment.at.date() == moment.on, moment


def _dates(text: str) -> None:
    for read in (parse_typed, parse_visible):
        moment = read(text)
        assert moment == read(text), "not the same twice"
        assert moment == read(f"  {text}\n"), "outer blanks change the day"
        _check_moment(moment)
    is_edit_date(text)


def _texts(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once, "tidying twice is not tidying once"
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once
    assert "\n" not in once
    assert stream_safe(stream_safe(text)) == stream_safe(text)
    assert fold(fold(text)) == fold(text)
    assert " " not in squeezed(text)
    assert 0 <= share_of_syllables(text) <= 1
    assert not text.isascii() or unmarked(text) == text.lower()
    unescape_twice(text)


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as it was sent."""

    content: bytes
    content_type: str | None
    family: str | None
    url: str


_FAMILIES: Final = (None, None, *sorted(FAMILIES))
_URL: Final = "https://bao.test/202604/thu-ngan-sach-tang-post12345.html"


def _sent(draw: Draw) -> Sent:
    content_type, family = draw.pick(HEADERS), draw.pick(_FAMILIES)
    url = (
        _URL
        if draw.byte() < 240
        else draw.pick(("https://bao.test/", "http://1.2.3.4/a", "https://bao.test/202613/a"))
    )
    return Sent(html_bytes(draw), content_type, family, url)


def _long_sent(draw: Draw) -> Sent:
    return Sent(long_html(draw), None, draw.pick(_FAMILIES), _URL)


def _decoding(sent: Sent) -> None:
    refusal(sent.content)
    try:
        text = decode(sent.content, sent.content_type)
    except UndecodableError:
        return
    assert text == decode(sent.content, sent.content_type), "not the same twice"
    assert not any("\ud800" <= char <= "\udfff" for char in text) or b"\\u" in sent.content


def _clean(sent: Sent) -> CleanedArticle | NoArticle:
    return clean_page(sent.content, url=sent.url, content_type=sent.content_type, family=sent.family)


def _pages(sent: Sent) -> None:
    answer = _clean(sent)
    check_answer(answer)
    if len(sent.content) % 8 == 0:  # a page costs milliseconds: every eighth is read twice
        assert answer == _clean(sent), "not the same twice"


def _pages_once(sent: Sent) -> None:
    check_answer(_clean(sent))


def check_answer(answer: CleanedArticle | NoArticle) -> None:
    """What is landed of any page, whatever its bytes."""
    if isinstance(answer, NoArticle):
        assert answer.outcome in ("empty", "blocked", "quarantined"), answer
        assert re.fullmatch(r"[a-z][a-z0-9_]*", answer.reason), answer
        return
    for text in filter(None, (answer.title, answer.byline, answer.body)):
        assert unicodedata.is_normalized("NFC", text), answer
        assert not _CONTROL.search(text), answer
        text.encode()
    assert answer.body.strip(), answer
    assert all(line == line.strip() != "" for line in answer.body.split("\n")), answer
    assert (answer.published_on is None) == (answer.published_basis == "unknown"), answer
    if answer.published_at is not None:
        assert isinstance(answer.published_at, datetime), answer
        assert answer.published_at.date() == answer.published_on, answer
    assert len(content_digest(answer)) == 64


def _dated_text(draw: Draw) -> str:
    return told(draw, _DAYS, 6)


def _any(draw: Draw) -> str:
    if draw.byte() < 90:
        return any_text(draw, 200)
    return told(draw, (*FRAGMENTS, *ADDRESSES, *ALL[:60]), 12)


TARGETS: Final = (
    Target("dates of pages", _dated_text, _dates, 600_000, most_bytes=64),
    Target("characters", _any, _texts, 400_000, most_bytes=96),
    Target("encodings", _sent, _decoding, 30_000, most_bytes=256),
    Target("pages", _sent, _pages, 100_000, SECONDS_PER_PAGE, most_bytes=256, parts=3),
    Target("pages of 100 KB", _long_sent, _pages_once, 500, limit_s=SECONDS_PER_PAGE, most_bytes=128),
)
