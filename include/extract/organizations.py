"""Offices by their full names, each with the province it belongs to, so that one office is one row.

"UBND tỉnh" at a meeting in Lào Cai, "UBND tỉnh Lào Cai" and "Ủy ban nhân dân tỉnh Lào Cai" are one office;
"Bộ Công Thương" is the nation's wherever it is met.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from include.extract.abbreviations import written_out
from include.extract.model import Organization
from include.extract.names import COUNTRIES, PROVINCE_NAMES
from include.extract.places import NATION
from include.extract.text import fold

_NATIONAL = re.compile(
    r"(?:bộ(?!\s+(?:chỉ huy|đội|phận|tư lệnh|môn))|chính phủ|quốc hội|trung ương|nhà nước|"
    r"ủy ban (?:thường vụ )?quốc hội|ủy ban trung ương|"
    r"ban (?:chấp hành|bí thư|kinh tế|tổ chức|tuyên giáo|dân vận|nội chính|tuyên giáo và dân vận|đối ngoại|"
    r"chính sách, chiến lược)(?: trung ương)(?: đảng)?\Z|ban bí thư|"
    r"ban chấp hành trung ương|văn phòng (?:chính phủ|quốc hội|chủ tịch nước|trung ương)|"
    r"thanh tra chính phủ|kiểm toán nhà nước|tổng cục|tòa án nhân dân tối cao|viện kiểm sát nhân dân tối cao|"
    r"quân khu|quân chủng|quân đoàn|bộ tư lệnh|hội đồng dân tộc|ủy ban dân tộc\Z|"
    r"ngân hàng nhà nước(?: việt nam)?\Z|"
    r"(?:.{0,60}\s)?(?:của quốc hội|trung ương|việt nam)\Z)(?!\w)"
)
# Offices of a province that are printed without its name.
_PROVINCIAL = re.compile(
    r"(?:.*\s)?(?:tỉnh|tỉnh ủy)\Z"
    r"|(?:sở|ban quản lý (?:các )?(?:khu|cụm)|cục(?! trưởng)|chi cục|bộ chỉ huy|hải quan|kho bạc)(?!\w)"
)
_NAMED_PROVINCE = re.compile(
    r"(?P<level>\s+(?:tỉnh|thành phố))?\s+(?P<name>"
    + "|".join(sorted((re.escape(fold(name)) for name in PROVINCE_NAMES), key=len, reverse=True))
    + r")\Z"
)
_BY_FOLDED: Final = {fold(name): seed for name, seed in PROVINCE_NAMES.items()}
# In the names of these the province's own word stays unsaid ("Sở Y tế Lào Cai", "Tỉnh ủy Lào Cai") ...
_WITHOUT_LEVEL = re.compile(
    r"(?:sở|cục|chi cục|hải quan|kho bạc|trường|học viện|bệnh viện)(?!\w)|(?:.*\s)?(?:tỉnh ủy|thành ủy)\Z"
)
# ... in the names of these it is said even where the print leaves it out ("UBND Lào Cai").
_WITH_LEVEL = re.compile(
    r"(?:ủy ban nhân dân|hội đồng nhân dân|đoàn đại biểu quốc hội|đảng bộ|ủy ban mặt trận tổ quốc|"
    r"công an)(?!\w)"
)
_LEVEL = re.compile(r"\s+(?P<level>tỉnh|thành phố)\Z")
_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
# No province in any of the seed's vintages: "UBND tỉnh" there is somebody else's.
_ONLY_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng"})
_OF_A_PROVINCE = re.compile(r"(?<!\w)tỉnh(?: ủy)?\Z")
_BELOW = re.compile(r"(?<!\w)(?:huyện|quận|thị xã|xã(?! hội)|phường|thị trấn|huyện ủy|thị ủy|quận ủy)(?!\w)")
_FIRM = re.compile(r"(?:tập đoàn|tổng công ty|công ty|ngân hàng(?! nhà nước)|doanh nghiệp)(?!\w)")
_OF_ANOTHER_STATE = re.compile(
    r"(?:^|.*\s)(?:" + "|".join(re.escape(fold(one)) for one in COUNTRIES) + r")\Z"
)
_OFFICIAL_CASE: Final = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy", "Quận ủy",
    "Đảng ủy", "Ban Thường vụ", "Ban Chấp hành", "Mặt trận Tổ quốc", "Quốc hội", "Chính phủ", "Trung ương",
)  # fmt: skip
_CASED = re.compile("|".join(rf"(?<!\w){fold(one)}(?!\w)" for one in _OFFICIAL_CASE))
_CASE_OF: Final = {fold(one): one for one in _OFFICIAL_CASE}


def respelt(text: str) -> str:
    """Give `text` with tone marks, signs and the capitals of well-known offices as the newer spelling has."""
    folded = fold(text)
    letters = [new.upper() if old.isupper() else new for old, new in zip(text, folded, strict=True)]
    for found in _CASED.finditer(folded):
        letters[found.start() : found.end()] = _CASE_OF[found.group()]
    return "".join(letters)


_TERM = re.compile(r"\s+(?:khóa|nhiệm kỳ)\s+[ivxlc\d].*\Z")
_LOOSE_DASH = re.compile(r"(?<=\w)(?:\s+-\s*|\s*-\s+)(?=\w)")


@lru_cache(maxsize=8192)
def organization_named(printed: str, province: str | None) -> Organization:
    """Give the office that `printed` names at a meeting of `province` (name of the seed, null: the nation's).

    A province printed with the office decides; else an office of the nation is the nation's, and an office
    of a province is that of the meeting's province.
    """
    name = _LOOSE_DASH.sub(" - ", respelt(written_out(printed).strip(" ,.;:-–")))
    name = name.replace("Tổ quốc Việt Nam", "Tổ quốc")
    term = _TERM.search(fold(name))
    name = name if term is None else name[: term.start()]
    name = name[:1].upper() + name[1:]
    folded = fold(name)
    own = None if province == NATION else province
    if _OF_ANOTHER_STATE.match(folded) or _FIRM.match(folded):
        return Organization(name, own if _FIRM.match(folded) else None)
    if _BELOW.search(folded):
        return Organization(name, _home_inside(folded) or own)
    named = _NAMED_PROVINCE.search(folded)
    if named is not None:
        home = _BY_FOLDED[named["name"]]
        return Organization(_with_province(name[: named.start()], home, is_said=bool(named["level"])), home)
    level = _LEVEL.search(name)
    if level is None and _NATIONAL.match(folded):
        return Organization(name, NATION)
    if own in _ONLY_CITIES and _OF_A_PROVINCE.search(folded):
        return Organization(name, None)
    if own is not None and _is_of_a_province(folded, own):
        base = name[: level.start()] if level else name
        return Organization(_with_province(base, own, is_said=level is not None), own)
    return Organization(name, own)


def _is_of_a_province(folded: str, province: str) -> bool:
    """Whether an office printed without a province's name is one of `province` itself."""
    if province in _CITIES and re.search(r"(?:thành phố|thành ủy)\Z", folded):
        return True
    return _PROVINCIAL.match(folded) is not None


def _home_inside(folded: str) -> str | None:
    """A province named at the end of an office below it: "huyện Bát Xát, tỉnh Lào Cai"."""
    found = re.search(r"(?<!\w)tỉnh\s+(?P<rest>[^,]+)\Z", folded)
    return None if found is None else _BY_FOLDED.get(found["rest"].strip())


def _with_province(base: str, province: str, *, is_said: bool) -> str:
    """The full name of a province's office from its bare one: "Hội đồng nhân dân" + "Lào Cai".

    is_said: the print has "tỉnh" or "thành phố" before the province's name.
    """
    folded = fold(base)
    if _WITHOUT_LEVEL.match(folded) or not (is_said or _WITH_LEVEL.match(folded)):
        return f"{base} {province}"
    return f"{base} {'thành phố' if province in _CITIES else 'tỉnh'} {province}"
