"""When Spark begins to pay: the equation, solved for what it says at both sides of its answer."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.spark.model import Costs, costs_of, least_cores, pays_from
from benchmarks.spark.picture import drawn
from benchmarks.spark.report import costs_by_engine, written

LOCAL, SPARK = Costs(start=4, per_page=0.02), Costs(start=40, per_page=0.03)


def run(engine: str, pages: int, start: float, seconds: float) -> dict[str, Any]:
    half = {"processor": seconds / 2, "wall": seconds}
    return {
        "engine": engine,
        "pages": pages,
        "parts": {"start": {"processor": start, "wall": start}, "clean": half, "extract": half},
    }


RUNS = [
    run("local", 500, 4, 10),
    run("local", 1_500, 4, 30),
    run("spark", 500, 40, 25),
    run("spark", 1_500, 42, 55),
]


def test_costs_are_the_start_and_the_slope() -> None:
    assert costs_of(RUNS[:2]) == Costs(start=pytest.approx(4), per_page=pytest.approx(0.02))
    assert costs_of(RUNS[2:]) == Costs(start=pytest.approx(41 + 10), per_page=pytest.approx(0.03))
    with pytest.raises(ValueError, match="give two sizes"):
        costs_of(RUNS[:1])


def test_the_answer_is_where_the_lines_cross() -> None:
    pages = pays_from(LOCAL, 2, SPARK, 8)
    assert pages is not None
    assert SPARK.seconds(pages, 8) <= LOCAL.seconds(pages, 2)
    assert SPARK.seconds(pages - 1, 8) > LOCAL.seconds(pages - 1, 2)


def test_a_cluster_of_too_few_cores_never_pays() -> None:
    assert least_cores(LOCAL, 2, SPARK) == 4
    assert pays_from(LOCAL, 2, SPARK, 3) is None
    assert pays_from(LOCAL, 2, SPARK, 4) is not None


def test_the_page_and_the_plot_say_what_was_measured() -> None:
    text = written(RUNS, "a machine")
    assert "| 1,500 | spark | 42.0 | 27.5 | 27.5 | 36.7 | 27.3 | 110 s |" in text
    assert "Spark on C cores:       T = 51.0 s + N * 30.0 ms / C" in text
    assert "| 2 cores | 3 | never |" in text
    picture = drawn(costs_by_engine(RUNS), RUNS)
    assert picture.startswith("<svg ")
    assert "Spark, 128 cores" in picture
