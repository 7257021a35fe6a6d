"""Numbers that speak of a part of what was named before, or of the same thing without naming it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from include.extract.quantities import Quantity
from include.extract.rows import Subject
from include.extract.subjects import MONEY_OF
from include.extract.text import Span

# Sub-indices of these keep the index's code, with the sector or group as breakdown (data contract).
INDICES = frozenset({"industrial_production_index", "cpi"})
_SECTOR = re.compile(
    r"(?:các\s)?(?:riêng\s)?(?:ngành|nhóm|công nghiệp|khai khoáng|khai thác|chế biến|sản xuất|cung cấp"
    r"|hàng|dịch vụ"
    r"|may mặc|đồ uống|thiết bị|thuốc|giao thông|bưu chính|giáo dục|văn hóa|nhà ở|lương thực|thực phẩm"
    r"|ăn uống|sản phẩm)"
)
# The four sectors that every report divides the industrial index into, whatever else their names name.
_OF_INDUSTRY = re.compile(
    r"(?:[^.;:]*:)?[^.;:]*?\b(?P<sector>(?:(?:ngành |công nghiệp )*(?:khai khoáng|chế biến|khai thác)"
    r"|(?:sản xuất (?:và |, )*)?phân phối điện"
    r"|cung cấp nước|quản lý và xử lý)\b[^.;:()]*?)\s(?:(?:ước|tiếp tục|vẫn|cũng|là)\s)*"
    r"(?:tăng|giảm|đạt|bằng|có|động lực|dẫn)[^.;:]*\Z"
)
# "Phân theo ngành: công nghiệp chế biến ước đạt 48 tỷ đồng; …": parts of the industry's production value.
_OF_OUTPUT = re.compile(
    r"(?:[^.;:]*:)?\s*(?P<sector>(?:các )?(?:ngành )?công nghiệp\s[^.;:()]*?)"
    r"\s(?:(?:ước|đã|chỉ|cũng)\s)*(?:đạt|được|là|tăng|giảm)\s(?:(?:ước|trên|hơn|gần|khoảng)\s)*\Z"
)
# What is measured otherwise than by its price, though a price report names it too.
_NOT_A_PRICE = re.compile(
    r"sản lượng|diện tích|năng suất|kim ngạch|xuất khẩu|nhập khẩu|giá trị|doanh thu|số lượng"
)
_GROUP = re.compile(r"\b(?:nhóm|mặt hàng|giá)\b")
# A sector's growth is told in value added, which no code of the vocabulary measures.
_WITHOUT_PARTS = frozenset({"grdp", "gdp"})
# A sector's share of the economy is an indicator of its own.
_KIND = r"(?:các )?(?:khu vực |ngành |lĩnh vực |nhóm |khối )*"
_SECTORS = (
    (re.compile(rf"{_KIND}(?:i\b|nông|(?:ngư|lâm)(?:,| -|-))"), "structure_agriculture"),
    (
        re.compile(rf"{_KIND}(?:ii\b|công nghiệp(?: và|,| -|-) ?xây dựng)"),
        "structure_industry_construction",
    ),
    (
        re.compile(rf"{_KIND}(?:iii\b|(?:thương mại(?: và|,| -|-) ?)?dịch vụ)"),
        "structure_services",
    ),
)
# "Phân theo ngành: …; ngành dịch vụ chiếm 36%": the share of a group is of the whole spoken of.
_GROUPED = re.compile(
    r"(?:các )?(?:ngành|khu vực|lĩnh vực|nhóm|khối|thành phần|loại hình|kinh tế|nguồn vốn)\b"
)
# Who owns what is measured: a part of any sum spoken of before, and no thing of its own.
_OWNERS = re.compile(
    r"(?:(?:các )?(?:khu vực|thành phần|lĩnh vực|loại hình|khối|bộ phận|doanh nghiệp|công nghiệp|kinh tế"
    r"|vốn)\s){1,3}"
    r"(?:trong nước|ngoài nhà nước|ngoài quốc doanh|nhà nước|tư nhân|tập thể|cá thể|dân doanh"
    r"|(?:có )?(?:vốn )?(?:đầu tư )?(?:trực tiếp )?(?:của )?nước ngoài|fdi|trung ương|địa phương)"
    r"(?:\s(?:quản lý|trung ương))?"
)
_HAS_A_SHARE = re.compile(r"\bchiếm\s(?:(?:tỷ lệ|tỷ trọng|gần|hơn|trên|khoảng)\s)*\Z")
_OPENS_PARTS = re.compile(r"\b(?:trong đó|bao gồm|gồm|riêng|cụ thể|trong số (?:đó|này)|trong tổng số)\b")
# "đàn dê tăng 6,4% lên 34.700 con", "giảm 140 hộ, xuống còn 910 hộ": where the number before has come to.
_NEW_LEVEL = re.compile(
    r"\A[\s,]*(?:(?:đã|và|qua đó|nâng|đưa)\s)*"
    r"(?:lên|xuống|còn|lên tới|lên thành|nâng lên|xuống còn|lên đến)\s"
    r"(?:(?:mức|tới|còn|gần|hơn|trên|khoảng)\s)*\Z"
)
_THIS = re.compile(
    r"\b(?:chỉ số|con số|tỷ lệ|kết quả|mức|tốc độ|kim ngạch|sản lượng|doanh thu|nguồn thu)\s(?:này|trên)\b"
)
# "… đô thị đạt 99%, khu vực nông thôn đạt 95%": the same thing elsewhere.
_ELSEWHERE = re.compile(
    r"(?:ở |tại )?(?:khu vực |vùng )?(?:nông thôn|thành thị|đô thị|miền núi|đồng bằng|ven biển"
    r"|dân tộc thiểu số)"
    r"|(?:các )?(?:địa phương|tỉnh|huyện|vùng|khu vực) (?:phía |miền |vùng )?"
    r"(?:bắc|nam|trung|đông|tây|núi|xuôi|cao|thấp|ven biển|đồng bằng|duyên hải)"
)
# An area in brackets behind a name, after things that have areas: "Long Hậu 2 (75ha)".
_AREA_OF = {
    "industrial_clusters": "industrial_cluster_area",
    "industrial_parks": "industrial_park_area",
    "export_processing_zones": "export_processing_zone_area",
}
# What a share of these things is a rate of its own of: "còn 4.806 hộ nghèo, chiếm 1,5%".
_RATES = {"nợ xấu": "bad_debt_rate", "hộ cận nghèo": "near_poverty_rate", "hộ nghèo": "poverty_rate"}
# "giảm 3% (540 hộ)": the households that the rate is of.
_COUNTS_OF = {"poverty_rate": "poor_households"}
_CORRESPONDS = re.compile(r"\b(?:tương ứng|tương đương|hay)\s(?:(?:với|từ|khoảng|gần|hơn|trên)\s)*\Z")
_IN_BRACKET = re.compile(r"\([^()]*\Z")
_IS_A_SHARE = re.compile(
    r"(?:chiếm|tỷ lệ|tương ứng|tương đương|bằng|\()\s*(?:(?:tỷ lệ|tỷ trọng)\s)?(?:gần|hơn|trên|khoảng)?\s*\Z"
)
# "chiếm 31% so với tổng số hộ nghèo toàn tỉnh": a share of all such things, not their rate.
_OF_ALL_OF_THEM = re.compile(
    r"\s*(?:(?:so với|trong|của|trên)\s)?(?:tổng\s)?(?:số\s)(?:các\s)?hộ\s(?:cận\s)?nghèo"
)
_CAPITAL = frozenset(
    {
        "vốn",
        "số vốn",
        "tổng vốn",
        "tổng số vốn",
        "vốn đầu tư",
        "tổng vốn đầu tư",
        "vốn đăng ký",
        "số vốn đầu tư",
    }
)
_HAVE_CAPITAL = frozenset({*MONEY_OF, *MONEY_OF.values()})
_WHOSE = (
    (re.compile(r"(?:vốn )?(?:đầu tư )?(?:trực tiếp )?(?:fdi|nước ngoài)"), "fdi_registered_capital"),
    (re.compile(r"(?:vốn )?(?:đầu tư )?(?:trong nước|ddi)"), "registered_capital"),
)
_TOURISM = frozenset({"tourist_arrivals", "international_arrivals", "tourism_revenue"})
_MEASURED = frozenset({"area", "mass", "volume", "energy"})
# Sums whose parts have names of their own that no indicator covers.
_SUMS = frozenset({"retail_sales", "services_output", "tourism_revenue", "livestock_herd"})
_GROWTH = ("grdp", "gdp")
_BRACKETED = re.compile(r"\(\s*(?:diện tích|rộng|quy mô|có diện tích)?\s*(?:gần|hơn|trên|khoảng)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a number whose subject is to be settled.

    left, right: folded words of its sentence since the number before and up to the next. before: subject
    of that number; earlier: the last indicator of the paragraph (or of a bullet list's head). told: the
    codes spoken of before, the nearest first. a_place: whether the words found name no more than a place.
    last: the article's last indicator. named: the folded name of what `before` is. parts: whether the
    sentence, or the bracket that the number stands in, opens with "trong đó".
    """

    left: str
    right: str
    start: int
    before: Subject | None
    earlier: Subject | None
    told: Sequence[str]
    a_place: bool
    last: Subject | None
    named: str
    parts: bool


