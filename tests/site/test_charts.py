"""Charts come from specifications that hold; nothing but shapes, words and links gets into a page."""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import altair
import pytest
from lxml import html

from include.contract import PUBLISHED_FILE
from include.site.charts import draw as drawing
from include.site.charts.bars import Part, bars_spec
from include.site.charts.chart import Mark, Spec, claim_mark, mark_address
from include.site.charts.draw import Drawings, draw, drawing_key
from include.site.charts.look import KINDS, PARTS, SHAPES, STEPS
from include.site.charts.ranking import Ranked, ranking_spec
from include.site.charts.series import Dot, series_spec, starts_at_zero
from include.site.charts.svg import ChartError, cleaned, inlined
from include.site.charts.tiles import Tile, steps, tile_places, tiles_spec
from include.site.marts import Marts
from include.site.page import Page
from include.site.province_charts import CountTiles
from include.site.render import Renderer, SiteError
from include.warehouse.publish import read_manifest
from include.warehouse.reading import open_published
from tests.site.samples import published, vocabulary

# The grounds of the site (site.css), light and dark.
PAPERS = ("#ffffff", "#14171b")
HOSTILE = (
    "datum",
    "datum.value",
    "{signal: 'x'}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a'b\"c & d",
    "javascript:alert(1)",
    "Gia \u202eiaL",
    "[0].x",
    "x" * 10_000,
)
SERIES = [
    Dot("2021", 16.9, None, "actual", 0, 0),
    Dot("2022", 17.5, None, "actual", 0, 1),
    Dot("2024", 20.0, 22.0, "estimate", None, 2),
    Dot("2024", 19.0, None, "earlier", None, 3),
    Dot("2025", 25.0, None, "target", None, 4),
]
YEARS = ["2021", "2022", "2023", "2024", "2025"]
RANKING = [Ranked("1. Lào Cai", 12.5, "12,5", "actual", 0), Ranked("2. Gia Lai", -3.0, "−3", "estimate", 1)]
TILES = [Tile("15-2025", "Lào Cai", "1.240,5", 4, 0), Tile("52-2025", "Gia Lai", "", None, 1)]
BARS = [Part("9/3", "loaded", 4, 0), Part("9/3", "failed", 0, 1), Part("10/3", "failed", 2, 2)]
SPECS: dict[str, Spec] = {
    "series": series_spec(SERIES, slots=YEARS),
    "some years named": series_spec(SERIES, slots=YEARS, ticks=["2021", "2025"]),
    "one figure": series_spec(SERIES[:1], slots=["2021"]),
    "days": series_spec([Dot(date(2024, 3, 1), -1.5, None, "actual", None, 0)], slots=[]),
    "ranking": ranking_spec(RANKING),
    "ranking of one nought": ranking_spec([Ranked("1. Huế", 0.0, "0", "actual", 0)]),
    "tiles": tiles_spec(TILES),
    "tiles without a figure": tiles_spec(TILES[1:]),
    "bars": bars_spec(BARS, order=["loaded", "unchanged", "failed"]),
    "hostile ranking": ranking_spec(
        [Ranked(f"{n}. {text}", n, text, "actual", n) for n, text in enumerate(HOSTILE)]
    ),
    "hostile tiles": tiles_spec([Tile("15-2025", text, text, 1, 0) for text in HOSTILE]),
    "hostile bars": bars_spec([Part(text, "loaded", 1, 0) for text in HOSTILE], order=["loaded"]),
}  # fmt: skip
MARKS = [Mark(f"điểm {n}", url=f"https://benlau.example/{n}") for n in range(len(HOSTILE))]


class Broken(CountTiles):
    def spec(self) -> Spec:
        return {"mark": "none of Vega's", "data": {"url": "https://mark.invalid/x"}}


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return {name: draw(spec) for name, spec in SPECS.items()}


def in_page(svg: str, marks: list[Mark] = MARKS, language: str = "vi") -> Any:
    """The chart as a browser would read it in a page."""
    return html.fromstring(inlined(svg, "Số liệu", marks, lambda mark: mark.url, language))


