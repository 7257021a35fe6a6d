"""The door: claims and meetings of one article, with the day that its words tell."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from include.extract.lexicon import lexicon_of
from include.extract.model import ArticleText
from include.extract.read import RULES_VERSION, extractor_version, read_article
from include.vocabulary import load_vocabulary

BODY = (
    "Chiều 12/9, ông Lò Văn Bảy, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp về sản xuất công nghiệp.\n"
    "Năm 2023, giá trị sản xuất công nghiệp đạt 900 tỷ đồng."
)


def test_a_day_told_by_the_page_stands() -> None:
    article = ArticleText("a", "Họp", BODY, date(2023, 9, 13), "Sơn La")
    reading = read_article(article, load_vocabulary())
    assert (reading.published_on, reading.published_basis) == (date(2023, 9, 13), None)
    assert [(c.indicator_code, c.value) for c in reading.claims] == [("industrial_output", 900e9)]


def test_without_any_day_the_basis_is_unknown() -> None:
    article = ArticleText("a", None, "Thu ngân sách đạt 5 tỷ đồng.", None, "Sơn La")
    reading = read_article(article, load_vocabulary())
    assert (reading.published_on, reading.published_basis) == (None, "unknown")


def test_reading_twice_gives_the_same_json() -> None:
    article = ArticleText("a", "Họp", BODY, None, "Sơn La")
    first, second = (read_article(article, load_vocabulary()).to_json_ready() for _ in range(2))
    assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


def test_an_empty_body_has_nothing_to_say() -> None:
    assert read_article(ArticleText("a", None, "", None, None), load_vocabulary()).claims == ()


def test_the_version_tells_rules_and_vocabulary() -> None:
    vocabulary = load_vocabulary()
    assert extractor_version(vocabulary) == f"{RULES_VERSION}+{vocabulary.digest[:8]}"


def test_a_vocabulary_is_compiled_once() -> None:
    vocabulary = load_vocabulary()
    assert lexicon_of(vocabulary) is lexicon_of(vocabulary)
    assert lexicon_of(replace(vocabulary, digest="another")) is not lexicon_of(vocabulary)
