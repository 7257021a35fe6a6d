"""What a number measures: an amount, a change, a share, the attainment of a plan, a rank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract.quantities import Quantity

_PLAN = r"(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu|nghị quyết|kh(?!\w)|định mức)"
_PLAN_AFTER = re.compile(rf"\s*(?:so (?:với|cùng)?\s?|với\s|của\s)?(?:tổng\s|cả\s|số\s)*{_PLAN}")
_PLAN_BEFORE = re.compile(rf"(?:vượt|hụt|đạt|bằng|so với|thực hiện)\s(?:so với\s)?{_PLAN}[^,;%]{{0,50}}\Z")
_BEYOND = re.compile(r"vượt|tăng|cao hơn")
_SHORT = re.compile(r"giảm|hụt|thấp hơn|thiếu")
# Nouns and phrases with tăng or giảm in them that say nothing of a change.
_NO_VERB = re.compile(
    r"giá trị (?:tăng thêm|gia tăng)|tăng cường|giảm nghèo|giảm thiểu|tăng ca(?!o)|giảm sâu hơn"
)
_VERB = re.compile(
    r"(?P<down>sụt giảm|giảm|thấp hơn|âm(?= \d)|hụt|ít hơn|tụt|xuống)|(?P<up>tăng|thêm|cao hơn|nhiều hơn"
    r"|vượt|lên(?= \d))"
)
_TO = re.compile(r"\b(?:lên|còn|xuống|tới|đến|đạt|là|ở mức|thành)\b")
_SHARE = re.compile(r"chiếm|tỷ trọng|đóng góp|tương đương|cơ cấu")
_DIRECT = re.compile(
    r"\s*(?:thêm|được|gần|hơn|trên|khoảng|xấp xỉ|dưới|tới|mạnh|nhẹ|ròng|là|bình quân)*\s*(?:\w+\s)?\Z"
)
_SAME_PERIOD_AFTER = re.compile(
    r"\s*(?:so với |so |với )?(?:mức )?(?:tháng |quý )?(?:cùng kỳ|(?:năm|tháng|quý) (?:trước|ngoái|20))"
)
_ANY_VERB = re.compile(r"tăng|giảm|đạt|chiếm|bằng|là|còn|có|được|lên|gấp|vượt|hoàn thành|thực hiện|ở mức")
_FROM = re.compile(r"\btừ\s(?:(?:mức|khoảng|gần|hơn|trên|dưới)\s)*\Z")
_ONWARD = re.compile(r"[^.;]{0,60}?\b(?:lên|xuống|còn|đến|tới|thành)\b")
_PIECE = re.compile(r"[,;:(](?!\d)|\s-\s")
_GROWTH_NAMES = frozenset({"grdp", "gdp"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with the number it makes of the printed one, signed; unit as the contract wants it."""

    measure: str
    value: float
    high: float | None
    unit_code: str


def last_piece(left: str) -> str:
    """The words before a number back to the last comma, colon, bracket or dash."""
    cut = 0
    for found in _PIECE.finditer(left):
        cut = found.end()
    return left[cut:]


def _signed(quantity: Quantity, measure: str, down: bool) -> Measured:
    sign = -1.0 if down else 1.0
    high = None if quantity.high is None else sign * quantity.high
    return Measured(measure, sign * quantity.value, high, quantity.unit_code)


def _verb(piece: str) -> re.Match[str] | None:
    """The last verb of change in `piece`."""
    plain = _NO_VERB.sub(lambda noun: "·" * len(noun.group()), piece)
    return max(_VERB.finditer(plain), key=lambda found: found.start(), default=None)


def _sets_out(piece: str, right: str, quantity: Quantity) -> bool:
    """Whether the number is where a change starts: "giảm từ 12,3% … xuống còn 7,5%"."""
    return quantity.high is None and bool(_FROM.search(piece)) and bool(_ONWARD.match(right))


