"""The heads of columns to what stands under them: a period with its status, a comparison, a unit, a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from include.extract import comparisons, periods
from include.extract.mentions import Mention, find_mentions
from include.extract.periods import UNKNOWN, Period
from include.extract.tables.cells import TableUnit, unit_of
from include.extract.timeline import Timeline
from include.extract.units import UnitWords

_NUMBERING = re.compile(r"(?:stt|tt|số tt|số thứ tự|s\.t\.t)\.?\Z")
_UNIT = re.compile(r"(?:đơn vị|đv|đvt|đ\.v\.t|đơn vị tính|đơn vị đo|đv tính)\.?\Z")
_PERCENT = re.compile(r"%|phần trăm")
_AGAINST = re.compile(r"\bso\b|\bcùng kỳ\b|\bvới năm\b")
_YARDSTICK = re.compile(r"\bso (?:với )?[^;()]{0,30}\Z|\bcùng kỳ\s\Z")
_PLAN = r"(?:kế hoạch|dự toán|nghị quyết|mục tiêu|chỉ tiêu)"
_OF_PLAN = re.compile(
    rf"(?:\bso(?: với| sánh với)?|\bvới|thực hiện\s?/|đạt|hoàn thành|%|tỷ lệ|bằng)\s?"
    rf"(?:với |của |so với )*{_PLAN}"
    r"|hoàn thành|\b(?:tỷ lệ|%) (?:đạt|giải ngân|thực hiện)|\Ađạt\b|thực hiện\s?/\s?kế hoạch"
)
_CHANGE = re.compile(r"tăng|giảm|\+\s?/\s?-|tốc độ|chênh lệch")
_DOWN_ONLY = re.compile(r"\A(?!.*tăng)(?!.*[+]).*giảm")
_SHARE = re.compile(r"cơ cấu|tỷ trọng")
_TIMES = re.compile(r"\(lần\)|\bsố lần\b")
_ESTIMATE = re.compile(r"\bước\b|sơ bộ|dự ước")
_TARGET = re.compile(rf"{_PLAN}|phấn đấu|\bgiao\b")
_EXPECTED = re.compile(r"dự kiến|dự báo")
_DONE = re.compile(r"thực hiện|kết quả|chính thức|đạt được")
_OF_LAST_YEAR = re.compile(r"\bcùng kỳ\b(?:\s(?:năm\s)?(?:trước|ngoái))?")
_WHOLE_YEAR = re.compile(
    r"(?:kế hoạch|dự toán|ước(?: thực hiện)?|mục tiêu|chỉ tiêu)\s(?:giao\s)?(?:cả )?năm\Z"
)
_BARE_YEAR = re.compile(r"(?<![\w/.,-])((?:19|20)\d\d)(?![\w.,]|\s?[-/]\s?\d)")
_TWO_YEARS = re.compile(r"(?<![\w/])((?:19|20)\d\d)\s?/\s?((?:19|20)\d\d)(?![\w/])")
_SPAN_OF_YEARS = re.compile(r"(?<!đoạn )(?<!học )(?<![\w/-])((?:19|20)\d\d)\s?-\s?((?:19|20)\d\d)(?!\w)")
# Heads are cut short; each of these stands for words that the rules of prose know.
_SHORT_FORMS = (
    (re.compile(r"\b[ưu]th\b"), "ước thực hiện"),
    (re.compile(r"\bth\b"), "thực hiện"),
    (re.compile(r"\bkh\b"), "kế hoạch"),
    (re.compile(r"\bdt\b"), "dự toán"),
    (re.compile(r"\bck\b"), "cùng kỳ"),
    (re.compile(r"\b(\d{1,2})\s?t(?:háng)?\s?/\s?((?:19|20)\d\d)\b"), r"\1 tháng năm \2"),
    (re.compile(r"\bt(?:háng )?(\d{1,2})\s?/\s?((?:19|20)\d\d)\b"), r"tháng \1 năm \2"),
    (re.compile(r"\bt(\d{1,2})\b"), r"tháng \1"),
    (re.compile(r"\b(\d{1,2})t\b"), r"\1 tháng"),
    (re.compile(r"\bq(iv|i{1,3}|[1-4])\b"), r"quý \1"),
    (_TWO_YEARS, r"năm \1 so với năm \2"),
    (_SPAN_OF_YEARS, r"giai đoạn \1-\2"),
    (re.compile(r"(?<!năm )(?<!tháng )" + _BARE_YEAR.pattern), r"năm \1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. kind: level, change_pct, change_abs, plan_pct, share_pct, multiple, versus (a
    percentage of an earlier time or the change since: its figures tell), unit, numbering or other.

    words: the head in full, folded, short forms written out. period: of its figures, null where the head
    leaves it to the columns beside it; compared: the period compared with; status: a contract code,
    null where unsaid; unit: of all its figures.
    """

    kind: str
    words: str
    period: Period | None = None
    compared: Period | None = None
    status: str | None = None
    unit: TableUnit | None = None

    @property
    def is_down(self) -> bool:
        """Whether the head says that its figures are decreases."""
        return bool(_DOWN_ONLY.match(self.words))


