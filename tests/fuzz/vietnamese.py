"""Texts in the language of provincial news, put together from words, figures, days and torn sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tests.fuzz.draw import Draw

_GOLDEN: Final = Path(__file__).parent.parent / "sample_portals" / "golden"

NUMBERS: Final = (
    "0", "1", "2", "5", "7", "9", "10", "12", "13", "31", "32", "63", "99", "100", "900", "1000", "2023", "2024",
    "2025", "1.616", "25.800", "15.929,5", "6,8", "1.2", "1,046,000", "12 000", "0,5", "00", "007", "1.2.3",
    "1,2,3", "937/994", "2/3", "7/8", "26,4%", "9" * 20, "1" * 330, "٣٤", "²", "½", "１２", "Ⅻ", "1e9",
)  # fmt: skip
SCALES: Final = (
    "nghìn",
    "ngàn",
    "triệu",
    "tỷ",
    "tỉ",
    "vạn",
    "rưỡi",
    "nghìn tỷ",
    "trăm",
    "chục",
    "mươi",
    "linh",
    "lẻ",
)
DIGIT_WORDS: Final = (
    "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "tám", "chín", "mười", "mốt", "một nửa",
    "phân nửa", "hai phần ba", "gấp đôi", "gấp rưỡi", "gấp ba lần", "hàng trăm",
)  # fmt: skip
UNITS: Final = (
    "%", "đồng", "USD", "tấn", "tạ", "ha", "km", "m", "m2", "m²", "m3", "kWh", "MW", "hộ", "xã", "người", "dự án",
    "điểm phần trăm", "điểm", "lần", "tấn/ha", "đồng/người/năm", "doanh nghiệp", "lượt khách", "con", "căn", "ngày",
    "mét khối", "héc-ta", "‰", "sao", "thứ", "bậc", "chỉ tiêu",
)  # fmt: skip
DAYS: Final = (
    "ngày 3/2", "ngày 31/12/2024", "15/9", "30/2/2023", "29/2/2024", "29/2/2023", "0/0/2000", "ngày 3 tháng 2",
    "ngày 31 tháng 4 năm 2025", "Chiều nay (15/7)", "sáng 27-28/7", "từ 8 đến 10/12", "24- 4-2010", "hôm qua",
    "cùng ngày", "trước ngày 30/9", "ngày 30/12 đến 2/1", "13/13", "99/99/2099", "1/1/1900", "(5-7/10)", "hôm nay",
    "thứ hai", "chủ nhật", "ngày mùng 5/3", "trong 3 ngày", "đến hết ngày 29/2", "17h30 ngày 1/1",
)  # fmt: skip
PERIODS: Final = (
    "năm 2023", "năm nay", "năm ngoái", "năm trước", "quý I", "quý IV/2024", "quý 3", "6 tháng đầu năm", "9 tháng",
    "13 tháng", "0 tháng đầu năm", "12 tháng qua", "11 tháng năm 2025", "tháng 8", "tháng 13", "tháng 0", "tháng này",
    "tháng trước", "giai đoạn 2021-2025", "giai đoạn 2025 - 2021", "nhiệm kỳ 2020-2025", "đến năm 2030",
    "từ đầu năm đến nay", "cùng kỳ", "so với cùng kỳ năm 2023", "vụ đông xuân 2024-2025", "niên vụ 2023-2024",
    "năm học 2024-2025", "nửa đầu tháng 3", "nửa cuối năm", "tính đến ngày 15/9", "từ tháng 1 đến tháng 7",
    "từ tháng 11 đến tháng 2", "tháng 1-9/2025", "ba quý đầu năm", "5 năm qua", "24h qua", "7 ngày qua", "tuần qua",
    "999 ngày qua", "quý trước", "nhiệm kỳ qua", "1900", "2099", "năm 1999", "những tháng cuối năm", "tháng giêng",
    "20 ngày đầu tháng 2", "từ ngày 16/12 đến 15/1", "lũy kế", "hiện nay", "đến hết quý II", "bình quân 5 năm",
)  # fmt: skip
FIGURE_WORDS: Final = (
    "đạt", "tăng", "giảm", "ước đạt", "chiếm", "còn", "lên", "xuống", "là", "hơn", "gần", "khoảng", "trên", "dưới",
    "bằng", "so với", "trong đó", "lần lượt", "tương ứng", "từ", "đến", "và", "với", "của", "bình quân", "mục tiêu",
    "phấn đấu", "kế hoạch", "dự kiến", "vượt", "số", "tổng số", "tổng vốn đầu tư", "thu ngân sách", "GRDP",
    "sản lượng lúa", "diện tích", "kim ngạch xuất khẩu", "tỷ lệ hộ nghèo", "chỉ số sản xuất công nghiệp", "doanh thu",
    "xếp thứ", "đứng thứ", "theo giá so sánh 2010", "không đổi", "nhất cả nước", "xuất siêu", "giải ngân", "cả nước",
    "tỉnh Lào Cai", "thành phố Hồ Chí Minh", "Đà Nẵng", "Bà Rịa - Vũng Tàu", "Việt Nam", "địa phương", "toàn tỉnh", "hoà", "Uỷ ban", "khoẻ", "luỹ kế", "thuỷ sản", "tỉ lệ", "Khánh Hoà", "quỹ",
)  # fmt: skip
PEOPLE_WORDS: Final = (
    "đồng chí", "ông", "bà", "Nguyễn Văn An", "TRẦN THỊ BÌNH", "K'Brôi", "Y Thanh Hà Niê Kđăm", "Lê Hồng Phong",
    "Chủ tịch UBND tỉnh", "Phó Bí thư Thường trực Tỉnh ủy", "Bí thư Huyện ủy", "Giám đốc Sở Y tế", "nguyên",
    "Phó Chủ tịch HĐND", "Ủy viên Trung ương Đảng", "Trưởng ban", "các Phó Chủ tịch UBND tỉnh:", "Bộ trưởng",
    "Quyền Giám đốc", "Thủ tướng", "Ths.", "PGS.TS", "D. Hagenhoff", "Hans P. Neeb", "Đại sứ Nhật Bản", "THPT",
    "hội nghị", "kỳ họp", "phiên họp thường kỳ", "tổ chức", "chủ trì", "dự", "phát biểu", "kết luận", "yêu cầu",
    "đề nghị", "chỉ đạo", "giao", "Sở Tài chính", "UBND các huyện", "khẩn trương", "hoàn thành", "trước",
    "nhấn mạnh", "tham dự", "chúc mừng", "Đại hội Đảng bộ", "lần thứ XVIII", "sơ kết", "về", "tại", "xã Nà Phạ",
    "Hội trường", "thông báo", "lễ khởi công", "làm việc với", "tiếp", "sẽ", "vừa", "mới đây", "Sáng nay",
)  # fmt: skip
SIGNS: Final = (
    ".", ",", ";", ":", "(", ")", "\n", "\n\n", "- ", " - ", "–", "…", "...", "!", "?", '"', "“", "”", "/", "+", "%",
    " | ", "\t", "*", "•", "'", "’", "[", "]", ")):", "((", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u0301", "\r\n",
    "\x00", "\x85", "\u2028", "İ", "ß", "ﬁ", "ð", "Đ", "\ud7ff", "😀", "日本", "\U000e0041", "ạ\u0301", "ơ\u0323",
)  # fmt: skip
FIGURES: Final = (*NUMBERS, *SCALES, *DIGIT_WORDS, *UNITS, *FIGURE_WORDS[:30])
TIMES: Final = (*DAYS, *PERIODS, *NUMBERS[:24])
ALL: Final = (*NUMBERS, *SCALES, *DIGIT_WORDS, *UNITS, *DAYS, *PERIODS, *FIGURE_WORDS, *PEOPLE_WORDS)


@cache
def sample_sentences() -> tuple[str, ...]:
    """The paragraphs of the sample portals' stories, in a fixed order."""
    stories = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(_GOLDEN.glob("*.json")))
    found = (text for story in stories for page in story["pages"] for text in page.get("body") or ())
    return tuple(dict.fromkeys(found))


