"""An indicator's page: provinces side by side, honestly, and each number one click from its sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from include.site.pages import indicators
from include.site.province_charts import FigureTiles, RankingChart
from include.site.series_charts import SeriesChart
from tests.site.drawn import Pages, rows_under, text
from tests.site.samples import article, claim, published, source, year

BILLION = 1_000_000_000
CONSTANT = "Tốc độ tăng thường tính theo giá so sánh."
HOSTILE = "<img src=x onerror=alert(1)>\u202e"
MONEY = {"indicator_code": "industrial_output", "indicator_name": "giá trị sản xuất", "unit_code": "VND"}
GROWTH = {"measure": "change_pct", "unit_code": "PERCENT", "value_text": "4%"}
FIRST_HALF = {
    "period_type": "half",
    "time_period": "2023-S1",
    "period_start": date(2023, 1, 1),
    "period_end": date(2023, 6, 30),
}


def money(statement_id: str, province_id: str, billions: float, **columns: Any) -> dict[str, Any]:
    told = MONEY | year(2023) | {"value": billions * BILLION, "value_text": f"{billions:g} tỷ đồng"}
    return claim(statement_id, province_id=province_id, **told | columns)


CLAIMS = [
    money("a", "10-2008", 1200.5),
    money("b", "15-2008", 900, status="estimate", article_id="a2"),
    money("c", "64-2008", 1500),
    money("c-estimate", "64-2008", 1490, status="estimate"),
    money("earlier", "10-2008", 1000, **year(2022)),
    # None of these may stand beside the three above.
    money("constant", "22-2008", 7777, price_basis="constant_2010"),
    money("half", "24-2008", 7777, **FIRST_HALF),
    money("target", "25-2008", 7777, status="target"),
    money("part", "26-2008", 7777, breakdown=f"khai khoáng {HOSTILE}"),
    money("place", "27-2008", 7777, place_name="Yên Phong"),
    money("dollars", "30-2008", 0.001, unit_code="USD"),
    money("now", "24-2025", 7777),
    money("country-22", "00", 9000, **year(2022)),
    money("country-23", "00", 9500),
    money("country-grown", "00", 4, **GROWTH),
    money("nowhere", "10-2008", 8888, indicator_code=None, indicator_name="giá trị khác"),
    claim("tea-1", indicator_code="crop_area", **year(2023)),
    claim("tea-2", indicator_code="crop_area", province_id="64-2008", **year(2023)),
    claim("alone", indicator_code="forest_area", **year(2023)),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    sources = [source(source_name=f"Báo {HOSTILE}", base_url="javascript:alert(1)")]
    return Pages(published(tmp_path_factory.mktemp("indicators"), claims=CLAIMS, sources=sources))


@pytest.fixture(scope="module")
def output(pages: Pages) -> Any:
    return pages.read("indicators/industrial_output.html")


def charts(pages: Pages, kind: type) -> list[Any]:
    return [one for one in pages.pages["indicators/industrial_output.html"].charts if isinstance(one, kind)]


def test_only_indicators_with_claims_have_a_page(pages: Pages) -> None:
    made = {path for path in pages.pages if path.startswith("indicators/")}
    assert made == {f"indicators/{code}.html" for code in ("industrial_output", "crop_area", "forest_area")}


def test_the_list_follows_the_topics_and_counts(pages: Pages) -> None:
    page = pages.read("indicators.html")
    assert [text(heading) for heading in page.xpath("//h2")] == [
        "Kinh tế › Công nghiệp",
        "Kinh tế › Nông, lâm nghiệp và thuỷ sản",
    ]
    told = [row for row in CLAIMS if row["indicator_code"] == "industrial_output"]
    line = ["Giá trị sản xuất công nghiệp", str(len(told)), "11", "9/3/2026"]
    assert rows_under(page, "industry") == [line]
    assert "3 chỉ tiêu có số liệu" in text(page)


def test_only_like_is_set_beside_like(pages: Pages) -> None:
    (ranking,) = charts(pages, RankingChart)
    assert [(row["place"], row["statement_id"], row["status"]) for row in ranking.rows] == [
        (1, "c", "actual"),
        (2, "a", "actual"),
        (3, "b", "estimate"),
    ]
    assert ranking.kinds() == ["actual", "estimate"]


def test_the_ranking_is_a_chart_and_a_table_with_links_to_the_sentences(output: Any) -> None:
    figure = output.xpath("//h3[text()='Xếp hạng']/ancestor::figure")[0]
    assert [link.get("href") for link in figure.xpath("./svg//a")] == [
        "../articles/a1.html#c-c",
        "../articles/a1.html#c-a",
        "../articles/a2.html#c-b",
    ]
    assert "Đơn vị: tỷ đồng." in text(figure)
    assert [[text(cell) for cell in row] for row in figure.xpath(".//tbody/tr")] == [
        ["1. Gia Lai", "2023", "1.500 tỷ đồng", "thực hiện", "bài"],
        ["2. Lào Cai", "2023", "1.200,5 tỷ đồng", "thực hiện", "bài"],
        ["3. Yên Bái", "2023", "900 tỷ đồng", "ước", "bài"],
    ]
    assert {"1. Gia Lai", "1.200,5"} <= {text(word) for word in figure.xpath("./svg//text")}


def test_tiles_show_every_province_of_the_vintage(pages: Pages, output: Any) -> None:
    (tiles,) = charts(pages, FigureTiles)
    assert len(tiles.provinces) == 63
    links = {
        link.findtext("title"): link.get("href")
        for link in output.xpath("//h3[text()='Bản đồ ô']/ancestor::figure//svg//a")
    }
    assert len(links) == 63
    assert links["Lào Cai, 2023: 1.200,5\xa0tỷ\xa0đồng (thực hiện)"] == "../articles/a1.html#c-a"
    assert links["Cà Mau: chưa có số cho kỳ này"] == "../provinces/96-2008.html"


def test_all_provinces_over_time_are_points_without_lines(pages: Pages, output: Any) -> None:
    over_time, *country = charts(pages, SeriesChart)
    assert not over_time.connected
    assert [row["statement_id"] for row in over_time.rows] == ["earlier", "c", "a", "b"]
    assert "line" not in {layer["mark"]["type"] for layer in over_time.spec()["layer"]}
    (titles,) = output.xpath("//h3[text()='Mọi tỉnh theo thời gian']/ancestor::figure/svg")
    assert titles.xpath(".//title/text()")[0] == "Lào Cai, 2022: 1.000\xa0tỷ\xa0đồng (thực hiện)"
    assert len(country) == 1


def test_the_whole_country_has_its_series(pages: Pages, output: Any) -> None:
    (country,) = charts(pages, SeriesChart)[1:]
    assert [row["statement_id"] for row in country.rows] == ["country-22", "country-23"]
    assert "line" in {layer["mark"]["type"] for layer in country.spec()["layer"]}
    assert output.xpath("//*[@id='country']/following::figure[1]/svg//a/@href") == [
        "../articles/a1.html#c-country-22",
        "../articles/a1.html#c-country-23",
    ]


def test_the_definition_says_how_to_read_it(output: Any) -> None:
    facts = [text(fact) for fact in output.xpath("//dl//dd")]
    assert facts == [
        "Industrial production value",
        "industrial_output",
        "Đồng Việt Nam",
        f"Cộng dồn trong kỳ. Cộng được giữa các tỉnh. {CONSTANT} Càng cao càng tốt.",
    ]


def test_the_newest_claims_stand_with_their_sentences(output: Any) -> None:
    lines = rows_under(output, "claims")
    assert len(lines) == sum(1 for row in CLAIMS if row["indicator_code"] == "industrial_output")
    assert all(line[5].startswith("Theo báo cáo") for line in lines)
    assert "giá so sánh 2010" in " ".join(line[0] for line in lines)


def test_sources_are_named_and_an_address_that_acts_is_no_link(pages: Pages, output: Any) -> None:
    (line,) = rows_under(output, "sources")
    assert line[0] == "Báo <img src=x onerror=alert(1)>⟨U+202E⟩"
    assert "javascript:" not in pages.html("indicators/industrial_output.html")
    assert not list(output.iter("img", "script"))


def test_what_cannot_be_compared_is_said(pages: Pages) -> None:
    parts = pages.read("indicators/crop_area.html")
    assert "Không so sánh giữa các tỉnh" in text(parts)
    alone = pages.read("indicators/forest_area.html")
    assert "Chưa so sánh được giữa các tỉnh" in text(alone)
    assert not parts.xpath("//figure") + alone.xpath("//figure")


def test_numbers_are_those_of_the_language(pages: Pages) -> None:
    page = pages.read("indicators/industrial_output.html", "en")
    assert {"1,200.5", "1. Gia Lai"} <= {text(word) for word in page.xpath("//figure/svg//text")}
    assert "In billion VND." in text(page)


def test_what_does_not_fit_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in (("FIELD_LIMIT", 3), ("CLAIM_LIMIT", 2), ("SOURCE_LIMIT", 2)):
        monkeypatch.setattr(indicators, name, limit)
    some = [
        money(f"{n}-{place}", place, n, **year(n)) for n in (2022, 2023) for place in ("10-2008", "15-2008")
    ]
    articles = [{"article_id": f"b{n}", "source_id": f"p{n}"} for n in range(3)]
    told = [row | {"article_id": f"b{n % 3}"} for n, row in enumerate(some)]
    folder = published(tmp_path, claims=told, articles=[article(**row) for row in articles])
    page = text(Pages(folder).read("indicators/industrial_output.html"))
    for cut in ("2 trong 4; phần còn lại ở fct_indicators", "2 trong 3; phần còn lại ở dim_sources"):
        assert cut in page
    assert "3 trong 4; phần còn lại ở fct_indicator_observations" in page
