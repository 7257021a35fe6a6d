"""Numbers with their unit, found in folded text, after everything that is no claim is set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from include.extract import not_claims
from include.extract.approximation import approximation_of
from include.extract.cues import Closing
from include.extract.number_words import (
    begins_numbers,
    find_fractions,
    find_multiples,
    read_number_words,
)
from include.extract.numbers import LARGEST, Amount, read_amount
from include.extract.text import Span, word_set
from include.extract.units import Unit, UnitWords

_NUMBER_START = re.compile(r"\d(?<!\d\d)(?<!\d[.,]\d)")
# Where a number in words may begin; "một" only as the head of a larger one, "năm" is mostly a year.
_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|một(?= (?:trăm|nghìn|ngàn|triệu|tỷ))"
    r"|năm(?= (?:mươi|trăm|nghìn|triệu|tỷ))|(?<=có )năm|(?<=có thêm )năm|(?<=gồm )năm)(?= )"
    r"(?<!mươi \w\w\w)(?<!mươi \w\w)(?<!mười \w\w\w)"
)
# Verbs that bring new things in; elsewhere a small number in words points at what the text has named.
_COUNTS = re.compile(
    r"\b(?:có(?: thêm)?|gồm|thêm|thu hút(?: được)?|thu hút đầu tư được|cấp(?: mới| phép)?(?: cho)?|đón|được"
    r"|thành lập(?: mới| được)?|công nhận|khởi công|khánh thành|xây dựng(?: được)?|hoàn thành|tổng số"
    r"|tăng|giảm|xảy ra|phát hiện|xử lý|khởi tố|trồng(?: được)?|đạt|còn|mới|với tổng số)\s"
    r"(?:(?:hơn|trên|gần|khoảng|tổng cộng|tất cả)\s)?\Z"
)
_POINTS = re.compile(r"(?:\s\w+){0,3}\s(?:này|trên|nêu trên|nói trên|đó|ấy|kể trên)\b")
_JOINED = re.compile(r"(?:\s\w+){0,3}(?:,|\svà|,\svà)\s")
# "gấp 2,03 cùng kỳ": times, with the word left out.
_OUT_OF = re.compile(r"\s(?:nội dung|nhiệm vụ|nhóm|mục tiêu|lĩnh vực|chỉ số|mặt hàng)\b")
_TIMES_BEFORE = re.compile(r"\bgấp\s(?:(?:gần|hơn|khoảng|trên)\s)?\Z")
_TIMES_OF = re.compile(r"\s(?:so với|cùng kỳ|năm|kế hoạch|tháng|mức)\b")
_SCORE_BEFORE = re.compile(r"\((?:\d+,\d+ so với )?\Z")
_SCORE_AFTER = re.compile(r"\)| so với \d+,\d+\)|[.;](?!\d)|,\s")
_SCORE_IS = re.compile(r"\bđiểm(?: số)? (?:là|đạt)\s(?:chỉ\s)?\Z")
_SCORES_REACH = 250  # characters back in which the points must be spoken of
_LONGEST_NAME = 40  # characters between quotes; a longer stretch is something said
_FAMILY = frozenset({"cháu", "em", "con", "bạn"})
_LARGE = 13  # "mười hai" and less stand in set phrases; "hai mươi ba" is always a count
_WORD = re.compile(r"\s+([^\W\d_]+)")
_RANK_BEFORE = Closing(
    r"(?:đứng|xếp|vị trí|vị thứ|thứ hạng|hạng|xếp hạng|giữ vị trí|vươn lên|lên|xuống|đạt)\s*(?:ở\s|vị trí\s"
    r"|vị\s|hạng\s|bậc\s)*"
    r"(?:thứ\s|hạng\s|(?<=vị trí\s))\s*\Z"
)
# A second universe, or a second thing ranked: "xếp thứ 4/13 tỉnh trong vùng và 26/63 cả nước".
_RANK_AGAIN = re.compile(r"\b(?:thứ|hạng) \d{1,2}(?:/\d\d)?\s[^.;:\d]{0,60}(?:,|\svà)\s(?:thứ\s|hạng\s)?\Z")
_RANKED_AMONG = re.compile(
    r"(?:/\d\d)? (?:(?:tỉnh|thành|địa phương|thành phố)\b[^.;]{0,20}|cả nước|toàn quốc|về )"
)
# Works, zones and branches are numbered: "KCN Sông Công 2 xã Tân Quang", "cơ sở 2", "Bệnh viện Tâm Anh 3".
_NUMBERED_NAME = re.compile(
    r"(?:KCN|[Kk]hu công nghiệp|CCN|[Cc]ụm công nghiệp|[Tt]hủy điện|[Nn]hiệt điện|[Nn]hà máy|[Cc]ảng"
    r"|[Cc]ầu|[Kk]hu đô thị"
    r"|KĐT|[Bb]ệnh viện|[Tt]rường|[Dd]ự án|[Hh]ồ chứa|[Tt]rạm)(?:\s[A-ZĐÀ-Ỹ]\w*){1,5}\s\Z"
    r"|\b(?:[Cc]ơ sở|[Pp]hân hiệu)\s\Z"
)
# The second syllable of a counted noun that no seed lists; Vietnamese nouns mostly have two.
_SECOND = re.compile(r"\s([^\W\d_]+)")
_NO_SECOND = word_set(
    "mới cũ lớn nhỏ khác nữa đang bị mắc nhiễm sống chết tốt xấu dài rộng ngoài tư công bằng hơn kém"
    " thuộc cuối rưỡi liên liền chủ mỗi cả những các một hai ba bốn năm thì ở nằm nên"
)
# "số dự án còn hiệu lực là 156, …": what is counted stands before the number.
_COUNT_OF = Closing(
    r"(?<!cơ )\b(?:số(?: lượng)?)\s(?!liệu|tiền|vốn|thu|hiệu|phận|hóa|dư|đo)"
    r"(?P<noun>[^\W\d][^,;:.%()\d]{3,60})\s(?:là|đạt|còn|lên|ở mức)\s"
    r"(?:(?:gần|hơn|trên|khoảng)\s)*\Z"
)
# "Doanh nghiệp giải thể: 46; …": an item that names what it counts.
_COUNT_ITEM = re.compile(r"(?:\A|[;.\n+-]\s*|:\s)(?P<noun>[^\W\d][^,;:.%()\d]{3,60}):\s*\Z")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_ENDS_COUNT = re.compile(r"\s*[,;.)](?!\d)|\s(?:với|tăng|giảm|chiếm|so)\b")
# What a unit is counted per: "đồng/người/năm", "tấn/ngày"; part of the printed unit.
_PER = re.compile(r"\s?/\s?(?:[^\W\d_]+)(?:\s(?:đêm|mét vuông))?(?:\s?/\s?[^\W\d_]+)?")
# "thu nhập trên 1 ha": what something is counted per.
_PER_ONE = re.compile(r"(?:\b(?:trên|mỗi|cho|của|bình quân|trung bình)\s|/\s?)\Z")
_ROUND = frozenset({1.0, 100.0, 1e3, 1e4, 1e5, 1e6})
# "Số xã đạt từ 15 - 18 tiêu chí là 3 xã": what the communes are told apart by.
_CONDITION = re.compile(r"\bsố (?:xã|thôn|bản|huyện)\s(?:hoàn thành|đạt)\s(?:(?:từ|dưới|trên)\s)?\Z")
# A crime's few suspects are its story; a report counts them in dozens.
_SUSPECT = re.compile(r"(?:đối tượng|bị can|bị cáo|nghi phạm)(?!\w)")
_FEW = 10
_PEOPLE = re.compile(r"\s(?:người )?dân\b|\s(?:trẻ|ca (?:sinh|đẻ)|số)\b")
_A_DAY = re.compile(r"/\s?(?:ngày|giờ|phút|giây|s\b|h\b|mẻ|ca\b|xe)")
_TO_SAME_UNIT = re.compile(r"\s*(?:-|đến|tới)\s*(?=\d)")
# Units whose number is a claim even after a word that otherwise makes names ("khoản 500 triệu đồng").
_STRONG = frozenset(
    {"money", "percent", "point", "area", "length", "volume", "mass", "yield", "energy", "power"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its unit in folded text, no sign and no measure yet.

    start, end: of the printed number with its unit. unit_start: where the unit word or the counted
    noun begins, `end` where there is none. kind: of the units seed. approximation: a contract code.
    listed: whether it is of a list of places, bare, with the unit of the number that the list follows.
    """

    start: int
    end: int
    unit_start: int
    value: float
    high: float | None
    out_of: float | None
    unit_code: str
    kind: str
    approximation: str
    listed: bool = False


