"""Which period a number speaks of: its clause's, else its sentence's, paragraph's or article's.

The state is carried sentence by sentence through one article. Source of the rules: the data
contract, "Which period".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from include.extract import periods
from include.extract.brackets import brackets, closed_between, enclosing
from include.extract.cues import Closing, Cued
from include.extract.mentions import RANKINGS, Mention, Now, find_mentions, resolve
from include.extract.periods import INSTANT, UNKNOWN, Period
from include.extract.quantities import Quantity
from include.extract.text import Span

_UP_TO = Closing(r"(?<!tầm nhìn )\b(?:đến|tới)\s(?:hết\s|cuối\s)?\Z")
_WILL_BE = re.compile(r"\bsẽ\b|phấn đấu|mục tiêu|dự kiến|quy hoạch (?:có|phát triển|gồm)")
# "Theo quy hoạch phát triển công nghiệp đến năm 2030, tỉnh có 12 khu công nghiệp".
_BY_THE_PLAN = re.compile(r"\btheo (?:[^\W\d]+ ){0,3}quy hoạch\b")
_OPENS_BRACKET = re.compile(r"\s?\(\s?(?:(?:đạt|là|chỉ|gần|hơn|trên|khoảng)\s)*")
_TASKS_OF = re.compile(r"(?:nhiệm vụ|phương hướng|giải pháp|triển khai)[^,;:.()]{0,40}\Z")
_MEETING_OF = re.compile(r"(?:phiên họp|họp báo|kỳ họp|cuộc họp|giao ban)[^,;:.()]{0,40}\Z")
_LISTS_AIMS = re.compile(r"(?:chỉ tiêu|mục tiêu)[^.;:]{0,60}(?::|\bnhư\b|\bgồm\b)")
_COMPARED = Cued(
    r"(?:\bso(?: với| cùng| sánh với)?|\b(?:cao|thấp|nhiều|ít|lớn|kém) hơn|cùng kỳ(?: các)?|kể từ|tương đương"
    r"|cùng thời điểm|\bmức bình quân(?: chung)?(?: của)?|\bhơn (?:so )?với)\s[^,;:.()\d]{0,40}\Z"
    # "gấp 3 lần năm 2015", "gấp rưỡi năm trước"
    r"|\b(?:lần|gấp đôi|gấp rưỡi)\s(?:của\s|mức\s)*\Z"
)
# A year that belongs to a document, a plan's name or a price basis, not to the number.
_NAMED_AFTER = re.compile(
    r"vượt (?:chỉ tiêu |mục tiêu )?(?:dự toán|kế hoạch) \Z"
    r"|(?:/(?:mt|kh|mục tiêu|kế hoạch)\b|%\s(?:so với )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|kh)"
    r"|so với (?:kế hoạch|dự toán|mục tiêu)"
    r"|giá (?:so sánh|cố định|thực tế|hiện hành|gốc)|đề án|nghị quyết|quy hoạch|văn kiện|kế hoạch số"
    r"|quyết định"
    r"|dự thảo|lần thứ \w+,?|luật|nghị định|kỷ niệm|thành lập|chương trình|tầm nhìn)[^,;:.()]{0,60}\Z"
)
_AFTER_NUMBER = re.compile(
    r"\s*(?:(?:vào|trong|của|cho|ở|tính đến|tại thời điểm|so)\s*)?(?:cả\s|cuối\s|thời điểm\s)?\Z"
)
_STOCK_VERB = re.compile(
    r"(?:\bcó|\bcòn|gồm|\bvới|hiện|giám sát đầu tư đối với|tại|tổng cộng)\s(?:\w+\s){0,2}\Z"
)
_RATE_OF_FLOW = re.compile(r"mỗi|bình quân|thành lập mới|cấp mới")
_STOCKS = frozenset(
    ("PROJECT", "ENTERPRISE", "ZONE", "COMMUNE", "VILLAGE", "HOUSEHOLD", "SCHOOL", "DWELLING", "COOPERATIVE",
     "PLAN", "COUNT", "HEAD", "PRODUCT", "HECTARE", "SQUARE_KILOMETRE", "SQUARE_METRE")
)  # fmt: skip
_PARTS_OF_A_YEAR = frozenset({"months", "quarter", "month", "days", "since_january", "last", "past_months"})
_GOVERNING = _PARTS_OF_A_YEAR | {"year", "until", "past_years", "past_term"}
_WHOLE_YEARS = frozenset({"year", "past_years", "past_term"})
_RATED = re.compile(rf"(?:\b{RANKINGS}\)?|xếp hạng) \Z")
_OPENING = 60  # a period within the first words of a sentence governs what follows it
_OPENS_CLAUSE = re.compile(
    r"(?:[,;:]|cho biết|rằng|trong|\b(?:tình hình|kết quả|tổng kết|đánh giá|báo cáo"
    r"|sơ kết)[^,;:.]{0,50})\s*\Z"
)
_YEAR_SAID = re.compile(
    r"(?P<same>cùng kỳ (?:năm )?)?(?<!\d)(?<![-/]\d\d)(?<!- )(?<!-)(?P<year>(?:19|20)\d\d)(?![\d.,]\d|\d"
    r"|\s?-|\s?(?:đồng|tỷ))"
)
_AHEAD_BEFORE = re.compile(
    r"(?:\bđến|\btới|mục tiêu|nhiệm vụ|phương hướng|kế hoạch|dự kiến,?|phấn đấu|tầm nhìn|dự toán"
    r"|định hướng|sẽ"
    r"|chỉ tiêu)[^,;:.]{0,50}\Z"
)
_REACHED_AFTER = re.compile(r"[^.;]{0,60}\bđã\b")
_AHEAD_AFTER = re.compile(r"[^.;]{0,40}(?:mục tiêu|phấn đấu|\bsẽ\b|dự kiến)")


def year_told(text: str) -> int | None:
    """The year an undated article speaks of: the latest that it tells of as past or running.

    "cùng kỳ năm 2004" tells 2005; years of aims and plans are left out, unless there are no others.
    """
    told: set[int] = set()
    ahead: set[int] = set()
    for found in _YEAR_SAID.finditer(text):
        year = int(found["year"]) + (1 if found["same"] else 0)
        before = text[max(0, found.start() - 70) : found.start()]
        reached = _REACHED_AFTER.match(text, found.end())
        aims = not reached and (_AHEAD_BEFORE.search(before) or _AHEAD_AFTER.match(text, found.end()))
        (ahead if aims and not found["same"] else told).add(year)
    return max(told) if told else min(ahead, default=None)


@dataclass(slots=True)
class Timeline:
    """What is known of time at one point of the article.

    published_on: null where nobody tells. year: the year that "năm nay" means, null where unknown.
    section: the period that governs sentences without one; month: the newest month named; listed: the
    period that the head of the bullets being read names; goal: the time that the aims being told are for;
    term: the newest span of years named; planned: the year to come that a plan told of is for. named:
    periods of the sentence that belong to a document's name; brackets: the sentence's asides.
    """

    published_on: date | None
    year: int | None
    section: Period | None = None
    month: Period | None = None
    mentions: list[Mention] = field(default_factory=list)
    compared: list[Mention] = field(default_factory=list)
    listed: Period | None = None
    goal: Period | None = None
    term: Period | None = None
    named: list[Mention] = field(default_factory=list)
    brackets: list[Span] = field(default_factory=list)
    planned: Period | None = None
    text: str = ""
    sentence: Span = field(default_factory=lambda: Span(0, 0))

    def enter(self, text: str, sentence: Span) -> None:
        """Read the mentions of the next sentence."""
        self.text, self.sentence = text, sentence
        found = list(find_mentions(text, sentence.start, sentence.end))
        found = [replace(m, year=None) if m.year == 0 and self._is_rated(m) else m for m in found]
        self.compared = [m for m in found if self._is_compared(m)]
        own = [m for m in found if m not in self.compared]
        self.named = [m for m in own if self._is_named(m)]
        self.mentions = [m for m in own if m not in self.named]
        self.brackets = brackets(text, sentence)

    def _before(self, mention: Mention, length: int) -> str:
        return self.text[max(self.sentence.start, mention.start - length) : mention.start]

    def _is_compared(self, mention: Mention) -> bool:
        return bool(_COMPARED.search(self._before(mention, 40)))

    def _is_rated(self, mention: Mention) -> bool:
        """Whether "năm nay" is the edition of a ranking, which is of the year that its name tells."""
        return bool(_RATED.search(self._before(mention, 24)))

    def _is_named(self, mention: Mention) -> bool:
        return mention.kind != "as_of" and bool(_NAMED_AFTER.search(self._before(mention, 80)))

    def resolve(self, mention: Mention, base: Period | None = None) -> Period:
        """Fill in what the mention leaves out, from `base`, the section, then the year told."""
        return resolve(mention, Now(self.published_on, self.year, self.section, self.month), base)

    def _of(self, mention: Mention, *, flows: bool) -> Period:
        """The period a mention means for a number that is a flow, or for one of what exists."""
        if mention.kind == "until" and not (flows or mention.since):
            return INSTANT
        return self.resolve(mention)

    def year_before(self) -> Period | None:
        """The year before the one spoken of, for what exists: "toàn tỉnh có …, tăng 8% so với năm trước"."""
        governing = self.section.start if self.section is not None else None
        year = governing.year if governing is not None else self.year
        return periods.year_of(year - 1) if year is not None else None

    def leave(self, spoken: list[Period]) -> None:
        """Carry on what governs the next sentences: an opening period, a part of a year, one used.

        spoken: the periods of the sentence's own actual claims.
        """
        for mention in self.named:
            if mention.kind == "year" and self.is_to_come(period := self.resolve(mention)):
                self.planned = period
        for mention in self.mentions:
            if mention.kind == "span":
                self.term = self.resolve(mention)
            period = self.resolve(mention)
            if mention.kind not in _GOVERNING or not self._may_govern(mention, period, spoken):
                continue
            part = mention.kind in _PARTS_OF_A_YEAR
            if part or period in spoken or (mention.kind in _WHOLE_YEARS and self._opens(mention)):
                self.section = period
            if mention.kind == "month":
                self.month = period

    def _may_govern(self, mention: Mention, period: Period, spoken: list[Period]) -> bool:
        """Whether a period may hold for what follows: not one of an aside, of a meeting or still to come."""
        aside = mention.kind != "days" and enclosing(mention.start, self.brackets) is not None
        if aside and len(self.mentions) > 1:
            return False  # "tăng 10% (9 tháng năm 2008 tăng 13%)" goes on with its own time
        if period is UNKNOWN or self.is_to_come(period):
            return False
        if mention.kind == "month" and _UP_TO.search(self._before(mention, 16)):
            return False  # "Đến tháng 5, có 12 trang trại" takes stock in the middle of a report
        return mention.kind in _WHOLE_YEARS or period in spoken or not self._is_of_a_meeting(mention)

    def _is_of_a_meeting(self, mention: Mention) -> bool:
        """Whether a period names a meeting or tasks ahead: "Phiên họp tháng 9", "nhiệm vụ 6 tháng cuối năm".

        The first one of an article may be all that it says of time.
        """
        before = self._before(mention, 60)
        if _TASKS_OF.search(before):
            return True
        return self.section is not None and mention.kind == "month" and _MEETING_OF.search(before) is not None

    def _opens(self, mention: Mention) -> bool:
        """Whether a year stands where it governs: opening the sentence or a clause, or as a report's."""
        if mention.start - self.sentence.start < _OPENING:
            return True
        before = self._before(mention, 60)
        return bool(_OPENS_CLAUSE.search(before)) and not _AHEAD_BEFORE.search(before)

    def is_to_come(self, period: Period) -> bool:
        """Whether the whole period lies after the day of publication (or the year told)."""
        if period.start is None:
            return False
        if self.published_on is not None:
            return period.start > self.published_on
        return self.year is not None and period.start.year > self.year

    def is_over(self, period: Period) -> bool:
        """Whether the period had ended on the day of publication (or before the year told)."""
        if period.end is None:
            return False
        if self.published_on is not None:
            return period.end < self.published_on
        return self.year is not None and period.end.year < self.year

    def period_of(self, quantity: Quantity, stop: int, *, flows: bool = False) -> Period:
        """The period of a number; stop: where the next number of the sentence begins.

        flows: whether it is counted over a time, so that "đến ngày 15/9" tells where its time ends.
        """
        after = next((m for m in self.mentions if quantity.end <= m.start < stop), None)
        if after is not None and self._is_right_after(quantity, after):
            return self._of(after, flows=flows)
        for mention in self.compared:
            # "thấp hơn năm 2019 (66,2 điểm)": the figure of the time compared with.
            if mention.end <= quantity.start and _OPENS_BRACKET.fullmatch(
                self.text, mention.end, quantity.start
            ):
                return self.resolve(mention)
        item = self.text.rfind(";", self.sentence.start, quantity.start)
        # "hiện có …" speaks of its own item of a list; other periods of the items after it too.
        before = [
            m
            for m in self.mentions
            if m.end <= quantity.start
            and (m.kind not in ("as_of", "day") or m.start > item)
            and (
                m.kind == "days"
                or self._heads(m)
                or not closed_between(m.start, quantity.start, self.brackets)
            )
        ]
        if before:
            return self._of(self._head_of_list(before, item) or before[-1], flows=flows)
        if after is not None and not re.search(r"[,;:.(]", self.text[quantity.end : after.start]):
            return self._of(after, flows=flows)
        return self._inherited(quantity, flows=flows)

    def _heads(self, mention: Mention) -> bool:
        """Whether a time in a bracket is the list's: "Cơ cấu kinh tế (năm 2010): nông nghiệp 25%; …"."""
        return self.text.startswith("):", mention.end)

    def _head_of_list(self, before: list[Mention], item: int) -> Mention | None:
        """What the head of a list in the sentence names, for an item that names no time of its own.

        item: where the last semicolon before the number is. "Giai đoạn 2016-2020: GRDP tăng 7%; xuất khẩu đến
        năm 2020 đạt 500 triệu USD; vốn đầu tư đạt 75.000 tỷ".
        """
        colon = self.text.find(":", self.sentence.start, item) if item > 0 else -1
        if colon < 0 or before[-1].start > item or before[-1].end <= colon:
            return None
        return next((m for m in reversed(before) if m.end <= colon), None)

    def _is_right_after(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a period is joined to the number before it: "đạt 5 tỷ năm 2023", "5 tỷ (năm 2023)"."""
        between = self.text[quantity.end : mention.start]
        if between.endswith("("):
            return self.text[mention.end : mention.end + 1] == ")" and not between[:-1].strip()
        return bool(_AFTER_NUMBER.match(between))

    def _inherited(self, quantity: Quantity, *, flows: bool) -> Period:
        if self.goal is not None:
            return self.goal
        horizon = self._horizon(quantity)
        if horizon is not None:
            return horizon
        left = self.text[max(self.sentence.start, quantity.start - 60) : quantity.start]
        around = left + self.text[quantity.end : quantity.end + 30]
        exists = quantity.unit_code in _STOCKS and _STOCK_VERB.search(left)
        if exists and not flows and not _RATE_OF_FLOW.search(around):
            return INSTANT
        return self.listed or self.section or UNKNOWN

    def _horizon(self, quantity: Quantity) -> Period | None:
        """The year up to which a plan named in the sentence reaches, for what "sẽ có" then."""
        for mention in self.named:
            if mention.kind == "year" and _UP_TO.search(self._before(mention, 16)):
                told = self.text[mention.end : quantity.start]
                planned = _WILL_BE.search(told) or _BY_THE_PLAN.search(self._before(mention, 80))
                return self.resolve(mention) if planned else None
            if mention.kind == "year" and self.is_to_come(self.resolve(mention)):
                # As in "thông qua Nghị quyết về nhiệm vụ năm 2026 với các chỉ tiêu như: …".
                told = self.text[mention.end : quantity.start]
                return self.resolve(mention) if _LISTS_AIMS.search(told) else None
        listed = self.planned and _LISTS_AIMS.search(self.text[self.sentence.start : quantity.start])
        return self.planned if listed else None

    def head_period(self) -> Period | None:
        """The period named last in the sentence read, for the bullets that it introduces."""
        return self.resolve(self.mentions[-1]) if self.mentions else None
