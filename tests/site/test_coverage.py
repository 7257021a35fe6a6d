"""The page of coverage and quality shows what is published, refused runs as well."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from include.site.build import build_site
from include.site.pages.coverage import CHECKS_SHOWN, NIGHTS_SHOWN, RUNS_SHOWN, coverage_pages
from tests.site.nights import BATCH, NIGHT_ON, SCRIPT, TURNED, gate, meeting, outcome, portal_night
from tests.site.reading import Reader, drawn, section, text_of
from tests.site.samples import NIGHT, Row, article, claim, published, source

DAY = timedelta(days=1)


def check(check_id: str, **columns: object) -> Row:
    """One row of fct_consistency_checks: a level and its plan that do not give the printed percentage."""
    row: Row = {"check_id": check_id, "check_kind": "plan_attainment", "scope": "within_article"}
    row |= {"subject_kind": "claim", "subject_id": "s1", "article_id": "a1", "other_article_id": "a1"}
    row |= {"statement_id": "s1", "other_statement_id": "s2", "basis_statement_id": "s3"}
    row |= {"expected_value": 24.15, "printed_value": 26.3, "tolerance": 0.05, "is_consistent": False}
    row |= {"quote": "Xã trồng 966 ha chè.", "other_quote": "Xã đạt 26,3% kế hoạch."}
    return row | {"basis_quote": "Kế hoạch là 4.000 ha."} | columns


def unmapped(rank: int, **columns: object) -> Row:
    """One row of fct_unmapped_indicators."""
    row: Row = {"rank_no": rank, "name_folded": f"n{rank}", "indicator_name": "cơ sở", "claim_count": 4}
    row |= {"article_count": 2, "province_count": 1, "statement_id": "s1", "quote": "Có 12 cơ sở."}
    return row | {"unit_code": "COUNT", "source_url": "https://benlau.example/a1#:~:text=C"} | columns


def stage(stage: str, **columns: object) -> Row:
    """One row of fct_pipeline_runs, ended well."""
    row: Row = {"stage_run_id": f"x-{stage}", "stage": stage, "stage_outcome": "ok", "started_at": NIGHT}
    return row | {"seconds": 61.5, "items_in": 1200, "items_out": 1100} | columns


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    percent = {"measure": "plan_pct", "unit_code": "PERCENT", "value_text": "26,3%", "value": 26.3}
    return published(
        tmp_path_factory.mktemp("coverage"),
        articles=[article(), article("a9", url="javascript:alert(3)", published_on=date(2026, 3, 1))],
        sources=[source(source_name=f"Báo Bến Lau {TURNED}"), source("hatranh", source_name="Báo Hạ Tranh")],
        claims=[
            claim("s1", value=966.0, value_text="966 ha", quote="Xã trồng 966 ha chè."),
            claim("s2", quote="Xã đạt 26,3% kế hoạch.", **percent),
            claim("s3", value=4000.0, value_text="4.000 ha", quote="Kế hoạch là 4.000 ha."),
        ],
        freshness=[
            {"province_id": "15-2025", "as_of": NIGHT_ON, "portal_count": 2, "recent_article_count": 12,
             "newest_published_on": date(2026, 3, 1), "days_since_published": 9,
             "newest_claim_on": date(2026, 2, 20), "expected_article_count": 30.4},
            {"province_id": "52-2025", "as_of": NIGHT_ON, "portal_count": 0},
        ],
        nights=[
            portal_night(),
            portal_night(night_on=NIGHT_ON - DAY, discovered_count=7, loaded_count=7, unchanged_count=0),
            portal_night(night_on=NIGHT_ON - 28 * DAY, discovered_count=99, loaded_count=99),
            portal_night("hatranh", discovered_count=4, loaded_count=0, quarantined_count=1,
                         unchanged_count=0, failed_count=3, new_article_count=0),
        ],
        outcomes=[
            outcome("a1"),
            outcome("h1", "quarantined", source_id="hatranh", reason="too_large", http_status=200),
            outcome("h2", "failed", source_id="hatranh", reason=f"{SCRIPT}"),
        ],
        fct_discovery_requests=[
            {"request_id": "q1", "batch_id": BATCH, "source_id": "hatranh", "document_kind": "sitemap",
             "outcome": "malformed", "reason": "html_instead_of_xml", "http_status": 200},
        ],
        gates=[
            gate("url_well_formed", run_id="r0", has_passed=False, failing_rows=7, explanation="a1: sai",
                 judged_at=datetime(2026, 3, 8, 22, tzinfo=UTC)),
            gate("url_well_formed"),
            gate("portal_quiet", severity="warn", has_passed=False, failing_rows=3,
                 explanation=f"benlau: {SCRIPT}"),
            gate("share_pct_plausible", gate="marts", failing_rows=2, explanation="s1: few"),
        ],
        checks=[
            check("c1"),
            check("c2", is_consistent=True, statement_id=None, quote="Câu này khớp."),
            check("c3", article_id="a9", quote=f"Câu {SCRIPT}", other_quote=None, basis_quote=None,
                  statement_id=None, other_statement_id=None, basis_statement_id=None,
                  check_kind="dates_in_order", date_order="deadline_after_meeting", expected_value=None,
                  printed_value=None, tolerance=None, earlier_on=date(2026, 3, 8),
                  later_on=date(2026, 2, 1), subject_kind="directive", subject_id="d1"),
        ],
        directives=[{"directive_id": "d1", "meeting_id": "m1", "article_id": "a9", "action": "trồng chè",
                     "quote": f"Câu {SCRIPT}", "directive_kind": "order"}],
        meetings=[meeting()],
        unmapped=[
            unmapped(1, indicator_name=f"dự án {SCRIPT}"),
            unmapped(2, statement_id="gone", source_url="javascript:alert(4)"),
        ],
        runs=[
            stage("fetch"),
            stage("build", stage_outcome="killed", stopped_by="found_unfinished", seconds=None, items_in=None,
                  items_out=None, started_at=NIGHT + timedelta(hours=1)),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    build_site(folder)
    return (folder / "site" / "en" / "coverage.html").read_text(encoding="utf-8")


def test_freshness_of_every_province_stands_there_the_unknown_first(html: str) -> None:
    told = text_of(section(html, "freshness"))
    assert "The stalest first, as of 10 March 2026" in told
    assert "Gia Lai|0|no portal|·|·|·| Lao Cai|2|1 March 2026|9|20 February 2026|12|30|" in told


def test_outcomes_by_portal_add_up_over_28_nights(html: str) -> None:
    sums, side_by_side = section(html, "nights").split("<table>")[1:]
    told = text_of(sums)
    assert "portal|nights|tried|loaded|unchanged|quarantined|failed|new articles|" in told
    assert "Báo Bến Lau Sở ⟨U+202E⟩txt.exe⟨U+2066⟩ ⟨U+0007⟩|2|12|10|2|0|0|6|" in told
    assert "Báo Hạ Tranh|1|4|0|0|1|3|0|" in told
    assert "all||16|10|2|1|3|6|" in told
    cells = text_of(side_by_side)
    assert "portal|10/3|9/3|" in cells
    assert "⟨U+0007⟩|3 / 5|3 / 7|" in cells
    assert "Báo Hạ Tranh|0 / 4 ! half lost|not asked|" in cells


def test_why_pages_were_not_read_is_told(html: str) -> None:
    told = text_of(section(html, "nights"))
    assert "sitemap: malformed (html_instead_of_xml, HTTP 200)" in told
    assert "page: quarantined (too_large, HTTP 200)" in told


def test_gates_of_the_release_and_refused_runs_are_visible(html: str) -> None:
    told = text_of(section(html, "gates"))
    assert "2 of 3 checks of this release passed." in told
    assert "before reading figures|portal_quiet|! warned|3|benlau: <script>" in told
    assert "before publishing|share_pct_plausible|✓ passed|2|s1: few|" in told
    history = text_of(section(html, "history"))
    assert "10 March 2026 02:05|r1|! warned|2|1|0|portal_quiet|" in history
    assert "9 March 2026 05:00|r0|✗ refused|0|0|1|url_well_formed|" in history


def test_figures_that_do_not_fit_lead_to_each_sentence(html: str) -> None:
    told = section(html, "consistency")
    assert "Level and plan against the attainment|2|1|" in text_of(told)
    assert "printed 26.3%, computed 24.15% (± 0.05)" in text_of(told)
    for statement_id, marked in (("s1", "966 ha"), ("s2", "26,3%"), ("s3", "4.000 ha")):
        assert f"<mark>{marked}</mark>" in told
        assert f"articles/a1.html#c-{statement_id}" in Reader(told).links
    assert "Câu này khớp" not in html
    assert "the deadline after the meeting: 8 March 2026 – 1 February 2026" in text_of(told)
    assert "meetings/m1.html" in Reader(told).links


def test_indicators_without_a_code_stand_with_an_example(html: str) -> None:
    told = section(html, "unmapped")
    assert "dự án <script>" in text_of(told)
    assert "articles/a1.html#c-s1" in Reader(told).links
    assert "javascript:alert(4)" in text_of(told)


def test_stages_stand_with_how_they_ended(html: str) -> None:
    told = text_of(section(html, "stages"))
    assert "10 March 2026 03:05|build|✗ killed (found_unfinished)|·|·|·|" in told
    assert "10 March 2026 02:05|fetch|✓ ok|61.5|1,200|1,100|" in told


def test_hostile_text_is_text(folder: Path, html: str) -> None:
    for language in ("vi", "en"):
        page = (folder / "site" / language / "coverage.html").read_text(encoding="utf-8")
        read = Reader(page)
        assert read.text.count(SCRIPT) == 4
        assert "{{" in read.text
        assert not {"img", "iframe", "object", "base"} & {tag for tag, _ in read.tags}
        assert not [name for _, told in read.tags for name in told if name.startswith("on")]
        assert not [tag for tag, told in read.tags if "style" in told]
        assert not [link for link in read.links if link.startswith("javascript:")]
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]", page)
        outside = [told for tag, told in read.tags if tag == "a" and "://" in str(told["href"])]
        assert outside
        assert all("noopener" in str(told["rel"]) for told in outside)


def test_an_empty_warehouse_says_so(tmp_path: Path) -> None:
    told = text_of(drawn(published(tmp_path), coverage_pages))
    for sentence in (
        "No province is followed yet.",
        "No night has been read yet.",
        "This release has no results of gates.",
        "There is nothing to compare yet.",
    ):
        assert sentence in told


def test_long_histories_are_bounded(tmp_path: Path) -> None:
    folder = published(
        tmp_path,
        claims=[claim("s1", value_text="966 ha", quote="Xã trồng 966 ha chè.")],
        nights=[portal_night(night_on=NIGHT_ON - n * DAY) for n in range(40)],
        gates=[gate("c", run_id=f"x{n:02}", judged_at=NIGHT - n * DAY) for n in range(90)],
        checks=[check(f"c{n:03}", other_quote=None, basis_quote=None) for n in range(CHECKS_SHOWN + 5)],
    )
    html = drawn(folder, coverage_pages)
    runs = re.findall(r"<td>(x\d\d)</td>", section(html, "history"))
    assert runs == [f"x{n:02}" for n in range(RUNS_SHOWN)]
    assert section(html, "nights").count("3 / 5") == NIGHTS_SHOWN
    assert f"{CHECKS_SHOWN} of {CHECKS_SHOWN + 5} that do not fit" in section(html, "consistency")