def words(svg: str, language: str = "vi") -> list[str]:
    return [text.text_content() for text in in_page(svg, language=language).iter("text")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", SPECS)
def test_every_specification_holds_against_vega_lites_schema(name: str) -> None:
    altair.Chart.from_dict(SPECS[name])


def test_the_schema_would_find_a_mistake() -> None:
    with pytest.raises(Exception, match="colour"):
        altair.Chart.from_dict(SPECS["series"] | {"colour": "red"})


@pytest.mark.parametrize("name", SPECS)
def test_a_chart_is_shapes_words_and_links_alone(name: str, drawn: dict[str, str]) -> None:
    chart = in_page(drawn[name])
    assert {element.tag for element in chart.iter()} <= {
        "svg",
        "g",
        "path",
        "line",
        "rect",
        "text",
        "a",
        "title",
    }
    attributes = {(element.tag, attribute) for element in chart.iter() for attribute in element.attrib}
    assert not {a for _, a in attributes if a in ("style", "class", "id", "xlink:href") or a.startswith("on")}
    assert {tag for tag, attribute in attributes if attribute == "href"} == {"a"}
    assert "mark.invalid" not in drawn[name]
    assert "vega" not in drawn[name]


def test_each_mark_is_a_link_with_its_own_title(drawn: dict[str, str]) -> None:
    links = list(in_page(drawn["series"]).iter("a"))
    assert [link.get("href") for link in links] == [f"https://benlau.example/{n}" for n in range(5)]
    assert [link.findtext("title") for link in links] == [f"điểm {n}" for n in range(5)]
    assert {link.get("rel") for link in links} == {"noopener noreferrer external"}
    assert not [link for link in links if link.xpath("ancestor-or-self::*[@aria-hidden]")]
    assert in_page(drawn["series"]).get("role") == "group"


def test_a_mark_that_leads_nowhere_keeps_its_title_and_is_no_link(drawn: dict[str, str]) -> None:
    chart = in_page(drawn["ranking"], [Mark("một"), Mark("hai")])
    assert not list(chart.iter("a"))
    assert [title.text for title in chart.iter("title")] == ["một", "hai"]
    assert chart.get("role") == "img"


def test_titles_and_addresses_are_text(drawn: dict[str, str]) -> None:
    marks = [Mark(text, url=f'https://a.example/?q="><script>{n}') for n, text in enumerate(HOSTILE)]
    chart = in_page(drawn["hostile ranking"], marks)
    assert not list(chart.iter("script", "img"))
    titles = [title.text for title in chart.iter("title")]
    assert titles == [text.replace("\u202e", "⟨U+202E⟩") for text in HOSTILE]
    assert [link.get("href") for link in chart.iter("a")] == [mark.url for mark in marks]


def test_hostile_names_are_words_on_the_chart(drawn: dict[str, str]) -> None:
    shown = words(drawn["hostile ranking"])
    for number, text in enumerate(HOSTILE[:6]):
        assert text in shown, f"as the printed value of line {number}"
    assert "Gia ⟨U+202E⟩iaL" in shown
    assert max(map(len, shown)) <= 64
    assert not [
        text for name in ("hostile tiles", "hostile bars") for text in words(drawn[name]) if "\u202e" in text
    ]


def test_numbers_are_turned_around_for_a_page_in_english_and_periods_are_not(drawn: dict[str, str]) -> None:
    assert "1.240,5" in words(drawn["tiles"])
    assert "1,240.5" in words(drawn["tiles"], "en")
    assert {"2021", "2025"} <= set(words(drawn["series"], "en"))
    slots = series_spec([Dot("3/2024", 1234.5, None, "actual", None, 0)], slots=["3/2024"])
    assert {"3/2024", "1,000"} <= set(words(draw(slots), "en"))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="x"/>',
        "<style>a{}</style>",
        "<foreignObject/>",
        '<path style="fill:red" d="M0,0"/>',
        '<path onclick="x" d="M0,0"/>',
        '<clipPath id="clip0"/>',
        '<a xlink:href="javascript:alert(1)"><path d="M0,0"/></a>',
        '<a xlink:href="https://mark.invalid/1x"><path d="M0,0"/></a>',
    ],
)
def test_what_no_specification_of_ours_draws_is_refused(inside: str) -> None:
    svg = "http://www.w3.org/2000/svg"
    with pytest.raises(ChartError, match="SVG"):
        cleaned(f'<svg xmlns="{svg}" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>')


def test_no_data_is_fetched() -> None:
    away = {"mark": "point", "data": {"url": "https://mark.invalid/data.json"}, "encoding": {}}
    with pytest.raises(ChartError, match="does not draw this"):
        draw(away)


def test_gaps_break_a_line_and_kinds_do_not_share_one() -> None:
    lines = [layer for layer in SPECS["series"]["layer"] if layer["mark"]["type"] == "line"]
    assert [row["when"] for row in lines[0]["data"]["values"]] == ["2021", "2022"]
    assert SPECS["series"]["layer"][-1]["encoding"]["x"]["scale"]["domain"] == YEARS


def test_zero_is_left_out_only_where_figures_hardly_differ() -> None:
    assert starts_at_zero([10.0, 20.0])
    assert starts_at_zero([-1.0, 20.0])
    assert not starts_at_zero([97.0, 99.0])
    assert starts_at_zero([0.0])
    assert starts_at_zero([97.0, 97.0])


def test_kinds_differ_in_shape_and_in_colour_on_light_and_dark() -> None:
    assert (
        len({colour for colour, _ in KINDS.values()})
        == len({shape for _, shape in KINDS.values()})
        == len(KINDS)
    )
    assert {shape for _, shape in KINDS.values()} <= SHAPES.keys()
    for colour in [*(colour for colour, _ in KINDS.values()), *PARTS]:
        assert min(contrast(colour, paper) for paper in PAPERS) >= 3, colour
    assert len(set(PARTS)) == len(PARTS)
    assert all(contrast(ground, ink) >= 4.5 for ground, ink in STEPS)
    stylesheet = (Path(drawing.__file__).parents[1] / "assets" / "site.css").read_text(encoding="utf-8")
    assert all(f"--paper: {paper}" in stylesheet for paper in PAPERS)


