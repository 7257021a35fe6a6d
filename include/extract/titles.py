"""Posts and ranks as Vietnamese news prints them, and where a chain of them ends."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from include.extract.text import fold

# The words a post begins with (folded). Longer ones first, so that "phó chủ tịch" is not read as "chủ tịch".
_HEADS = (
    r"(?:nguyên\s+|cựu\s+|quyền\s+|tân\s+)?(?:"
    r"(?:các\s+)?(?:phó\s+|q[. ]\s*)?(?:tổng\s+)?(?:bí thư|chủ tịch|thủ tướng|chủ nhiệm|trưởng\s+đoàn|"
    r"trưởng\s+ban|cụm\s+trưởng|tổ\s+trưởng|"
    r"trưởng\s+phòng|trưởng\s+khoa|trưởng\s+thôn|trưởng\s+bản|trưởng\s+tiểu ban|giám đốc|cục trưởng|"
    r"vụ trưởng|"
    r"viện trưởng|chi cục trưởng|tổng thanh tra|chánh thanh tra|chánh văn phòng|chánh án|thống đốc|tư lệnh|"
    r"chính ủy|"
    r"tham mưu trưởng|chỉ huy trưởng|tổng biên tập|đại sứ|lãnh sự|thư ký|hiệu trưởng|trưởng|đốc)"
    r"|bộ trưởng|thứ trưởng|(?:phó\s+)?tỉnh trưởng|tổ đại biểu|chính trị viên|chuyên viên|"
    r"(?:hạt|trạm|đồn|kế toán)\s+trưởng|(?:tuv|huv|đuv)\b|uv(?=\s+(?:btv|bch|tw|ban))|"
    r"(?:tỉnh|thành|huyện|thị|quận|đảng)\s+ủy viên|phó\s+(?:cục|vụ|viện|chi cục|ban|"
    r"đoàn|phòng|văn phòng|chánh)\b|thị trưởng|thống đốc|"
    r"tổng cục trưởng|tham tán|công sứ|tổng tham mưu|hiệu phó|hội trưởng|"
    r"(?:ủy viên|uvbtv|uvtv|uvtw|uvbch|ubtv|ủy viên dự khuyết)\b|bác sĩ|tiến sĩ|thạc sĩ|giáo sư|luật sư|"
    r"kỹ sư|"
    r"kiến trúc sư|chuyên gia|đại biểu(?! quốc hội tỉnh)|thành viên|phó chủ nhiệm|"
    r"(?:pgs|gs|ts|ths|bs)(?:[. ]\s?(?:ts|ths|bs)(?!\w))*(?!\w)\.?|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|"
    r"úy)|hòa thượng|thượng tọa|linh mục|"
    r"anh hùng|nghệ nhân|nữ tướng|đại diện(?=\s+(?:lãnh đạo|ban|công ty|tập đoàn|hiệp hội|ngân hàng)\b)|"
    r"cử tri|công nhân|nông dân|doanh nhân|nhà báo|"
    r"thương vụ|lãnh đạo|người phát ngôn|(?<!bí thư )(?<!chủ tịch )(?<!phó )thường trực(?=\s+(?:tỉnh|"
    r"thành|huyện|hđnd|ủy ban|ban))|"
    r"ceo|kiểm toán|trưởng\s+cơ quan|quốc vụ khanh|tổng thống|quốc vương)"
)
TITLE_HEAD: Final = re.compile(r"\b(?=[a-zđưủ])" + _HEADS + r"(?!\w)")

HONORIFIC: Final = re.compile(
    r"(?<!\w)(?:(?:các\s+)?(?:đồng\s*chí|đ/c|đc)|các\s+(?:ông|bà|anh|chị)|ngài|ông|bà|chị|cô"
    r"|(?<!nước )(?<!tiếng )(?<!quốc )anh)(?!\w)(?:\s*:)?\s*\Z"
)

# Verbs and joints in lower case at which a chain of posts is over.
_STOP_WORDS = (
    r"chủ trì|đồng chủ trì|chủ tọa|đã|đang|sẽ|vừa|cũng|còn|dự(?!\s+(?:khuyết|án|báo|trữ|phòng|toán))|"
    r"tham dự|đến dự|tham gia|phát biểu|nhấn mạnh|"
    r"khẳng định|"
    r"cho biết|cho rằng|cho hay|yêu cầu|đề nghị|đề xuất|kiến nghị|(?<!ngoại\s)giao(?!\s+(?:thông|dịch|lưu))|"
    r"kết luận|"
    r"trình bày|"
    r"báo cáo|thông tin(?!\s+(?:và|truyền))|nêu|chia sẻ|cùng|có|làm|là|được|bị|đến|tới|thăm|khảo sát|"
    r"giám sát(?!\s+tài)|"
    r"tiếp|trao|ký|biểu dương|ghi nhận|lưu ý|chỉ rõ|bày tỏ|cảm ơn|mong|gửi|phân tích|thay mặt|điều hành|"
    r"khai mạc|"
    r"bế mạc|tuyên bố|giải trình|làm rõ|nói|hứa|thống nhất|quán triệt|giới thiệu|nhận định|nhận xét|"
    r"công bố|chúc|"
    r"động viên|chứng kiến|dẫn đầu|trực tiếp|họp|tại(?!\s+(?:việt nam|lào|campuchia|trung quốc|nhật bản|"
    r"hàn quốc|hoa kỳ|(?:tp|thành phố)\.?\s*(?:hồ chí minh|hcm)))|vào|trong|với|về|theo|vì|nhằm|để|do|"
    r"khi|thì|mà|nhưng|cắt|"
    r"tặng|thừa nhận|đồng ý|đồng tình|gợi ý|hoan nghênh|tán thành|kêu gọi|cam kết|giải đáp|trả lời|tổ chức|"
    r"chất vấn|thảo luận|góp ý|ra|đi|nghe|xem|hướng dẫn|phản ánh|băn khoăn|đặt|đưa|"
    r"(?<!thông\s)tin(?!\s+học)|rằng|nhìn nhận|dâng|"
    r"thắp|viếng|"
    r"sáng|chiều|tối|ngày|đại diện(?=\s+(?:lãnh đạo|các|cho|một số))|gặp"
)
_GUARDED_STOPS = r"(?<!ban\s)(?:chỉ đạo|kiểm tra|tiếp công|đánh giá|tuyên truyền|vận động)"
_AND_OTHERS = (
    r"(?:và|,|cùng với)\s+(?:(?:\d+|các|một số|nhiều|đại diện|toàn thể|đông đảo|lãnh đạo|gần|hơn|trên|"
    r"đoàn)\b|"
    r"(?:đồng chí|ông|bà|ngài)\s)"
)
_CHAIN_STOP = re.compile(
    rf"(?<!\w)(?:(?:{_STOP_WORDS})(?!\w)|{_GUARDED_STOPS}(?!\w)|{_AND_OTHERS})|[;:.()\"“”]|\.\.\.|…|\s-\s|\n"
)
# "tiếp công dân", "kế hoạch và đầu tư": the second half of an office's name behind a comma or dash.
_OFFICE_GOES_ON = re.compile(
    r"(?:chống|tìm kiếm|tiêu cực|lãng phí|văn hóa|thể thao|thương binh|công nghệ|du lịch|gia đình|lao động|"
    r"xã hội|nông thôn|phát triển nông thôn|"
    r"truyền thông|"
    r"huế|vũng tàu|dân nguyện|dân tộc|tôn giáo|đô thị|tổng hợp|hành chính|tài chính|pháp chế|ngân sách|"
    r"kinh tế|hạ tầng|"
    r"nhà ở|đào tạo|kế toán|pháp luật|đối ngoại|báo chí|trung ương|chế biến|thương mại|dịch vụ|kỹ thuật|"
    r"môi trường|nhi đồng|thanh niên|thiếu niên|khoa học)\b"
)
_SHORT_FORM = re.compile(
    r"\((?:[A-ZĐƯ][A-ZĐƯ&-]{1,11}|(?:Bộ|Sở|Cục|Tổng cục|UBND|Tập đoàn|TP|tỉnh|"
    r"huyện)\s[^()\n]{2,40})\)(?=\s+\w|\Z)"
)
_OPENING = re.compile(r"\s*(?:,|-|\()\s*")
_SEPARATOR = re.compile(r"\s*(?:,|\s-)\s*")


def chain_stop(body: str, folded: str, start: int, end: int) -> int | None:
    """Give the offset of the first word or sign between two offsets that ends a chain of posts, or null.

    A verb in capitals belongs to an office's name: "Ban Tổ chức", "Văn phòng Đăng ký đất đai"; so does a
    short form in brackets: "Cải cách hành chính (CCHC)".
    """
    passed = start
    for stop in _CHAIN_STOP.finditer(folded, start, end):
        if stop.start() < passed or body[stop.start()].isupper():
            continue
        aside = _SHORT_FORM.match(body, stop.start(), end)
        if aside is None:
            return stop.start()
        passed = aside.end()
    return None


# "TS. Lê An - Viện Chè trình bày": an office in place of a post.
_AFFILIATION = re.compile(
    r"(?:sở|cục|chi cục|vụ|viện|trường|đại học|học viện|công ty|tập đoàn|trung tâm|hiệp hội|hợp tác xã|"
    r"ngân hàng|"
    r"văn phòng|tổng công ty|bệnh viện)\s"
)


# Four posts written out have some 200 characters. Each name of a list looks for the chain behind it.
_LONGEST_CHAIN = 1_000


def chain_after(body: str, folded: str, start: int, limit: int) -> tuple[int, int] | None:
    """Give the offsets of the chain of posts that begins at a comma, dash or bracket at `start`, or null.

    folded: `text.fold(body)`. limit: offset that the chain may not pass (a sentence's end, or where
    the next person begins). A chain ends after 1,000 characters in any case.
    """
    opening = _OPENING.match(folded, start, limit)
    if opening is None:
        return None
    begin, limit = opening.end(), min(limit, start + _LONGEST_CHAIN)
    is_office = "-" in opening.group() and _AFFILIATION.match(folded, begin, limit)
    if not is_office and TITLE_HEAD.match(folded, begin, limit) is None:
        return None
    position = begin
    while True:
        end = _segment_end(body, folded, position, limit)
        separator = _SEPARATOR.match(folded, end, limit)
        if separator is None:
            break
        if not _goes_on(folded, position, separator.end(), limit):
            break
        position = separator.end()
    while end > begin and folded[end - 1] in " ,-":
        end -= 1
    return (begin, end) if end > begin else None


# "Phó Trưởng phòng Dân nguyện, Văn phòng HĐND tỉnh": the office above one that is a part of it.
_PART_OF_AN_OFFICE = re.compile(
    r"(?:phó\s+)?(?:trưởng\s+(?:phòng|khoa)|vụ\s+trưởng|cục\s+trưởng|viện\s+trưởng|chuyên viên)(?!\w)"
)
_OFFICE_ABOVE = re.compile(r"(?:văn phòng|bộ|sở|cục|tổng cục|công an|học viện|trường|ủy ban|ubnd|hđnd)\s")


def _goes_on(folded: str, segment: int, after: int, limit: int) -> bool:
    """Whether a chain goes on behind a comma or dash: with a post, an office's name, or the office above."""
    if TITLE_HEAD.match(folded, after, limit) or _OFFICE_GOES_ON.match(folded, after, limit):
        return True
    is_part = _PART_OF_AN_OFFICE.match(folded, segment, limit)
    return is_part is not None and _OFFICE_ABOVE.match(folded, after, limit) is not None


