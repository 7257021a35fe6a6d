"""What the head of a list, a heading or an aim told before holds for the sentences that go on with it.

"Mục tiêu đến năm 2030: …" governs its items, whether they are bullets or lines that end in a semicolon;
"tỉnh phấn đấu năm 2030 …" governs the sentences after it until one speaks of facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract import statuses
from include.extract.periods import Period
from include.extract.timeline import Timeline

_BULLET = re.compile(
    r"\s*(?:[-+*•●▪■◦○·✓➢→»]|\d{1,2}(?:\.\d)*[.)/]|\((?:\d{1,2}|[a-zđ])\)|[a-zđ][.)]|[ivx]{1,4}\.)\s"
)
_GOES_ON = re.compile(
    r"\s*(?:[-+*•]\s*)?(?:trong (?:số )?(?:đó|này)|cụ thể|theo đó|riêng|gồm|bao gồm|đó là|tập trung)\b"
)
_HEADING = re.compile(r"(?:\d{1,2}(?:\.\d)*\.? |[ivx]+\. )?[^.!?;:]{4,100}\Z")
_YEARS = re.compile(r"(?:19|20)\d\d|\A\d{1,2}(?:\.\d)*\.? ")
_HEADS_AIMS = re.compile(r"mục tiêu|chỉ tiêu|phương hướng")
_HEADS_FACTS = re.compile(r"thực hiện|kết quả|hoàn thành|đạt được|\d\s?(?:%|tỷ|triệu)")
# What aims are not told with: they end what an aim told before governs.
_FACTS = re.compile(
    r"\bđã\b|hiện (?:nay|tại|có|còn)|đến nay|cùng kỳ|\bước\b|thực tế|kết quả|vừa qua|trước đó|\bqua \d"
    r"|hôm nay"
    r"|nhìn lại|những năm qua|thời gian qua|trong khi"
)


# "Theo số liệu sơ bộ, …": the figures of the paragraph are preliminary.
_PRELIMINARY = re.compile(
    r"(?:số liệu|kết quả|báo cáo|thống kê) (?:\w+ ){0,2}sơ bộ|ước tính sơ bộ|tính sơ bộ"
)


def _is_heading(words: str) -> bool:
    """Whether a folded paragraph is a heading: short, without a full stop, and with no number but years."""
    return bool(_HEADING.match(words)) and not re.search(r"\d", _YEARS.sub("", words))


@dataclass(slots=True)
class Outline:
    """Where the reader is: under a head, or in sentences that go on with an aim.

    status: what the list's head tells, null where it tells nothing or no list is being read. aims:
    whether the sentence read goes on with an aim; aimed: whether the paragraph before ended so. item:
    whether the paragraph is of a list; goes_on: whether the sentence opens with "trong đó" or the like.
    preliminary: whether the paragraph's figures are said to be.
    """

    timeline: Timeline
    status: str | None = None
    aims: bool = False
    aimed: bool = False
    item: bool = False
    goes_on: bool = False
    preliminary: bool = False
    _open: bool = False
    _enumerates: bool = False

    def enter_paragraph(self, words: str) -> bool:
        """Begin a paragraph (folded); whether it goes on with what the one before spoke of."""
        self.preliminary = False
        bullet = bool(_BULLET.match(words))
        self.item = bullet or self._open
        self.aimed, goes_on = self.aims, bool(_GOES_ON.match(words))
        self.aims = self.aimed and not _is_heading(words) and (goes_on or self._enumerates)
        self._enumerates = self._enumerates and self.aims
        if not self.item:
            self.status, self.timeline.listed = None, None
        if not (self.aims or self.item):
            self.timeline.goal = None
        return goes_on

    def leave_paragraph(self, words: str, start: int) -> None:
        """A paragraph that ends in a colon is the head of the items after it, a heading of what follows.

        start: where the paragraph begins.
        """
        heads = words.endswith(":")
        if heads:
            last = words[max(words.rfind(". "), 0) :]
            told = statuses.head_status(last) or ("target" if self.aims else None)
            self.status = told or (self.status if self.item else None)
            self.timeline.listed = self._headed(start) or (self.timeline.listed if self.item else None)
        elif _is_heading(words):
            self.aims = self._enumerates = bool(_HEADS_AIMS.search(words) and not _HEADS_FACTS.search(words))
            self.timeline.goal = self._headed(start) if self.aims else None
        self._open = heads or (self.item and words.endswith((";", ",", "+")))

    def _headed(self, start: int) -> Period | None:
        """The period that a head names, else that of the aims it goes on with."""
        if self.timeline.sentence.start >= start and (period := self.timeline.head_period()):
            return period
        return self.timeline.goal if self.aims else None

    def enter_sentence(self, words: str) -> None:
        """Whether the aims told before govern this sentence (folded) too, and for which time."""
        self.goes_on = bool(_GOES_ON.match(words))
        if self.aims and (_FACTS.search(words) or self._speaks_of_another_time()):
            self.aims = False
        if not self.aims:
            self.timeline.goal = self.timeline.listed if self.item and self.status == "target" else None

    def _speaks_of_another_time(self) -> bool:
        named = [m for m in self.timeline.mentions if m.kind != "as_of"]
        periods = [self.timeline.resolve(mention) for mention in named]
        return any(p != self.timeline.goal and not self.timeline.is_to_come(p) for p in periods)

    def leave_sentence(self, words: str, told: list[str]) -> None:
        """Note whether the sentence's aims go on; told: the statuses of its numbers."""
        self.preliminary = self.preliminary or bool("sơ bộ" in words and _PRELIMINARY.search(words))
        if told:
            self.aims = all(status == "target" for status in told)
            self._enumerates = self.aims and (self._enumerates or statuses.enumerates(words))
        else:
            announced = statuses.announces_aims(words, dated=bool(self.timeline.mentions))
            self.aims = announced or self.aims
        if self.aims and (period := self._aimed_period(words)):
            self.timeline.goal = period

    def _aimed_period(self, words: str) -> Period | None:
        return self.timeline.head_period() if statuses.head_status(words) == "target" else None

    def status_of(self, period: Period, *, yearly: bool) -> str | None:
        """What governs a number without a status of its own; yearly: "tăng 8%/năm", which goals are."""
        status = (
            self.status
            or ("estimate" if self.preliminary else None)
            or ("target" if self.aims or (self.aimed and yearly) else None)
        )
        over = period.end is not None and self.timeline.is_over(period) and period != self.timeline.goal
        return None if status == "target" and over else status
