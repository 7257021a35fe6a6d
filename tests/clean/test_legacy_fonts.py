"""The tables of TCVN3 and VNI: phrases as old pages show them, every letter, what stays as it is."""

from __future__ import annotations

import unicodedata

import pytest

from include.clean.legacy_fonts import Font, to_unicode
from include.clean.legacy_pages import read_legacy_fonts
from include.clean.tree import parse
from tests.clean.samples import PARAGRAPHS, p, page
from tests.clean.typist import TABLES, typed

LOWER = "".join(sorted(letter for letter in TABLES["vni"] if letter.islower()))

TCVN3_READINGS = {
    "§¶ng Céng s¶n ViÖt Nam": "Đảng Cộng sản Việt Nam",
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam": "Cộng hoà xã hội chủ nghĩa Việt Nam",
    "§éc lËp - Tù do - H¹nh phóc": "Độc lập - Tự do - Hạnh phúc",
    "Hµ Néi": "Hà Nội",
    "Thµnh phè Hå ChÝ Minh": "Thành phố Hồ Chí Minh",
    "H¶i Phßng": "Hải Phòng",
    "§µ N½ng": "Đà Nẵng",
    "CÇn Th¬": "Cần Thơ",
    "NghÖ An": "Nghệ An",
    "Qu¶ng TrÞ": "Quảng Trị",
    "Vòng Tµu": "Vũng Tàu",
    "B¾c Ninh": "Bắc Ninh",
    "VÜnh Phóc": "Vĩnh Phúc",
    "L¹ng S¬n": "Lạng Sơn",
    "Th¸i B×nh": "Thái Bình",
    "NguyÔn V¨n Cõ": "Nguyễn Văn Cừ",
    "TrÇn Phó": "Trần Phú",
    "BÕn Tre": "Bến Tre",
    "§ång Th¸p": "Đồng Tháp",
    "Yªn B¸i": "Yên Bái",
    "B×nh D\u00ad¬ng": "Bình Dương",
    "Qu¶ng Ng·i": "Quảng Ngãi",
    "Ninh ThuËn": "Ninh Thuận",
    "Phó Thä": "Phú Thọ",
    "uû ban nh©n d©n tØnh": "uỷ ban nhân dân tỉnh",
    "kinh tÕ - x· héi": "kinh tế - xã hội",
    "n«ng nghiÖp vµ ph¸t triÓn n«ng th«n": "nông nghiệp và phát triển nông thôn",
    "chñ tÞch, kú häp thø s¸u": "chủ tịch, kỳ họp thứ sáu",
    "tr\u00adêng häc, ®\u00adêng bé": "trường học, đường bộ",
    "b¶o vÖ Tæ quèc, gi÷ v÷ng": "bảo vệ Tổ quốc, giữ vững",
    "quü tiÕt kiÖm, l·i suÊt, lîi nhuËn": "quỹ tiết kiệm, lãi suất, lợi nhuận",
    "¤ng chñ nhiÖm, ë x·, mçi n¨m": "Ông chủ nhiệm, ở xã, mỗi năm",
    "VIÖT NAM": "VIỆT NAM",
    "HéI NGHÞ ë TØNH Uû": "HỘI NGHỊ Ở TỈNH UỶ",
    "H§ND tØnh, 500.000® mçi hé": "HĐND tỉnh, 500.000đ mỗi hộ",
}
VNI_READINGS = {
    "Coäng hoøa Xaõ hoäi Chuû nghóa Vieät Nam": "Cộng hòa Xã hội Chủ nghĩa Việt Nam",
    "Ñoäc laäp - Töï do - Haïnh phuùc": "Độc lập - Tự do - Hạnh phúc",
    "Ñaûng Coäng saûn Vieät Nam": "Đảng Cộng sản Việt Nam",
    "Haø Noäi": "Hà Nội",
    "Thaønh phoá Hoà Chí Minh": "Thành phố Hồ Chí Minh",
    "Haûi Phoøng": "Hải Phòng",
    "Ñaø Naüng": "Đà Nẵng",
    "Caàn Thô": "Cần Thơ",
    "Vuõng Taøu": "Vũng Tàu",
    "Bình Döông": "Bình Dương",
    "Bình Phöôùc": "Bình Phước",
    "Ñoàng Nai": "Đồng Nai",
    "Beán Tre": "Bến Tre",
    "Ñoàng Thaùp": "Đồng Tháp",
    "Soùc Traêng": "Sóc Trăng",
    "Baïc Lieâu": "Bạc Liêu",
    "Caø Mau": "Cà Mau",
    "Vónh Long": "Vĩnh Long",
    "Taây Ninh": "Tây Ninh",
    "Laâm Ñoàng": "Lâm Đồng",
    "Ninh Thuaän": "Ninh Thuận",
    "Khaùnh Hoøa": "Khánh Hòa",
    "Phuù Yeân": "Phú Yên",
    "Quaûng Ngaõi": "Quảng Ngãi",
    "Baéc Giang": "Bắc Giang",
    "Myõ Tho": "Mỹ Tho",
    "Uûy ban nhaân daân tænh": "Ủy ban nhân dân tỉnh",
    "kinh teá - xaõ hoäi": "kinh tế - xã hội",
    "noâng nghieäp vaø phaùt trieån noâng thoân": "nông nghiệp và phát triển nông thôn",
    "chuû tòch, kyø hoïp thöù saùu": "chủ tịch, kỳ họp thứ sáu",
    "ñöôøng boä, tröôøng hoïc, quyù": "đường bộ, trường học, quý",
    "naêm, vaèng, thaúng, maët, vaãn": "năm, vằng, thẳng, mặt, vẫn",
    "tyû ñoàng, thôøi, lôùp, môû, lôïi": "tỷ đồng, thời, lớp, mở, lợi",
    "ÑAÏI HOÄI ÑAÛNG BOÄ": "ĐẠI HỘI ĐẢNG BỘ",
    "UÛY BAN NHAÂN DAÂN": "ỦY BAN NHÂN DÂN",
}


