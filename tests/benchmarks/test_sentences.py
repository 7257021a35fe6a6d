"""The labelled sentences say what they print."""

from __future__ import annotations

import csv
import re
from datetime import date
from itertools import pairwise

import pytest

from benchmarks.extraction.labels import LabelError, Quantity, load_sentences, sentence_of
from include.settings import PROJECT_ROOT

SENTENCES = load_sentences()
WORDS = {"năm": 5, "chín": 9, "hai mươi ba": 23, "sáu": 6, "ba": 3}


def units() -> dict[str, str]:
    with (PROJECT_ROOT / "dbt_project" / "seeds" / "units.csv").open(encoding="utf-8") as seed:
        return {row["unit_code"]: row["kind"] for row in csv.DictReader(seed)}


def digits_of(value: float) -> str:
    return f"{value:.6f}".replace(".", "").strip("0")


def printed_digits(text: str) -> list[str]:
    """The figures of each number in a text without separators and outer zeros; "25 nghìn 430" is one."""
    one = re.sub(r"(\d) (?:nghìn|tỷ) (?=\d)", r"\1", text)
    return [re.sub(r"\D", "", number).strip("0") for number in re.findall(r"\d[\d.,]*", one)]


def agrees(text: str, quantity: Quantity) -> bool:
    """Whether the printed figures are those of the value, by a reading that knows no unit and no scale."""
    words = next((value for word, value in WORDS.items() if text.startswith(word)), None)
    if words is not None:
        return quantity.value == words
    figures = printed_digits(text)
    if "rưỡi" in text:
        figures[0] += "5"
    ends = [quantity.value] if quantity.high is None else [quantity.value, quantity.high]
    return figures[: len(ends)] == [digits_of(end) for end in ends]


def quantities() -> list[tuple[str, Quantity]]:
    return [(one.text[q.start : q.end], q) for one in SENTENCES for q in one.quantities]


def test_there_are_enough():
    assert len(SENTENCES) >= 60
    assert len(quantities()) >= 120
    assert sum(not period.optional for one in SENTENCES for period in one.periods) >= 55
    assert len({one.text for one in SENTENCES}) == len(SENTENCES)


def test_some_sentences_hold_nothing_at_all():
    """Document numbers, roads, telephones: what a tool must leave alone."""
    assert sum(bool(re.search(r"\d", one.text)) and not one.quantities for one in SENTENCES) >= 3


@pytest.mark.parametrize(
    ("text", "quantity"), quantities(), ids=lambda one: one if isinstance(one, str) else ""
)
def test_value_agrees_with_the_printed_figures(text, quantity):
    assert agrees(text, quantity)
    assert quantity.high is None or quantity.high > quantity.value


def test_the_check_of_values_can_fail():
    assert agrees("7.482 tỷ đồng", Quantity(0, 13, 7.482e12, None, "VND"))
    assert not agrees("7.482 tỷ đồng", Quantity(0, 13, 7.428e12, None, "VND"))
    assert not agrees("8 - 8,5%", Quantity(0, 8, 8, 8.6, "PERCENT"))
    assert not agrees("1 tỷ rưỡi đồng", Quantity(0, 14, 1e9, None, "VND"))


@pytest.mark.parametrize(
    ("word", "factor"), [("nghìn tỷ", 1e12), ("tỷ", 1e9), ("triệu", 1e6), ("nghìn", 1e3), ("vạn", 1e4)]
)
def test_scale_words_are_multiplied_out(word, factor):
    """Of "1.127 tỷ đồng" and the like: one number, one scale word, then a unit without a factor."""
    simple = re.compile(rf"(\d+(?:\.\d{{3}})*(?:,\d+)?) {word} (?:đồng|USD|kWh|tấn|con)\b")
    for text, quantity in quantities():
        if (found := simple.fullmatch(text)) and quantity.high is None:
            printed = float(found[1].replace(".", "").replace(",", "."))
            assert quantity.value == pytest.approx(printed * factor), text


def test_units_are_codes_of_the_seed():
    known = units()
    assert {quantity.unit for _, quantity in quantities()} <= known.keys()
    assert len({quantity.unit for _, quantity in quantities()}) >= 20


def test_labels_of_a_sentence_do_not_overlap():
    for one in SENTENCES:
        for labels in (one.quantities, one.periods):
            for left, right in pairwise(labels):
                assert left.end <= right.start, one.text


def test_a_year_that_is_printed_is_the_year_that_is_meant():
    for one in SENTENCES:
        for period in one.periods:
            printed = {
                int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", one.text[period.start : period.end])
            }
            meant = {day.year for pair in period.answers for day in pair}
            assert printed <= meant, one.text[period.start : period.end]


ROW = {
    "text": "Năm 2023 thu 12 tỷ đồng, năm 2024 thu 12 tỷ đồng.",
    "published_on": date(2024, 10, 10),
    "quantities": [
        {"text": "12 tỷ đồng", "value": 12e9, "unit": "VND"},
        {"text": "12 tỷ đồng", "value": 12e9, "unit": "VND"},
    ],
    "periods": [{"text": "năm 2024", "first": date(2024, 1, 1), "last": date(2024, 12, 31)}],
}


def test_the_same_text_twice_is_two_places():
    first, second = sentence_of(ROW).quantities
    assert ROW["text"][first.start : first.end] == ROW["text"][second.start : second.end] == "12 tỷ đồng"
    assert first.end < second.start


@pytest.mark.parametrize(
    "fault",
    [
        {"quantities": [{"text": "13 tỷ đồng", "value": 13e9, "unit": "VND"}]},
        {"quantities": [ROW["quantities"][0]] * 3},
        {"periods": [{"text": "năm 2024", "first": date(2024, 12, 31), "last": date(2024, 1, 1)}]},
        {"periods": [{"text": "năm 2024", "first": "2024", "last": "2024"}]},
        {"implied": [{"first": date(2024, 2, 1), "last": date(2024, 1, 1)}]},
    ],
)
def test_a_label_that_cannot_be_is_refused(fault):
    with pytest.raises(LabelError):
        sentence_of({**ROW, **fault})
