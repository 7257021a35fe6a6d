"""Which period a number speaks of: its clause's, else its sentence's, paragraph's or article's.

The state is carried sentence by sentence through one article. Source of the rules: the data
contract, "Which period".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from include.extract import periods
from include.extract.mentions import Mention, find_mentions
from include.extract.periods import INSTANT, UNKNOWN, Period
from include.extract.quantities import Quantity
from include.extract.text import Span

_COMPARED = re.compile(
    r"(?:\bso(?: với| cùng| sánh với)?|cùng kỳ(?: các)?|kể từ|tương đương|cùng thời điểm)\s*"
    r"(?:(?:cùng kỳ|cùng thời điểm|thời điểm|mức|kết quả|thực hiện|của|cuối|đầu|bình quân|số)\s*){0,3}\Z"
)
# A year that belongs to a document, a plan's name or a price basis, not to the number.
_NAMED_AFTER = re.compile(
    r"(?:%\s(?:so với )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|kh)|so với (?:kế hoạch|dự toán|mục tiêu)"
    r"|giá (?:so sánh|cố định|thực tế|hiện hành|gốc)|đề án|nghị quyết|quy hoạch|văn kiện|kế hoạch số|quyết định"
    r"|dự thảo|luật|nghị định|kỷ niệm|thành lập|chương trình)[^,;:.(]{0,60}\Z"
)
_AFTER_NUMBER = re.compile(
    r"\s*(?:(?:vào|trong|của|cho|ở|tính đến|tại thời điểm|so)\s*)?(?:cuối\s|thời điểm\s)?\Z"
)
_STOCK_VERB = re.compile(
    r"(?:\bcó|\bcòn|gồm|\bvới|hiện|giám sát đầu tư đối với|tại|tổng cộng)\s(?:\w+\s){0,2}\Z"
)
_RATE_OF_FLOW = re.compile(r"mỗi|bình quân|thành lập mới|cấp mới")
_STOCKS = frozenset(
    ("PROJECT", "ENTERPRISE", "ZONE", "COMMUNE", "VILLAGE", "HOUSEHOLD", "SCHOOL", "DWELLING", "COOPERATIVE",
     "PLAN", "COUNT", "HEAD", "PRODUCT", "HECTARE", "SQUARE_KILOMETRE", "SQUARE_METRE")
)  # fmt: skip
_OPENING = 60  # a period within the first words of a sentence governs what follows it
_YEAR_SAID = re.compile(
    r"(cùng kỳ (?:năm )?)?(?<!\d)(?<!đến năm )(?<!đến )(?<!- )(?<!-)((?:19|20)\d\d)(?![\d.,]\d|\d|\s?-)"
)


def year_told(text: str) -> int | None:
    """The year an undated article speaks of: the one it names most, "cùng kỳ năm 2004" telling 2005."""
    votes: Counter[int] = Counter()
    for found in _YEAR_SAID.finditer(text):
        votes[int(found.group(2)) + (1 if found.group(1) else 0)] += 1
    if not votes:
        return None
    return max(votes, key=lambda year: (votes[year], year))


@dataclass(slots=True)
class Timeline:
    """What is known of time at one point of the article.

    published_on: null where nobody tells. year: the year that "năm nay" means, null where unknown.
    section: the period that governs sentences without one; month: the newest month named.
    """

    published_on: date | None
    year: int | None
    section: Period | None = None
    month: Period | None = None
    mentions: list[Mention] = field(default_factory=list)
    compared: list[Mention] = field(default_factory=list)
    text: str = ""
    sentence: Span = field(default_factory=lambda: Span(0, 0))

    def enter(self, text: str, sentence: Span) -> None:
        """Read the mentions of the next sentence."""
        self.text, self.sentence = text, sentence
        found = find_mentions(text, sentence.start, sentence.end)
        self.compared = [m for m in found if self._is_compared(m)]
        self.mentions = [m for m in found if m not in self.compared and not self._is_named(m)]

    def _before(self, mention: Mention, length: int) -> str:
        return self.text[max(self.sentence.start, mention.start - length) : mention.start]

    def _is_compared(self, mention: Mention) -> bool:
        return bool(_COMPARED.search(self._before(mention, 40)))

    def _is_named(self, mention: Mention) -> bool:
        return mention.kind != "as_of" and bool(_NAMED_AFTER.search(self._before(mention, 80)))

    def resolve(self, mention: Mention, base: Period | None = None) -> Period:
        """Fill in what the mention leaves out, from `base`, the section, then the year told."""
        if mention.resolved is not None:
            return mention.resolved
        if mention.kind == "since_january":
            return self._since_january()
        governing = base or self.section
        year = mention.year
        if year is None and governing is not None and governing.start is not None:
            year = governing.start.year
        elif year is None or year <= 0:
            year = None if self.year is None else self.year + (year or 0)
        return UNKNOWN if year is None else periods.months(year, mention.first, mention.last)

    def _since_january(self) -> Period:
        if self.published_on is None:
            return UNKNOWN if self.year is None else periods.year_of(self.year)
        return periods.between(date(self.published_on.year, 1, 1), self.published_on)

    def leave(self, spoken: list[Period]) -> None:
        """Carry on what governs the next sentences: an opening period, a part of a year, one used.

        spoken: the periods of the sentence's own actual claims.
        """
        for mention in self.mentions:
            if mention.kind not in ("months", "quarter", "month", "year"):
                continue
            period = self.resolve(mention)
            if period is UNKNOWN or self.is_to_come(period):
                continue
            opens = mention.start - self.sentence.start < _OPENING
            if opens or mention.kind != "year" or period in spoken:
                self.section = period
            if mention.kind == "month":
                self.month = period

    def is_to_come(self, period: Period) -> bool:
        """Whether the whole period lies after the day of publication (or the year told)."""
        if period.start is None:
            return False
        if self.published_on is not None:
            return period.start > self.published_on
        return self.year is not None and period.start.year > self.year

    def period_of(self, quantity: Quantity, stop: int) -> Period:
        """The period of a number; stop: where the next number of the sentence begins."""
        after = next((m for m in self.mentions if quantity.end <= m.start < stop), None)
        if after is not None and _AFTER_NUMBER.match(self.text[quantity.end : after.start]):
            return self.resolve(after)
        before = [m for m in self.mentions if m.end <= quantity.start]
        if before:
            return self.resolve(before[-1])
        return self._inherited(quantity)

    def _inherited(self, quantity: Quantity) -> Period:
        left = self.text[max(self.sentence.start, quantity.start - 60) : quantity.start]
        around = left + self.text[quantity.end : quantity.end + 30]
        if quantity.unit_code in _STOCKS and _STOCK_VERB.search(left) and not _RATE_OF_FLOW.search(around):
            return INSTANT
        return self.section or UNKNOWN
