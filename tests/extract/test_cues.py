"""A pattern that is tried only where its words stand finds what it finds when tried everywhere."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import include.extract
from include.extract import not_claims, places
from include.extract.cues import Closing, Cued, needed_endings, needed_words
from include.extract.mentions import find
from include.extract.text import fold

TEXTS = [
    "Ước cả năm, thu ngân sách sẽ tăng 8% so với dự toán giao, vượt mục tiêu phấn đấu đề ra.",
    "Tính đến nay, toàn tỉnh đã có hơn 1.200 hộ nghèo, giảm từ mức 5,2% xuống còn 3,1% (kế hoạch 3%).",
    "Kim ngạch xuất khẩu đạt khoảng 12 triệu USD, bằng 105% cùng kỳ năm trước; nhập khẩu trên 9 triệu.",
    "Sáng ngày 5/7, đồng chí Lò Văn Bình, Bí thư Huyện ủy Phù Nham, chủ trì hội nghị về giá chè.",
    "Chiều 12/3/2021, đoàn công tác của UBND tỉnh đã làm việc với Sở Xây dựng. Ảnh: Báo Phù Nham",
    "Số dự án còn hiệu lực là 156, đứng thứ 6, cao hơn dự kiến; giá trị tăng thêm ước tính tăng 7%.",
    "Ông Hà Văn Tư yêu cầu các đơn vị phải hoàn thành trước ngày 30/9; biểu dương kết quả đạt được.",
    "Trong đó, khu vực công nghiệp tăng 9%, sau khi sáp nhập; thực tế hiện nay tháng 6 so với tháng 5.",
    "Đơn vị này kết luận theo Nghị quyết số 12, khóa 5, của Trung ương về việc từ mức gần 3 lên 4.",
    "Kết luận cuộc họp, Chủ tịch UBND tỉnh nhấn mạnh: chúng tôi sẽ báo cáo trong quý III, sau 10 ngày tới.",
    "Hội nghị đã thống nhất thông qua kế hoạch. \"Phải làm ngay\", ông Lò Văn Bình nhấn mạnh.",
    "UBND tỉnh Phù Nham tổ chức hội thảo tại hội trường, vừa qua; thu lần lượt 3 và 5 tỷ đồng.",
    "Tại cuộc họp bên lề, Đại sứ và các đồng chí Phó Chủ tịch UBND tỉnh: A; chỉ đạo của đồng chí Tư.",
    "Kết thúc buổi làm việc do đồng chí Tư dẫn đầu, kế hoạch (trên 5%) và khu vực vốn nước ngoài.",
    "Phát biểu kết luận hội nghị, đồng chí Phó Chủ tịch UBND tỉnh yêu cầu làm ngay.",
]  # fmt: skip


def _guarded() -> Iterator[tuple[str, Cued | Closing]]:
    for module in pkgutil.walk_packages(include.extract.__path__, "include.extract."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Cued | Closing):
                yield f"{module.name}.{name}", value


def _stretches() -> Iterator[str]:
    """Each text, as printed and folded, and its beginning up to each of its words and numbers."""
    for text in (*TEXTS, *map(fold, TEXTS)):
        yield text
        yield from (text[: word.start()] for word in re.finditer(r"\w+", text))


@pytest.mark.parametrize(("name", "pattern"), list(_guarded()))
def test_finds_what_the_bare_pattern_finds(name: str, pattern: Cued | Closing) -> None:
    for text in _stretches():
        for start in (0, len(text) // 3):
            bare, found = pattern.bare.search(text, start), pattern.search(text, start)
            assert (bare and bare.span()) == (found and found.span()), (name, text)
        if isinstance(pattern, Cued):
            spans = [found.span() for found in pattern.finditer(text)]
            assert spans == [found.span() for found in pattern.bare.finditer(text)], (name, text)
            assert pattern.sub("·", text) == pattern.bare.sub("·", text), (name, text)


def test_most_patterns_are_found_in_the_texts() -> None:
    found = [any(one.bare.search(text) for text in _stretches()) for _, one in _guarded()]
    assert sum(found) > len(found) * 0.9


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bước|sơ bộ", {"ước", "sơ bộ"}),
        (r"(?<!ban )kiểm tra(?!\w)", {"kiểm tra"}),
        (r"(?:kế hoạch|dự toán)?\s*giao\b", {"giao"}),
        (r"qu[ýí]\s\d", {"quý", "quí"}),
        (r"(?:tăng|giảm) (?:mạnh|nhẹ)", {"tăng ", "giảm "}),
        (r"(?:hội nghị\s)+về", {"hội nghị"}),
        (r"tăng(?: thêm| tới)? \d", {"tăng"}),
        (r"tăng|giảm giá|giảm", {"tăng", "giảm"}),
        (r"\d+(?:[.,]\d+)?", set()),
        (r"tăng|\d%", {"tăng", "%"}),
        (r"tăng|\d+", set()),
        (r"(?i:tăng)", set()),
    ],
)
def test_words_are_read_off_the_pattern(pattern: str, words: set[str]) -> None:
    assert set(needed_words(re.compile(pattern))) == words


@pytest.mark.parametrize(
    ("pattern", "endings"),
    [
        (r"(?:tăng|giảm)\s\Z", {"tăng", "giảm"}),
        (r"(?:đạt|là)\s*(?:(?:gần|hơn)\s*)*\Z", {"đạt", "là", "gần", "hơn"}),
        (r"(?:ngày|sáng)\s*\(?\s*\Z", {"ngày", "sáng", "("}),
        (r"(?:số|đề án số)\s*\Z", {"số"}),
        (r"(?:có|với)\s(?:\w+\s){0,2}\Z", set()),
        (r"kế hoạch[^;]*\Z", set()),
        (r"\s*\Z", set()),
        (r"kế hoạch", set()),
    ],
)
def test_endings_are_read_off_the_pattern(pattern: str, endings: set[str]) -> None:
    assert set(needed_endings(re.compile(pattern))) == endings


def test_a_wrong_word_hides_a_match() -> None:
    pattern = Cued(r"sơ bộ")
    assert pattern.search("số liệu sơ bộ")
    pattern.words = ("chính thức",)
    assert pattern.bare.search("số liệu sơ bộ")
    assert not pattern.search("số liệu sơ bộ")


def test_a_pattern_without_such_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no word stands in every match"):
        Cued(r"\d+")
    with pytest.raises(ValueError, match="can end in anything"):
        Closing(r"\w\s\Z")


PERIODS = [
    "giai đoạn 2021 - 2025", "nhiệm kỳ 2020-2025", "(2016 - 2020)", "từ đầu năm đến ngày 15/9/2023",
    "tính đến hết tháng 9", "đến cuối quý iii/2022", "tới thời điểm 30/6", "ngày 5 tháng 7 năm 2021",
    "12.3.2021", "từ đầu năm 2024 đến nay", "mười hai tháng", "9 tháng đầu năm 2024", "6t/2023", "quí iv",
    "tháng 8 năm ngoái", "cả năm nay", "cả năm ước đạt", "đến hết năm", "năm 2019", "hiện có", "lũy kế",
    "từ ngày 30/4 đến ngày 04/5/2025", "trong tháng đầu năm 2023", "đạt 5 tấn, 2011 đạt 6 tấn",
    "mục tiêu 2016-2020", "tháng trước, giá tăng", "ba quý đầu năm", "nửa cuối năm 2023",
    "từ tháng 1 đến tháng 7", "trong tháng ước đạt", "vụ đông xuân 2021-2022", "niên vụ này",
    "năm học 2022-2023", "trong tuần qua, ", "nửa đầu tháng 5", "kim ngạch tháng sáu", "trong năm, ",
    "ba năm qua ", "pci 2016",
]  # fmt: skip
TIMES = [
    "5/7/2021",
    "05.7",
    "27-28/7",
    "7 - 2021",
    "14h30",
    "8 giờ",
    "0912345678",
    "84912345678",
    "2020",
    "7:30",
]
PLACES = [
    "Huyện đảo Trà Lai", "thị xã An Phù", "quận Ba Na", "Xã Nậm Lò", "phường Ô Lâu", "thị trấn Đồi Mây",
    "Thành phố Ân Hòa", "TP. Ân Hòa", "TP Ân Hòa", "khu kinh tế cửa khẩu Mốc Son", "Khu Kinh tế Vịnh Sò",
    "KKT Vịnh Sò", "khu công nghiệp Đồng Sậy 2", "KCN Đồng Sậy", "Cụm Công nghiệp Bãi Cát", "CCN Bãi Cát",
]  # fmt: skip


@pytest.mark.parametrize(("words", "needed", "pattern"), [rule[:3] for rule in find._RULES])
def test_every_period_holds_what_its_rule_needs(
    words: tuple[str, ...], needed: re.Pattern[str] | None, pattern: re.Pattern[str]
) -> None:
    matches = [text for text in PERIODS if pattern.search(text)]
    assert matches
    for text in matches:
        assert any(word in text for word in words), text
        assert needed is None or needed.search(text), text


def test_every_time_begins_as_the_times_do() -> None:
    patterns = [not_claims._FULL_DATE, not_claims._DAY_MONTH, not_claims._DOTTED, not_claims._MONTH_YEAR,
                not_claims._YEARS, not_claims._CLOCK, not_claims._PHONE]  # fmt: skip
    for pattern in patterns:
        matched = [text for text in TIMES if pattern.match(text)]
        assert matched, pattern
        assert all(not_claims._TIME_LIKE.match(text) for text in matched), matched


@pytest.mark.parametrize("text", PLACES)
def test_every_place_holds_the_beginning_of_a_name(text: str) -> None:
    assert places._PLACE.match(text)
    assert places._NAME_BEGINS.search(text)