@pytest.mark.parametrize(("shown", "meant"), TCVN3_READINGS.items())
def test_tcvn3_phrases(shown: str, meant: str) -> None:
    assert to_unicode(shown, "tcvn3") == meant
    assert unicodedata.is_normalized("NFC", meant)


@pytest.mark.parametrize(("shown", "meant"), VNI_READINGS.items())
def test_vni_phrases(shown: str, meant: str) -> None:
    assert to_unicode(shown, "vni") == meant
    assert unicodedata.is_normalized("NFC", meant)


class TestLetters:
    def test_there_are_67_marked_letters_of_each_case(self) -> None:
        assert len(LOWER) == len(set(LOWER)) == 67

    def test_every_letter_of_vni(self) -> None:
        for letter in LOWER + LOWER.upper():
            assert to_unicode(typed(letter, "vni"), "vni") == letter

    def test_capital_vowel_with_a_small_mark(self) -> None:
        assert to_unicode("Aùnh, ÖÙng, Öùng, OÂng, Oâng", "vni") == "Ánh, Ứng, Ứng, Ông, Ông"

    def test_every_letter_of_tcvn3(self) -> None:
        for letter in LOWER:
            # One letter among consonants: a word of its own is read by other rules.
            assert to_unicode(f"x{typed(letter, 'tcvn3')}n", "tcvn3") == f"x{letter}n"
        for letter in "ĂÂÊÔƠƯĐ":
            assert to_unicode(typed(letter, "tcvn3"), "tcvn3") == letter

    def test_every_capital_of_tcvn3_stands_in_a_font_of_capitals(self) -> None:
        words = " ".join(typed(f"x{letter}n", "tcvn3") for letter in LOWER if letter != "đ")
        body = p(*(typed(text, "tcvn3") for text in PARAGRAPHS)) + p(f"<font face='.VnTimeH'>{words}</font>")
        tree = read_legacy_fonts(parse(page(body)))
        shown = "".join(tree.xpath("//font//text()"))
        assert shown.split() == [f"X{letter.upper()}N" for letter in LOWER if letter != "đ"]

    @pytest.mark.parametrize("font", ["tcvn3", "vni"])
    def test_digits_dates_and_addresses_stay(self, font: Font) -> None:
        text = "12/05/2009, 1.245,6 ha, 8,2%, toasoan@baovd.test, https://baovd.test/tin?id=7, 25 m²"
        assert to_unicode(text, font) == text

    @pytest.mark.parametrize("font", ["tcvn3", "vni"])
    def test_words_in_unicode_stay_among_others(self, font: Font) -> None:
        shown = typed("giá thu mua bình quân", font) + " ở Mường Thanh " + typed("năm trước", font)
        assert to_unicode(shown, font) == "giá thu mua bình quân ở Mường Thanh năm trước"

    def test_bullet_and_copyright_signs_stay(self) -> None:
        assert to_unicode("· Gi¸ thu mua", "tcvn3") == "· Giá thu mua"
        assert to_unicode("© B¸o VÜnh Phóc", "tcvn3") == "© Báo Vĩnh Phúc"
