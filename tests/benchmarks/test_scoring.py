"""What the benchmark counts as found, right and spurious; each count is seen to move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.extraction.labels import Period, Quantity, Sentence
from benchmarks.extraction.scoring import (
    PeriodScore,
    QuantityScore,
    Stretch,
    score_periods,
    score_quantities,
)

COUNTED = frozenset({"PROJECT"})
MONEY = Quantity(10, 24, 7.482e12, None, "VND")
PROJECTS = Quantity(40, 49, 38, None, "PROJECT")
RANGE = Quantity(60, 67, 2.5, 3, "PERCENT")
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
BEFORE = (date(2023, 1, 1), date(2023, 12, 31))
DAY = (date(2024, 7, 2), date(2024, 7, 2))


@pytest.mark.parametrize(
    ("answer", "found", "value", "unit"),
    [
        (MONEY, 1, 1, 1),
        (replace(MONEY, start=14), 1, 1, 1),  # another idea of where it begins
        (replace(MONEY, value=7.482e9), 1, 0, 0),
        (replace(MONEY, high=8e12), 1, 0, 0),
        (replace(MONEY, unit="USD"), 1, 1, 0),
        (replace(MONEY, unit=None), 1, 1, 0),
        (replace(MONEY, start=24, end=30), 0, 0, 0),  # touches by no character
    ],
)
def test_one_quantity(answer, found, value, unit):
    spurious = 1 - found
    assert score_quantities([MONEY], [answer], COUNTED) == QuantityScore(1, found, value, unit, spurious)


def test_a_tool_without_units_of_counted_things_is_right_to_name_none():
    assert score_quantities([PROJECTS], [replace(PROJECTS, unit=None)], COUNTED).value_and_unit == 1
    assert score_quantities([PROJECTS], [replace(PROJECTS, unit=None)], frozenset()).value_and_unit == 0
    assert score_quantities([PROJECTS], [replace(PROJECTS, unit="PERSON")], COUNTED).value_and_unit == 0


def test_a_range_needs_both_ends():
    assert score_quantities([RANGE], [RANGE], COUNTED).value == 1
    assert score_quantities([RANGE], [replace(RANGE, high=None)], COUNTED).value == 0
    assert score_quantities([RANGE], [replace(RANGE, high=3.5)], COUNTED).value == 0


def test_the_answer_that_covers_most_counts():
    part = Quantity(10, 12, 7.482e12, None, "VND")
    whole = replace(MONEY, value=7.0)
    assert score_quantities([MONEY], [part, whole], COUNTED).value == 0
    assert score_quantities([MONEY], [replace(part, value=7.0), MONEY], COUNTED).value == 1


def test_spurious_answers_are_those_that_touch_no_label():
    stray = Quantity(0, 3, 5, None, None)
    score = score_quantities([MONEY, PROJECTS], [stray, MONEY, stray], COUNTED)
    assert score == QuantityScore(labelled=2, found=1, value=1, value_and_unit=1, spurious=2)
    assert score_quantities([], [stray], COUNTED).spurious == 1


def sentence(*periods: Period, implied=()) -> Sentence:
    return Sentence("…", date(2024, 10, 10), (), periods, tuple(implied))


def test_a_period_is_right_with_first_and_last_day():
    year = sentence(Period(4, 12, (YEAR,), optional=False))
    right = score_periods(year, [Stretch(*YEAR, 4, 12)], tells_where=True)
    assert right == PeriodScore(labelled=1, found=1, right=1, wrong=0)
    a_day = score_periods(year, [Stretch(date(2024, 1, 1), date(2024, 1, 1), 4, 12)], tells_where=True)
    assert a_day == PeriodScore(labelled=1, found=1, right=0, wrong=1)
    elsewhere = score_periods(year, [Stretch(*BEFORE, 12, 20)], tells_where=True)
    assert elsewhere == PeriodScore(labelled=1, found=0, right=0, wrong=1)


def test_found_is_not_told_of_a_tool_that_says_no_place():
    year = sentence(Period(4, 12, (YEAR,), optional=False))
    assert score_periods(year, [Stretch(*YEAR)], tells_where=False).found is None


def test_either_of_two_right_answers_is_right():
    up_to = sentence(Period(0, 5, (DAY, YEAR), optional=False))
    for pair in (DAY, YEAR):
        score = score_periods(up_to, [Stretch(*pair)], tells_where=False)
        assert (score.right, score.wrong) == (1, 0)


def test_what_is_optional_or_implied_is_neither_asked_for_nor_wrong():
    lenient = sentence(Period(0, 5, (DAY,), optional=True), implied=[BEFORE])
    assert score_periods(lenient, [], tells_where=False).labelled == 0
    assert score_periods(lenient, [Stretch(*DAY), Stretch(*BEFORE)], tells_where=False).wrong == 0
    assert score_periods(lenient, [Stretch(*YEAR)], tells_where=False).wrong == 1


def test_an_answer_given_twice_is_wrong_once():
    assert score_periods(sentence(), [Stretch(*YEAR), Stretch(*YEAR)], tells_where=False).wrong == 1


def test_scores_add_up():
    assert QuantityScore(1, 1, 1, 0, 2) + QuantityScore(3, 2, 1, 1, 0) == QuantityScore(4, 3, 2, 1, 2)
    assert PeriodScore(1, 1, 1, 0) + PeriodScore(2, 1, 0, 3) == PeriodScore(3, 2, 1, 3)
    assert (PeriodScore(1, None, 1, 0) + PeriodScore(2, None, 0, 3)).found is None
