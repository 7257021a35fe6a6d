"""Short forms of posts and offices in official use, written out for the dimensions; facts keep the print.

Source: the offices' own names in the laws that set them up (Law on the organization of local government,
Party statute) and the short forms that provincial portals print.
"""

from __future__ import annotations

import re
from typing import Final

# Each short form as printed in capitals; signs between its letters ("NN-PTNT", "KH & ĐT") do not count.
_WRITTEN_OUT: Final = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "ĐBQH": "Đại biểu Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "BTV": "Ban Thường vụ",
    "BCH": "Ban Chấp hành",
    "BCHTW": "Ban Chấp hành Trung ương",
    "BCHTƯ": "Ban Chấp hành Trung ương",
    "UV": "Ủy viên",
    "UVBTV": "Ủy viên Ban Thường vụ",
    "UVTV": "Ủy viên Ban Thường vụ",
    "UBTV": "Ủy viên Ban Thường vụ",
    "TUV": "Tỉnh ủy viên",
    "HUV": "Huyện ủy viên",
    "UVBCH": "Ủy viên Ban Chấp hành",
    "UVTW": "Ủy viên Trung ương",
    "UVTƯ": "Ủy viên Trung ương",
    "UVBCT": "Ủy viên Bộ Chính trị",
    "TW": "Trung ương",
    "TƯ": "Trung ương",
    "BCĐ": "Ban Chỉ đạo",
    "BQL": "Ban Quản lý",
    "UBKT": "Ủy ban Kiểm tra",
    "HĐQT": "Hội đồng quản trị",
    "HĐTV": "Hội đồng thành viên",
    "VKSND": "Viện kiểm sát nhân dân",
    "TAND": "Tòa án nhân dân",
    "CHQS": "Chỉ huy quân sự",
    "BĐBP": "Bộ đội Biên phòng",
    "BHXH": "Bảo hiểm xã hội",
    "NHNN": "Ngân hàng Nhà nước",
    "LĐLĐ": "Liên đoàn Lao động",
    "LHPN": "Liên hiệp Phụ nữ",
    "CCB": "Cựu chiến binh",
    "TNCS": "Thanh niên Cộng sản",
    "HTX": "hợp tác xã",
    "KCN": "khu công nghiệp",
    "KKT": "khu kinh tế",
    "TP": "thành phố",
    "TX": "thị xã",
    "TNHH": "trách nhiệm hữu hạn",
    "CP": "Cổ phần",
    "KHĐT": "Kế hoạch và Đầu tư",
    "NNPTNT": "Nông nghiệp và Phát triển nông thôn",
    "NNMT": "Nông nghiệp và Môi trường",
    "TNMT": "Tài nguyên và Môi trường",
    "LĐTBXH": "Lao động - Thương binh và Xã hội",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch",
    "GDĐT": "Giáo dục và Đào tạo",
    "KHCN": "Khoa học và Công nghệ",
    "TTTT": "Thông tin và Truyền thông",
    "VPCP": "Văn phòng Chính phủ",
    "LĐLĐVN": "Liên đoàn Lao động Việt Nam",
    "GTVT": "Giao thông vận tải",
    "QLTT": "Quản lý thị trường",
    "HCM": "Hồ Chí Minh",
    "TPHCM": "thành phố Hồ Chí Minh",
}
_LETTER = "A-ZĐƯ"
# "KH&ĐT", "LĐ-TB&XH", "VH,TT&DL", "T.Ư", "TP.HCM"; what is no known short form stays as it is.
_SHORT = re.compile(rf"(?<!\w)[{_LETTER}]+(?:(?:\s?&\s?|[-.,/]\s?)[{_LETTER}]+)*(?!\w)\.?")
_SIGNS = re.compile(r"[^\w]+")


def written_out(text: str) -> str:
    """Give `text` with its short forms written out: "Sở KH&ĐT" is "Sở Kế hoạch và Đầu tư"."""
    return " ".join(_SHORT.sub(_long, text).split())


def _long(found: re.Match[str]) -> str:
    printed = found.group()
    whole = _WRITTEN_OUT.get(_SIGNS.sub("", printed))
    if whole is not None:
        return whole + (" " if printed.endswith(".") else "")
    # "HĐND, UBND", "TP.HCM": each part by itself.
    parts = re.split(r"([-.,/&\s]+)", printed)
    if not any(part in _WRITTEN_OUT for part in parts):
        return printed
    return "".join(" " if part == "." else _WRITTEN_OUT.get(part, part) for part in parts)
