"""What Vietnamese names are made of: surnames as a prior, and the words and places that are no names."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Surnames of the Kinh and of the peoples of the north, the centre and the highlands. A prior, not a
# gate: behind "đồng chí" or "ông" a name needs no surname from here.
SURNAMES: Final = _words(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Lưu Đoàn Mai Tô Hà
    Cao Lương Thái Chu Châu Tạ Phùng Quách Vương Triệu Tăng Trương Tống Uông Ung Văn Âu An Bạch Bành Cù
    Cung Cấn Doãn Đàm Đào Đậu Đới Đồng Đường Giáp Giang Hàn Khúc Lữ Khổng Khuất Kiều La Lã Lại Lâm Mạch
    Mạc Mã Nghiêm Ngụy Nhữ Ninh Ông Phí Quản Sái Thân Thạch Danh Kim Tiêu Trang Trình Từ Viên Nông Hứa Vi
    Lục Bế Ma Lộc Lường Lò Cầm Quàng Tòng Cà Điêu Đèo Lèng Hạng Giàng Vàng Sùng Thào Cứ Mùa Lầu Hầu Má Vừ
    Tráng Thền Sìn Seo Vì Lèo Tẩn Chảo Phàn Lồ Lỷ Ly Lùng Lù Cháng Chẩu Chẻo Then Thèn Xa Xồng Hờ Hảng
    Phừ Pờ Chang Khoàng Lừu Bàn Đằng Phượng Tằng Chíu Dường Voòng Vầy Y A Rơ Ksor Siu Rah Kpă Kpa Rmah
    Nay Niê Êban Kbuôr Bkrông Puih Rcom Kră Kơ Điểu Lơ Bon Cil Cơ Kon Păng Ka Liêng Blúp Zơ Bloong Bhling
    Alăng Arất Pơloong Ating Hôih Coor Bríu Hốih Chamaléa Katơr Mấu Pi Tà Pinăng Patâu Neáng Chau Lộ Lạc
    Mông Vòng Sỳ Tsằn Ngân Lô Kha Vang Cụt Moong Khăm Xeo Ven Phỉnh Trưng Phìn Lìm
    Ayun Adrơng Rahlan Romah Rơmah Kpuih Hlong Thàn Lìu Nhâm Nhan Phù
    """
)

# Surnames that are as often the first word of a firm or a place ("Công ty Phương Nam"): they open a name of
# three syllables or more.
RARE_SURNAMES: Final = _words(
    """
    Phương Tất Sơn Phú Hạ Thi Quế Hình Chung Diệp Thiệu Tiết Tôn Trà Yên Cảnh Mẫn Nhạc Phi Ưng Ứng Dư Đổng
    Chế Thiều Khiếu Lều Lỗ Nghê Ngũ Ôn Sử Sầm Tần Trác Tưởng Vưu Mùi Nhung Thẩm
    """
)
# Middle names that tell a person by themselves, whatever the surname.
MIDDLE_NAMES: Final = frozenset({"Thị", "Văn"})

# Names of provinces and centrally run cities before and after the mergers of 1 July 2025 (provinces seed):
# they follow a title ("Chủ tịch UBND tỉnh Hà Giang") and look like a person's.
_PROVINCES = (
    "An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, "
    "Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, "
    "Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, "
    "Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, "
    "Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, "
    "Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Huế, "
    "Tiền Giang, Hồ Chí Minh, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái"
)
# As printed otherwise than in the seed.
_OTHER_SPELLINGS: Final = {
    "Bà Rịa": "Bà Rịa - Vũng Tàu",
    "Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "Thừa Thiên - Huế": "Thừa Thiên Huế",
    "Hoà Bình": "Hòa Bình",
    "Khánh Hoà": "Khánh Hòa",
    "Thanh Hoá": "Thanh Hóa",
    "Đăk Lăk": "Đắk Lắk",
    "Đắc Lắc": "Đắk Lắk",
    "Đăk Nông": "Đắk Nông",
    "Bắc Cạn": "Bắc Kạn",
}
# Each spelling of a province with its name in the seed.
PROVINCE_NAMES: Final = {name: name for name in _PROVINCES.split(", ")} | _OTHER_SPELLINGS

# Named after people, and places with people's names: never at a meeting.
NOT_PRESENT: Final = frozenset(
    {"Hồ Chí Minh", "Trần Văn Thời", "Việt Nam", "Trung Quốc", "Hàn Quốc", "Thái Lan"}
)

# Folded words whose capitalised complement is a place or an institution, not a person.
PLACE_WORDS: Final = _words(
    """
    huyện xã phường quận tp thị thành trấn thôn bản làng ấp buôn xóm tổ đường phố quốc lộ ngõ cầu sông
    suối núi đèo hồ đảo vịnh chợ chùa đền đình khu kcn ccn cụm cảng bay ga hầm đập điện máy xưởng viên
    trường sân biển ngã khẩu đỉnh vùng miền đồn tuyến dốc hang động thác bãi ty đoàn hàng học vực
    """
)

# Short forms of institutions that bear a person's or a place's name: "BV Bạch Mai", "THPT Lê Hồng Phong".
INSTITUTIONS: Final = _words(
    "BV ĐH CĐ THPT THCS TH KCN CCN KKT NXB CLB HTX CTCP TNHH QL TL KĐT KDC TTTM XN NM"
)

# Countries in front of a guest's name ("Đại sứ Nhật Bản ...").
COUNTRIES: Final = (
    "Nhật Bản",
    "Hàn Quốc",
    "Trung Quốc",
    "Hoa Kỳ",
    "Ấn Độ",
    "Vương quốc Anh",
    "Liên bang Nga",
    "Thái Lan",
    "Campuchia",
    "Singapore",
    "Australia",
    "Canada",
    "Pháp",
    "Đức",
    "Nga",
    "Lào",
    "Mỹ",
    "Anh",
    "Ý",
    "Italia",
    "Hà Lan",
    "Bỉ",
    "Cuba",
    "Cu Ba",
    "Belarus",
    "Ba Lan",
    "Hungary",
    "Thụy Sĩ",
    "Thụy Điển",
    "Đan Mạch",
    "Na Uy",
    "Phần Lan",
    "Malaysia",
    "Indonesia",
    "Philippines",
    "Myanmar",
    "Brazil",
    "Pakistan",
    "Mông Cổ",
    "Triều Tiên",
    "UAE",
    "Israel",
    "New Zealand",
)
