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


def test_the_shares_of_groups_are_of_the_whole_spoken_of(read) -> None:
    claims = read("Dư nợ cho vay ngành nông nghiệp chiếm 24%; ngành công nghiệp, xây dựng chiếm 40%.")
    assert told(claims)[1] == ("credit_outstanding", "ngành công nghiệp, xây dựng", "share_pct", 40)


def test_parts_listed_in_one_bracket_are_all_of_the_whole(read) -> None:
    claims = read(
        "Giá trị sản xuất công nghiệp đạt 4.700 tỷ đồng, tăng 16%"
        " (trong đó, doanh nghiệp nhà nước tăng 54%; khu vực tư nhân tăng 15%)."
    )
    assert told(claims)[2:] == [
        ("industrial_output", "doanh nghiệp nhà nước", "change_pct", 54),
        ("industrial_output", "khu vực tư nhân", "change_pct", 15),
    ]


def test_who_trades_is_a_part_and_no_indicator(read) -> None:
    claims = read("Xuất khẩu đạt 480 triệu USD. Trong đó kinh tế có vốn đầu tư nước ngoài tăng 12%.")
    assert told(claims)[1] == ("export_value", "kinh tế có vốn đầu tư nước ngoài", "change_pct", 12)


def test_goods_listed_as_what_rose_and_fell(read) -> None:
    claims = read(
        "Kim ngạch xuất khẩu đạt 480 triệu USD."
        " Các mặt hàng xuất khẩu tăng là đồ nhựa (gần 64%), giày (11%); các mặt hàng giảm là bột mì (30%)."
    )
    assert [(claim.measure, claim.value) for claim in claims[1:]] == [
        ("change_pct", 64),
        ("change_pct", 11),
        ("change_pct", -30),
    ]


def test_groups_of_prices_in_a_new_paragraph_are_of_the_articles_index(read) -> None:
    claims = read(
        "CPI tháng 8/2024 giảm 0,2% so với tháng trước.\n"
        "Hai nhóm hàng giảm giá so với tháng trước gồm: nhóm giao thông (giảm 0,13%);"
        " bưu chính viễn thông (giảm 4,7%)."
    )
    assert told(claims)[1:] == [
        ("cpi", "nhóm giao thông", "change_pct", -0.13),
        ("cpi", "bưu chính viễn thông", "change_pct", -4.7),
    ]
    assert compared(claims) == [JULY] * 3


def test_capital_alone_is_of_what_was_counted_before(read) -> None:
    claims = read("Có 120 doanh nghiệp thành lập mới, tăng 10%; số vốn tăng 51% so với cùng kỳ.")
    assert told(claims)[-1] == ("new_enterprises_capital", None, "change_pct", 51)


def test_a_change_goes_past_the_count_told_between(read) -> None:
    claims = read("Tổng dư nợ đạt 3.500 tỷ đồng với 85.000 khách hàng, tăng 330 tỷ đồng so với đầu năm.")
    assert told(claims)[-1] == ("credit_outstanding", None, "change_abs", 330e9)


def test_the_next_item_of_a_list_is_no_share_of_the_item_before(read) -> None:
    claims = read(
        "Cơ cấu kinh tế năm 2023: nông nghiệp chiếm 21,5%; công nghiệp và xây dựng chiếm 40,5%;"
        " dịch vụ chiếm 38%."
    )
    assert [claim.indicator_code for claim in claims] == [
        "structure_agriculture",
        "structure_industry_construction",
        "structure_services",
    ]


def test_a_share_is_of_the_whole_that_is_named_behind_it(read) -> None:
    claims = read("Năm 2023, dệt may chiếm 18,5% giá trị sản xuất công nghiệp toàn tỉnh.")
    assert told(claims) == [("industrial_output", "dệt may", "share_pct", 18.5)]


def test_a_share_of_the_whole_economy_is_no_share_of_an_amount(read) -> None:
    claims = read("Năm 2023, kinh tế số chiếm 11% GRDP.")
    assert told(claims) == [(None, None, "share_pct", 11)]


def test_a_running_total_goes_on_with_what_was_told(read) -> None:
    claims = read("IIP tháng 8/2024 tăng 4%, tính chung 8 tháng tăng 6%.")
    assert [claim.indicator_code for claim in claims] == ["industrial_production_index"] * 2


def test_who_owns_what_is_measured_is_a_part_of_it(read) -> None:
    claims = read(
        "Giá trị sản xuất công nghiệp năm 2023 đạt 4.100 tỷ đồng.\n"
        "Khu vực nhà nước có mức tăng thấp nhất (+3,4%); mức tăng khu vực ngoài nhà nước là 9,7%; "
        "khu vực có vốn đầu tư nước ngoài tăng 18,9%."
    )
    assert {claim.indicator_code for claim in claims} == {"industrial_output"}
    assert [claim.breakdown for claim in claims][1:] == [
        "Khu vực nhà nước",
        "khu vực ngoài nhà nước",
        "khu vực có vốn đầu tư nước ngoài",
    ]


def test_dollars_of_a_part_of_foreign_capital_are_foreign(read) -> None:
    claims = read(
        "Vốn đầu tư nước ngoài đạt 150 triệu USD. Trong đó, 2 dự án điều chỉnh với tổng vốn 4 triệu USD."
    )
    assert claims[-1].indicator_code == "fdi_registered_capital"
    claims = read(
        "Tỉnh cấp mới 20 dự án đầu tư trong nước. Trong đó, 2 dự án có tổng vốn đăng ký 4 triệu USD."
    )
    assert claims[-1].indicator_code == "registered_capital"