@cache
def _words_of(index: int) -> tuple[str, ...]:
    return tuple(re.findall(r"\S+\s*", sample_sentences()[index]))


def torn(draw: Draw) -> str:
    """A stretch of a sample sentence, cut between words or within one."""
    words = _words_of(draw.below(len(sample_sentences())))
    begin = draw.below(len(words))
    stretch = "".join(words[begin : begin + 1 + draw.byte() % 24])
    cut = draw.byte()
    return stretch[: cut % (len(stretch) + 1)] if cut > 224 else stretch


def figure(draw: Draw) -> str:
    """A number as printed, of any length and grouping."""
    kind = draw.byte()
    if kind < 60:
        return draw.pick(NUMBERS)
    digits = str(draw.below(1_000_000))
    if kind < 140:
        return digits
    if kind < 180:
        return f"{draw.byte()}.{draw.byte():03d}" + (f",{draw.byte()}" if kind & 1 else "")
    if kind < 200:
        return f"{digits},{draw.byte()}"
    if kind < 240:
        return f"{draw.byte() % 40}/{draw.byte() % 20}" + (f"/{1890 + draw.byte()}" if kind & 1 else "")
    return digits * (1 + draw.byte() % 40)


def any_text(draw: Draw, limit: int) -> str:
    """Text of any characters but half ones: UTF-8 as far as the bytes are, else as they stand in Latin-1."""
    raw = draw.rest(limit)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def told(draw: Draw, words: Sequence[str], most: int = 60) -> str:
    """A text of at most `most` pieces: words of the list mostly, and whatever else news may hold."""
    if draw.is_one_in(24):
        return any_text(draw, 2_000)
    pieces: list[str] = []
    while draw.has_more and len(pieces) < most:
        pieces.append(_piece(draw, words, pieces))
        if draw.byte() < 200:
            pieces.append(" ")
    return "".join(pieces)


def _piece(draw: Draw, words: Sequence[str], before: Sequence[str]) -> str:
    kind = draw.byte()
    if kind < 130:
        return draw.pick(words)
    if kind < 165:
        return figure(draw)
    if kind < 200:
        return draw.pick(SIGNS)
    if kind < 225:
        return torn(draw)
    if kind < 240:
        return chr(draw.below(0xD7FF))
    if kind < 250 and before:
        return before[draw.byte() % len(before)]
    return draw.pick(words).upper()


LONG: Final = 100_000


def long_text(draw: Draw, words: Sequence[str], length: int = LONG) -> str:
    """`length` characters or a little more: a head, one short piece over and over, a tail.

    What makes a pattern slow is a run of one thing; a few bytes choose which.
    """
    head = told(draw, words, 1 + draw.byte() % 4)
    unit = told(draw, words, 1 + draw.byte() % 6) or draw.pick(SIGNS)
    text = head + unit * (1 + length // len(unit))
    return text[:length] + told(draw, words, 4)
