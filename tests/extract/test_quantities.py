"""Which numbers are quantities, with which unit; and which numbers are no claims at all."""

from __future__ import annotations

import pytest

from include.extract.lexicon import Lexicon
from include.extract.quantities import Quantity, find_quantities
from include.extract.text import Span, fold


@pytest.fixture
def quantities(lexicon: Lexicon):
    def found(sentence: str) -> list[Quantity]:
        return find_quantities(fold(sentence), sentence, Span(0, len(sentence)), lexicon.units)

    return found


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("đạt 25.800 tỷ đồng", 25.8e12, "VND"),
        ("hơn 95 tỷ, tăng mạnh", 95e9, "VND"),
        ("đạt 2,5 tỷ USD", 2.5e9, "USD"),
        ("tăng 6,8%", 6.8, "PERCENT"),
        ("giảm 1,5 điểm phần trăm", 1.5, "PERCENTAGE_POINT"),
        ("giảm 1,5 điểm %", 1.5, "PERCENTAGE_POINT"),
        ("rộng 15.929,5ha", 15929.5, "HECTARE"),
        ("đạt 72.000 m3 gỗ", 72000, "CUBIC_METRE"),
        ("rộng 21.576,5 km²", 21576.5, "SQUARE_KILOMETRE"),
        ("thu 250 tạ quả", 25, "TONNE"),
        ("đạt 62,5 tạ/ha", 62.5, "QUINTAL_PER_HECTARE"),
        ("đạt 6,25 tấn/ha", 62.5, "QUINTAL_PER_HECTARE"),
        ("phát 1,2 GWh", 1.2e6, "KILOWATT_HOUR"),
        ("công suất 2.000 tấn/ngày", 2000, "COUNT"),
        ("đạt 33.000 tấn/năm", 33000, "TONNE"),
        ("có 937/994 thôn bản", 937, "VILLAGE"),
        ("có 135 đơn vị hành chính cấp xã", 135, "COMMUNE"),
        ("đón 320 nghìn lượt khách", 320_000, "PERSON"),
        ("tiếp nhận 14 tủ lạnh", 14, "COUNT"),
        ("xếp thứ 12/63 tỉnh", 12, "RANK"),
        ("có 27.228 HS", 27228, "PERSON"),
        ("có 450 GV", 450, "PERSON"),
        ("gồm 14 đô thị", 14, "COUNT"),
        ("có 9 HCK (hộ cá kiểng) và làng nghề (HCK)", 9, "COUNT"),
        ("số dự án còn hiệu lực là 156, tăng mạnh", 156, "PROJECT"),
        ("có 3 địa phương đạt chuẩn", 3, "COUNT"),
        ("có 12 mặt hàng mới", 12, "COUNT"),
        ("cấp 1.250 giấy chứng nhận", 1250, "DOCUMENT"),
        ("với số điểm tăng vượt trội (74,15)", 74.15, "SCORE"),
        ("có 12 nghìn 300 hộ", 12_300, "HOUSEHOLD"),
        ("có trên 1.000 ca mắc sốt xuất huyết", 1000, "CASE"),
        ("góp 5.200 ngày công lao động", 5200, "COUNT"),
    ],
)
def test_units(quantities, printed: str, value: float, unit: str) -> None:
    found = quantities(printed)
    assert [(q.value, q.unit_code) for q in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("printed", "approximation"),
    [
        ("đạt trên 30 triệu USD", "over"),
        ("hơn 36.400 doanh nghiệp", "over"),
        ("từ 11 - 12% trở lên", "over"),
        ("gần 95 tỷ đồng", "under"),
        ("không quá 5%", "under"),
        ("khoảng 440 ha", "about"),
        ("xấp xỉ 5%", "about"),
        ("đạt 5%", "exact"),
    ],
)
def test_approximation(quantities, printed: str, approximation: str) -> None:
    assert [q.approximation for q in quantities(printed)] == [approximation]


