"""Words that several readers of a meeting's sentence share: offices, quoted titles, a stretch as printed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from include.extract.meetings.page import Page

# The first words of bodies that hold meetings or are met.
OFFICE: Final = (
    r"(?:ubnd|hđnd|btv|bch|ubmttq(?:vn)?|ủy ban|hội đồng|ban|bộ|sở|cục|tổng cục|chi cục|tỉnh ủy|thành ủy|"
    r"huyện ủy|thị ủy|quận ủy|"
    r"đảng ủy|chính phủ|"
    r"quốc hội|thường trực|văn phòng|tỉnh|huyện|thành phố|thị xã|xã|phường|tp|công ty|tập đoàn|ngân hàng|"
    r"hiệp hội|hội(?!\s+(?:nghị|thảo|trường|đồng nhân))|"
    r"liên đoàn|trường|viện|đoàn|mttq|mặt trận|công an|bộ chỉ huy|trung tâm|cơ quan|đảng bộ|liên minh|"
    r"tổng công ty|báo|đài|"
    r"cụm|khối|câu lạc bộ|học viện|chi bộ|quân khu|bộ tư lệnh|kiểm toán|điện lực|bưu điện|"
    r"vcci|tòa án|viện kiểm sát|kho bạc|bảo hiểm|thanh tra|liên hiệp)"
)
QUOTED: Final = re.compile(r"\s*\"([^\"\n]{6,200})\"")

# Between a person or office and what it did.
ADVERBS: Final = r"(?:(?:đã|vừa|vẫn|cùng|cũng|trực tiếp|đồng thời|sẽ|lần lượt|đến|tới)\s+)*"


@lru_cache(maxsize=256)
def name_key(name: str) -> str:
    """The form in which two printings of a name in one article are equal."""
    return " ".join(name.casefold().split())


def printed(page: Page, start: int, end: int) -> str | None:
    """The words between two offsets as printed, without signs around them; null where none are left."""
    text = " ".join(page.body[start:end].split()).strip(" ,;:.-–—“”\"'")
    if text.count("(") != text.count(")"):
        text = text.split("(")[0].strip() if "(" in text else text.replace(")", "")
    return text or None