def written_out(head: str) -> str:
    """A folded head with its short forms in full: "UTH 6T/2024" as "ước thực hiện 6 tháng năm 2024"."""
    for pattern, words in _SHORT_FORMS:
        head = pattern.sub(words, head)
    return " ".join(head.split())


def read_columns(
    heads: Sequence[str], units: UnitWords, timeline: Timeline, base: Period | None
) -> list[Column]:
    """The columns of a table in order; heads: one for each, folded; base: the period that the table is of."""
    columns = [_column(written_out(head), units, timeline, base) for head in heads]
    return [_beside(columns, index) for index in range(len(columns))]


def period_in(words: str, timeline: Timeline, base: Period | None = None) -> Period | None:
    """The first period that a folded title names, or null."""
    mentions = [m for m in find_mentions(words, 0, len(words)) if m.kind not in ("day", "as_of")]
    return _resolved(mentions[0], timeline, base) if mentions else None


def _resolved(mention: Mention, timeline: Timeline, base: Period | None) -> Period | None:
    period = timeline.resolve(mention, base)
    if period is UNKNOWN:
        return None
    said = mention.year is not None and mention.year > 0
    if not said and base is None and mention.resolved is None and timeline.is_to_come(period):
        return period.shifted(-1)  # "Tháng 12" in January's news is last year's
    return period


def _column(words: str, units: UnitWords, timeline: Timeline, base: Period | None) -> Column:
    if _NUMBERING.match(words):
        return Column("numbering", words)
    if _UNIT.match(words):
        return Column("unit", words)
    mentions = find_mentions(words, 0, len(words))
    told = [m for m in mentions if not _YARDSTICK.search(words[: m.start])]
    period = _resolved(told[0], timeline, base) if told else None
    unit = unit_in(words, units)
    is_percent = unit is not None and unit.kind == "percent"
    kind = _comparison(words, is_percent or bool(_PERCENT.search(words)))
    if kind != "level":
        rest = [m for m in mentions if m not in told]
        compared = _resolved(rest[0], timeline, period) if rest else None
        return Column(kind, words, period, compared, None, unit)
    if _OF_LAST_YEAR.search(words):
        period = _year_before(mentions, timeline, base)
    if any(m.kind in ("day", "as_of") for m in told):
        return Column("other", words)
    return _level(words, period, unit, timeline, base)


def _year_before(mentions: Sequence[Mention], timeline: Timeline, base: Period | None) -> Period | None:
    """The period of a column "cùng kỳ năm trước" or "cùng kỳ 2023": the table's own, in that year."""
    named = _resolved(mentions[0], timeline, base) if mentions else None
    if base is None or base.start is None:
        return named if mentions and mentions[0].kind != "year" else None
    return base.shifted(named.start.year - base.start.year if named and named.start else -1)


