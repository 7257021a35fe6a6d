"""Tables inside an article: invented figures in the forms that statistical offices print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from include.extract.model import Claim
from include.extract.tables.cells import Notation, unit_of
from include.extract.tables.columns import written_out
from include.extract.tables.grid import find_runs
from include.extract.tables.measuring import tells_growth

Read = Callable[..., tuple[Claim, ...]]

YEARLY = """Bảng dưới đây nêu một số kết quả của tỉnh.
Một số chỉ tiêu chủ yếu
Chỉ tiêu | Đơn vị tính | Năm 2022 | Năm 2023 | Năm 2023 so với năm 2022 (%)
Tổng sản phẩm trên địa bàn (GRDP), giá so sánh 2010 | Tỷ đồng | 21.230,5 | 22.985 | 108,3
- Nông, lâm nghiệp và thủy sản | | 4.120 | 4.210,2 | 102,2
Thu ngân sách nhà nước | Tỷ đồng | 3.210 | 3.515,3 | 109,5
Trong đó: | | | |
Thu nội địa | Tỷ đồng | 2.900 | 3.100 | 106,9
Tỷ lệ hộ nghèo | % | 14,2 | 11,4 | 80,3
Số doanh nghiệp thành lập mới | Doanh nghiệp | 310 | … | -
Tốc độ tăng GRDP | % | 7,1 | 8,1 | x
Hệ số phát triển | | 1,2 | 1,3 | 108,3"""


def of(claims: tuple[Claim, ...], start: str) -> list[Claim]:
    return [claim for claim in claims if (claim.breakdown or claim.indicator_name).startswith(start)]


def told(claims: tuple[Claim, ...] | list[Claim]) -> list[tuple[str | None, str, float, str, str | None]]:
    return [(c.indicator_code, c.measure, c.value, c.status, c.time_period) for c in claims]


class TestYears:
    def test_levels_and_the_index_of_the_year_before(self, read: Read) -> None:
        assert told(of(read(YEARLY), "Thu ngân sách")) == [
            ("state_budget_revenue", "level", 3210e9, "actual", "2022"),
            ("state_budget_revenue", "level", 3515.3e9, "actual", "2023"),
            ("state_budget_revenue", "change_pct", 9.5, "actual", "2023"),
        ]

    def test_offsets_and_quote_are_of_the_row(self, read: Read) -> None:
        for claim in read(YEARLY):
            line = YEARLY[claim.quote_start : claim.quote_end]
            assert line in YEARLY.split("\n")
            assert YEARLY[claim.value_start : claim.value_end] == claim.value_text
            assert claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end

    def test_change_compares_with_the_year_in_the_head(self, read: Read) -> None:
        change = of(read(YEARLY), "Thu nội địa")[-1]
        assert (change.comparison_start, change.comparison_end) == (date(2022, 1, 1), date(2022, 12, 31))

    def test_bulleted_row_is_a_part_in_the_unit_above(self, read: Read) -> None:
        levels = [c for c in of(read(YEARLY), "Nông, lâm") if c.measure == "level"]
        assert [(c.indicator_code, c.breakdown, c.value) for c in levels] == [
            ("grdp", "Nông, lâm nghiệp và thủy sản", 4120e9),
            ("grdp", "Nông, lâm nghiệp và thủy sản", 4210.2e9),
        ]

    def test_growth_of_a_sector_has_no_code(self, read: Read) -> None:
        growth = [c for c in of(read(YEARLY), "Nông, lâm") if c.measure == "change_pct"]
        assert [(c.indicator_code, c.value) for c in growth] == [(None, 2.2)]

    def test_own_indicator_under_trong_do_stays_its_own(self, read: Read) -> None:
        assert {(c.indicator_code, c.breakdown) for c in of(read(YEARLY), "Thu nội địa")} == {
            ("domestic_revenue", None)
        }

    def test_rate_keeps_its_levels_and_leaves_the_doubtful_change(self, read: Read) -> None:
        assert told(of(read(YEARLY), "Tỷ lệ hộ nghèo")) == [
            ("poverty_rate", "level", 14.2, "actual", "2022"),
            ("poverty_rate", "level", 11.4, "actual", "2023"),
        ]

    def test_signs_of_no_value_are_no_claims(self, read: Read) -> None:
        assert [c.value for c in of(read(YEARLY), "Số doanh nghiệp")] == [310]

    def test_named_growth_is_a_change(self, read: Read) -> None:
        assert told(of(read(YEARLY), "Tốc độ")) == [
            ("grdp", "change_pct", 7.1, "actual", "2022"),
            ("grdp", "change_pct", 8.1, "actual", "2023"),
        ]

    def test_row_without_a_unit_keeps_its_change_alone(self, read: Read) -> None:
        assert {c.measure for c in of(read(YEARLY), "Hệ số")} == {"change_pct"}

    def test_constant_prices(self, read: Read) -> None:
        assert of(read(YEARLY), "Tổng sản phẩm")[0].price_basis == "constant_2010"


HALF = """Biểu 1. Thu, chi ngân sách 6 tháng đầu năm 2024
Đơn vị tính: triệu đồng
Nội dung | Kế hoạch năm | Ước thực hiện | So sánh (%) Với kế hoạch | So sánh (%) So với cùng kỳ | Cơ cấu (%)
A | 1 | 2 | 3=2/1 | 4 | 5
Tổng thu ngân sách nhà nước trên địa bàn | 3.600.000 | 1.892.115 | 52,6 | +7,4 | 100
1. Thu nội địa | 3.200.000 | 1.700.000 | 53,1 | -1,2 | 89,8"""


class TestPlans:
    def test_caption_gives_unit_and_period(self, read: Read) -> None:
        assert told(of(read(HALF), "Thu nội địa")) == [
            ("domestic_revenue", "level", 3.2e12, "target", "2024"),
            ("domestic_revenue", "level", 1.7e12, "estimate", "2024-S1"),
            ("domestic_revenue", "plan_pct", 53.1, "estimate", "2024-S1"),
            ("domestic_revenue", "change_pct", -1.2, "estimate", "2024-S1"),
            ("domestic_revenue", "share_pct", 89.8, "estimate", "2024-S1"),
        ]

    def test_same_period_of_the_year_before(self, read: Read) -> None:
        change = next(c for c in read(HALF) if c.measure == "change_pct")
        assert (change.comparison_start, change.comparison_end) == (date(2023, 1, 1), date(2023, 6, 30))

    def test_targets_of_a_year_to_come(self, read: Read) -> None:
        claims = read(
            "Chỉ tiêu | Kế hoạch năm 2025\nGRDP bình quân đầu người (triệu đồng) | Trên 62\n"
            "Tỷ lệ che phủ rừng (%) | 47,5"
        )
        assert [(c.indicator_code, c.value, c.approximation, c.status) for c in claims] == [
            ("grdp_per_capita", 62e6, "over", "target"),
            ("forest_cover", 47.5, "exact", "target"),
        ]

    def test_plan_of_a_half_year_report_has_no_told_period(self, read: Read) -> None:
        claims = read(HALF.replace("Kế hoạch năm", "Kế hoạch"))
        assert {c.period_type for c in claims if c.status == "target"} == {"unknown"}


MONTHLY = """Chỉ tiêu | ĐVT | Tháng 9 | UTH 9T/2024 | So với cùng kỳ (%) Tháng 9 | So với cùng kỳ (%) 9 tháng
Lúa mùa | | | | |
- Diện tích | ha | 1.200 | 20.100 | 101,2 | 99,8
- Sản lượng | nghìn tấn | 12,5 | 13 | 102 | 101
II. Chỉ số sản xuất công nghiệp
Toàn ngành | % | 103,2 | 105,1 | x | x
Khai khoáng | % | 99,2 | 101,3 | x | x
III. CÔNG NGHIỆP
Điện thương phẩm | Triệu kWh | 60,2 | 540,7 | 110,1 | 108,3"""


class TestMonths:
    def test_short_forms_of_periods(self, read: Read) -> None:
        assert told(of(read(MONTHLY), "Điện")) == [
            ("electricity_sold", "level", 60.2e6, "actual", "2024-M09"),
            ("electricity_sold", "level", 540.7e6, "estimate", "2024-01-01/P9M"),
            ("electricity_sold", "change_pct", 10.1, "actual", "2024-M09"),
            ("electricity_sold", "change_pct", 8.3, "estimate", "2024-01-01/P9M"),
        ]

    def test_measures_under_a_crop_are_of_the_crop(self, read: Read) -> None:
        levels = [c for c in read(MONTHLY) if c.breakdown == "Lúa mùa" and c.measure == "level"]
        assert [(c.indicator_code, c.value, c.unit_code) for c in levels] == [
            ("crop_area", 1200, "HECTARE"),
            ("crop_area", 20100, "HECTARE"),
            ("crop_output", 12500, "TONNE"),
            ("crop_output", 13000, "TONNE"),
        ]

    def test_sectors_under_the_index(self, read: Read) -> None:
        found = [c for c in read(MONTHLY) if c.indicator_code == "industrial_production_index"]
        assert [(c.breakdown, c.measure, c.value) for c in found] == [
            (None, "level", 103.2),
            (None, "level", 105.1),
            ("Khai khoáng", "level", 99.2),
            ("Khai khoáng", "level", 101.3),
        ]

    def test_month_of_last_year_in_january(self, read: Read) -> None:
        body = "Chỉ tiêu | ĐVT | Tháng 12\nĐiện thương phẩm | Triệu kWh | 60,2\nThu nội địa | Tỷ đồng | 310"
        claims = read(body, published_on=date(2024, 1, 5))
        assert {c.time_period for c in claims} == {"2023-M12"}


NO_CLAIMS = {
    "gold by shop": "Thương hiệu | Mua vào (triệu đồng) | Bán ra (triệu đồng)\nVàng Sơn Ca | 74,50 | 75,20\n"
    "Vàng Hải Âu | 74,40 | 75,10",
    "people": "STT | Họ và tên | Chức vụ | Điện thoại\n1 | Lò Văn Ưng | Giám đốc Sở | 0912000111\n"
    "2 | Cầm Thị Mận | Phó Giám đốc | 0912000222",
    "standings": "TT | Đội | Trận | Thắng | Điểm\n1 | Sông Bơ | 5 | 4 | 12\n2 | Suối Nậm | 5 | 3 | 10",
    "schedule": "Thời gian | Nội dung | Địa điểm\n8h00 ngày 12/10/2024 | Khai mạc | Hội trường 2\n"
    "14h00 ngày 12/10/2024 | Tham quan 3 mô hình | Xã Nậm Bơ",
    "phones": "Đơn vị | Số điện thoại\nCông an xã | 02123 800 111\nTrạm y tế | 02123 800 222",
    "no unit": "Chỉ tiêu | Năm 2022 | Năm 2023\nMức hài lòng chung | 4,1 | 4,3\nMức tin cậy | 3,9 | 4,0",
    "figures alone": "Chè | 1.245,6\nCao su | 25.880",
    "totals of nothing": "Nội dung | ĐVT | Năm 2023\nTổng cộng | Tỷ đồng | 12\nTổng số | Tỷ đồng | 31",
}


@pytest.mark.parametrize("body", NO_CLAIMS.values(), ids=NO_CLAIMS.keys())
def test_tables_that_say_nothing_of_the_economy(read: Read, body: str) -> None:
    assert read(body) == ()


def test_one_word_of_time_makes_the_same_rows_claims(read: Read) -> None:
    body = NO_CLAIMS["no unit"].replace("Chỉ tiêu", "Chỉ tiêu (điểm)")
    assert [c.value for c in read(body)] == [4.1, 4.3, 3.9, 4.0]


def test_row_of_words_between_figures_is_no_head(read: Read) -> None:
    odd = "Số xã có chợ | Xã | đang rà soát | đang rà soát"
    plain = "Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023\nThu nội địa | Tỷ đồng | 31 | 35\n"
    plain += "{}Chi ngân sách | Tỷ đồng | 41 | 46"
    assert told(read(plain.format(odd + "\n"))) == told(read(plain.format("")))


def test_head_printed_again_with_other_columns(read: Read) -> None:
    body = (
        "Chỉ tiêu | ĐVT | Năm 2021\nThu nội địa | Tỷ đồng | 31\n"
        "Chỉ tiêu | ĐVT | Năm 2023\nThu nội địa | Tỷ đồng | 35"
    )
    assert [(c.time_period, c.value) for c in read(body)] == [("2021", 31e9), ("2023", 35e9)]


def test_number_told_in_a_sentence_and_in_a_table_is_one_claim(read: Read) -> None:
    sentence = "Năm 2023, thu nội địa đạt 3.100 tỷ đồng."
    found = [c for c in read(f"{sentence}\n{YEARLY}") if c.value == 3100e9]
    assert [c.quote_start for c in found] == [0]


def test_prose_around_a_table_is_read_as_before(read: Read) -> None:
    prose = "Năm 2023, thu ngân sách nhà nước đạt 3.999 tỷ đồng."
    assert 3999e9 in [claim.value for claim in read(f"{prose}\n{YEARLY}\n{prose}")]


def test_a_single_line_with_bars_is_prose() -> None:
    assert find_runs("Sơn La | 12/10/2024\nThu ngân sách đạt 12 tỷ đồng.") == []


def test_rates_by_district_belong_to_the_district(read: Read) -> None:
    body = (
        "Tỷ lệ hộ nghèo của các huyện\nHuyện | Năm 2022 (%) | Năm 2023 (%)\n"
        "Huyện Nậm Bơ | 31,2 | 27,9\nHuyện Phiêng Sa | 22,1 | 19,8"
    )
    assert [(c.indicator_code, c.breakdown, c.place_name, c.value) for c in read(body)] == [
        ("poverty_rate", None, "Huyện Nậm Bơ", 31.2),
        ("poverty_rate", None, "Huyện Nậm Bơ", 27.9),
        ("poverty_rate", None, "Huyện Phiêng Sa", 22.1),
        ("poverty_rate", None, "Huyện Phiêng Sa", 19.8),
    ]


def test_places_without_anything_measured(read: Read) -> None:
    body = (
        "Huyện | Năm 2022 (tỷ đồng) | Năm 2023 (tỷ đồng)\nHuyện Nậm Bơ | 31 | 27\nHuyện Phiêng Sa | 22 | 19"
    )
    assert read(body) == ()


class TestCells:
    @pytest.mark.parametrize(
        ("cells", "printed", "value"),
        [
            (["12,5", "1.234"], "1.234", 1234),
            (["12.5", "1,234"], "1,234", 1234),
            (["12.5", "1,234"], "1.234", 1.234),
            (["7"], "25.880", 25880),
            (["7"], "525,620", None),
            (["1,5", "2.5"], "1.234", None),
            (["1.046.000"], "1.046.000", 1046000),
            (["1,046,000.5"], "1,046,000.5", 1046000.5),
            (["12 345"], "12 345", 12345),
        ],
    )
    def test_notation(self, cells: list[str], printed: str, value: float | None) -> None:
        assert Notation(cells).number(printed) == value

    @pytest.mark.parametrize(
        ("words", "code", "factor"),
        [
            ("tỷ đồng", "VND", 1e9),
            ("tr.đ", "VND", 1e6),
            ("1.000 tấn", "TONNE", 1e3),
            ("nghìn lượt khách", "PERSON", 1e3),
            ("tạ/ha", "QUINTAL_PER_HECTARE", 1),
            ("triệu đồng/người", "VND", 1e6),
            ("%", "PERCENT", 1),
        ],
    )
    def test_units(self, lexicon, words: str, code: str, factor: float) -> None:
        unit = unit_of(words, lexicon.units)
        assert unit is not None
        assert (unit.code, unit.factor) == (code, factor)

    @pytest.mark.parametrize("words", ["", "sở công thương", "triệu", "giá so sánh 2010"])
    def test_no_units(self, lexicon, words: str) -> None:
        assert unit_of(words, lexicon.units) is None


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("uth 6t/2024", "ước thực hiện 6 tháng năm 2024"),
        ("kh 2025", "kế hoạch năm 2025"),
        ("t5/2024", "tháng 5 năm 2024"),
        ("2023/2022 (%)", "năm 2023 so với năm 2022 (%)"),
        ("2021-2025", "giai đoạn 2021-2025"),
        ("quý i/2024", "quý i/2024"),
    ],
)
def test_short_forms_written_out(head: str, words: str) -> None:
    assert written_out(head) == words


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        ([(107.5, False), (98.0, False)], "index"),
        ([(7.5, False), (3.0, False)], "change_pct"),
        ([(7.5, False), (-3.0, True)], "change_pct"),
        ([(55.0, False), (60.0, False)], "other"),
        ([(107.5, False), (5.0, False)], "other"),
        ([], "other"),
    ],
)
def test_percentage_of_an_earlier_time(figures: list[tuple[float, bool]], kind: str) -> None:
    assert tells_growth(figures) == kind