def _is_nameless(subject: Subject, quantity: Quantity) -> bool:
    return quantity.start <= subject.name.start < quantity.end and quantity.kind != "counted"


def _sector_of(whole: Subject, found: re.Match[str], around: Context) -> Subject:
    """The part of the whole that the group `sector` names, found in the words before the number."""
    start, end = found.span("sector")
    return replace(whole, breakdown=Span(around.start + start, around.start + end), listed=True)


def _of_industry(quantity: Quantity, around: Context, whole: Subject | None) -> Subject | None:
    if whole is None or (whole.code is None and not whole.listed):
        whole = around.last
    if whole is None or whole.code != "industrial_production_index" or quantity.kind != "percent":
        return None
    item = around.left.rfind(";") + 1
    found = _OF_INDUSTRY.match(around.left, item)
    if found is None or "giá trị" in around.left or "tỷ trọng" in around.left:
        return None
    return _sector_of(whole, found, around)


def _of_output(quantity: Quantity, around: Context) -> Subject | None:
    """A sector's part of the industrial production value that the text spoke of last."""
    whole = around.last
    if whole is None or whole.code != "industrial_output" or quantity.kind != "money":
        return None
    found = _OF_OUTPUT.match(around.left, around.left.rfind(";") + 1)
    if found is None or "giá trị" in around.left:
        return None
    return _sector_of(whole, found, around)


