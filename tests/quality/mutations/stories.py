"""Invented stories for nights of invented portals: all sentences ours, every figure another.

A night needs texts that extraction reads as it reads news: claims with periods and magnitudes, parts of a
whole with their shares, meetings with people and tasks. The same seed gives the same stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal of the sample registry. day_in_address: whether its addresses bear the day."""

    id: str
    name: str
    province_id: str
    province: str
    base_url: str
    family: str
    day_in_address: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a page tells it."""

    url: str
    title: str
    byline: str | None
    body: str
    published_on: date


PORTALS: Final = (
    Portal("bao-song-lam", "Báo Sông Lam", "40-2008", "Nghệ An", "https://songlam.example", "epi"),
    Portal("bao-bien-dong", "Báo Biển Đông", "48-2025", "Đà Nẵng", "https://biendong.example", "onecms"),
    Portal("bao-dai-ngan", "Báo Đại Ngàn", "66-2008", "Đắk Lắk", "https://daingan.example", "yyyymm", True),
    Portal(
        "cong-tin-phu-van", "Cổng thông tin điện tử Phú Vân", "26-2008", "Phú Thọ", "https://phuvan.example",
        "aspx",
    ),
)  # fmt: skip

_SUBJECTS: Final = (
    ("Thu ngân sách", "thu-ngan-sach"), ("Sản xuất công nghiệp", "cong-nghiep"), ("Vụ đông", "vu-dong"),
    ("Xuất khẩu", "xuat-khau"), ("Giải ngân vốn đầu tư công", "giai-ngan"), ("Du lịch", "du-lich"),
)  # fmt: skip
_WRITERS: Final = ("Hạnh Vi", "Trần Bảo Khê", "Mai Thụy", None, "Lò Văn Sảnh", None)
_LEADS: Final = (
    ("Đinh Quang Vượng", "Chủ tịch UBND tỉnh"), ("Hồ Thị Mai Lan", "Phó Chủ tịch UBND tỉnh"),
    ("Vũ Khắc Toản", "Phó Bí thư Thường trực Tỉnh ủy"),
)  # fmt: skip
_GUESTS: Final = (
    ("Tạ Hữu Phước", "Giám đốc Sở Tài chính"), ("Lương Thị Nhài", "Giám đốc Sở Công Thương"),
    ("Bùi Sỹ Nguyên", "Giám đốc Sở Xây dựng"),
)  # fmt: skip
_TOPICS: Final = (
    "tiến độ giải ngân vốn đầu tư công", "phòng cháy mùa hanh khô", "quy hoạch vùng chè nguyên liệu",
    "gỡ vướng cho cụm công nghiệp", "chuẩn bị hàng Tết", "sắp xếp trường lớp miền núi",
)  # fmt: skip


def stories(portal: Portal, night: date, count: int) -> list[Told]:
    """What the portal published on the day before `night`, `count` stories."""
    chance = Random(f"{portal.id} {night}")  # noqa: S311 - invented figures, no secrets
    return [_story(portal, night - timedelta(days=1), number, chance) for number in range(count)]


def _story(portal: Portal, day: date, number: int, chance: Random) -> Told:
    subject, slug = _SUBJECTS[number % len(_SUBJECTS)]
    folder = f"{day:%Y/%m/%d}" if portal.day_in_address else "kinh-te"
    paragraphs = [_opening(portal, subject, day, chance), _budget(chance), _trade(chance), _farming(chance)]
    if number % 2 == 0:
        paragraphs.append(_meeting(portal, day, number, chance))
    return Told(
        url=f"{portal.base_url}/{folder}/{slug}-{chance.randrange(10_000, 99_999)}.html",
        title=f"{subject} {portal.province} năm {day.year}: {chance.randrange(3, 98)} việc đã xong",
        byline=_WRITERS[chance.randrange(len(_WRITERS))],
        body="\n".join(paragraphs),
        published_on=day,
    )


def _opening(portal: Portal, subject: str, day: date, chance: Random) -> str:
    return (
        # A year that is not over: what two stories tell of it need not agree.
        f"{subject} của {portal.province} trong năm {day.year} tăng {_tenths(chance, 21, 149)}%"
        f" so với cùng kỳ năm trước, theo số liệu công bố ngày {day.day}/{day.month}."
    )


def _budget(chance: Random) -> str:
    whole, part = chance.randrange(9_000, 30_000), chance.randrange(2_000, 8_000)
    share = f"{part / whole * 100:.1f}".replace(".", ",")
    return (
        f"Tổng thu ngân sách nhà nước trên địa bàn đạt {_dotted(whole)} tỷ đồng, bằng"
        f" {_tenths(chance, 610, 999)}% dự toán; trong đó, thu nội địa đạt {_dotted(part)} tỷ đồng, chiếm"
        f" {share}% tổng thu."
    )


def _trade(chance: Random) -> str:
    return (
        f"Kim ngạch xuất khẩu đạt {chance.randrange(120, 990)} triệu USD, giảm {_tenths(chance, 11, 95)}%;"
        f" toàn tỉnh có {_dotted(chance.randrange(1_100, 4_900))} doanh nghiệp thành lập mới, đón"
        f" {_tenths(chance, 11, 99)} triệu lượt khách."
    )


def _farming(chance: Random) -> str:
    return (
        f"Nông dân đã gieo trồng {_dotted(chance.randrange(5_100, 48_000))} ha cây vụ đông, năng suất ngô đạt"
        f" {_tenths(chance, 310, 590)} tạ/ha; tỷ lệ hộ nghèo còn {_tenths(chance, 11, 60)}%."
    )


def _meeting(portal: Portal, day: date, number: int, chance: Random) -> str:
    lead, title = _LEADS[chance.randrange(len(_LEADS))]
    guest, office = _GUESTS[chance.randrange(len(_GUESTS))]
    return (
        f"Sáng {day.day}/{day.month}, đồng chí {lead}, {title} {portal.province}, chủ trì hội nghị về"
        f" {_TOPICS[(number + day.day) % len(_TOPICS)]}. Dự hội nghị có ông {guest}, {office}. Kết luận"
        f" hội nghị, đồng chí {lead} yêu cầu Sở Tài chính hoàn thành phương án phân bổ vốn trước ngày"
        f" {chance.randrange(10, 30)}/12/{day.year}."
    )


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _tenths(chance: Random, low: int, high: int) -> str:
    tenths = chance.randrange(low, high)
    return f"{tenths // 10},{tenths % 10}"
