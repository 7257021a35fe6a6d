"""The labelled sentences say what they print."""

from __future__ import annotations

import csv
import math
import re
from datetime import date
from itertools import pairwise

import pytest

from benchmarks.extraction.labels import LabelError, Quantity, load_sentences, sentence_of
from include.settings import PROJECT_ROOT

SENTENCES = load_sentences()
WORDS = {"năm": 5, "chín": 9, "hai mươi ba": 23}
SCALES = {"nghìn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
UNIT_FACTORS = {"GWh": 1e6, "GW": 1e3}
TOKEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)|(?P<scale>nghìn|vạn|triệu|tỷ|tỉ)\b|(?P<half>rưỡi)")


def units() -> dict[str, str]:
    with (PROJECT_ROOT / "dbt_project" / "seeds" / "units.csv").open(encoding="utf-8") as seed:
        return {row["unit_code"]: row["kind"] for row in csv.DictReader(seed)}


def number_of(printed: str) -> float:
    if re.fullmatch(r"\d{1,3}(,\d{3}){2,}", printed):
        return float(printed.replace(",", ""))
    grouped = re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", printed)
    return float((printed.replace(".", "") if grouped else printed).replace(",", "."))


def amounts_of(text: str) -> list[float]:
    """The amounts that a text prints, multiplied out, by a reading of its own that knows no units.

    "25 nghìn 430 tỷ" and "2 tỷ 750 triệu" are one amount, the two ends of a range are two.
    """
    parts: list[list[float]] = []
    for token in TOKEN.finditer(text):
        if token["number"]:
            parts.append([number_of(token["number"]), 1.0])
        elif token["half"]:
            parts[-1][0] += 0.5
        else:
            parts[-1][1] *= SCALES[token["scale"]]
    if re.search(r"\d (?:nghìn|tỷ) \d", text):
        (high, above), (low, below) = parts
        return [(high * above + low) * below if below > above else high * above + low * below]
    if len(parts) == 2 and parts[0][1] == 1:
        parts[0][1] = parts[1][1]
    return [number * scale for number, scale in parts]


def agrees(text: str, quantity: Quantity) -> bool:
    """Whether the labelled value is what the text prints."""
    if not text[0].isdigit():
        return any(text.startswith(word) and quantity.value == value for word, value in WORDS.items())
    factor = next((factor for word, factor in UNIT_FACTORS.items() if text.endswith(f" {word}")), 1.0)
    ends = [quantity.value] if quantity.high is None else [quantity.value, quantity.high]
    printed = [amount * factor for amount in amounts_of(text.split("/")[0])]
    return len(printed) >= len(ends) and all(map(math.isclose, printed, ends))


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
def test_value_is_what_is_printed(text, quantity):
    assert agrees(text, quantity)
    assert quantity.high is None or quantity.high > quantity.value


def test_the_check_of_values_can_fail():
    assert agrees("7.482 tỷ đồng", Quantity(0, 13, 7.482e12, None, "VND"))
    assert not agrees("7.482 tỷ đồng", Quantity(0, 13, 7.428e12, None, "VND"))
    assert not agrees("8 - 8,5%", Quantity(0, 8, 8, 8.6, "PERCENT"))
    assert not agrees("1 tỷ rưỡi đồng", Quantity(0, 14, 1e9, None, "VND"))
    assert not agrees("25 nghìn 430 tỷ đồng", Quantity(0, 20, 2.543e12, None, "VND"))
    assert not agrees("12 - 15 triệu USD", Quantity(0, 17, 12, 15e6, "USD"))
    assert not agrees("86,5 GWh", Quantity(0, 8, 86.5, None, "KILOWATT_HOUR"))


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
