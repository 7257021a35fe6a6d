"""The vocabularies that extraction reads with agree with the contract and with each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from include.contract import UNIT_CODES
from include.extract import indicators, measures, parts, rows, subjects
from include.extract.lexicon import lexicon_of
from include.extract.model import ArticleText
from include.extract.read import read_article
from include.extract.text import fold
from include.extract.vocabulary import Vocabulary
from include.vocabulary import load_vocabulary


def test_units_are_the_contracts() -> None:
    assert [row["unit_code"] for row in load_vocabulary().units] == list(UNIT_CODES)


def test_no_unit_word_stands_for_two_units() -> None:
    words = Counter(fold(word) for row in load_vocabulary().units for word in row["words"].split(";"))
    assert [word for word, times in words.items() if times > 1] == []


def test_every_alias_names_a_known_indicator_or_none() -> None:
    vocabulary = load_vocabulary()
    codes = {row["indicator_code"] for row in vocabulary.indicators}
    unknown = {row["indicator_code"] for row in vocabulary.indicator_aliases} - codes - {""}
    assert unknown == set()


def test_every_indicator_has_a_name_in_prose() -> None:
    vocabulary = load_vocabulary()
    named = {row["indicator_code"] for row in vocabulary.indicator_aliases}
    assert {row["indicator_code"] for row in vocabulary.indicators} - named == set()


def test_every_indicator_that_a_rule_names_is_in_the_vocabulary() -> None:
    """A code renamed in the seed would leave a rule that never applies."""
    named = [
        parts.INDICES,
        parts._WITHOUT_PARTS,
        parts._RATES.values(),
        [*parts._AREA_OF, *parts._AREA_OF.values()],
        [*subjects.MONEY_OF, *subjects.MONEY_OF.values()],
        rows._PER_HEAD,
        subjects._WHOLE_ECONOMY,
        parts._SUMS,
        parts._TOURISM,
        [code for _, code in parts._SECTORS],
        parts._COUNTS_OF.values(),
        parts._HAVE_CAPITAL,
        subjects._INDUSTRY,
        measures._NEW_THINGS,
        measures._GROWTH_NAMES,
        ["industrial_output", "public_investment_disbursed", "fdi_projects", "registered_capital"],
    ]
    codes = {row["indicator_code"] for row in load_vocabulary().indicators}
    assert {code for group in named for code in group} - codes == set()


def test_no_alias_row_is_shadowed() -> None:
    """A second row without context words, for numbers of the same unit, could never be chosen."""
    vocabulary = load_vocabulary()
    units = {row["indicator_code"]: row["unit_code"] for row in vocabulary.indicators}
    bare = Counter(
        (fold(row["alias"]), units.get(row["indicator_code"]))
        for row in vocabulary.indicator_aliases
        if not row["near"] and not row["unless"]
    )
    assert [name for name, times in bare.items() if times > 1] == []


def test_no_name_differs_from_another_by_words_that_are_passed_over() -> None:
    """ "dn được thành lập" is found by "dn thành lập"; signs that no reader of names sees name nothing."""
    rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in load_vocabulary().indicator_aliases:
        words = tuple(fold(row["alias"]).replace(",", " ,").split())
        rows.setdefault(words, []).append((row["indicator_code"], row["near"], row["unless"]))
    passed = indicators._FILLERS
    for words, told in rows.items():
        short = (words[0], *(word for word in words[1:] if word not in passed))
        ends = words[-1] in passed or "," in words
        assert ends or short == words or rows.get(short) != told, " ".join(words)
    assert not [words for words in rows if any(sign in word for word in words for sign in "()")]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Tổng số doanh nghiệp tạm ngừng hoạt động là 90 doanh nghiệp.", "suspended_enterprises"),
        ("Tổng số vốn đầu tư toàn xã hội đạt 9.000 tỷ đồng.", "total_investment"),
        ("GRDP bình quân của tỉnh đạt 70 triệu đồng.", "grdp_per_capita"),
        ("Khu vực dịch vụ chiếm 41% GRDP.", "structure_services"),
        ("Thu hút vốn FDI tốt, vốn giải ngân đạt 90 triệu USD.", "fdi_implemented_capital"),
    ],
)
def test_a_name_is_not_cut_short_by_a_shorter_one(sentence: str, code: str) -> None:
    article = ArticleText("a", None, sentence, date(2024, 10, 10), "Sơn La")
    (claim,) = read_article(article, load_vocabulary()).claims
    assert claim.indicator_code == code


def marked(code: str, mark: str) -> Vocabulary:
    """The vocabulary with another mark under `accumulates` for one indicator."""
    vocabulary = load_vocabulary()
    rows = [
        {**row, "accumulates": mark} if row["indicator_code"] == code else row
        for row in vocabulary.indicators
    ]
    return replace(vocabulary, indicators=rows, digest=f"{code} {mark}")


@pytest.mark.parametrize(("mark", "period"), [("true", "2024-01-01/P9M"), ("false", None)])
def test_the_seed_says_whether_an_indicator_adds_up_from_january(mark: str, period: str | None) -> None:
    body = "Đến hết tháng 9, kim ngạch xuất khẩu đạt 90 triệu USD."
    article = ArticleText("a", None, body, date(2024, 10, 10), "Sơn La")
    (claim,) = read_article(article, marked("export_value", mark)).claims
    assert claim.time_period == period


def test_an_indicator_without_a_clear_mark_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"true or false under accumulates for export_value$"):
        lexicon_of(marked("export_value", "yes"))
