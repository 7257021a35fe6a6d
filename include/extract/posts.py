"""A printed chain of posts taken apart: each post with the office it is held in (Popolo: post, organization).

"Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy" is two posts. Degrees, military ranks and
honours are no posts: nobody succeeds to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from include.extract.abbreviations import written_out
from include.extract.organizations import respelt
from include.extract.text import fold
from include.extract.titles import posts_of


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post, written out. organization: as the chain names it, null where it leaves it unsaid.

    is_former: "nguyên", "cựu". is_membership: one of many of the kind ("Ủy viên", "Đại biểu"), which says
    less about its holder than an office does.
    """

    post: str
    organization: str | None
    is_former: bool
    is_membership: bool


_FORMER = re.compile(r"(?:nguyên|cựu)\s+")
_SEVERAL = re.compile(r"các\s+")
_HONOUR = re.compile(
    r"(?:(?:pgs|gs|ts|ths|bs|cn|nsnd|nsưt)(?!\w)|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)|"
    r"phó\s+giáo sư|giáo sư|tiến sĩ|thạc sĩ|"
    r"bác sĩ|luật sư|kỹ sư|kiến trúc sư|chuyên gia|anh hùng|nghệ nhân|nữ tướng|cử tri|công nhân|nông dân|"
    r"doanh nhân|nhà báo|lãnh đạo|đại diện|người phát ngôn|hòa thượng|thượng tọa|linh mục)(?!\w)[ .,:-]*"
)
_RANKS = r"(?:thường trực|phụ trách|chuyên trách|điều hành|thứ nhất|danh dự|dự khuyết)"
_MEMBER = re.compile(
    r"(?P<post>(?:tỉnh|thành|huyện|thị|quận|đảng)\s+ủy\s+viên(?:\s+dự khuyết)?"
    r"|ủy viên(?:\s+(?:dự khuyết|thường trực))?(?:\s+ban\s+(?:thường vụ|chấp hành)(?!\s+trung ương))?"
    r"|thành viên|đại biểu|thường trực(?=\s+(?:tỉnh|thành|huyện|hội đồng)))(?!\w)\s*"
)
_HEAD = re.compile(
    r"(?P<post>(?:quyền\s+|q\.\s*|tân\s+)?(?:phó\s+)?(?:tổng\s+)?(?:"
    r"bí thư|chủ tịch nước|chủ tịch|chủ nhiệm(?:\s+chính trị)?|giám đốc|thư ký|hiệu trưởng|hiệu phó|"
    r"thủ tướng|"
    r"(?:bộ|thứ|cục|vụ|viện|tổng cục|chi cục|chỉ huy|tham mưu|hội|khối|cụm|tổ|trạm|đội|đồn)\s+trưởng|"
    r"chuyên viên|chính trị viên(?:\s+phó)?|"
    r"trưởng\s+(?:ban|đoàn|phòng|khoa|tiểu ban|thôn|bản|cơ quan|đại diện)|"
    r"(?:ban|đoàn|phòng|cục|vụ|viện|chi cục|văn phòng)(?=\s)|"
    r"chánh\s+(?:văn phòng|thanh tra|án)|thanh tra|tư lệnh|chính ủy|biên tập|"
    r"đại sứ(?! quán)|lãnh sự(?! quán)|tham tán|công sứ|thống đốc|thị trưởng|tỉnh trưởng|tổng thống|"
    r"quốc vụ khanh|trưởng)"
    rf"(?:\s+{_RANKS})*)(?!\w)\s*"
)
# "Trưởng Ban Tổ chức Tỉnh ủy": the office's own first word is the last one of the post.
_OFFICE_IN_POST = re.compile(r"(?:ban|đoàn|phòng|khoa|tiểu ban|văn phòng|thanh tra|cục|vụ|viện|chi cục)\Z")
_OFFICE_OF_HEAD = {"bộ trưởng": "Bộ", "thứ trưởng": "Bộ"}
_ALSO = re.compile(r"\s+(?:kiêm(?:\s+nhiệm)?)\s+")
_PARTY_POST = re.compile(r"(?:phó\s+)?bí thư|ủy viên ban (?:thường vụ|chấp hành)")
_PARTY_SEAT = re.compile(r"(?:tỉnh|thành|huyện|thị|quận|đảng)\s+ủy")
# Posts of the state and the party whose office goes without saying.
_ALONE_IN_THE_STATE = {
    "thủ tướng": "Chính phủ",
    "phó thủ tướng": "Chính phủ",
    "tổng bí thư": "Ban Chấp hành Trung ương Đảng",
}
_CENTRE = re.compile(r"(?:ban chấp hành )?trung ương(?: đảng(?! ủy))?(?: cộng sản)?(?: việt nam)?\Z")
# "Phó Chủ tịch huyện": any other word in lower case tells what the holder does ("phụ trách thương mại").
_OFFICE_IN_LOWER_CASE = re.compile(
    r"(?:tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|quận|công ty|tập đoàn|hội|ban|trường|hợp tác xã|"
    r"doanh nghiệp|ngân hàng|khu|phòng|ủy|hội đồng|các|đại biểu)(?!\w)"
)
_CAPITALS = (
    "Bí thư", "Chủ tịch", "Giám đốc", "Tổng", "Thư ký", "Trưởng", "Chủ nhiệm", "Ban", "Đoàn", "Phòng",
    "Văn phòng", "Thường trực", "Thường vụ", "Chấp hành", "Cục", "Vụ", "Viện", "Thủ tướng", "Lãnh sự",
)  # fmt: skip
_CAPITAL = re.compile(
    "|".join(rf"(?<!\w)(?<!tổng )(?<!chi ){fold(one)}(?!\w)" for one in _CAPITALS if one != "Giám đốc")
    + r"|(?<!\w)giám đốc"
)