def _level(
    words: str, period: Period | None, unit: TableUnit | None, timeline: Timeline, base: Period | None
) -> Column:
    """A column of amounts: a period, a status or "cùng kỳ" in its head tells it; the table tells the rest."""
    status = _status(words)
    if period is None and status is None:
        return Column("other", words, unit=unit)
    if period is None and base is not None and base.start is not None:
        if _WHOLE_YEAR.search(words):
            period = periods.year_of(base.start.year)
        elif status != "target" or base.period_type == "year":
            # The plan in a half year's report may be the half year's or the year's.
            period = base
    if (period is not None and timeline.is_to_come(period)) or (status == "expected" and period is None):
        status = "target"
    return Column("level", words, period, None, "estimate" if status == "expected" else status, unit)


def _status(words: str) -> str | None:
    if _ESTIMATE.search(words):
        return "estimate"
    if _TARGET.search(words):
        return "target"
    if _EXPECTED.search(words):
        return "expected"
    return "actual" if _DONE.search(words) else None


def _comparison(words: str, is_percent: bool) -> str:
    """The kind of a column that compares, "level" for one that does not."""
    if is_percent and _OF_PLAN.search(words):
        return "plan_pct"
    if _CHANGE.search(words):
        return "change_pct" if is_percent else "change_abs"
    if _TIMES.search(words):
        return "multiple"
    if is_percent and _SHARE.search(words):
        return "share_pct"
    if _AGAINST.search(re.sub(r"\([^()]*\)", "", words)) and not re.match(
        r"cùng kỳ|thực hiện cùng kỳ", words
    ):
        return "versus" if is_percent else "other"
    return "versus" if is_percent and "cùng kỳ" in words else "level"


def unit_in(words: str, units: UnitWords) -> TableUnit | None:
    """The unit that a head or title prints in brackets or behind a comma: "Giá trị (tỷ đồng)"."""
    for found in re.finditer(r"\(([^()]*)\)|[,;]\s*([^,;()]+)\Z", words):
        if unit := unit_of(found[1] or found[2], units):
            return unit
    return None


def _beside(columns: Sequence[Column], index: int) -> Column:
    """A comparison without a period of its own has that of the levels before it, where they agree on one."""
    column = columns[index]
    if column.kind in ("level", "unit", "numbering", "other"):
        return column
    levels = [c for c in columns if c.kind == "level" and c.status != "target"]
    if column.period is not None:
        same = next((c for c in levels if c.period == column.period), None)
        status = column.status or (same.status if same else None)
        return _filled(column, column.period, levels, status)
    before = [
        c for c in columns[:index] if c.kind == "level" and c.status != "target" and c.period is not None
    ]
    if not before:
        undated = [c for c in columns[:index] if c.kind == "level" and c.status != "target"]
        return Column("other", column.words) if len(undated) != 1 else _with(column, None, undated[0].status)
    latest = max(c.period.end for c in before if c.period and c.period.end)
    own = {c.period: c for c in before if c.period and c.period.end == latest}
    if len(own) != 1:
        return Column("other", column.words)
    level = next(iter(own.values()))
    assert level.period is not None  # noqa: S101
    return _filled(column, level.period, levels, level.status)


def _filled(column: Column, period: Period, levels: Sequence[Column], status: str | None) -> Column:
    return _with(column, period, status, _compared(column, period, levels))


def _with(
    column: Column, period: Period | None, status: str | None, compared: Period | None = None
) -> Column:
    return Column(column.kind, column.words, period, compared, status, column.unit)


def _compared(column: Column, period: Period, levels: Sequence[Column]) -> Period | None:
    """The period compared with: named in the head, else the one other period of the same kind."""
    if column.kind in ("plan_pct", "share_pct"):
        return None
    if column.compared is not None and "cùng kỳ" not in column.words:
        return column.compared
    if re.search(r"(?:tháng|quý|kỳ) (?:liền )?trước", column.words) and "cùng kỳ" not in column.words:
        return periods.previous(period)
    if re.search(r"cùng kỳ|năm trước", column.words):
        return period.shifted(-1)
    others = {c.period for c in levels if c.period and c.period.period_type == period.period_type} - {period}
    if len(others) == 1 and "so" in column.words.split():
        return others.pop()
    return comparisons.default_comparison(period)