def _segment_end(body: str, folded: str, start: int, limit: int) -> int:
    head = TITLE_HEAD.match(folded, start, limit)
    search_from = head.end() if head is not None else start
    stop = chain_stop(body, folded, search_from, limit)
    comma = folded.find(",", search_from, limit)
    ends = [limit, *([stop] if stop is not None else []), *([comma] if comma >= 0 else [])]
    end = min(ends)
    while end > start and folded[end - 1] == " ":
        end -= 1
    return end


_POST_WORDS = re.compile(
    r"^(?:(?:phó\s+)?trưởng(?=\s+(?:ban|đoàn|phòng|khoa|tiểu ban))|"
    + _HEADS
    + r"|thường trực|phụ trách|chuyên trách|điều hành|đại diện|đoàn|ban(?=\s+(?:ban|bộ)))(?!\w)\s*"
)
_PARTY_MEMBER = re.compile(r"(?:(?:\w+\s+)?ủy viên|uv\w+|thành viên|đại biểu)")


@lru_cache(maxsize=2048)
def organization_of(title: str) -> str | None:
    """Give the organization in which a chain of posts places its holder, null where it names none.

    The first post that is more than a membership decides: "Ủy viên BTV, Giám đốc Sở Y tế" is "Sở Y tế".
    """
    folded = fold(title)
    offices = (
        _office_in(title, folded, start, end)
        for start, end in posts_of(folded)
        if not _PARTY_MEMBER.match(folded[start:end])
    )
    return next((office for office in offices if office), None)


# "Trưởng Ban", "Chánh Văn phòng Sở": the office itself is told elsewhere.
_BARE_OFFICES = frozenset({"Ban", "Sở", "Đoàn", "Bộ", "Phòng", "Cục", "Vụ", "Viện", "Văn phòng", "Hội"})


def _office_in(title: str, folded: str, start: int, end: int) -> str | None:
    """What is left of one post without the words of rank."""
    while True:
        head = _POST_WORDS.match(folded[start:end])
        if head is None or head.end() == 0:
            break
        start += head.end()
    office = title[start:end].strip(" ,-–")
    if office.startswith(("ban ", "đoàn ", "phòng ")):
        office = office[0].upper() + office[1:]
    return office if office and office[0].isupper() and office not in _BARE_OFFICES else None


def posts_of(folded: str) -> list[tuple[int, int]]:
    """The posts of a chain, cut at commas and dashes that a new post follows."""
    cuts = [0]
    for separator in _SEPARATOR.finditer(folded):
        if TITLE_HEAD.match(folded, separator.end()):
            cuts.append(separator.end())
    ends = [*cuts[1:], len(folded)]
    return [(start, end) for start, end in zip(cuts, ends, strict=True)]