def _bare_count(text: str, amount: Amount, units: UnitWords) -> Unit | None:
    """What a number counts whose noun stands before it: "số dự án còn hiệu lực là 156, …"."""
    if amount.scale != 1 or not _ENDS_COUNT.match(text, amount.end):
        return None
    begin = max(0, amount.start - 90)
    before = _COUNT_OF.search(text, begin, amount.start)
    item = before or (
        _COUNT_ITEM.search(text, begin, amount.start) if text[begin : amount.start].endswith(": ") else None
    )
    if item is None:
        return None
    noun = units.at(text, item.start("noun"))
    if noun and noun.kind == "counted":
        return Unit(noun.code, "counted", 1.0, amount.end, amount.end)
    return Unit("COUNT", "counted", 1.0, amount.end, amount.end) if before else None


def _noun_end(text: str, body: str, end: int) -> int:
    """Where a counted noun that no seed lists ends: "5 thực trạng", not "5 thực"."""
    second = _SECOND.match(text, end)
    if second is None or second.group(1) in _NO_SECOND or not_claims.is_function_word(second.group(1)):
        return end
    return end if body[second.start(1)].isupper() or body[end - 1].isupper() else second.end()


def _is_bare_score(text: str, amount: Amount) -> bool:
    """Whether a decimal alone in a bracket is of the points spoken of: "(75,09)", "(72,8 so với 72,1)"."""
    printed = text[amount.start : amount.end]
    if "," not in printed or amount.scale > 1 or not _SCORE_AFTER.match(text, amount.end):
        return False
    begin = max(0, amount.start - _SCORES_REACH)
    if _SCORE_IS.search(text, begin, amount.start):
        return True  # "với tổng điểm là 41,55"
    return (
        bool(_SCORE_BEFORE.search(text, begin, amount.start)) and text.rfind("điểm", begin, amount.start) >= 0
    )