def _of_plan(quantity: Quantity, piece: str) -> Measured:
    """ "vượt kế hoạch 5%" is 105, "giảm 7,8% so với dự toán" is 92.2; "vượt 105%" is already the whole."""
    shift = 0.0
    if quantity.value < 100 and _BEYOND.search(piece):
        shift = 100.0 + quantity.value
    elif _SHORT.search(piece):
        shift = 100.0 - quantity.value
    value = round(shift, 6) if shift else quantity.value
    return Measured("plan_pct", value, quantity.high if not shift else None, "PERCENT")


def _percent(quantity: Quantity, left: str, right: str, own_unit: str | None, code: str | None) -> Measured:
    piece = last_piece(left)
    if _PLAN_AFTER.match(right) or _PLAN_BEFORE.search(left):
        return _of_plan(quantity, piece)
    verb = None if _sets_out(piece, right, quantity) else _verb(piece)
    if verb is not None:
        reached = _TO.search(piece[verb.end() :]) and not re.search(
            r"tăng trưởng|tốc độ|mức tăng|mức giảm", piece
        )
        if not (reached and own_unit == "PERCENT"):
            return _signed(quantity, "change_pct", verb.lastgroup == "down")
        return _signed(quantity, "level", down=False)
    if _SAME_PERIOD_AFTER.match(right) and "bằng" in piece and own_unit != "PERCENT":
        return Measured("change_pct", round(quantity.value - 100, 6), None, "PERCENT")
    if _SHARE.search(piece) or (not _ANY_VERB.search(piece) and _SHARE.search(left)):
        return _signed(quantity, "level" if own_unit == "PERCENT" else "share_pct", down=False)
    if code in _GROWTH_NAMES:
        return _signed(quantity, "change_pct", down=False)
    rate = own_unit in ("PERCENT", "RANK") or (own_unit is None and "tỷ lệ" in left)
    return _signed(quantity, "level" if rate else "share_pct", down=False)


def _amount(quantity: Quantity, left: str, right: str) -> Measured:
    """A level, or a change in the thing's own unit where the verb stands right before the number."""
    verb = None if _sets_out(left, right, quantity) else _verb(last_piece(left))
    direct = verb is not None and (quantity.kind == "point" or _DIRECT.match(last_piece(left)[verb.end() :]))
    if verb is not None and direct:
        printed = verb.group()
        beyond = printed == "vượt" and not re.match(r"\s*(?:so|kế hoạch|dự toán|chỉ tiêu)", right)
        if not beyond and printed not in ("lên", "xuống"):
            return _signed(quantity, "change_abs", verb.lastgroup == "down")
    return _signed(quantity, "level", down=False)


def measure_of(
    quantity: Quantity, left: str, right: str, own_unit: str | None, code: str | None
) -> Measured | None:
    """Decide the measure of one number.

    left, right: the folded words of its sentence since the number before and up to the number after.
    own_unit: unit code of the indicator it speaks of, null where unknown. Null result: no claim
    ("3 lần" tổ chức). Source: the data contract, table of measures.
    """
    if quantity.kind == "percent":
        return _percent(quantity, left, right, own_unit, code)
    if quantity.kind == "times":
        verb = re.search(r"(gấp|tăng|bằng|giảm)[^,;]{0,20}\Z", left)
        if verb is None:
            return None
        value = 1 / quantity.value if verb.group(1) == "giảm" and quantity.value else quantity.value
        return Measured("multiple", value, quantity.high, "TIMES")
    if quantity.kind == "rank":
        verb = _verb(last_piece(left))
        moved = verb is not None and quantity.unit_start < quantity.end
        return _signed(
            quantity,
            "rank_change" if moved else "rank",
            moved and verb is not None and verb.lastgroup == "down",
        )
    return _amount(quantity, left, right)


def is_elliptic(left: str) -> bool:
    """Whether the words before a number have no verb, so that the verb before governs it too."""
    return not _ANY_VERB.search(last_piece(left)) and not _VERB.search(last_piece(left))
