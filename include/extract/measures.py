"""What a number measures: an amount, a change, a share, the attainment of a plan, a rank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from include.extract.cues import Closing, Cued
from include.extract.quantities import Quantity

# "dt" is short for "dự toán", and for "diện tích".
_PLAN = (
    r"(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu|nghị quyết|kh(?!\w)|định mức"
    r"|dt(?!\w)(?!\s(?:đất|gieo|lúa|rừng|thu hoạch|trồng)))"
)
_PLAN_AFTER = re.compile(rf"\s*(?:so (?:với|cùng)?\s?|với\s|của\s)?(?:tổng\s|cả\s|số\s)*{_PLAN}")
_PLAN_BEFORE = re.compile(
    rf"(?:vượt|hụt|đạt|bằng|so|so với|thực hiện)\s(?:so với\s)?{_PLAN}[^,;%(]{{0,50}}\Z"
)
# "đạt 87% (kế hoạch 20.000 tỷ đồng)".
_PLAN_IN_BRACKET = re.compile(rf"\s*\({_PLAN}")
_ATTAINS = re.compile(r"\b(?:đạt|bằng)\s(?:(?:gần|hơn|trên|khoảng)\s)*\Z")
# "kế hoạch đề ra là 7,9%": the plan's own number.
_PLAN_IS = re.compile(rf"{_PLAN}[^,;%(]{{0,50}}\slà\s(?:\w+\s)?\Z")
# The plan's own number behind it: "so với chỉ tiêu được giao (38%)".
PLAN_TOLD = Closing(rf"{_PLAN}[^();%]{{0,120}}\(\s*(?:gần|hơn|trên|khoảng)?\s*\Z")
_BEYOND = re.compile(r"vượt|tăng|cao hơn")
_SHORT = re.compile(r"giảm|hụt|thấp hơn|thiếu")
# Nouns and phrases with tăng or giảm in them that say nothing of a change.
_NO_VERB = Cued(
    r"(?:giá trị|vốn|mới và|đăng ký|điều chỉnh) (?:tăng thêm|gia tăng)|vốn (?:\w+ ){1,3}tăng thêm"
    r"|(?:điều chỉnh|đăng ký) tăng vốn|tăng cường|giảm nghèo|giảm thiểu|tăng ca(?!o)|giảm sâu hơn"
)
_VERB = Cued(
    r"(?P<down>sụt giảm|giảm|thấp hơn|âm(?= \d)|hụt|ít hơn|tụt|xuống)|(?P<up>tăng|thêm|cao hơn|nhiều hơn"
    r"|vượt|lên(?= \d))"
)
_TO = re.compile(r"\b(?:lên|còn|xuống|tới|đến|đạt|là|ở mức|thành)\b")
# "giảm còn 1,2%", "tăng lên 5.000 tỷ": where the change has come to.
_REACHES = re.compile(
    r"(?:\b(?:còn|xuống|lên|thành)|\b(?:lên|xuống|còn) (?:đến|tới|mức|ở mức|còn)|\bđạt(?: mức)?)\s"
    r"(?:(?:khoảng|gần|hơn|trên|dưới|xấp xỉ|mức|chỉ|bình quân)\s)*\Z"
)
# What the number compares with may stand between: "cao hơn dự toán năm 2021 là 4.000 tỷ đồng".
_OVER_SOMETHING = re.compile(
    r"\s(?:so với )?(?:cùng kỳ|năm (?:trước|ngoái)|tháng trước)(?: năm (?:trước|ngoái))?\s"
    r"(?:(?:gần|hơn|trên)\s)?\Z"
    r"|\s(?!(?:đạt|với|còn|có|lên|xuống)\s)[^\W\d][^,;]{0,50}?\s(?:là|khoảng|gần|hơn|trên|tới|đến|\d{4})\s\Z"
)
# Words of a plan right behind the number before are that number's: "bằng 63% so với chỉ tiêu và giảm 8%".
_PLAN_OF_BEFORE = re.compile(
    rf"\A\s+(?:so (?:với|cùng)?\s?|với\s|của\s)?(?:tổng\s|cả\s|số\s)*{_PLAN}[^,;()]*?(?=[,;(]|\svà\s)"
)
# "tăng ở mức 8,2%" and "giảm tới 3%" are changes, "tăng lên mức 8,2%" is where it has come to.
_AT_LEVEL = re.compile(r"\s(?:ở mức\s|tới\s(?:(?:gần|hơn|trên)\s)?\Z)")
_SHARE = re.compile(r"chiếm|tỷ trọng|đóng góp|tương đương|cơ cấu")
_DIRECT = re.compile(
    r"\s*(?:giá\s|sản lượng\s|diện tích\s|năng suất\s|doanh thu\s)?"
    r"(?:thêm|được|gần|hơn|trên|khoảng|xấp xỉ|dưới|tới|mạnh|nhẹ|ròng|là|bình quân|lần lượt|tương ứng)*\s*"
    r"(?:\w+\s)?\Z"
)
_SAME_PERIOD_AFTER = re.compile(
    r"\s*(?:so với |so |với )?(?:mức )?(?:tháng |quý )?(?:cùng kỳ|(?:năm|tháng|quý) (?:trước|ngoái|20))"
)
_SAME_PERIOD_BEFORE = re.compile(r"\bso (?:với )?(?:thời điểm )?cùng kỳ[^;%]{0,100}\Z")
_ANY_VERB = re.compile(
    r"tăng|giảm|đạt|chiếm|bằng|là|còn|có|được|lên|gấp|vượt|hoàn thành|thực hiện|ở mức|đóng góp"
)
_FROM = Closing(r"\btừ\s(?:(?:mức|khoảng|gần|hơn|trên|dưới)\s)*\Z")
_ONWARD = re.compile(r"[^.;]{0,60}?(?<!trở )\b(?:lên|xuống|còn|đến|tới|thành)\b")
_PIECE_SIGNS = ",;:("
_PIECE_WORDS = (" - ", " nhưng ", " song ", " trong khi ", " tuy nhiên ")
# "đã giảm so với đầu năm và hiện chiếm 1,3%": the verb of change is not this number's.
_TURNS = re.compile(r"\svà\s(?=(?:hiện|mới|chỉ|đã|nay)?\s?(?:chiếm|đạt|là|ở mức|còn)\s)")
# "tăng mạnh, hơn 1%": a comma between the verb and its number.
_VERB_APART = re.compile(
    r"\b(?P<verb>tăng|giảm) (?:mạnh|cao|nhẹ|sâu|khá|thấp)(?: nhất)?,\s"
    r"(?:(?:chỉ|gần|hơn|trên|khoảng|tới|đạt)\s)*\Z"
)
# "tốc độ tăng trưởng của nhóm ngành nông, lâm nghiệp và thủy sản đạt 7,2%": over the commas of a name.
_GROWTH_OF = re.compile(
    r"\btốc độ tăng(?: trưởng)?\s[^;:.()%\d]{0,90}\s(?:đạt|là)\s(?:(?:gần|hơn|trên|khoảng|bình quân)\s)*\Z"
)
# "Các mặt hàng tăng là sản phẩm nhựa (64%), giày (11%)": the verb stands before the list.
_LISTED_CHANGE = re.compile(
    r"\b(?P<verb>tăng|giảm)(?:\s(?:trưởng|mạnh|cao|nhiều|nhất|khá|giá|sâu|là|gồm|như|có|:))*"
    r"(?:\s(?:là|gồm|như|có)|:)\s[^;.]{3,160}\(\s*(?:(?:gần|hơn|trên|khoảng)\s)?\Z"
)
# The sign of a change is printed where no verb tells it: "giảm 24 vụ (-67%)".
_PRINTED_SIGN = re.compile(r"[(\s]([-+])\Z")
_ALL_NEW = re.compile(r"\s(?:[^\W\d]+\s){0,2}mới\b")
# "kết nạp thêm 120 đảng viên": all that the time brought, unless it is set against another time.
_ADDS = re.compile(
    r"\b(?:công nhận|kết nạp|trồng|cấp|thu hút|giao|lắp|lắp đặt|xây|xây dựng|thành lập|giải quyết|hỗ trợ"
    r"|đã|phê duyệt|khởi công|hoàn thành|mở|trao|đưa vào|thẩm định|bố trí|huy động)\s(?:được\s)?thêm\s"
    r"(?:(?:gần|hơn|trên|khoảng|được|ít nhất|từ)\s)*\Z"
)
_COMPARES = re.compile(r"[^,;.]{0,40}\bso (?:với|cùng)\b|[^,;.]{0,30}\bnữa\b")
_NEW_THINGS = frozenset({"new_enterprises", "resumed_enterprises", "investment_projects_new", "fdi_projects"})
# What is told in per cent by its nature.
_RATE = re.compile(r"tỷ lệ|tổn thất|lãi suất|lạm phát|công suất (?:sử dụng )?(?:phòng|buồng)|độ phủ|bao phủ")
# "67/95 trung tâm hoạt động tốt, đạt tỷ lệ 71%": the share that the count is.
_WITH_A_RATE = re.compile(r"(?:đạt|chiếm|với|tương ứng) tỷ lệ\s(?:\w+\s)?\Z")
_GROWTH_NAMES = frozenset({"grdp", "gdp"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with the number it makes of the printed one, signed; unit as the contract wants it."""

    measure: str
    value: float
    high: float | None
    unit_code: str