def test_every_province_has_one_tile_among_those_of_its_vintage() -> None:
    places = tile_places()
    provinces = {
        row["province_id"]: row["vintage"] for row in vocabulary()["dim_provinces"] if row["vintage"]
    }
    assert places.keys() == provinces.keys()
    taken = [(provinces[province_id], place) for province_id, place in places.items()]
    assert len(set(taken)) == len(taken) == 97
    file = Path(drawing.__file__).with_name("province_tiles.csv")
    assert len(list(csv.reader(file.open(encoding="utf-8")))) == 1 + len(places)


@pytest.mark.parametrize(
    ("north", "south"),
    [
        *pairwise(["10-2008", "01-2008", "46-2008", "79-2008", "96-2008"]),
        *pairwise(["15-2025", "01-2025", "48-2025", "79-2025", "96-2025"]),
    ],
)
def test_what_lies_in_the_south_lies_further_down(north: str, south: str) -> None:
    assert tile_places()[north][1] < tile_places()[south][1]


def test_steps_are_fifths_and_equal_values_are_alike() -> None:
    assert steps([10, 20, 30, 40, 50]) == [0, 1, 2, 3, 4]
    assert steps([5, 5, 5]) == [0, 0, 0]
    assert steps([]) == []
    assert steps([3, 1, 2]) == [3, 0, 1]


def test_nothing_to_draw_is_said_before_it_is_drawn() -> None:
    for make in (lambda: series_spec([], slots=[]), lambda: ranking_spec([]), lambda: tiles_spec([])):
        with pytest.raises(ValueError, match="show words in place"):
            make()
    with pytest.raises(ValueError, match="one name"):
        ranking_spec([RANKING[0], RANKING[0]])
    with pytest.raises(ValueError, match="9 parts, and 8 colours"):
        bars_spec(BARS, order=["loaded", "failed", *"abcdefg"])
    with pytest.raises(KeyError, match="99-2025"):
        tiles_spec([Tile("99-2025", "Không có", "", None, 0)])


def test_a_figure_that_stands_leads_to_its_sentence_and_one_taken_back_to_the_source() -> None:
    row = {"article_id": "a1", "statement_id": "s1", "source_url": "https://a.example", "is_standing": True}
    assert claim_mark(row, "x") == Mark("x", "articles/a1.html", "#c-s1", "https://a.example")
    assert claim_mark(row | {"is_standing": False}, "x") == Mark("x", url="https://a.example")
    assert mark_address(7).startswith("https://mark.invalid/")


def test_a_chart_is_drawn_once_and_the_same_every_time(tmp_path: Path) -> None:
    some = [SPECS["series"], SPECS["ranking"], SPECS["series"]]
    first = Drawings(tmp_path)
    assert first.prepare(some) == 2
    again = Drawings(tmp_path)
    assert again.prepare(some) == 0
    assert again.get(SPECS["series"]) == first.get(SPECS["series"]) == draw(SPECS["series"])
    assert again.prune() == 0


def test_what_was_not_asked_for_or_is_torn_does_not_stay(tmp_path: Path) -> None:
    Drawings(tmp_path).prepare([SPECS["tiles"], SPECS["ranking"]])
    torn = tmp_path / f"{drawing_key(SPECS['tiles'])}.svg"
    torn.write_text(torn.read_text(encoding="utf-8")[:200], encoding="utf-8")
    (tmp_path / "left over.new").write_text("", encoding="utf-8")
    drawings = Drawings(tmp_path)
    assert drawings.get(SPECS["tiles"]).endswith("</svg>")
    assert drawings.prune() == 2
    assert [path.name for path in tmp_path.iterdir()] == [torn.name]
    assert torn.read_text(encoding="utf-8").endswith("</svg>")
    assert Drawings(tmp_path / "never made").prune() == 0


def test_a_chart_that_cannot_be_drawn_stops_the_site_and_is_named(tmp_path: Path) -> None:
    folder = published(tmp_path)
    marts = Marts(open_published(folder / PUBLISHED_FILE), cast("Any", read_manifest(folder)))
    renderer = Renderer(marts, frozenset())
    nowhere = {"province_id": "99-2025", "name": "Không có", "name_en": "None"}
    titles = ("Tỉnh", "Provinces")
    with pytest.raises(SiteError, match=r"p\.html: CountTiles: KeyError: '99-2025'"):
        renderer.prepare([Page("p.html", "x", titles, charts=[CountTiles({}, [nowhere])])])
    with pytest.raises(SiteError, match="a chart: Vega-Lite does not draw this"):
        renderer.prepare([Page("p.html", "x", titles, charts=[Broken({}, [])])])


def test_another_library_draws_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawing_key(SPECS["tiles"])
    monkeypatch.setattr(drawing, "version", lambda _: "9.9")
    assert drawing_key(SPECS["tiles"]) != before
    assert drawing_key(SPECS["ranking"]) != drawing_key(SPECS["tiles"])
