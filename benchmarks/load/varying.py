"""Changes to a story's words that make another story of it: amounts, periods, days, people.

Amounts of one story are all taken times the same factor, so that parts still make up their total and shares
their whole: the gates would refuse a load of numbers made up digit by digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Final

# A number as Vietnamese prints it, that is no part of a date, a document's number, a period or a year.
_AMOUNT: Final = re.compile(
    r"(?<![\w./,\-])(?<!tháng )(?<!ngày )(?<!năm )(?<!quý )(?<!số )(?!(?:19|20)\d\d(?![\d.,]))"
    r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?"
    r"(?![\w/\-]|[.,]\d|\s*(?:tháng|ngày|năm|quý|giờ|%))",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?<!\d[.,])20[0-3]\d(?!\d|[.,]\d)")
_MONTH: Final = re.compile(r"(?<=\btháng )(?:1[0-2]|[1-9])(?![\d/])")
_MONTHS: Final = re.compile(r"\b(?:1[01]|[2-9])(?= tháng)")
# Less is a count of things that are told one by one ("3 dự án").
_LEAST_SCALED: Final = 10
# Templates print when a story was changed last; none of them more than three days after its publication.
_DAYS_OF_CORRECTIONS: Final = 3
# A longer number without points is printed without them; a shorter one tells nothing of it.
_UNGROUPED: Final = 3
_FAMILY_NAMES: Final = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh",
    "Lương", "Trịnh",
)  # fmt: skip
_GIVEN_NAMES: Final = (
    "An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hòa", "Hùng", "Hương", "Khánh",
    "Khoa", "Lâm", "Lan", "Liên", "Linh", "Long", "Mai", "Minh", "Nam", "Nga", "Ngọc", "Nhàn", "Phong",
    "Phúc", "Phương", "Quang", "Quyên", "Sơn", "Tâm", "Thanh", "Thảo", "Thắng", "Thu", "Thủy", "Toàn",
    "Trang", "Trung", "Tuấn", "Tùng", "Vân", "Việt", "Vinh", "Xuân", "Yến",
)  # fmt: skip
_PLACE_WORDS: Final = (
    "Bắc", "Đông", "Nam", "Tây", "Thượng", "Hạ", "Trung", "Tân", "Phú", "Hòa", "Bình", "An", "Lộc", "Thọ",
    "Sơn", "Giang", "Hải", "Lâm", "Khê", "Trạch", "Điền", "Quang", "Minh", "Thanh", "Xuân", "Long", "Hưng",
    "Thịnh", "Đức", "Nghĩa", "Lễ", "Trí", "Tín",
)  # fmt: skip


class Variation:
    """How one page differs from its templates; the same seed gives the same page.

    published_on: the day of the new story; its periods are of the year before, so that none lies ahead.
    """

    def __init__(self, random: Random, published_on: date, names: Iterable[str]) -> None:
        self.published_on = published_on
        self._factor = random.uniform(0.6, 1.9)
        self._later = random.randint(0, 11)
        self._people = {name: _person(random, len(name.split())) for name in sorted(names)}
        # The longest first: one name may be the beginning of another.
        listed = sorted(map(re.escape, self._people), key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(listed)})\b") if listed else None
        self.place = f"xã {' '.join(random.sample(_PLACE_WORDS, 3))}"

    def text(self, text: str, told_on: date) -> str:
        """Other amounts, periods and people in a text that was told on `told_on`."""
        text = _AMOUNT.sub(lambda found: scaled(found[0], found[1], found[2], self._factor), text)
        # All by as much, so that two months of one text stay two.
        text = _MONTH.sub(lambda found: str((int(found[0]) - 1 + self._later) % 12 + 1), text)
        text = _MONTHS.sub(lambda found: str((int(found[0]) - 2 + self._later) % 10 + 2), text)
        later = self.published_on.year - 1 - told_on.year
        text = _YEAR.sub(lambda found: str(int(found[0]) + later), text)
        return self._names.sub(lambda found: self._people[found[0]], text) if self._names else text

    def rendered_days(self, text: str, told_on: date) -> str:
        """The new story's day wherever the page prints the old one's, and the days of its corrections."""
        renderings: dict[str, str] = {}
        for later in range(_DAYS_OF_CORRECTIONS, -1, -1):
            after = timedelta(days=later)
            renderings |= _renderings(told_on + after, self.published_on + after)
        pattern = "|".join(sorted(map(re.escape, renderings), key=len, reverse=True))
        return re.sub(rf"(?<!\d)(?:{pattern})(?!\d)", lambda found: renderings[found[0]], text)


def tells_growth(text: str) -> bool:
    """Whether it has an amount and a percentage, which others of the same thing could contradict."""
    return "%" in text and _AMOUNT.search(text) is not None


def scaled(printed: str, whole: str, decimals: str | None, factor: float) -> str:
    """A printed amount times `factor`, in the form in which it was printed.

    whole, decimals: what stands before and behind its comma; below 10 an amount without decimals stays.
    """
    places = len(decimals or "")
    value = int(whole.replace(".", "")) + (int(decimals) / 10**places if decimals else 0)
    if value < _LEAST_SCALED and not decimals:
        return printed
    grouped = f"{value * factor:,.{places}f}".replace(",", " ").replace(".", ",")
    return grouped.replace(" ", "" if whole.isdigit() and len(whole) > _UNGROUPED else ".")


def _person(random: Random, words: int) -> str:
    middle = random.choices(_GIVEN_NAMES, k=max(1, words - 1))
    return " ".join([random.choice(_FAMILY_NAMES), *middle])


def _renderings(old: date, new: date) -> dict[str, str]:
    """Every form in which templates print the day `old`, to the same form of `new`."""
    forms = (
        "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0:%d.%m.%Y}", "{0:%m/%d/%Y}",
        "{0.day}/{0.month}/{0.year}", "{0.month}/{0.day}/{0.year}", "{0.day}-{0.month}-{0.year}",
        "{0.day} tháng {0.month} năm {0.year}", "{0:%d} tháng {0:%m} năm {0.year}", "{0:%b %d %Y}",
    )  # fmt: skip
    # Of two forms that are the same for the old day the first counts: day before month.
    return {form.format(old): form.format(new) for form in reversed(forms)}