@lru_cache(maxsize=64)  # the rules of one number ask again and again about the same words
def last_piece(left: str) -> str:
    """The words before a number back to the last comma, colon, bracket or dash (decimal commas apart)."""
    cut = 0
    for sign in _PIECE_SIGNS:
        at = left.rfind(sign, cut)
        while at >= 0 and left[at + 1 : at + 2].isdecimal():
            at = left.rfind(sign, cut, at)
        if at >= 0:
            cut = at + 1
    for word in _PIECE_WORDS:
        at = left.rfind(word, cut)
        if at >= 0:
            cut = at + len(word)
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
    told = PLAN_TOLD.search(left)
    left = _PLAN_OF_BEFORE.sub("", left)
    piece = last_piece(left)
    if _PLAN_AFTER.match(right) or (_PLAN_BEFORE.search(left) and not _PLAN_IS.search(left)):
        return _of_plan(quantity, piece)
    if told:
        return _signed(quantity, "level" if own_unit in ("PERCENT", None) else "share_pct", down=False)
    piece = _TURNS.split(piece)[-1]
    # "tỷ lệ hộ nghèo giảm đạt 4,2%": by how much, not to where.
    piece = piece.replace("tăng đạt", "tăng").replace("giảm đạt", "giảm")
    if sign := _PRINTED_SIGN.search(left):
        return _signed(quantity, "change_pct", sign.group(1) == "-")
    if listed := _LISTED_CHANGE.search(left):
        return _signed(quantity, "change_pct", listed["verb"] == "giảm")
    if (apart := _VERB_APART.search(left)) or _GROWTH_OF.search(left):
        return _signed(quantity, "change_pct", apart is not None and apart["verb"] == "giảm")
    verb = None if _sets_out(piece, right, quantity) else _verb(piece)
    compared = re.match(r"\s*so\s", right)
    if verb and not compared and _REACHES.search(piece[verb.start() :]) and _is_rate(own_unit, code, left):
        verb = None
    if verb is not None:
        reached = _TO.search(piece[verb.end() :]) and not re.search(
            r"tăng trưởng|tốc độ|mức tăng|mức giảm", piece
        )
        at_level = _AT_LEVEL.match(piece, verb.end())
        if at_level or not (reached and own_unit == "PERCENT"):
            return _signed(quantity, "change_pct", verb.lastgroup == "down")
        return _signed(quantity, "level", down=False)
    return _of_the_thing(quantity, left, right, own_unit, code)


