"""A province's page: what is told of it over time, beside others, corrected, aimed at, before the merger."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from include.site.pages import provinces
from include.site.series_charts import SeriesChart
from tests.site.drawn import Pages, links_of, rows_under, text
from tests.site.samples import claim, observation, published, target, year

LAO_CAI, YEN_BAI, GIA_LAI, MERGED = "10-2008", "15-2008", "64-2008", "15-2025"
HOSTILE = '<script>alert(1)</script>\u202e"\'=HYPERLINK("x")'
GROWTH = {"measure": "change_pct", "unit_code": "PERCENT"}
ON_THE_YEAR_BEFORE = {"comparison_start": date(2022, 1, 1), "comparison_end": date(2022, 12, 31)}
NINE_MONTHS = {
    "period_type": "months",
    "time_period": "2023-01-01/P9M",
    "period_start": date(2023, 1, 1),
    "period_end": date(2023, 9, 30),
}


def forest(statement_id: str, value: float, number: int, **columns: Any) -> dict[str, Any]:
    return claim(statement_id, value=value, value_text=f"{value:g} ha", **year(number) | columns)


CLAIMS = [
    forest("s2021", 1180.0, 2021),
    forest("s2022", 1240.0, 2022),
    forest("s2023", 1300.0, 2023, approximation="over"),
    forest("s2024", 1310.0, 2024, status="estimate", value_high=1350.0, article_id="a2"),
    forest("s2025", 1400.0, 2025, status="target", article_id="a2"),
    # Others of the kind: a part, a place, another price basis and nine months, each a thing of its own.
    forest("part", 900.0, 2023, breakdown=f"rừng {HOSTILE}"),
    forest("place", 55.0, 2023, place_name="Sa Pa"),
    claim("nine", value=77.0, value_text="77 ha", **NINE_MONTHS),
    claim("grown", value=-3.5, value_text="3,5%", **GROWTH, **year(2023) | ON_THE_YEAR_BEFORE),
    forest("yb2023", 2100.0, 2023, province_id=YEN_BAI, status="estimate"),
    forest("gl2023", 1300.0, 2023, province_id=GIA_LAI),
    forest("gl-target", 5000.0, 2023, province_id="66-2008", status="target"),
    forest("gl-part", 6000.0, 2023, province_id="67-2008", breakdown="rừng trồng"),
    forest("gl-rate", 70.0, 2023, province_id="68-2008", unit_code="PERCENT"),
    forest("new2023", 9000.0, 2023, province_id=MERGED),
    claim(
        "poor", indicator_code="poverty_rate", unit_code="PERCENT", value=5.0, value_text="5%", **year(2023)
    ),
    claim(
        "poor-yb",
        indicator_code="poverty_rate",
        unit_code="PERCENT",
        value=9.0,
        value_text="9%",
        province_id=YEN_BAI,
        source_url="javascript:alert(1)",
        **year(2023),
    ),
]


def meeting(meeting_id: str, **columns: Any) -> dict[str, Any]:
    kind = {"meeting_kind": "working_session", "date_basis": "stated"}
    return {"meeting_id": meeting_id, "province_id": LAO_CAI, **kind, **columns}


def of(statement_id: str) -> dict[str, Any]:
    return next(row for row in CLAIMS if row["statement_id"] == statement_id)


def observed() -> list[dict[str, Any]]:
    """Of every claim, and what was said of 2022 before, by a body of the article that is no more."""
    rows = [observation(row) for row in CLAIMS if row["statement_id"] != "s2022"]
    shared = {"observation_id": "o-2022", "newest_value": 1240.0}
    first = {"realtime_start": date(2026, 1, 5), "realtime_end": date(2026, 3, 8), "is_newest": False}
    before = of("s2022") | {"statement_id": "gone", "value": 1200.0}
    then = {"vintage_no": 2, "opened_by": "edited_article"}
    return [*rows, observation(before, **shared, **first), observation(of("s2022"), **shared, **then)]


SUPERSEDED = of("s2022") | {
    "statement_id": "gone",
    "article_version_id": "a1-1",
    "value": 1200.0,
    "known_on": date(2026, 1, 5),
    "superseded_on": date(2026, 3, 9),
    "quote_start": 0,
    "quote_end": 10,
    "value_start": 0,
    "value_end": 5,
}
ROLLUP = {
    "rollup_id": "r1",
    "province_id": MERGED,
    "indicator_code": "forest_area",
    "unit_code": "HECTARE",
    "status": "actual",
    **year(2023),
    "found_value": 3400.0,
    "value": 3400.0,
    "is_exact": False,
    "provinces_expected": 2,
    "provinces_found": 2,
    "is_complete": True,
    "found_province_ids": "10-2008,15-2008",
    "statement_ids": "s2023,yb2023",
}
MISSING = ROLLUP | {
    "rollup_id": "r2",
    **year(2021),
    "value": None,
    "found_value": 1180.0,
    "provinces_found": 1,
    "is_complete": False,
    "found_province_ids": "10-2008",
    "statement_ids": "s2021",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    superseded = {k: v for k, v in SUPERSEDED.items() if k != "source_url"}
    result = {
        "result_statement_id": "s2024",
        "result_status": "estimate",
        "result_value": 1310.0,
        "result_period_end": date(2024, 12, 31),
        "is_whole_period": False,
        "attainment_pct": 93.57,
        "is_met": False,
    }
    folder = published(
        tmp_path_factory.mktemp("provinces"),
        claims=CLAIMS,
        observations=observed(),
        fct_superseded_indicators=[superseded],
        targets=[target(of("s2025"), **result)],
        rollups=[ROLLUP, MISSING],
        meetings=[
            meeting("m1", meeting_date=date(2026, 3, 8), topic=HOSTILE),
            meeting("m2", date_basis="unknown"),
        ],
        freshness=[{"province_id": MERGED, "portal_count": 2, "newest_claim_on": date(2026, 3, 1)}],
    )
    return Pages(folder)


@pytest.fixture(scope="module")
def lao_cai(pages: Pages) -> Any:
    return pages.read(f"provinces/{LAO_CAI}.html")


def chart_of(pages: Pages, path: str, number: int) -> SeriesChart:
    chart = pages.pages[path].charts[number]
    assert isinstance(chart, SeriesChart)
    return chart


def test_there_is_a_page_for_every_province_of_either_vintage(pages: Pages) -> None:
    made = [path for path in pages.pages if path.startswith("provinces/")]
    assert len(made) == 34 + 63 + 1
    assert "chưa có số liệu nào" in text(pages.read("provinces/96-2025.html")).lower()
    assert not list(pages.read("provinces/96-2025.html").iter("svg", "table"))


def test_the_series_of_the_whole_province_keeps_to_its_kind(pages: Pages) -> None:
    (chart,) = pages.pages[f"provinces/{LAO_CAI}.html"].charts
    assert isinstance(chart, SeriesChart)
    told = [(row["time_period"], row["value"], row["is_known"]) for row in chart.rows]
    assert told == [
        ("2021", 1180.0, True),
        ("2022", 1240.0, True),
        ("2022", 1200.0, False),
        ("2023", 1300.0, True),
        ("2024", 1310.0, True),
        ("2025", 1400.0, True),
    ]
    assert chart.kinds() == ["actual", "estimate", "target", "earlier"]


def test_every_point_leads_to_its_sentence_and_says_what_it_is(lao_cai: Any) -> None:
    points = [(link.get("href"), link.findtext("title")) for link in lao_cai.xpath("//figure/svg//a")]
    assert points == [
        ("../articles/a1.html#c-s2021", "2021: 1.180\xa0ha (thực hiện)"),
        ("../articles/a1.html#c-s2022", "2022: 1.240\xa0ha (thực hiện)"),
        (
            "https://benlau.example/a1",
            "2022: 1.200\xa0ha (thực hiện), đưa ra ngày 5/1/2026, sau đó đổi",
        ),
        ("../articles/a1.html#c-s2023", "2023: hơn 1.300\xa0ha (thực hiện)"),
        ("../articles/a2.html#c-s2024", "2024: 1.310\xa0ha – 1.350\xa0ha (ước)"),
        ("../articles/a2.html#c-s2025", "2025: 1.400\xa0ha (mục tiêu)"),
    ]


def test_the_sentence_that_a_point_leads_to_is_there(pages: Pages, lao_cai: Any) -> None:
    article = pages.read("articles/a1.html")
    for href in [link.get("href") for link in lao_cai.xpath("//figure/svg//a")]:
        if href.startswith("../articles/a1.html#"):
            (mark,) = article.xpath(f"//*[@id='{href.split('#')[1]}']")
            assert mark.tag == "mark"


def test_a_chart_has_its_words_and_its_numbers_as_a_table(lao_cai: Any) -> None:
    (figure,) = lao_cai.xpath("//figure")
    assert text(figure.xpath(".//p[@class='legend']")[0]).split("  ") == [
        "thực hiện ước mục tiêu số đưa ra trước đó Đơn vị: ha, trục không bắt đầu từ 0."
    ]
    assert [cell.text_content() for cell in figure.xpath(".//tbody/tr/td[1]")] == [
        "1.180\xa0ha",
        "1.240\xa0ha",
        "1.200\xa0ha",
        "hơn 1.300\xa0ha",
        "1.310\xa0ha – 1.350\xa0ha",
        "1.400\xa0ha",
    ]
    assert "đưa ra từ 5/1/2026 đến 8/3/2026" in text(figure)


def test_the_newest_figure_of_each_thing_stands_with_its_sentence(lao_cai: Any) -> None:
    lines = rows_under(lao_cai, "latest")
    assert [line[:4] for line in lines] == [
        ["Diện tích rừng mức", "77 ha", "thực hiện", "9 tháng đầu năm 2023"],
        ["Diện tích rừng mức", "1.310 ha – 1.350 ha", "ước", "2024"],
        ["Diện tích rừng thay đổi %, so với cùng kỳ năm trước", "−3,5%", "thực hiện", "2023"],
        ["Tỷ lệ hộ nghèo mức", "5%", "thực hiện", "2023"],
    ]
    assert all("Theo báo cáo" in line[4] for line in lines)


def test_parts_and_places_never_pass_for_the_province(lao_cai: Any) -> None:
    (details,) = lao_cai.xpath("//*[@id='latest']/following::details[1]")
    assert "Sa Pa" in text(details)
    assert HOSTILE.replace("\u202e", "⟨U+202E⟩") in text(details)
    assert {"900 ha", "55 ha"} <= {text(cell) for cell in details.xpath(".//td[1]")}


def test_the_rank_is_among_figures_of_the_same_kind_alone(pages: Pages, lao_cai: Any) -> None:
    assert [line[:5] for line in rows_under(lao_cai, "rank")] == [
        ["Diện tích rừng mức", "2/3 xếp từ cao xuống thấp", "hơn 1.300 ha", "thực hiện", "2023"],
        ["Tỷ lệ hộ nghèo mức", "1/2 xếp từ thấp lên cao", "5%", "thực hiện", "2023"],
    ]
    assert rows_under(pages.read(f"provinces/{YEN_BAI}.html"), "rank")[0][1:4] == [
        "1/3 xếp từ cao xuống thấp",
        "2.100 ha",
        "ước",
    ]
    assert not pages.read(f"provinces/{MERGED}.html").xpath("//*[@id='rank']")


def test_what_was_said_before_is_told_beside_what_is_known(lao_cai: Any) -> None:
    assert [line[1:6] for line in rows_under(lao_cai, "revisions")] == [
        ["2022", "thực hiện", "5/1/2026 – 8/3/2026", "1.200 ha", "tin đầu tiên"],
        ["2022", "thực hiện", "9/3/2026 – nay", "1.240 ha", "bài được sửa"],
    ]


def test_targets_stand_beside_their_results(lao_cai: Any) -> None:
    (line,) = rows_under(lao_cai, "targets")
    assert line[1:] == [
        "2025",
        "1.400 ha bài",
        "1.310 ha bài",
        "ước đến 31/12/2024",
        "93,6%",
        "chưa đạt",
    ]


def test_before_the_merger_sums_are_told_only_where_no_province_is_missing(pages: Pages) -> None:
    page = pages.read(f"provinces/{MERGED}.html")
    assert [line[1:] for line in rows_under(page, "merger")] == [
        [
            "2023",
            "khoảng 3.400 ha",
            "thực hiện",
            "2/2: Lào Cai 1.300 ha bài, Yên Bái 2.100 ha bài",
        ],
        ["2021", "chưa đủ tỉnh", "thực hiện", "1/2: Lào Cai 1.180 ha bài"],
    ]
    assert "Gồm các tỉnh trước đây Lào Cai, Yên Bái." in text(page)
    assert f"{MERGED}.html" in links_of(pages.read(f"provinces/{LAO_CAI}.html"))


def test_meetings_are_named_the_dated_first(lao_cai: Any) -> None:
    items = lao_cai.xpath("//*[@id='meetings']/following::ul[1]/li")
    lines = [text(item) for item in items]
    assert links_of(items[0]) == ["../meetings/m1.html"]
    shown = HOSTILE.replace("\u202e", "⟨U+202E⟩")
    assert lines == [f"8/3/2026 · Làm việc {shown}", "không rõ ngày · Làm việc không nêu nội dung"]


def test_nothing_of_an_article_acts(pages: Pages) -> None:
    for path in (f"provinces/{LAO_CAI}.html", f"provinces/{YEN_BAI}.html", "provinces.html"):
        for language in ("vi", "en"):
            page = pages.read(path, language)
            assert not list(page.iter("script", "img", "iframe", "style"))
            assert not page.xpath(
                "//@style | //@onclick | //@onerror | //*[starts-with(@href, 'javascript:')]"
            )
            assert "\u202e" not in pages.html(path, language)
    assert "javascript:alert(1)" not in pages.html(f"provinces/{YEN_BAI}.html")


def test_both_languages_say_the_same(pages: Pages) -> None:
    english = pages.read(f"provinces/{LAO_CAI}.html", "en")
    titles = [title.text for title in english.xpath("//figure/svg//title")]
    assert titles[4] == "2024: 1,310\xa0ha – 1,350\xa0ha (estimate)"
    assert len(titles) == 6


def test_the_list_counts_each_province_and_leads_to_it(pages: Pages) -> None:
    page = pages.read("provinces.html")
    counted, fresh, former = page.xpath("//figure//svg")
    tiles = {link.get("href"): link.findtext("title") for svg in (counted, former) for link in svg.iter("a")}
    assert len(tiles) == 97
    told = sum(1 for row in CLAIMS if row["province_id"] == LAO_CAI)
    assert tiles[f"provinces/{LAO_CAI}.html"] == f"Lào Cai: {told} số liệu, mới nhất 9/3/2026"
    assert tiles["provinces/96-2025.html"] == "Cà Mau: chưa có số liệu"
    newest = {link.get("href"): link.findtext("title") for link in fresh.iter("a")}
    assert newest[f"provinces/{MERGED}.html"] == "Lào Cai: số liệu mới nhất 1/3/2026"
    assert ["Lào Cai", "8"] in [[text(a), text(b)] for a, b in pairwise(fresh.iter("text"))]
    assert len(newest) == 34
    assert ["Lào Cai", "1", "9/3/2026", "2"] in rows_under(page, "v2025")
    assert ["Lào Cai", str(told), "9/3/2026", "Lào Cai"] in rows_under(page, "v2008")


def test_what_does_not_fit_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "CHART_LIMIT",
        "LINE_LIMIT",
        "TARGET_LIMIT",
        "MEETING_LIMIT",
        "REVISION_LIMIT",
        "ROLLUP_LIMIT",
    ):
        monkeypatch.setattr(provinces, name, 1)
    codes = ("forest_area", "crop_yield", "grdp")
    claims = [claim(f"{code}-{n}", indicator_code=code, **year(n)) for code in codes for n in (2022, 2023)]
    endless = {"breakdown": "x" * 10_000, "place_name": "y" * 10_000}
    claims.append(claim("endless", value_text="7 ha", quote=f"{'z' * 10_000} 7 ha", **endless))
    aims = [claim(f"t{n}", status="target", **year(n)) for n in (2024, 2025)]
    meetings = [meeting(f"m{n}") for n in range(3)]
    folder = published(
        tmp_path, claims=[*claims, *aims], targets=[target(row) for row in aims], meetings=meetings
    )
    pages = Pages(folder)
    page = text(pages.read(f"provinces/{LAO_CAI}.html"))
    assert len(pages.html(f"provinces/{LAO_CAI}.html")) < 20_000
    assert "Vẽ 1 trong 2 chuỗi" in page
    for mart, count in (("fct_indicator_observations", 3), ("fct_indicator_targets", 2), ("fct_meetings", 3)):
        assert f"1 trong {count}; phần còn lại ở {mart}." in page


def test_an_empty_warehouse_says_so(tmp_path: Path) -> None:
    pages = Pages(published(tmp_path))
    assert "Chưa có số liệu nào" in text(pages.read(f"provinces/{LAO_CAI}.html"))
    assert len(pages.read("provinces.html").xpath("//svg//a")) == 97
    assert "Chưa có chỉ tiêu nào có số liệu." in text(pages.read("indicators.html"))
