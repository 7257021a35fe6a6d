"""Figures in words, and which of them share a line, a period and an axis."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from include.site.series_charts import MOST_SLOTS, SeriesChart
from include.site.shown import Shown
from include.site.worded_figures import axis_unit, cadence, comparison, figure, short_quote, step, when
from tests.site.samples import claim, vocabulary, year

UNITS = {row["unit_code"]: row for row in vocabulary()["dim_units"]}
VI, EN = Shown("vi", UNITS), Shown("en", UNITS)
CHANGE = {"measure": "change_pct", "comparison_start": None, "comparison_end": None}


def row(number: int, **columns: Any) -> dict[str, Any]:
    told = {"cadence": "year", "is_known": True, "is_standing": True, "value_high": None, "observed_on": None}
    return claim(f"s{number}") | year(number) | told | columns


def starting(kind: str, *starts: date) -> list[dict[str, Any]]:
    return [row(start.year, cadence=kind, period_start=start, period_end=start) for start in starts]


def axis_of(rows: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Names of all periods of the chart, and those on its axis."""
    when = SeriesChart(rows, ("Rừng", "Forest")).spec()["layer"][-1]["encoding"]["x"]
    return when["scale"]["domain"], when["axis"]["values"]


def lines_of(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Periods that each line of the chart joins."""
    layers = [one for one in SeriesChart(rows, ("a", "b")).spec()["layer"] if one["mark"]["type"] == "line"]
    points = [point for layer in layers for point in layer["data"]["values"]]
    runs = dict.fromkeys(point["run"] for point in points)
    return [[point["when"] for point in points if point["run"] == run] for run in runs]


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("year", "từng năm", "by year"),
        ("months-1-9", "9 tháng đầu mỗi năm", "first 9 months of each year"),
        ("months-4-2", "tháng 4 đến tháng 5 mỗi năm", "months 4 to 5 of each year"),
        ("years-5", "từng 5 năm", "by 5 years"),
        ("instant", "tại thời điểm đưa tin", "as of the day it was told"),
    ],
)
def test_a_cadence_in_words(code: str, vietnamese: str, english: str) -> None:
    assert (cadence(VI, code), cadence(EN, code)) == (vietnamese, english)


def test_what_a_change_is_measured_against_is_said() -> None:
    assert comparison(VI, {"measure": "level", "compared": "none"}) is None
    assert comparison(VI, CHANGE | {"compared": "12m"}) == "so với cùng kỳ năm trước"
    assert comparison(EN, CHANGE | {"compared": "none"}) == "time compared with is not told"
    since = CHANGE | {"comparison_start": date(2015, 1, 1), "comparison_end": date(2015, 12, 31)}
    assert comparison(VI, since | {"compared": "48m"}) == "so với 2015"
    stretch = since | {"comparison_end": date(2015, 6, 30)}
    assert comparison(VI, stretch | {"compared": "x"}) == "so với 1/1/2015 – 30/6/2015"


def test_a_figure_tells_its_range_and_how_sure_it_is() -> None:
    told = claim(value=15.0, value_high=20.0, unit_code="PERCENT", approximation="about")
    assert (figure(VI, told), figure(EN, told)) == ("khoảng 15% – 20%", "about 15% – 20%")
    stock = claim(period_start=None) | {"observed_on": date(2024, 3, 1)}
    assert when(VI, stock) == "tại thời điểm 1/3/2024"


def test_an_axis_is_in_the_step_of_its_largest_number() -> None:
    assert step([5e9, -2e12], "VND") == 1e9
    assert axis_unit(VI, 1e9, "VND") == "tỷ đồng"
    assert axis_unit(EN, 1e12, "VND") == "trillion VND"
    assert step([5e9], "PERSON") == 1.0
    assert axis_unit(VI, 1.0, "PERCENT") == "%"


def test_a_sentence_is_cut_between_words_around_its_number() -> None:
    long = claim(
        quote=f"{'đầu ' * 100}là 1.240 ha, {'đuôi ' * 100}hết.",
        quote_start=10,
        value_start=413,
        value_end=421,
    )
    pieces = short_quote(long)
    assert [piece.mark for piece in pieces] == [None, "s1", None]
    assert pieces[1].text == "1.240 ha"
    assert pieces[0].text.startswith("… đầu đầu")
    assert pieces[2].text.endswith("đuôi …")
    assert sum(len(piece.text) for piece in pieces) < 300
    word = claim(quote=f"{'x' * 10_000}1.240 ha", quote_start=0, value_start=10_000, value_end=10_008)
    assert sum(len(piece.text) for piece in short_quote(word)) < 200


def test_periods_without_a_figure_keep_their_place() -> None:
    assert axis_of([row(2019), row(2022)])[0] == ["2019", "2020", "2021", "2022"]
    quarters = starting("quarter", date(2023, 10, 1), date(2024, 7, 1))
    assert axis_of(quarters)[0] == ["Q4/2023", "Q1/2024", "Q2/2024", "Q3/2024"]
    halves = starting("half", date(2023, 1, 1), date(2024, 1, 1))
    assert axis_of(halves)[0] == ["1–6/2023", "7–12/2023", "1–6/2024"]
    nine = starting("months-1-9", date(2020, 1, 1), date(2022, 1, 1))
    assert axis_of(nine)[0] == ["2020", "2021", "2022"]


def test_of_many_periods_the_axis_names_those_that_begin_a_year() -> None:
    names, named = axis_of(starting("month", date(2023, 11, 1), date(2025, 2, 1)))
    assert len(names) == 16
    assert named == ["1/2024", "1/2025"]


def test_a_stretch_that_no_axis_holds_has_only_periods_with_a_figure() -> None:
    names, _ = axis_of(starting("year", date(2024 - MOST_SLOTS, 1, 1), date(2024, 1, 1)))
    assert names == ["1784", "2024"]


def test_lines_join_neighbouring_known_figures_of_one_kind() -> None:
    rows = [row(2018), row(2019), row(2021), row(2022, status="estimate"), row(2023), row(2024)]
    assert lines_of(rows) == [["2018", "2019"], ["2023", "2024"]]
    assert lines_of([row(2023), row(2024, is_known=False)]) == []
    assert lines_of([row(2023), row(2023), row(2024)]) == [["2023", "2024"]]