def _of_the_thing(
    quantity: Quantity, left: str, right: str, own_unit: str | None, code: str | None
) -> Measured:
    """A percentage that no verb of change governs: the thing's own rate, or a share."""
    piece = last_piece(left)
    counted = own_unit not in ("PERCENT", "RANK", None) and code not in _GROWTH_NAMES
    if counted and _PLAN_IN_BRACKET.match(right) and _ATTAINS.search(piece):
        return _of_plan(quantity, piece)
    same = _SAME_PERIOD_AFTER.match(right) or _SAME_PERIOD_BEFORE.search(left)
    if same and "bằng" in piece and own_unit != "PERCENT":
        return Measured("change_pct", round(quantity.value - 100, 6), None, "PERCENT")
    if _SHARE.search(piece) or (not _ANY_VERB.search(piece) and _SHARE.search(left)):
        return _signed(quantity, "level" if own_unit == "PERCENT" else "share_pct", down=False)
    if code in _GROWTH_NAMES:
        return _signed(quantity, "change_pct", down=False)
    if code == "public_investment_disbursed":
        return _signed(quantity, "plan_pct", down=False)  # what is paid out is paid out of the year's plan
    named = _RATE.search(left) if not _WITH_A_RATE.search(left) else None
    rate = own_unit in ("PERCENT", "RANK") or (own_unit is None and named is not None)
    return _signed(quantity, "level" if rate else "share_pct", down=False)


def _is_rate(own_unit: str | None, code: str | None, left: str) -> bool:
    """Whether a percentage that a change has come to can be the thing's own: not the growth of a sum."""
    if code in _GROWTH_NAMES or re.search(r"tăng trưởng|tốc độ|mức tăng|mức giảm|\bđạt\s\Z", left):
        return False
    return own_unit not in ("VND", "USD", "TONNE", "KILOWATT_HOUR") or "tỷ trọng" in left


def _amount(quantity: Quantity, left: str, right: str, code: str | None) -> Measured:
    """A level, or a change in the thing's own unit where the verb stands right before the number."""
    verb = None if _sets_out(left, right, quantity) else _verb(last_piece(left))
    after = last_piece(left)[verb.end() :] if verb is not None else ""
    direct = quantity.kind == "point" or _DIRECT.match(after)
    if verb is not None and verb.group() == "thêm" and (code in _NEW_THINGS or _ALL_NEW.match(right)):
        direct = None  # "có thêm 109 doanh nghiệp thành lập mới": all of them are new
    if verb is not None and verb.group() == "thêm" and _ADDS.search(left) and not _COMPARES.match(right):
        direct = None
    if quantity.unit_code == "CRITERION" and quantity.out_of is not None:
        direct = None  # "đạt và vượt 18/19 chỉ tiêu"
    if verb is not None and (verb.group().endswith(" hơn") or verb.group() == "vượt"):
        direct = direct or _OVER_SOMETHING.match(after)
    if verb is not None and direct and not _REACHES.search(after):
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
    return _amount(quantity, left, right, code)


def is_elliptic(left: str) -> bool:
    """Whether the words before a number have no verb, so that the verb before governs it too."""
    return not _ANY_VERB.search(last_piece(left)) and not _VERB.search(last_piece(left))
