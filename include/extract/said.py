"""What was decided of the numbers before one, and what that makes of the measure of the number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from include.extract.cues import Closing
from include.extract.measures import PLAN_TOLD, Measured, is_elliptic, last_piece
from include.extract.parts import INDICES
from include.extract.periods import Period, year_of
from include.extract.quantities import Quantity
from include.extract.rows import Subject
from include.extract.text import Span

_BARE_ATTAINMENT = Closing(r"[,(]\s*(?:bằng|đạt|mới đạt|hoàn thành)\s*(?:gần|hơn|trên|khoảng)?\s*\Z")
_ANOTHER_TIME = re.compile(
    r"\s*(?:trong |vào )?(?:cùng kỳ|năm|quý|tháng|nhiệm kỳ|giai đoạn)[^,;%]{0,24}?"
    r"\s?(?:là|đạt|chỉ|còn|chiếm|có|:)?\s*"
)
_OF_A_SHORTER_TIME = re.compile(r"quý|tháng|giai đoạn|nhiệm kỳ")
_OF_A_YEAR = re.compile(r"\bnăm (?P<year>(?:19|20)\d\d)")
# "giảm 42 người chết (6,1%) và 275 người bị thương": what is joined has changed too.
_AND = re.compile(r"[^,;:.()\d]{0,24}(?:\([^()]*\))?\s*và\s(?:(?:gần|hơn|trên|khoảng)\s)?")
_FARTHEST = 20.0  # points that a rate moves at most in a report; bad debts may rise by 90% themselves
_CALLED_A_RATE = re.compile(r"(?:giảm )?tỷ lệ\b|độ (?:che )?phủ")
_HIGHER_OR_LOWER = re.compile(r"\b(?P<way>thấp|cao) hơn\s(?:(?:gần|hơn|trên|khoảng)\s)?\Z")
_IN_OTHER_WORDS = re.compile(
    r"\s*(?:[^\W\d]+\s){0,3}(?:\(\s*[-+]?(?:bằng|tương đương|tương ứng|hay|tức)?"
    r"|,\s(?:tương đương|tương ứng|tức)(?: với)?)\s*(?:từ|gần|hơn|trên|khoảng)?\s*"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A number of the sentence with what was decided of it, for the numbers after it.

    aside: whether it is the figure of the time compared with; inside: the bracket it stands in.
    """

    quantity: Quantity
    subject: Subject
    measured: Measured
    period: Period
    status: str
    aside: bool = False
    inside: Span | None = None


def after_others(
    measured: Measured,
    quantity: Quantity,
    subject: Subject,
    said: list[Said],
    left: str,
    unit: str | None,
    *,
    planned: bool = False,
) -> Measured:
    """The measure of a number, seen with those before it in its sentence (`said`).

    left: folded words since the number before; unit: the indicator's own unit, null where unknown; planned:
    whether the sentence goes on with one that told the attainment of a plan.
    """
    if not said:
        return measured
    before = said[-1]
    if _is_of_another_time(quantity, before, measured, left):
        measured = replace(measured, measure=before.measured.measure)
    counted = quantity.kind == before.quantity.kind == "counted"
    if before.measured.measure == "change_abs" and counted and _AND.fullmatch(left):
        measured = as_before(measured, quantity, before.measured)
    if _is_the_same_change(quantity, before, left):
        kind = "change_pct" if quantity.kind == "percent" else "change_abs"
        sign = -1.0 if before.measured.value < 0 else 1.0
        high = None if quantity.high is None else sign * quantity.high
        measured = Measured(kind, sign * quantity.value, high, quantity.unit_code)
    if _goes_on(quantity, subject, before, left, unit):
        measured = as_before(measured, quantity, before.measured)
    if measured.measure == "plan_pct" and (apart := _apart_from_plan(quantity, before, left)):
        measured = apart
    counted = unit != "PERCENT" and quantity.kind == "percent"
    if measured.measure == "level" and counted and PLAN_TOLD.search(left):
        rates = [word.measured.measure for word in said if word.quantity.kind == "percent"]
        measured = replace(measured, measure="share_pct") if "share_pct" in rates else measured
    if measured.measure == "share_pct" and _BARE_ATTAINMENT.search(left) and (planned or _has_plan(said)):
        measured = replace(measured, measure="plan_pct")
    return measured


