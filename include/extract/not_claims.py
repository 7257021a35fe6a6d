"""Numbers that say nothing about an economy: dates, document numbers, ordinals, attendance, gifts.

Each rule looks at the folded text just before or just after a number. The list is the data
contract's; the words are the language's.
"""

from __future__ import annotations

import re
from typing import Final

from include.extract.cues import Closing, Cued
from include.extract.text import word_set

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_FULL_DATE = re.compile(rf"{_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?(?:19|20)\d\d(?!\d)")
# "27-28/7", "từ ngày 5 đến 7/6", "15/7": a slash with a valid day and month and no counted thing after it.
_DAY_MONTH = re.compile(rf"{_DAY}(?:\s?-\s?{_DAY})?/{_MONTH}(?![\d/])")
_DOTTED = re.compile(rf"{_DAY}[.-]{_MONTH}(?![\d,%])")
_MONTH_YEAR = re.compile(rf"{_MONTH}\s?[/.-]\s?(?:19|20)\d\d(?!\d)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?(?![\d.,]\d|\d)")
_CLOCK = re.compile(r"\d{1,2}\s?(?:h|giờ|:\s?\d\d)(?:\s?\d{1,2})?(?!\w)")
_PHONE = re.compile(r"(?:\+?84|0)\d{1,3}[\s.-]?\d{3}[\s.-]?\d{3,4}(?!\d)")
# How every one of the patterns above begins.
_TIME_LIKE = re.compile(r"\+?(?:0|84)|\d\d?\s?(?:[/.:h-]|giờ)|(?:19|20)\d\d")
_BEFORE_DAY = Closing(r"(?:ngày|sáng|chiều|tối|trưa|đêm|nay|qua|mai|hôm)\s*\(?\s*\Z")
_AS_YEAR = re.compile(
    r"(?:năm|giai đoạn|nhiệm kỳ|thời kỳ|khóa|đến|cuối|đầu|từ|quý \w+|kỳ|kể từ|,|/|-|\()\s*\Z"
)

