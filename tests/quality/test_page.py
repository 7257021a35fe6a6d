"""The quality page shows what is published, and no text that stands in it can do anything."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.quality.page import PAGE_FILE, render, shown, write_quality_page
from include.untrusted import is_web_address
from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish, read_manifest
from tests.warehouse.samples import NIGHT, build_marts

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"
TURNED = "Sở \u202etxt.exe\u2066 \x07"
TABLES = {
    "dim_provinces": "province_id varchar, name varchar",
    "fct_province_freshness": "province_id varchar, portal_count integer, newest_published_on date,"
    " days_since_published integer",
    "fct_gate_results": "run_id varchar, gate varchar, check_name varchar, severity varchar,"
    " has_passed boolean, failing_rows bigint, explanation varchar, judged_at timestamptz",
    "fct_pipeline_runs": "stage_run_id varchar, stage varchar, stage_outcome varchar, stopped_by varchar,"
    " started_at timestamptz, seconds double, items_in bigint, items_out bigint",
    "fct_article_outcomes": "batch_id varchar, source_id varchar, outcome varchar, fetched_at timestamptz",
    "dim_sources": "source_id varchar, source_name varchar",
    "fct_consistency_checks": "check_id varchar, check_kind varchar, article_id varchar,"
    " is_consistent boolean, expected_value double, printed_value double, quote varchar, other_quote varchar",
    "fct_unmapped_indicators": "rank_no integer, indicator_name varchar, claim_count integer,"
    " province_count integer, unit_code varchar, quote varchar, source_url varchar",
}
ROWS: dict[str, list[Sequence[Any]]] = {
    "dim_provinces": [("p1", "Lào Cai"), ("p2", "Gia Lai")],
    "fct_province_freshness": [("p1", 2, "2026-03-01", 9), ("p2", 0, None, None)],
    "fct_gate_results": [
        ("r0", "landed", "url_well_formed", "stop", False, 7, "a1: sai địa chỉ", "2026-03-08 22:00:00+00"),
        ("r1", "landed", "url_well_formed", "stop", True, 0, None, "2026-03-09 22:00:00+00"),
        ("r1", "landed", "portal_quiet", "warn", False, 3, f"bao-a: {SCRIPT}", "2026-03-09 22:00:00+00"),
        ("r1", "marts", "share_pct_plausible", "stop", True, 2, "s1: few", "2026-03-09 22:30:00+00"),
    ],
    "fct_pipeline_runs": [
        ("s1", "fetch", "ok", None, "2026-03-09 19:00:00+00", 61.5, 1200, 1100),
        ("s2", "build", "killed", "found_unfinished", "2026-03-09 20:00:00+00", None, None, None),
    ],
    "fct_article_outcomes": [
        ("crawl-1", "bao-a", "failed", "2026-03-08 19:00:00+00"),
        *[("crawl-2", "bao-a", "loaded", "2026-03-09 19:00:00+00")] * 4,
        ("crawl-2", "bao-b", "quarantined", "2026-03-09 19:01:00+00"),
    ],
    "dim_sources": [("bao-a", f"Báo A {TURNED}")],
    "fct_consistency_checks": [
        ("c1", "plan_attainment", "a0", False, 24.15, 26.3, f"Thu đạt 26,3% {SCRIPT}", f"Kế hoạch {TURNED}"),
        ("c2", "plan_attainment", "a9", False, 1.0, 2.0, "câu", "câu kia"),
        ("c3", "plan_attainment", "a0", True, 24.15, 24.1, "Câu này khớp.", "Câu này khớp."),
    ],
    "fct_unmapped_indicators": [
        (1, f"dự án {SCRIPT}", 12, 3, "PROJECT", "Có 12 dự án.", "https://a.test/1?a=1&b=\"><script>x"),
        (2, "cơ sở", 4, 1, None, "Có 4 cơ sở.", "javascript:alert(3)"),
    ],
}  # fmt: skip


class Reader(HTMLParser):
    """Collects tags, attributes and text as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    warehouse = folder / "warehouse.duckdb"
    build_marts(warehouse)
    with open_warehouse(warehouse) as connection:
        for mart, columns in TABLES.items():
            connection.execute(f"create or replace table marts.{mart} ({columns})")
            marks = ", ".join("?" * len(ROWS[mart][0]))
            connection.executemany(
                f"insert into marts.{mart} values ({marks})", [list(r) for r in ROWS[mart]]
            )
    publish(warehouse=warehouse, data_dir=folder, run_id="r1", releases_kept=2, published_at=NIGHT)
    return folder


@pytest.fixture(scope="module")
def html(data_dir: Path) -> str:
    target = write_quality_page(data_dir)
    assert target == data_dir / PAGE_FILE
    return target.read_text(encoding="utf-8")


def test_hostile_text_is_text(html: str) -> None:
    read = Reader(html)
    assert read.text.count(SCRIPT) == 3
    assert not {"script", "img", "iframe", "object", "form", "link", "base"} & {tag for tag, _ in read.tags}
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert not [tag for tag, attributes in read.tags if "style" in attributes or "src" in attributes]
    assert "{{" in read.text


