"""The period of one number: its own words', its comparison's, the number's before, else the timeline's."""

from __future__ import annotations

import re
from collections.abc import Set

from include.extract import comparisons, statuses
from include.extract.brackets import enclosing
from include.extract.compared import COMPARING
from include.extract.measures import Measured, is_elliptic, last_piece
from include.extract.outline import Outline
from include.extract.periods import INSTANT, Period, between, last_month
from include.extract.quantities import Quantity
from include.extract.rows import Subject
from include.extract.said import Said, plan_told_in_bracket
from include.extract.timeline import Timeline

_YEARLY = re.compile(r"h[àằ]ng năm|mỗi năm")
# "(cùng kỳ năm 2020 tăng 3,1%)": the figure of the time compared with, told beside the new one.
_ASIDE = re.compile(
    r"\s*(?:trong\s)?cùng kỳ(?:(?: năm)? (?P<year>(?:19|20)\d\d|trước|ngoái))?"
    r"(?:,?\s(?:tăng|giảm|đạt|là|chỉ|có|xuất siêu|nhập siêu|chiếm|bằng|còn)\b|\s*\Z)"
)
# "bình quân 5 năm đạt 10,9%": of the years that were named before.
_OVER_THE_TERM = re.compile(
    r"(?:bình quân|trung bình)(?: trong)? (?:\d|hai|ba|bốn|năm) năm(?! (?:19|20|nay|này|trước|ngoái))"
    r"|bình quân (?:của )?(?:cả )?(?:giai đoạn|nhiệm kỳ)(?! (?:19|20))"
)


class PeriodReader:
    """Decides the periods of one article's numbers; accumulating: the codes of what adds up from January."""

    def __init__(self, text: str, timeline: Timeline, outline: Outline, accumulating: Set[str]) -> None:
        self._text = text
        self._timeline = timeline
        self._outline = outline
        self._accumulating = accumulating

    def of(
        self,
        quantity: Quantity,
        subject: Subject,
        measured: Measured,
        stop: int,
        before: Said | None,
        left: str,
    ) -> Period:
        """The period of a number.

        stop: where the next number begins; before: the number before it in its sentence; left: the words
        between the two.
        """
        timeline, text = self._timeline, self._text
        flows = subject.code in self._accumulating
        if (aside := self.aside(quantity, before)) is not None:
            told = before.period if before else timeline.period_of(quantity, stop)
            year = aside["year"]
            return told.shifted(int(year) - told.start.year if year and year.isdigit() and told.start else -1)
        if before is not None and (plan := plan_told_in_bracket(left, before.period)):
            return plan
        phrase = comparisons.phrase_after(text, quantity.end, stop)
        end = quantity.end
        if phrase is None and measured.measure in COMPARING:
            start = timeline.sentence.start
            phrase, end = comparisons.phrase_in_head(text, start, quantity.start), start
        if phrase is not None and comparisons.speaks_of_months(text, end, max(stop, phrase)):
            period = timeline.period_of(quantity, stop, flows=flows)
            return period if period.period_type == "month" else timeline.month or last_month(period)
        if measured.measure == "change_pct" and (term := self._term(quantity, before)):
            return term
        if measured.measure == "change_pct" and (years := self._average_years(quantity, stop, before)):
            return years
        if before is not None and measured.measure != "level":
            own = [m for m in timeline.mentions if before.quantity.end <= m.start < stop]
            if not own and not before.aside:
                return before.period
        if before is not None and not flows and before.period is INSTANT and is_elliptic(left):
            return INSTANT  # "có 3 huyện nghèo, 74 xã, 38.125 hộ nghèo": one stock-taking
        return timeline.period_of(quantity, stop, flows=flows)

    def aside(self, quantity: Quantity, before: Said | None) -> re.Match[str] | None:
        """The words that tell the number as the figure of the time compared with, null for others."""
        begin = before.quantity.end if before else self._timeline.sentence.start
        if self._text.find("cùng kỳ", begin, quantity.start) < 0:
            return None
        return _ASIDE.match(last_piece(self._text[begin : quantity.start]))

    def _average_years(self, quantity: Quantity, stop: int, before: Said | None) -> Period | None:
        """The years of an average growth since a year compared with: "So năm 1989, … bình quân 10%/năm"."""
        yearly = self._text.endswith("/năm", quantity.start, quantity.end)
        since = next(
            (m for m in self._timeline.compared if m.kind == "year" and m.end <= quantity.start), None
        )
        to = before.period if before else self._timeline.period_of(quantity, stop)
        if not yearly or since is None or to.end is None:
            return None
        first = self._timeline.resolve(since).start
        return between(first, to.end) if first and first < to.end else None

    def is_of_the_past(self, quantity: Quantity, period: Period, before: Said | None) -> bool:
        """Whether a bracket tells of a time over before that of the estimate it stands beside."""
        aside = enclosing(quantity.start, self._timeline.brackets)
        if before is None or aside is None or "sơ bộ" in self._text[aside.start : quantity.start]:
            return False
        if period.end is None or not self._timeline.is_over(period):
            return False
        return before.period.start is None or period.end < before.period.start

    def _term(self, quantity: Quantity, before: Said | None) -> Period | None:
        """The years of a plan, for the yearly growth it aims at: "phấn đấu tăng bình quân 10%/năm"."""
        timeline = self._timeline
        if timeline.term is None or before is not None:
            return None
        head = self._text[timeline.sentence.start : quantity.start]
        if _OVER_THE_TERM.search(head):
            return timeline.term
        if timeline.is_over(timeline.term):
            return None
        aims = self._outline.aims or self._outline.aimed or statuses.head_status(head) == "target"
        own = any(m.kind != "as_of" and m.end <= quantity.start for m in timeline.mentions)
        return timeline.term if aims and not own and self.is_yearly(head, quantity) else None

    def is_yearly(self, clause: str, quantity: Quantity) -> bool:
        """Whether a percentage is told for every year: "tăng 8%/năm", "mỗi năm tăng 8%"."""
        yearly = self._text.endswith("/năm", quantity.start, quantity.end) or _YEARLY.search(clause)
        return quantity.kind == "percent" and bool(yearly)