def _cased(post: str) -> str:
    """ "phó chủ tịch thường trực" as it is printed in decisions: "Phó Chủ tịch Thường trực"."""
    folded = fold(post)
    letters = list(folded)
    for found in _CAPITAL.finditer(folded):
        letters[found.start()] = letters[found.start()].upper()
    cased = "".join(letters)
    cased = re.sub(r"(?<=\w )Trưởng\Z", "trưởng", cased)
    return cased[:1].upper() + cased[1:]


def _split(piece: str) -> HeldPost | None:
    """One post of a chain, written out; null for a degree, a rank, an honour or no post at all."""
    folded = fold(piece)
    several = _SEVERAL.match(folded)
    start = several.end() if several is not None else 0
    former = _FORMER.match(folded, start)
    if former is not None:
        start = former.end()
    while (honour := _HONOUR.match(folded, start)) is not None:
        start = honour.end()
    found = _MEMBER.match(folded, start)
    is_membership = found is not None
    found = found or _HEAD.match(folded, start)
    if found is None:
        return None
    post = found["post"]
    office = respelt(piece[found.end() :].strip(" ,.-–"))
    organization = _member_of(post, office) if is_membership else _office(post, office)
    return HeldPost(_cased(post), organization, former is not None, is_membership)


def _member_of(post: str, office: str) -> str | None:
    """The body that a member sits on: "Tỉnh ủy viên" of "Tỉnh ủy", "Ủy viên Trung ương" of the committee."""
    seat = _PARTY_SEAT.match(post)
    if seat is not None:
        return _respelled(seat.group()) + (f" {office}" if office else "")
    if post.startswith("ủy viên") and _CENTRE.match(fold(office)):
        return "Ban Chấp hành Trung ương Đảng"
    return office or None


def _office(post: str, office: str) -> str | None:
    """The office of a post from the words behind it and from the post's own last word."""
    alone = _ALONE_IN_THE_STATE.get(post)
    if alone is not None:
        return office or alone
    if not office:
        return None
    base = re.sub(rf"(?:\s+{_RANKS})+\Z", "", post)
    own = _OFFICE_IN_POST.search(base)
    first = fold(office)
    if own is not None and not first.startswith(own.group() + " "):
        return _respelled(own.group()) + " " + office[0].upper() + office[1:]
    if office[0].islower() and not _OFFICE_IN_LOWER_CASE.match(office):
        return None
    ministry = _OFFICE_OF_HEAD.get(base.removeprefix("quyền "))
    if ministry is not None and not first.startswith(("bộ ", "văn phòng")):
        return f"{ministry} {office}"
    return office


def _respelled(folded: str) -> str:
    return respelt(folded[:1].upper() + folded[1:])


@lru_cache(maxsize=2048)
def posts_held(title: str) -> tuple[HeldPost, ...]:
    """Give the posts of a printed chain in its order, each once; empty where it names none.

    A party post that names no seat takes the one that the chain names elsewhere: "Ủy viên Ban Thường vụ,
    Trưởng Ban Tổ chức Tỉnh ủy".
    """
    text = _ALSO.sub(", ", written_out(title))
    pieces = [text[start:end].strip(" ,.-–") for start, end in posts_of(fold(text))]
    held = [post for post in map(_split, pieces) if post is not None]
    seat = next((found for post in held if (found := _seat_in(post.organization)) is not None), None)
    seated = (
        replace(post, organization=seat)
        if post.organization is None and _PARTY_POST.match(fold(post.post))
        else post
        for post in held
    )
    return tuple(dict.fromkeys(seated))


def _seat_in(organization: str | None) -> str | None:
    """The party committee in an office's name: "Ban Tổ chức Tỉnh ủy" is of "Tỉnh ủy"."""
    if organization is None:
        return None
    found = _PARTY_SEAT.search(fold(organization))
    return None if found is None else organization[found.start() :]