def _in_quoted_name(text: str, position: int) -> bool:
    """Whether a number stands in a short name between quotes: 'Chương trình "Thành phố 3 sạch"'."""
    opening = text.rfind('"', max(0, position - _LONGEST_NAME), position)
    if opening < 0 or not text[opening + 1 : opening + 2].isalpha():
        return False
    closing = text.find('"', position, opening + _LONGEST_NAME)
    return closing >= 0 and text[opening - 1 : opening] in " ("


def _bare_unit(text: str, body: str, amount: Amount, units: UnitWords) -> Unit | None:
    """The unit of a number without a known unit word: dong after tỷ and triệu, else the noun counted."""
    if (
        (noun := _WORD.match(text, amount.end))
        and not _in_quoted_name(text, amount.start)
        and not not_claims.is_function_word(noun.group(1))
    ):
        # Names may end in a number: "Vân Phong 2 sản xuất"; a counted noun is printed small.
        named = re.search(r"[^\W\d_]+\s\Z", body[max(0, amount.start - 12) : amount.start])
        printed = body[noun.start(1) : noun.end(1)]
        defined = printed.isupper() and 2 <= len(printed) <= 6 and f"({printed})" in body
        part = amount.out_of is not None  # "67/95 Trung tâm Văn hóa"
        if _YEAR.fullmatch(text, amount.start, amount.end):
            return None  # "đón Tết Nguyên đán 2023 vui tươi"
        if (body[noun.start(1)].isupper() and not (defined or part)) or (
            named and named.group()[0].isupper() and amount.start > 12
        ):
            return None
        return Unit("COUNT", "counted", 1.0, noun.start(1), _noun_end(text, body, noun.end(1)))
    if _TIMES_BEFORE.search(text, max(0, amount.start - 12), amount.start) and _TIMES_OF.match(
        text, amount.end
    ):
        return Unit("TIMES", "times", 1.0, amount.end, amount.end)
    if _is_bare_score(text, amount):
        return Unit("SCORE", "score", 1.0, amount.end, amount.end)
    if amount.scale >= 1e6:
        return Unit("VND", "money", 1.0, amount.end, amount.end)
    return _bare_count(text, amount, units)