def _of_prices(
    subject: Subject, quantity: Quantity, around: Context, whole: Subject | None
) -> Subject | None:
    """A good's part of the consumer price index, also where the good is an indicator of its own elsewhere."""
    if (whole is None or whole.code is None) and _GROUP.search(around.left):
        whole = around.last  # "Ba nhóm hàng giảm giá gồm: nhóm …" in a new paragraph
    if (
        whole is None
        or whole.code != "cpi"
        or quantity.kind != "percent"
        or subject.code in ("cpi", *_GROWTH)
    ):
        return None
    if _is_nameless(subject, quantity) or _NOT_A_PRICE.search(around.left):
        return None
    return replace(whole, breakdown=subject.name, listed=True)


def _as_a_rate(subject: Subject, quantity: Quantity, around: Context) -> Subject:
    if _OF_ALL_OF_THEM.match(around.right):
        return subject
    rate = next((code for words, code in _RATES.items() if words in around.named), None)
    if rate is None or quantity.kind not in ("percent", "point") or not _IS_A_SHARE.search(around.left):
        return subject
    return replace(subject, code=rate)


def _households(subject: Subject, quantity: Quantity, whole: Subject | None, around: Context) -> str | None:
    """The code of the households that a rate told before a bracket is of: "giảm 3% (540 hộ)"."""
    if quantity.unit_code != "HOUSEHOLD" or subject.code is not None or whole is None:
        return None
    beside = _IN_BRACKET.search(around.left) or _CORRESPONDS.search(around.left)
    return _COUNTS_OF.get(whole.code or "") if beside else None


def _of_tourism(subject: Subject, around: Context) -> Subject:
    """Revenue told after visitors is tourism's: "đón 2,3 triệu lượt khách. Tổng doanh thu đạt …"."""
    visited = bool(around.told) and around.told[0] in _TOURISM
    return (
        replace(subject, code="tourism_revenue")
        if visited and subject.code == "enterprise_revenue"
        else subject
    )


def _of_all(subject: Subject, quantity: Quantity, around: Context) -> Subject:
    """Capital in dong after projects of both kinds is not the foreign ones' alone."""
    foreign = subject.code == "fdi_registered_capital" and quantity.unit_code == "VND"
    both = {"investment_projects", "investment_projects_new"}.intersection(around.told)
    return replace(subject, code="registered_capital") if foreign and both else subject


def _of_whom(subject: Subject, quantity: Quantity, words: str, around: Context) -> Subject:
    """Whose capital, told by "FDI" or "trong nước" alone: "vốn đăng ký …, trong đó FDI là 2 tỷ USD"."""
    if quantity.kind != "money" or not any(code in _HAVE_CAPITAL for code in around.told):
        return subject
    code = next((code for named, code in _WHOSE if named.fullmatch(words)), None)
    return replace(subject, code=code, listed=True) if code else subject


def _of_foreigners(subject: Subject, quantity: Quantity, around: Context) -> Subject:
    """Dollars of a part of foreign capital: "FDI đạt 9 triệu USD. Trong đó, 2 dự án với 5 triệu USD"."""
    capital = subject.code == "registered_capital" and quantity.unit_code == "USD"
    told = next((code for code in around.told if code in _HAVE_CAPITAL), "")
    foreign = told.startswith("fdi_")
    return (
        replace(subject, code="fdi_registered_capital") if capital and foreign and around.parts else subject
    )