def test_nothing_turns_the_direction_of_reading_or_hides(html: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", html)
    assert "Báo A Sở ⟨U+202E⟩txt.exe⟨U+2066⟩ ⟨U+0007⟩" in Reader(html).text


def test_only_sources_are_linked_and_nothing_is_loaded(html: str) -> None:
    links = [attributes for tag, attributes in Reader(html).tags if tag == "a"]
    outside = [link for link in links if not str(link["href"]).startswith("#")]
    assert sorted(str(link["href"]) for link in outside) == [
        'https://a.test/1?a=1&b="><script>x',
        "https://benlau.example/0",
    ]
    assert all(link["rel"] == "noopener noreferrer" for link in outside)
    assert "javascript:alert(3)" in Reader(html).text
    assert not re.search(r"url\(|@import", html)


def test_the_page_allows_itself_its_own_style_alone(html: str) -> None:
    (policy,) = [
        str(attributes["content"])
        for tag, attributes in Reader(html).tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")


def section(html: str, name: str) -> str:
    """The text of one section, cells parted by bars."""
    part = html.split(f'id="{name}"')[1].split("<h2")[0]
    return re.sub(r"\s+", " ", Reader(part.replace("</td>", "|")).text)


def test_what_it_says(html: str) -> None:
    assert "Release r1, 2026-03-10 02:05" in re.sub(r"\s+", " ", Reader(html).text)
    gates = section(html, "gates")
    assert "2 / 3 phép kiểm đạt" in gates
    assert "landed|portal_quiet|! cảnh báo / warned|3|" in gates
    assert "marts|share_pct_plausible|✓ đạt / passed|2|" in gates
    history = section(html, "history")
    assert "2026-03-10 05:30|r1|! cảnh báo / warned|2|1|0|portal_quiet|" in history
    assert "2026-03-09 05:00|r0|✗ bị chặn / refused|0|0|1|url_well_formed|" in history
    assert html.index('class="refused" width') < html.index('class="warned" width'), "oldest first"
    portals = section(html, "portals")
    assert "crawl-2" in portals
    assert "Báo A Sở ⟨U+202E⟩txt.exe⟨U+2066⟩ ⟨U+0007⟩|4|·|4|" in portals
    assert "bao-b|·|1|1|" in portals
    assert "failed" not in portals
    assert "plan_attainment|24.15|26.3|Thu đạt 26,3%" in section(html, "consistency")
    assert "plan_attainment|1|2|câu|câu kia|·|" in section(html, "consistency")
    assert "Câu này khớp" not in html
    assert "1|dự án" in section(html, "unmapped")
    stages = section(html, "stages")
    assert "2026-03-10 02:00|fetch|ok|61.5|1,200|1,100|" in stages
    assert "2026-03-10 03:00|build|killed (found_unfinished)|·|·|·|" in stages


def test_freshness_is_shown_where_the_release_has_it(data_dir: Path, html: str, tmp_path: Path) -> None:
    told = section(html, "freshness")
    assert "Gia Lai|0|·|·| Lào Cai|2|2026-03-01|9|" in told
    copy = tmp_path / "sotinh.duckdb"
    copy.write_bytes((data_dir / "sotinh.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as marts:
        marts.execute("drop table marts.fct_province_freshness")
    manifest = read_manifest(data_dir)
    assert manifest is not None
    assert "no mart of freshness" in section(render(copy, manifest), "freshness")


def test_many_runs_stand_side_by_side(data_dir: Path, html: str, tmp_path: Path) -> None:
    copy = tmp_path / "sotinh.duckdb"
    copy.write_bytes((data_dir / "sotinh.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as marts:
        marts.execute(
            "insert into marts.fct_gate_results select 'x' || n, 'landed', 'c', 'stop', true, 0, null,"
            " timestamptz '2026-01-01 00:00:00+00' + to_days(cast(n as integer)) from range(90) as t (n)"
        )
    manifest = read_manifest(data_dir)
    assert manifest is not None
    drawn = render(copy, manifest)
    places = re.findall(r'<g transform="translate\((\S+) 2\)">', drawn)
    assert places == [str(22 * n) for n in range(60)]
    assert '<svg width="1320"' in drawn


def test_the_page_is_the_same_for_the_same_release(data_dir: Path, html: str) -> None:
    assert write_quality_page(data_dir).read_text(encoding="utf-8") == html
    assert not list(data_dir.glob("*.part"))


def test_without_a_published_file_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"sotinh\.duckdb"):
        write_quality_page(tmp_path)
    assert not (tmp_path / PAGE_FILE).exists()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://a.test/1", True),
        ("HTTP://a.test", True),
        ("javascript:alert(1)", False),
        ("//a.test/1", False),
        ("data:text/html,x", False),
        ("https:", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_which_addresses_may_be_links(text: object, is_one: bool) -> None:
    assert is_web_address(text) is is_one


def test_values_as_printed() -> None:
    assert [shown(value) for value in (None, 1234567, 1234.5, True, 0.1)] == [
        "·",
        "1,234,567",
        "1,234.5",
        True,
        "0.1",
    ]
