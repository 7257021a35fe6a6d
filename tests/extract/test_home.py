"""The province that an article of a national outlet is about."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.home import home_province
from include.extract.lexicon import Lexicon
from include.extract.model import ArticleText
from include.extract.read import read_article
from include.vocabulary import load_vocabulary


def home_of(body: str, lexicon: Lexicon, title: str | None = None) -> str | None:
    return home_province(ArticleText("a", title, body, date(2024, 8, 10), None), lexicon.places)


@pytest.mark.parametrize(
    ("title", "body", "home"),
    [
        ("Sơn La được mùa chè", "Giá chè tăng.", "Sơn La"),
        (None, "Năm 2023, Sơn La trồng 500 ha chè.", "Sơn La"),
        # one name far down is enough where the text speaks of "the province"
        (None, "UBND tỉnh họp về chè.\nTỉnh Sơn La có 500 ha chè.", "Sơn La"),
        (None, "Chiều 9/8, Bí thư Tỉnh ủy Sơn La Ngô Văn Bé dự họp.\nChè đứng thứ ba cả nước.", "Sơn La"),
        # compared with others
        ("Sơn La được mùa", "Sơn La thu 9 tấn.\nHòa Bình thu 8 tấn, Phú Thọ thu 7 tấn.", "Sơn La"),
        # several, none, the nation
        (None, "Sơn La và Hòa Bình được mùa. Hòa Bình thu 8 tấn, Sơn La thu 9 tấn.", None),
        (None, "Giá chè tăng.\nTại Sơn La cũng vậy.", None),
        (None, "Chè được mùa trên địa bàn tỉnh.", None),
        ("Việt Nam xuất 9 tấn chè", "Cả nước xuất 9 tấn.\nSơn La xuất 1 tấn.", None),
        (None, "", None),
    ],
)
def test_the_home_is_the_province_named_throughout(
    lexicon: Lexicon, title: str | None, body: str, home: str | None
) -> None:
    assert home_of(body, lexicon, title) == home


def test_claims_and_meetings_of_a_national_outlet_are_placed_there() -> None:
    body = (
        "Chiều 9/8, UBND tỉnh Sơn La họp về chè. Năm 2023, sản lượng chè của Sơn La đạt 9 tấn.\n"
        "Năm 2023, cả nước thu 90 tấn chè."
    )
    article = ArticleText("a", None, body, date(2024, 8, 10), None)
    reading = read_article(article, load_vocabulary())
    assert [claim.province_name for claim in reading.claims] == ["Sơn La", "Việt Nam"]
    assert [meeting.province_name for meeting in reading.meetings] == ["Sơn La"]


def test_a_portal_that_speaks_for_a_province_is_not_asked() -> None:
    body = "Năm 2023, sản lượng chè đạt 9 tấn. Sơn La và Sơn La."
    article = ArticleText("a", None, body, date(2024, 8, 10), "Hòa Bình")
    assert [claim.province_name for claim in read_article(article, load_vocabulary()).claims] == [None]
