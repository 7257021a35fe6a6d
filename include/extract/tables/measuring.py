"""What a figure of a table measures: its column's kind and its row's indicator together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from include.extract import comparisons
from include.extract.parts import INDICES
from include.extract.periods import Period
from include.extract.tables.cells import Figure, TableUnit
from include.extract.tables.columns import Column
from include.extract.tables.names import Subject

# A percentage "so với cùng kỳ" is an index near 100 or a change near 0. Columns that are neither are left.
_INDEX_FROM, _INDEX_TO, _CHANGE_TO = 70.0, 180.0, 40.0
_MOST = 2 / 3


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the contract with the value in the code's unit; compared: the period compared with."""

    measure: str
    value: float
    high: float | None
    unit_code: str
    compared: Period | None = None


def tells_growth(figures: Sequence[tuple[float, bool]]) -> str:
    """Whether the figures of a column of percentages are an index or a change: its kind, else "other".

    figures: values with whether a plus or minus is printed. Signs are a change's.
    """
    if not figures:
        return "other"
    if any(is_signed for _, is_signed in figures):
        return "change_pct"
    near_100 = sum(_INDEX_FROM <= value <= _INDEX_TO for value, _ in figures)
    near_0 = sum(value < _CHANGE_TO for value, _ in figures)
    if near_100 >= _MOST * len(figures):
        return "index"
    return "change_pct" if near_0 >= _MOST * len(figures) else "other"


def measure_of(
    figure: Figure, column: Column, unit: TableUnit | None, subject: Subject, own: str | None, period: Period
) -> Measure | None:
    """Decide the measure of one figure; null where its unit or its meaning is not told.

    unit: of the row; own: unit code of the row's indicator. Source: the data contract, table of measures.
    """
    if column.kind == "level":
        return _level(figure, figure.unit or column.unit or unit, subject, own, period)
    if column.kind == "change_abs":
        return _difference(figure, column, figure.unit or column.unit or unit)
    if column.kind == "multiple":
        return Measure("multiple", figure.value, figure.high, "TIMES", column.compared)
    if figure.unit is not None and figure.unit.kind != "percent":
        return None
    if column.kind in ("plan_pct", "share_pct"):
        is_rate = column.kind == "share_pct" and own == "PERCENT"
        return Measure("level" if is_rate else column.kind, figure.value, figure.high, "PERCENT")
    is_rate = unit is not None and unit.kind == "percent"
    if is_rate and subject.code not in INDICES:
        return None  # the change of a rate may be given in points or in per cent of it
    if column.kind == "index":
        return _index(figure, column, subject)
    return _signed("change_pct", figure, column, "PERCENT", 1.0)


def _level(
    figure: Figure, unit: TableUnit | None, subject: Subject, own: str | None, period: Period
) -> Measure | None:
    if unit is None:
        return None
    high = None if figure.high is None else _times(figure.high, unit.factor)
    value = _times(figure.value, unit.factor)
    if unit.kind != "percent":
        return Measure("level", value, high, unit.code)
    if subject.is_growth:
        return Measure("change_pct", value, high, "PERCENT", comparisons.default_comparison(period))
    if subject.code in ("grdp", "gdp"):
        return Measure("change_pct", value, high, "PERCENT", comparisons.default_comparison(period))
    is_rate = own in (None, "PERCENT", "RANK")
    return Measure("level" if is_rate else "share_pct", value, high, "PERCENT")


def _index(figure: Figure, column: Column, subject: Subject) -> Measure:
    """An index is a level of IIP and CPI; of anything else it tells the change since the earlier time."""
    if subject.code in INDICES:
        return Measure("level", figure.value, figure.high, "PERCENT")
    high = None if figure.high is None else round(figure.high - 100, 6)
    return Measure("change_pct", round(figure.value - 100, 6), high, "PERCENT", column.compared)


def _difference(figure: Figure, column: Column, unit: TableUnit | None) -> Measure | None:
    if unit is None:
        return None
    code = "PERCENTAGE_POINT" if unit.kind == "percent" else unit.code
    return _signed("change_abs", figure, column, code, unit.factor)


def _signed(measure: str, figure: Figure, column: Column, code: str, factor: float) -> Measure:
    sign = -1.0 if column.is_down and not figure.is_signed else 1.0
    high = None if figure.high is None else sign * _times(figure.high, factor)
    return Measure(measure, sign * _times(figure.value, factor), high, code, column.compared)


def _times(value: float, factor: float) -> float:
    return value if factor == 1 else round(value * factor, 6)