@pytest.mark.parametrize(
    "printed",
    [
        "Chiều ngày 15/11 và sáng 22.4, đoàn đến thăm bản.",
        "Từ 27-28/7, hội nghị diễn ra lúc 8 giờ 30 phút.",
        "Đề án số 02, Quyết định số 1719/QĐ-TTg, Nghị định 76 và Kế hoạch số 82 được ban hành.",
        "Tỉnh lộ 151, Quốc lộ 4D và đường QL1A đi qua đây.",
        "Kỳ họp thứ 10, HĐND tỉnh khóa XV, nhiệm kỳ 2021 - 2026 khai mạc.",
        "Dự hội nghị có hơn 300 đại biểu và 45 doanh nghiệp.",
        "Đoàn trao tặng 50 suất quà, mỗi suất trị giá 500.000 đồng.",
        "Nhân kỷ niệm 73 năm ngày thành lập, ông Hà, 45 tuổi, kể chuyện.",
        "Liên hệ điện thoại 0212 385 1234 hoặc 0912.345.678.",
        "Phòng chống COVID-19 và xe buýt số 7.",
        "Khách sạn được xếp hạng 3-5 sao.",
        "Phát triển 2 trong 4 trụ cột giữa 2 bên.",
        "Đại hội bầu 33 đồng chí vào Ban Chấp hành.",
        "Đội nhà thắng với tỷ số 2-1.",
        "Khu công nghiệp Hồng Đức 2 xã Tân Lập được khởi công.",
        "Học sinh cơ sở 2 trường Lê Lợi, Phường 3 và 4.",
        "Tỷ suất trên 10.000 dân và /100.000 dân đều giảm.",
    ],
)
def test_what_is_no_claim(quantities, printed: str) -> None:
    assert quantities(printed) == []


def test_a_fraction_that_could_be_a_date_is_a_fraction_before_a_unit(quantities) -> None:
    (found,) = quantities("hoàn thành 7/8 tiêu chí")
    assert (found.value, found.out_of, found.unit_code) == (7, 8, "CRITERION")


def test_both_parts_of_a_pair_of_counts_are_read(quantities) -> None:
    found = quantities(
        "gồm 38 trường (3 ngoài công lập)/761 lớp và 1.200 HS/45 lớp (2 lớp ghép) /96 nhóm, lớp"
    )
    assert [q.value for q in found] == [38, 3, 761, 1200, 45, 2, 96]


@pytest.mark.parametrize("printed", ["5 thực trạng", "14 đô thị", "3 hợp phần", "8 sản phẩm", "6 bến cá"])
def test_a_counted_noun_is_not_cut(quantities, printed: str) -> None:
    (found,) = quantities(f"nêu {printed}.")
    assert f"nêu {printed}."[found.start : found.end] == printed


def test_both_ends_of_a_range_may_print_the_unit(quantities) -> None:
    (found,) = quantities("tăng từ 10% đến 12%")
    assert (found.value, found.high) == (10, 12)


@pytest.mark.parametrize(
    "sentence",
    [
        "Số xã đạt từ 12 - 15 tiêu chí",
        "bắt tạm giam 3 đối tượng",
        'Chương trình "Thành phố 5 không"',
        "trên lộ giới (12,5)",
        "nhà cấp 4 bỏ hoang",
        "giảm cả 3 tiêu chí",
    ],
)
def test_conditions_suspects_and_names_are_no_claims(quantities, sentence: str) -> None:
    assert quantities(sentence) == []


def test_two_scores_set_side_by_side_in_a_bracket(quantities) -> None:
    found = quantities("Ba tỉnh đều tăng điểm: Hòa Lạc (71,25 so với 70,5), Bình Nguyên (69,4).")
    assert [(q.value, q.unit_code) for q in found] == [(71.25, "SCORE"), (70.5, "SCORE"), (69.4, "SCORE")]


@pytest.mark.parametrize("number", ["1" * 25, "1" * 330, "7/" + "1" * 330, "2024 - " + "9" * 330])
def test_a_serial_number_counts_nothing(quantities, number: str) -> None:
    assert [one for one in quantities(f"Giá trị đạt {number} tỷ đồng.") if one.unit_code == "VND"] == []
    assert [one.value for one in quantities("Giá trị đạt 12 nghìn tỷ đồng.")] == [12e12]


@pytest.mark.parametrize(
    ("words", "value"),
    [("mười chín tỷ", 19e9), ("hai mươi chín tỷ", 29e9), ("mười ba triệu", 13e6), ("ba mươi ba nghìn", 33e3)],
)
def test_a_number_in_words_is_read_once(quantities, words: str, value: float) -> None:
    assert [one.value for one in quantities(f"Huyện được cấp {words} đồng.")] == [value]