def in_points(
    measured: Measured, unit: str | None, subject: Subject, before: Said | None, text: str
) -> Measured:
    """A rate's change is in its own unit: "tỷ lệ hộ nghèo giảm 1,5%" are points, not a part of the rate.

    text: folded. Only what is called a rate, or was told as one right before: "CPI tăng 3%" is an index's
    change, "hộ nghèo giảm 8%" may be of their number.
    """
    if measured.measure != "change_pct" or unit != "PERCENT" or subject.code in INDICES:
        return measured
    told = before is not None and before.subject.code == subject.code and before.measured.measure == "level"
    if (told and abs(measured.value) < _FARTHEST) or _CALLED_A_RATE.match(subject.name.of(text)):
        return replace(measured, measure="change_abs", unit_code="PERCENTAGE_POINT")
    return measured


def _apart_from_plan(quantity: Quantity, before: Said, left: str) -> Measured | None:
    """A rate's distance from the rate planned: "chiếm 32%, thấp hơn 0,6% so với chỉ tiêu" is in points."""
    apart = _HIGHER_OR_LOWER.search(left)
    rate = before.quantity.kind == "percent" and before.measured.measure in ("level", "share_pct")
    if apart is None or not rate:
        return None
    value = -quantity.value if apart["way"] == "thấp" else quantity.value
    return Measured("change_abs", value, None, "PERCENTAGE_POINT")


def plan_told_in_bracket(left: str, period: Period) -> Period | None:
    """The year of a plan whose own number follows its attainment: "đạt 54% dự toán (9.800 tỷ đồng)".

    left: folded words since that percentage; period: the attainment's. Plans are for a year unless they say
    otherwise.
    """
    if not PLAN_TOLD.search(left) or _OF_A_SHORTER_TIME.search(left) or period.start is None:
        return None
    if named := _OF_A_YEAR.search(left):
        return year_of(int(named["year"]))
    return (
        year_of(period.start.year) if period.period_type in ("months", "half", "quarter", "month") else None
    )


def _goes_on(quantity: Quantity, subject: Subject, before: Said, left: str, unit: str | None) -> bool:
    """Whether a percentage without a verb goes on with the one before, and is not a rate of its own."""
    both = quantity.kind == before.quantity.kind == "percent" and bool(left.strip(" ;,"))
    both = both and not PLAN_TOLD.search(left)
    same = subject.code == before.subject.code or (unit != "PERCENT" and "tỷ lệ" not in left)
    return both and same and is_elliptic(left)


def _is_of_another_time(quantity: Quantity, before: Said, measured: Measured, left: str) -> bool:
    """Whether a percentage tells what the one before was at another time: "1,2% (năm học trước là 1,4%)"."""
    both = quantity.kind == before.quantity.kind == "percent"
    amounts = {before.measured.measure, measured.measure} == {"level", "share_pct"}
    return both and amounts and bool(_ANOTHER_TIME.fullmatch(last_piece(left)))


def _is_the_same_change(quantity: Quantity, before: Said, left: str) -> bool:
    """Whether a bracket tells the change before it in another unit: "giảm 0,58% (5.240 tấn)"."""
    changed = before.measured.measure in ("change_pct", "change_abs")
    return changed and quantity.kind != before.quantity.kind and bool(_IN_OTHER_WORDS.fullmatch(left))


def _has_plan(said: list[Said]) -> bool:
    """Whether a list's earlier item named the plan: "bằng 83% dự toán; … 9.800 tỷ đồng, bằng 81%"."""
    return any(word.measured.measure == "plan_pct" for word in said)


def as_before(measured: Measured, quantity: Quantity, before: Measured) -> Measured:
    """A number without a verb takes the measure before it: "xuất khẩu tăng 10%, nhập khẩu 17%"."""
    changed = before.measure in ("change_pct", "change_abs")
    sign = -1.0 if changed and before.value < 0 else 1.0
    high = None if quantity.high is None else sign * quantity.high
    points = before.unit_code == "PERCENTAGE_POINT" and quantity.kind == "percent"
    unit = before.unit_code if points else measured.unit_code
    return replace(measured, measure=before.measure, value=sign * quantity.value, high=high, unit_code=unit)