def opens_parts(text: str, aside: Span | None) -> bool:
    """Whether a bracket opens with "trong đó" or the like, so that the numbers in it are of parts."""
    return aside is not None and _OPENS_PARTS.match(text, aside.start + 1) is not None


def _generic_capital(subject: Subject, quantity: Quantity, words: str, around: Context) -> Subject:
    """ "vốn", "số vốn" alone: the capital of what was counted or told of before."""
    if (
        subject.code is not None
        or words not in _CAPITAL
        or quantity.kind not in ("money", "percent", "times")
    ):
        return subject
    code = next((MONEY_OF.get(code, code) for code in around.told if code in _HAVE_CAPITAL), None)
    return replace(subject, code=code, listed=True) if code else subject


def settle(
    subject: Subject,
    quantity: Quantity,
    words: str,
    around: Context,
    fits: Callable[[str | None, Quantity], bool],
) -> Subject:
    """The subject of a number whose own words are no indicator's name, seen with what was named before.

    words: the subject's own, folded. A part keeps the whole's code and becomes its breakdown.
    """
    whole = around.before or around.earlier
    if whole is None and _THIS.search(around.left):
        whole = around.last  # "con số trên giảm 78%", in a new paragraph
    elif whole is None and _OWNERS.fullmatch(words):
        whole = around.last
    elif whole is None and quantity.kind in _MEASURED and _is_nameless(subject, quantity):
        whole = around.last  # "đã thực hiện được 220 ha"
    subject = _of_tourism(_generic_capital(subject, quantity, words, around), around)
    subject = _of_foreigners(_of_whom(subject, quantity, words, around), quantity, around)
    if (count := _households(subject, quantity, whole, around)) is not None:
        return replace(subject, code=count)
    part = _of_industry(quantity, around, whole) or _of_output(quantity, around)
    if part := part or _of_prices(subject, quantity, around, whole):
        return part
    a_part = around.parts and subject.code is None and whole is not None and whole.code in _SUMS
    if around.before is not None and _NEW_LEVEL.search(around.left) and fits(around.before.code, quantity):
        return around.before
    if subject.code is not None or (subject.listed and not a_part) or whole is None or whole.code is None:
        return _as_a_rate(_of_all(subject, quantity, around), quantity, around)
    if quantity.kind == "area" and _BRACKETED.search(around.left):
        area = _AREA_OF.get(whole.code, whole.code)
        return Subject(area, whole.name, subject.name) if area in _AREA_OF.values() else subject
    return _goes_on_with(whole, subject, quantity, words, around, fits)


def _of_the_economy(whole: Subject, quantity: Quantity, words: str, around: Context) -> str | None:
    """The code of a sector's share of the economy: "GRDP …, khu vực dịch vụ chiếm 41%"."""
    spoken_of = whole.code in _WITHOUT_PARTS or (whole.code or "").startswith("structure_")
    if not spoken_of or quantity.kind != "percent" or not _HAS_A_SHARE.search(around.left):
        return None
    return next((code for named, code in _SECTORS if named.match(words)), None)


def _goes_on_with(
    whole: Subject,
    subject: Subject,
    quantity: Quantity,
    words: str,
    around: Context,
    fits: Callable[[str | None, Quantity], bool],
) -> Subject:
    """The whole itself, a part of it, or the subject as it is."""
    if not fits(whole.code, quantity):
        return subject
    if _is_nameless(subject, quantity) or around.a_place or _THIS.search(around.left):
        return whole
    if _ELSEWHERE.fullmatch(words):
        return replace(whole, breakdown=subject.name)
    if (structure := _of_the_economy(whole, quantity, words, around)) is not None:
        return replace(subject, code=structure, listed=True)
    if whole.code in _WITHOUT_PARTS:
        return subject
    if _OWNERS.fullmatch(words) and quantity.kind in ("percent", "money"):
        return replace(whole, breakdown=subject.name)
    item = around.left[around.left.rfind(";") + 1 :]
    share = quantity.kind == "percent" and _GROUPED.match(words) and _HAS_A_SHARE.search(around.left)
    sector = whole.code in INDICES and quantity.kind == "percent" and _SECTOR.match(words)
    listed = around.before is not None and around.before.breakdown is not None
    listed = listed and (around.parts or ";" not in around.left)
    a_part = around.parts and whole.code in _SUMS
    if sector or share or _OPENS_PARTS.search(item) or listed or a_part:
        return replace(whole, breakdown=subject.name)
    return subject