def _is_ranked_again(text: str, amount: Amount) -> bool:
    """Whether a number behind a rank is another: "xếp thứ 4/13 tỉnh trong vùng và 26/63 cả nước"."""
    before = text[max(0, amount.start - 80) : amount.start]
    return bool(
        ("thứ " in before or "hạng " in before)
        and (amount.out_of is not None or before.endswith(("thứ ", "hạng ")))
        and _RANKED_AMONG.match(text, amount.end)
        and _RANK_AGAIN.search(before)
    )


def _rank(text: str, amount: Amount) -> Quantity | None:
    """A place in a ranking: "đứng thứ 6", "xếp thứ 12/63"."""
    if not _RANK_BEFORE.search(text[max(0, amount.start - 40) : amount.start]) and not _is_ranked_again(
        text, amount
    ):
        return None
    if amount.scale > 1 or not_claims.is_duration(text, amount.end):
        return None
    return Quantity(
        amount.start, amount.end, amount.end, amount.value, None, amount.out_of, "RANK", "rank", "exact"
    )


def _is_in_a_name(body: str, amount: Amount) -> bool:
    small = amount.value < 20 and amount.out_of is None and amount.high is None
    return small and bool(_NUMBERED_NAME.search(body, max(0, amount.start - 50), amount.start))


def _is_claimable(text: str, sentence: Span, amount: Amount, unit: Unit) -> bool:
    per = amount.value in _ROUND and _PER_ONE.search(text[max(0, amount.start - 12) : amount.start])
    if per and (amount.value == 1 or _PEOPLE.match(text, amount.end)):
        return False
    if unit.code == "CRITERION" and _CONDITION.search(text, max(0, amount.start - 30), amount.start):
        return False
    if unit.code == "PERSON" and amount.value < _FEW and _SUSPECT.match(text, unit.start):
        return False
    if unit.kind not in _STRONG:
        if not_claims.is_named_or_timed(text, amount.start, amount.end):
            return False
        whole = unit.kind == "counted" and amount.out_of is None
        if whole and not_claims.counts_nothing(text, amount.start, amount.end):
            return False
        if amount.scale == 1 and not_claims.is_of_a_household(text, amount.end):
            return False
    return not _is_of_an_event(text, sentence, amount, unit)


def _is_of_an_event(text: str, sentence: Span, amount: Amount, unit: Unit) -> bool:
    """Whether a number tells of a meeting, a gift, a crime or a way, and not of a place's economy."""
    if not_claims.is_attendance(text, sentence.start, amount.start, amount.end, unit.code):
        return True
    if unit.kind == "percent" and not_claims.is_a_vote(text, sentence.start, amount.start):
        return True
    if unit.kind == "length" and not_claims.is_a_distance(text, sentence.start, amount.start):
        return True
    if unit.kind == "money" and not_claims.is_private(text, sentence.start, amount.start, unit.end):
        return True
    return not_claims.is_gift(text, sentence.start, amount.start)


def _second_end(text: str, amount: Amount, unit: Unit, units: UnitWords) -> tuple[float | None, int]:
    """The second end of a range whose ends both print the unit ("từ 10% đến 12%"), and the range's end."""
    link = _TO_SAME_UNIT.match(text, unit.end)
    second = read_amount(text, link.end()) if link and amount.high is None else None
    if second is None or second.value * unit.factor <= amount.value:
        return amount.high, unit.end
    again = units.at(text, second.end)
    if again is None or again.code != unit.code or second.high is not None:
        return amount.high, unit.end
    return second.value, again.end


def _quantity(text: str, body: str, sentence: Span, amount: Amount, units: UnitWords) -> Quantity | None:
    if rank := _rank(text, amount):
        return rank
    unit = units.at(text, amount.end) or _bare_unit(text, body, amount, units)
    if unit is None or not _is_claimable(text, sentence, amount, unit):
        return None
    if unit.kind == "counted" and _is_in_a_name(body, amount):
        return None
    code, kind, factor = unit.code, unit.kind, unit.factor
    high, end = _second_end(text, amount, unit, units)
    if (per := _PER.match(text, end)) and kind in ("money", "mass", "volume", "power", "percent", "energy"):
        end = per.end()
        if kind in ("mass", "volume") and _A_DAY.search(per.group()):
            # "tấn/ngày" is a capacity: the contract's list has no code for it.
            code, kind, factor = "COUNT", "counted", 1.0
    return Quantity(
        start=amount.start,
        end=end,
        unit_start=unit.start,
        value=_times(amount.value, factor),
        high=None if high is None else _times(high, factor),
        out_of=amount.out_of,
        unit_code=code,
        kind=kind,
        approximation=approximation_of(text, amount.start, end),
    )


