"""Parts of an index or a sum, and shares of all such things: one invented report for each rule."""

from __future__ import annotations

from datetime import date

AUGUST = (date(2024, 8, 1), date(2024, 8, 31))
JULY = (date(2024, 7, 1), date(2024, 7, 31))
AUGUST_BEFORE = (date(2023, 8, 1), date(2023, 8, 31))


def told(claims) -> list[tuple[str | None, str | None, str, float]]:
    return [(claim.indicator_code, claim.breakdown, claim.measure, claim.value) for claim in claims]


def compared(claims) -> list[tuple[date | None, date | None]]:
    return [(claim.comparison_start, claim.comparison_end) for claim in claims]


def test_the_goods_of_the_price_index_keep_its_code_and_what_it_is_compared_with(read) -> None:
    claims = read(
        "Chỉ số giá nhóm hàng ăn tháng 8/2024 tăng 0,4% so với tháng 7/2024. Trong đó, giá rau giảm 1,2%;"
        " thịt gia cầm tăng 0,9%; muối giảm 1,2%."
    )
    assert told(claims[1:]) == [
        ("cpi", "giá rau", "change_pct", -1.2),
        ("cpi", "thịt gia cầm", "change_pct", 0.9),
        ("cpi", "muối", "change_pct", -1.2),
    ]
    assert [(claim.period_start, claim.period_end) for claim in claims] == [AUGUST] * 4
    assert compared(claims) == [JULY] * 4


def test_an_index_of_another_period_lends_no_comparison(read) -> None:
    claims = read(
        "IIP tháng 8/2024 tăng 2% so với tháng 7/2024. Tính chung 8 tháng năm 2024, khai khoáng tăng 3%."
    )
    assert compared(claims) == [JULY, (date(2023, 1, 1), date(2023, 8, 31))]


def test_amounts_of_the_same_goods_are_no_prices(read) -> None:
    claims = read("CPI tháng 8/2024 tăng 0,4%. Sản lượng thịt gia cầm tăng 5%.")
    assert [claim.indicator_code for claim in claims] == ["cpi", "meat_output"]


def test_sectors_of_the_production_value_are_its_parts(read) -> None:
    claims = read(
        "Giá trị sản xuất công nghiệp tháng 8/2024 đạt 90 tỷ đồng.\n"
        "Phân theo ngành: Công nghiệp có vốn nước ngoài ước đạt 50 tỷ đồng, tăng 2%;"
        " công nghiệp khai mỏ đạt 40 tỷ đồng."
    )
    assert told(claims) == [
        ("industrial_output", None, "level", 90e9),
        ("industrial_output", "Công nghiệp có vốn nước ngoài", "level", 50e9),
        ("industrial_output", "Công nghiệp có vốn nước ngoài", "change_pct", 2),
        ("industrial_output", "công nghiệp khai mỏ", "level", 40e9),
    ]


def test_a_share_of_all_the_poor_is_not_their_rate(read) -> None:
    share, rate = (
        read("Người Thái có 900 hộ nghèo, chiếm 31% so với tổng số hộ nghèo toàn tỉnh.")[1],
        read("Tỉnh còn 900 hộ nghèo, chiếm 3,1%.")[1],
    )
    assert (share.measure, share.value) == ("share_pct", 31)
    assert (rate.indicator_code, rate.measure, rate.value) == ("poverty_rate", "level", 3.1)


def test_words_of_comparison_that_open_a_clause_go_before_those_behind_the_next_number(read) -> None:
    first, second = read(
        "So với tháng 7/2024 thì CPI tháng 8/2024 tăng 0,4% và bình quân 8 tháng tăng 2,1% so với cùng kỳ."
    )
    assert compared([first]) == [JULY]
    assert compared([second]) == [(date(2023, 1, 1), date(2023, 8, 31))]


def test_growth_in_times_compares_with_the_year_before_like_growth_in_percent(read) -> None:
    (claim,) = read("Tháng 8/2024, doanh nghiệp thành lập mới tăng 1,2 lần.")
    assert (claim.measure, compared([claim])) == ("multiple", [AUGUST_BEFORE])


def test_the_figure_of_the_year_before_needs_no_verb(read) -> None:
    new, old = read("9 tháng năm 2024, GRDP tăng 7% (cùng kỳ năm trước 6,4%).")
    assert (new.time_period, old.time_period) == ("2024-01-01/P9M", "2023-01-01/P9M")


def test_grdp_is_a_provinces_where_the_text_speaks_of_one_or_says_grdp(read) -> None:
    def code(text: str) -> str | None:
        return read(text, province=None)[0].indicator_code

    assert code("Năm 2023, GRDP tăng 7%.") == "grdp"
    assert code("Năm 2023, tăng trưởng kinh tế trên địa bàn tỉnh đạt 7%.") == "grdp"
    assert code("Năm 2023, tăng trưởng kinh tế đạt 7%.") == "gdp"
