"""One office has one full name and one home, however it is printed."""

from __future__ import annotations

import pytest

from include.extract.abbreviations import written_out
from include.extract.organizations import organization_named


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UBND, HĐND tỉnh", "Ủy ban nhân dân, Hội đồng nhân dân tỉnh"),
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở KH-ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở NN & PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Bộ LĐ-TB&XH", "Bộ Lao động - Thương binh và Xã hội"),
        ("UBND TP.HCM", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("UBND TP. Huế", "Ủy ban nhân dân thành phố Huế"),
        ("Ủy viên T.Ư", "Ủy viên Trung ương"),
        ("Đại biểu HĐND.UBND xã", "Đại biểu Hội đồng nhân dân Ủy ban nhân dân xã"),
        ("Công ty ABC", "Công ty ABC"),  # no short form of an office
    ],
)
def test_short_forms_are_written_out(short: str, long: str) -> None:
    assert written_out(short) == long


@pytest.mark.parametrize(
    "printed",
    [
        "UBND tỉnh",
        "Uỷ ban Nhân dân tỉnh",
        "UBND tỉnh Lào Cai",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "UBND Lào Cai",
    ],
)
def test_one_office_has_one_name(printed: str) -> None:
    office = organization_named(printed, "Lào Cai")
    assert (office.name, office.home) == ("Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai")


@pytest.mark.parametrize(
    ("printed", "province", "name", "home"),
    [
        ("Sở Y tế", "Sơn La", "Sở Y tế Sơn La", "Sơn La"),
        ("Sở Y tế tỉnh Sơn La", "Lào Cai", "Sở Y tế Sơn La", "Sơn La"),
        ("Sở Lao động - Thương binh và Xã hội", "Sơn La",
         "Sở Lao động - Thương binh và Xã hội Sơn La", "Sơn La"),
        ("Tỉnh ủy", "Sơn La", "Tỉnh ủy Sơn La", "Sơn La"),
        ("Ban Tổ chức Tỉnh ủy", "Sơn La", "Ban Tổ chức Tỉnh ủy Sơn La", "Sơn La"),
        ("Hội Nông dân tỉnh", "Sơn La", "Hội Nông dân tỉnh Sơn La", "Sơn La"),
        ("Ủy ban MTTQ Việt Nam tỉnh", "Sơn La", "Ủy ban Mặt trận Tổ quốc tỉnh Sơn La", "Sơn La"),
        ("Đoàn ĐBQH tỉnh Sơn La khóa XV", None, "Đoàn Đại biểu Quốc hội tỉnh Sơn La", "Sơn La"),
        ("UBND thành phố", "Hà Nội", "Ủy ban nhân dân thành phố Hà Nội", "Hà Nội"),
        # A city below a province is not the province.
        ("UBND thành phố", "Sơn La", "Ủy ban nhân dân thành phố", "Sơn La"),
        ("UBND huyện Mường La", "Sơn La", "Ủy ban nhân dân huyện Mường La", "Sơn La"),
        ("UBND huyện Mường La, tỉnh Sơn La", None, "Ủy ban nhân dân huyện Mường La, tỉnh Sơn La", "Sơn La"),
        ("Bộ Công Thương", "Sơn La", "Bộ Công Thương", "Việt Nam"),
        ("Bộ Chỉ huy quân sự tỉnh", "Sơn La", "Bộ Chỉ huy quân sự tỉnh Sơn La", "Sơn La"),
        ("Văn phòng Chính phủ", "Sơn La", "Văn phòng Chính phủ", "Việt Nam"),
        ("Ủy ban Kinh tế của Quốc hội", "Sơn La", "Ủy ban Kinh tế của Quốc hội", "Việt Nam"),
        ("Quốc hội Lào", "Sơn La", "Quốc hội Lào", None),
        # A firm's name may end like a province's.
        ("Tập đoàn Hòa Bình", "Sơn La", "Tập đoàn Hòa Bình", "Sơn La"),
        ("Sở Y tế", None, "Sở Y tế", None),
        # A province's office at a meeting in a city that is no province's.
        ("UBND tỉnh", "Hà Nội", "Ủy ban nhân dân tỉnh", None),
        ("Tỉnh ủy", "Hà Nội", "Tỉnh ủy", None),
    ],
)  # fmt: skip
def test_an_office_has_a_full_name_and_a_home(
    printed: str, province: str | None, name: str, home: str | None
) -> None:
    office = organization_named(printed, province)
    assert (office.name, office.home) == (name, home)