def _times(value: float, factor: float) -> float:
    return value if factor == 1 else round(value * factor, 6)


def _worded(text: str, sentence: Span, units: UnitWords) -> list[Quantity]:
    """The quantities that the sentence writes in words: "tám dự án", "gấp đôi", "một nửa số hộ"."""
    start, end = sentence.start, sentence.end
    found = [_plain(text, amount, "PERCENT", "percent") for amount in find_fractions(text, start, end)]
    if text.find("gấp ", start, end) >= 0:
        found += [_plain(text, amount, "TIMES", "times") for amount in find_multiples(text, start, end)]
    if not begins_numbers(text[start:end]):
        return found
    passed = start
    for word in _NUMBER_WORD.finditer(text, start, end):
        if word.start() < passed:
            continue  # "chín tỷ" is the end of "mười chín tỷ"
        amount = read_number_words(text, word.start())
        passed = amount.end if amount else word.end()
        unit = units.at(text, amount.end) if amount else None
        if amount is None or unit is None or not _is_counted(text, amount, unit, end, found):
            continue
        if _is_claimable(text, sentence, amount, unit):
            value = _times(amount.value, unit.factor)
            whole = replace(amount, end=unit.end, value=value)
            found.append(_plain(text, whole, unit.code, unit.kind, unit.start))
    return found


def _is_counted(text: str, amount: Amount, unit: Unit, stop: int, before: list[Quantity]) -> bool:
    """Whether a number in words counts, rather than points at things known ("hai dự án này").

    before: the quantities in words found before it, which it may go on with ("năm xã và ba phường").
    """
    if unit.kind == "times" or _POINTS.match(text, unit.end, stop):
        return False
    if text[unit.start : unit.end] in _FAMILY:
        return False
    if amount.value >= _LARGE and " " in text[amount.start : amount.end]:
        return True
    goes_on = bool(before) and _JOINED.fullmatch(text, before[-1].end, amount.start)
    return amount.value > 1 and bool(goes_on or _COUNTS.search(text, max(0, amount.start - 24), amount.start))


def _plain(text: str, amount: Amount, code: str, kind: str, unit_start: int | None = None) -> Quantity:
    return Quantity(
        start=amount.start,
        end=amount.end,
        unit_start=amount.end if unit_start is None else unit_start,
        value=amount.value,
        high=None,
        out_of=None,
        unit_code=code,
        kind=kind,
        approximation=approximation_of(text, amount.start, amount.end),
    )


def find_quantities(text: str, body: str, sentence: Span, units: UnitWords) -> list[Quantity]:
    """The quantities of one sentence, in order.

    text: the folded body; body: as printed (capitals tell names). Dates, document numbers, ordinals,
    lengths of time, attendance and gifts are left out.
    """
    worded = _worded(text, sentence, units)
    printed = _printed(text, body, sentence, units)
    if not worded:
        return printed
    apart = [one for one in printed if not any(one.start < w.end and w.start < one.end for w in worded)]
    return sorted([*apart, *worded], key=lambda quantity: quantity.start)


def _is_counted_at_all(amount: Amount) -> bool:
    """Whether a number is one that something can be counted by; a long run of digits is a serial number."""
    return all(value is None or value < LARGEST for value in (amount.value, amount.high, amount.out_of))


def _printed(text: str, body: str, sentence: Span, units: UnitWords) -> list[Quantity]:
    """The quantities of one sentence that are printed in figures."""
    found: list[Quantity] = []
    position = sentence.start
    while start := _NUMBER_START.search(text, position, sentence.end):
        at = start.start()
        passed = not_claims.time_expression_end(text, at)
        amount = read_amount(text, at)
        assert amount is not None, "a digit always starts an amount"  # noqa: S101
        counted = amount.out_of is not None and passed is not None
        if counted and (units.at(text, amount.end) is not None or _OUT_OF.match(text, amount.end)):
            passed = None  # "7/8 xã" is a fraction, not the seventh of August
        if passed is not None:
            position = passed
            continue
        quantity = _quantity(text, body, sentence, amount, units)
        if quantity is not None and quantity.end <= sentence.end and _is_counted_at_all(amount):
            found.append(quantity)
        position = max(amount.end, quantity.end if quantity else 0)
    return found
