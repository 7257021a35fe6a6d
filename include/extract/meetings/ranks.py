"""How high an office stands, so that an order going down is told from a request going up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from include.extract.text import fold
from include.extract.titles import organization_of

NATION_TOP: Final = 5
MINISTRY: Final = 4
PROVINCE: Final = 3
DEPARTMENT: Final = 2
COMMUNE: Final = 1
PRIVATE: Final = 0

# The first that begins the words decides (Constitution of 2013, chapters V to IX: the nation, its
# ministries, provinces, districts and departments, communes; firms and citizens order nobody).
_BODIES = (
    r"(?:thường trực|ban thường vụ|ban chấp hành|lãnh đạo|chính quyền|đảng bộ|ubnd|hđnd|ủy ban nhân dân|"
    r"hội đồng nhân dân|đoàn đại biểu quốc hội|đoàn đbqh|ban cán sự đảng|văn phòng|các|cấp ủy|đại diện|phía)"
)
_PRIVATE_BODIES = (
    r"(?:tổng\s+)?công ty|tập đoàn|doanh nghiệp|hợp tác xã|htx|hộ|người dân|cử tri|công dân|nông dân|"
    r"nhà đầu tư|chủ đầu tư|nhà thầu|ngân hàng(?! nhà nước)|cơ sở|hiệp hội|hội|chủ tàu|bà con|bệnh viện|"
    r"trường"
)
_TOP_BODIES = (
    r"thủ tướng|chính phủ|quốc hội|trung ương|tw|bộ chính trị|chủ tịch nước|ban bí thư|"
    r"ủy ban thường vụ quốc hội|đảng và nhà nước|đảng, nhà nước|cấp trên"
)
_MINISTRIES = (
    r"bộ(?!\s+(?:chỉ huy|đội|phận|máy|môn))|tổng cục|ủy ban dân tộc|kiểm toán nhà nước|"
    r"ngân hàng nhà nước(?! (?:tỉnh|chi nhánh))|ngân hàng thế giới|thanh tra chính phủ"
)
_RANKS: Final = (
    (PRIVATE, _PRIVATE_BODIES),
    (NATION_TOP, _TOP_BODIES),
    (MINISTRY, _MINISTRIES),
    (DEPARTMENT, r"huyện|quận|thị xã|huyện ủy|thị ủy|quận ủy|sở|ngành|cục|chi cục|công an|ban|kho bạc|bhxh"),
    (COMMUNE, r"xã|phường|thị trấn|phòng|thôn|bản|đơn vị|địa phương|cơ quan|trung tâm|hội đồng"),
    (PROVINCE, r"tỉnh|thành phố|tp|tỉnh ủy|thành ủy|thủ đô"),
)
_RANK_OF: Final = tuple((rank, re.compile(rf"(?:{_BODIES}\s+)*(?:{words})(?!\w)")) for rank, words in _RANKS)
_STATESMAN = re.compile(r"(?:phó\s+)?thủ tướng|tổng bí thư|chủ tịch nước|(?:phó\s+)?chủ tịch quốc hội")
_MINISTER = re.compile(r"(?:bộ|thứ)\s+trưởng")


@lru_cache(maxsize=4096)
def rank_of_office(words: str) -> int | None:
    """Give the rank of the office that `words` begin with, null where they name none."""
    folded = fold(words).lstrip(" ,:-")
    for rank, pattern in _RANK_OF:
        if pattern.match(folded):
            return rank
    return None


@lru_cache(maxsize=4096)
def rank_of_person(title: str | None) -> int | None:
    """Give the rank of the office in which a chain of posts places its holder, null where it tells none."""
    if title is None:
        return None
    folded = fold(title)
    if _STATESMAN.search(folded):
        return NATION_TOP
    if _MINISTER.search(folded):
        return MINISTRY
    office = organization_of(title)
    return None if office is None else rank_of_office(office)