# A number after one of these words is a name, not an amount ("Đề án số 02", "Quốc lộ 4D", "lần thứ 3").
_NAMED = Closing(
    r"(?:(?<!tổng )(?<!trong )(?<!con )(?<!một )(?<!chỉ )số|nghị định|nghị quyết|quyết định|thông tư"
    r"|chỉ thị"
    r"|luật|công văn|kết luận|tỉnh lộ|quốc lộ|đường tỉnh|đường huyện|đường|vành đai|điều|khoản|mục|chương"
    r"|phụ lục|thứ|khóa|kỳ họp|quận|khu phố|lớp|giai đoạn|đợt|vòng|bài|hình|bảng|ngõ|hẻm|tháng|quý|ngày|km"
    r"|tuyến số|đề án|chương trình|top|phiên|tiểu khu|zone|lô số)\s*\Z"
)
# Small numbers behind these are steps of a scale ("cấp 4"); "cấp 1.707 dự án" grants them.
_STEP = re.compile(r"(?:(?P<grade>cấp)|loại|hạng|bước|mức độ)\s*\Z")
_STEPS = re.compile(r"\d{1,2}(?![.,]?\d)")
_GRADES = re.compile(r"(?:\d|1[0-2])(?![.,]?\d)")
# "27.228 HS/761 lớp": two counts; "ca/100.000 dân": a rate.
_SECOND_OF_PAIR = re.compile(r"(?:[^\W\d_]|\))\s?/\Z")
_PER_ROUND = re.compile(r"/10*(?:[.,]000)*(?![\d.,]\d|\d)")
# A number before one of these words is a length of time, an age, a grade or a figure of speech.
_JOINED_BEFORE = re.compile(r"\d-\Z|[^\W\d]-?\Z")
_TIME_AFTER = re.compile(
    r"\s*(?:năm|tháng|ngày(?! công)|tuần|giờ|phút|giây|tuổi|quý|thập kỷ|thập niên|thế kỷ|nhiệm kỳ|khóa|kỳ"
    r"|buổi"
    r"|đêm|sao"
    r"|vụ mùa|mùa|vụ/năm|vụ lúa)(?!\w)"
)
# Nouns that are counted in prose without saying anything of an economy.
_EMPTY_NOUN = re.compile(
    r"\s*(?:bên|trụ cột|nhiệm vụ|nhóm(?!,? (?:lớp|trẻ|hộ|hàng|mặt hàng|sản phẩm))"
    r"|giải pháp|nội dung|vấn đề|phần|cấp|chiều"
    r"|mặt(?! hàng)"
    r"|đồng chí|đại biểu|ý kiến|phiếu"
    r"|câu hỏi|chương|điều|khoản|nghị định|nghị quyết|luật|tầng|làn|hội nghị|cuộc họp|cuộc|bước|không"
    r"|giai đoạn"
    r"|thời điểm|thành viên|khâu|yếu tố|đột phá|lĩnh vực|điểm nghẽn|trọng tâm|chủ đề|phiên|hướng|quan điểm"
    r"|mục tiêu|kiến nghị|đề xuất|nguyên nhân|bài học|bộ|tờ trình|báo cáo|suất quà|phần quà|suất|quà|giải"
    r"|kịch bản|phương án|khu vực|trong|dòng|tiết|môn|con số|chữ|lý do|tiểu ban|cánh|trên|ngành|sở|chân"
    r"|vị trí"
    r"|độ|điểm cầu|điểm nóng|ban|địa phương(?! (?:đạt|hoàn thành|được công nhận|vượt|có))"
    r"|đoàn|đội|nhà máy in|quyết sách|thế hệ|mũi|lớp người)(?!\w)"
)
# What a kitchen, a film, a family and a weather report count.
_HOUSEHOLD_NOUN = re.compile(
    r"\s*(?:g|gr|gam|gram|ml|mm|cm|thìa|muỗng|củ|quả|trái|chén|bát|tép|lát|độ c|calo|kcal"
    r"|phiếu|tập phim|bàn thắng"
    r"|bàn|pha|hiệp|ván|người (?:con|em|anh|chị|bạn|cháu|thân|vợ)|chị em|anh em|mẹ con|vợ chồng)(?!\w)"
)
# How far away something is, how fast it moves.
_DISTANCE = re.compile(r"\b(?:cách|mỗi giờ|di chuyển|vận tốc|tốc độ)\s[^.;,]{0,50}\Z")
_VOTES = re.compile(r"(?:phiếu|tín nhiệm)[^.;]{0,60}\Z")
# What one thief took or one court awarded is no figure of a place.
_PRIVATE_BEFORE = re.compile(
    r"(?:lấy đi|lấy trộm|trộm cắp|trộm được|cướp|chiếm đoạt|chiếm dụng|đánh bạc|cá độ|nhận hối lộ|đưa hối lộ"
    r"|lừa đảo)\s[^.;]{0,80}\Z"
)
_PRIVATE_AFTER = re.compile(
    r"\s(?:tiền mặt\s)?cho (?:[^\W\d]+ ){0,3}(?:bị hại|nạn nhân|nguyên đơn|người bị hại)"
)
_FUNCTION_WORDS: Final = word_set(
    "về của và là đến so tại với được đã sẽ có từ trên dưới này đó nay thì do cho theo vào để nhằm qua ra"
    " đạt tăng giảm chiếm bằng ước vượt còn hơn kém gấp cao thấp tới trở nên mà hoặc hay cùng như khi nếu bị"
    " không chưa đang vẫn cũng phải cần nữa rồi thứ xấp khoảng gần trước sau giữa bởi tức gồm thuộc"
    " đối"
)

_ATTENDANCE_BEFORE = re.compile(
    r"(?:tham dự|dự (?:hội|buổi|cuộc|lễ|họp|kỳ|đại hội|và|có|còn)|sự (?:tham gia|góp mặt|hiện diện)"
    r"|có mặt|đại diện"
    r"|quy tụ|thành phần)[^.;]{0,90}\Z"
)
_ATTENDANCE_AFTER = re.compile(
    r"[^.;,]{0,60}(?:tham dự|về dự|đến dự|dự (?:hội|buổi|lễ|họp)|tham gia (?:hội|diễn đàn|lễ))"
)
_ATTENDING = frozenset({"PERSON", "ENTERPRISE", "COOPERATIVE", "COUNT", "HOUSEHOLD"})
_GIFT = re.compile(
    r"(?:trao (?:quà|tượng trưng|học bổng|số tiền|hỗ trợ|kinh phí)|tặng|ủng hộ quỹ|thăm hỏi)\s[^.;]{0,90}\Z"
)
_CAPTION = Cued(r"(?:\bảnh|\bnguồn ảnh|\(ảnh)\s*:\s*[^.:;]{1,50}\.?\)?\s*\Z")


def time_expression_end(text: str, position: int) -> int | None:
    """Where the date, month, clock time, telephone number or year at `position` ends, else null.

    "22.4" is a day only after a word such as "chiều"; "2020" a year unless a unit follows it.
    """
    if not _TIME_LIKE.match(text, position):
        return None
    before = text[max(0, position - 12) : position]
    for pattern in (_FULL_DATE, _PHONE, _DAY_MONTH, _MONTH_YEAR, _CLOCK):
        if (found := pattern.match(text, position)) and not re.match(
            r"\s*%", text[found.end() : found.end() + 3]
        ):
            return found.end()
    if _BEFORE_DAY.search(before) and (found := _DOTTED.match(text, position)):
        return found.end()
    if (found := _YEARS.match(text, position)) and (
        _AS_YEAR.search(before) or not re.match(r"\s*[\w%]", text[found.end() : found.end() + 3])
    ):
        return found.end()
    return None


def is_named_or_timed(text: str, start: int, end: int) -> bool:
    """Whether the number at `start`:`end` is part of a name or a length of time."""
    if start and (
        text[start - 1] == "_"
        or (text[start - 1] == "/" and not _SECOND_OF_PAIR.search(text[max(0, start - 3) : start]))
        or _PER_ROUND.match(text, start - 1)
        or _JOINED_BEFORE.search(text[max(0, start - 2) : start])
    ):
        return True
    before = text[max(0, start - 20) : start]
    step = _STEP.search(before)
    step = step and (_GRADES if step["grade"] else _STEPS).match(text, start)
    return bool(_NAMED.search(before) or step or is_duration(text, end))


def is_duration(text: str, end: int) -> bool:
    """Whether the number ending at `end` counts years, days, ages or grades."""
    return bool(_TIME_AFTER.match(text, end))


def counts_nothing(text: str, start: int, end: int) -> bool:
    """Whether the number at `start`:`end` counts no economic thing, or all of a few ("cả 3 huyện")."""
    return bool(_EMPTY_NOUN.match(text, end)) or (end - start < 2 and text.endswith(" cả ", 0, start))


def is_function_word(word: str) -> bool:
    """Whether the word after a number is a verb or a particle, so that nothing is counted."""
    return word in _FUNCTION_WORDS


def is_attendance(text: str, sentence_start: int, start: int, end: int, unit_code: str) -> bool:
    """Whether the number tells how many people or firms came to a meeting."""
    if unit_code not in _ATTENDING:
        return False
    before = text[max(sentence_start, start - 110) : start]
    return bool(_ATTENDANCE_BEFORE.search(before) or _ATTENDANCE_AFTER.match(text, end))


def is_gift(text: str, sentence_start: int, start: int) -> bool:
    """Whether the number is the size of a gift or a donation handed over."""
    return bool(_GIFT.search(text[max(sentence_start, start - 110) : start]))


def is_a_distance(text: str, sentence_start: int, start: int) -> bool:
    """Whether a length is how far something is from another, or how far it moves in an hour."""
    return bool(_DISTANCE.search(text[max(sentence_start, start - 70) : start]))


def is_a_vote(text: str, sentence_start: int, start: int) -> bool:
    """Whether a percentage is of the votes somebody got."""
    return bool(_VOTES.search(text[max(sentence_start, start - 80) : start]))


def is_private(text: str, sentence_start: int, start: int, end: int) -> bool:
    """Whether a sum is what was stolen, gambled or awarded to a victim."""
    before = text[max(sentence_start, start - 100) : start]
    return bool(_PRIVATE_BEFORE.search(before) or _PRIVATE_AFTER.match(text, end))


def is_of_a_household(text: str, end: int) -> bool:
    """Whether what is counted is of a kitchen, a match or a family ("hai quả trứng", "năm người con")."""
    return bool(_HOUSEHOLD_NOUN.match(text, end))


def is_caption(paragraph: str) -> bool:
    """Whether a folded paragraph is a picture's caption that cleaning left: it ends with its source."""
    return len(paragraph) < 300 and bool(_CAPTION.search(paragraph))
