"""What the benchmark of a load measures on, and its arithmetic: nothing here looks at time."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date

import pytest
from rich.console import Console

from benchmarks.load import measure, report
from benchmarks.load.archive import archive_pages, archived_pages, settings_of
from benchmarks.load.invented import DAYS_APART, LAST_DAY, Inventor, invented_pages
from benchmarks.load.night import Step, Steps
from benchmarks.load.nights import Round, by_step
from benchmarks.load.rebuild import Rebuilt
from benchmarks.load.slope import dbt_parts, line_through
from benchmarks.load.stage import AFTER_MARTS, PARSE, TO_MARTS
from benchmarks.load.usage import CommandError, Usage, used_by
from benchmarks.load.varying import scaled
from benchmarks.samples import sample_stories
from include.clean.article import CleanedArticle
from include.clean.page import clean_page

PAGES = 130
FAMILIES = {story.portal["id"]: story.portal.get("family") for story in sample_stories()}


@pytest.fixture(scope="module")
def pages():
    return list(invented_pages(PAGES, 7))


@pytest.fixture(scope="module")
def articles(pages):
    return [
        clean_page(
            page.html.encode(),
            url=page.url,
            content_type="text/html; charset=utf-8",
            family=FAMILIES[page.portal_id],
        )
        for page in pages
    ]


def test_a_seed_gives_the_same_pages_and_a_longer_load_begins_with_a_shorter_one(pages):
    assert list(invented_pages(20, 7)) == pages[:20]
    assert Inventor(7).page(33) == pages[33]
    assert list(invented_pages(20, 8)) != pages[:20]


def test_no_two_pages_share_an_address_a_day_of_their_portal_or_a_text(pages, articles):
    assert len({page.url for page in pages}) == PAGES
    days = [(page.portal_id, page.published_on) for page in pages if page.published_on]
    assert len(set(days)) == len(days)
    assert len({article.body for article in articles}) == PAGES


def test_every_family_of_the_samples_is_in_a_load(pages):
    turns = len(Inventor(7).portals)
    assert {page.portal_id for page in pages[:turns]} == set(FAMILIES)
    assert set(Counter(page.portal_id for page in pages).values()) == {PAGES // turns}


def test_the_cleaner_reads_the_story_that_was_invented(pages, articles):
    for page, article in zip(pages, articles, strict=True):
        assert isinstance(article, CleanedArticle), page.url
        assert (article.title, article.published_on) == (page.title, page.published_on), page.url
    known = [paragraph in article.body for page, article in zip(pages, articles, strict=True)
             for paragraph in page.paragraphs]  # fmt: skip
    assert sum(known) >= 0.97 * len(known)


def test_more_pages_are_a_longer_past(pages):
    oldest = min(page.published_on for page in pages if page.published_on)
    turns = PAGES // len(Inventor(7).portals)
    assert LAST_DAY.toordinal() - oldest.toordinal() <= turns * DAYS_APART
    assert max(page.published_on for page in pages if page.published_on) <= date(2025, 12, 20)


def test_pages_are_archived_as_the_product_archives_them(tmp_path, pages):
    settings = settings_of(tmp_path / "data", 1)
    archive_pages(settings, 16, 7)
    (batch,) = settings.landing.iterdir()
    assert (batch / "fetched.done").exists()
    assert not (batch / "cleaned.parquet").exists()
    assert sorted(archived_pages(settings)) == sorted(page.html for page in pages[:16])


@pytest.mark.parametrize(
    ("printed", "whole", "decimals", "factor", "expected"),
    [
        ("2.946", "2.946", None, 0.5, "1.473"),
        ("56,8", "56", "8", 2, "113,6"),
        ("348", "348", None, 10, "3.480"),
        ("1200", "1200", None, 2, "2400"),
        ("3", "3", None, 1.9, "3"),
        ("0,5", "0", "5", 1.5, "0,8"),
    ],
)
def test_amounts_keep_their_form(printed, whole, decimals, factor, expected):
    assert scaled(printed, whole, decimals, factor) == expected


def test_the_line_through_two_loads():
    line = line_through((2_000, 50.0), (10_000, 130.0))
    assert (line.per_page, line.fixed) == (pytest.approx(0.01), pytest.approx(30))
    with pytest.raises(ValueError, match="two sizes"):
        line_through((100, 1.0), (100, 2.0))


def test_the_parts_of_a_build_add_up_to_it():
    parts = dbt_parts(own=40, workers=100, start=10, nodes={"models": 2, "tests": 1})
    assert parts == {"start": 10, "extraction": 100, "models": 20, "tests": 10}
    assert dbt_parts(own=8, workers=1, start=10, nodes={"models": 0}) == {
        "start": 8,
        "extraction": 1,
        "models": 0,
    }


def load_of(pages: int, processor: float) -> measure.Load:
    used = Usage(processor=processor, wall=processor, largest_mib=300, together_mib=500)
    stages = dict.fromkeys((PARSE, *TO_MARTS, *AFTER_MARTS), used)
    build = {"start": 1.0, "extraction": processor / 2, "models": processor / 4, "tests": processor / 4 - 1}
    return measure.Load(pages, pages * 1_500, pages * 8, bare=pages * 0.005, stages=stages, build=build)


def test_the_aim_counts_the_stages_up_to_the_marts_and_no_other():
    few, many = load_of(1_000, 10), load_of(3_000, 20)
    # Six stages, each 10 s for 2,000 pages more; trafilatura 5 ms a page.
    assert report.marginal(few, many) == pytest.approx(6 * 0.005 / 0.005)
    assert set(report.lines(few, many)) >= {*TO_MARTS, *AFTER_MARTS, "  extraction", "  models", "  tests"}
    words = " ".join(report.told(few, many))
    assert "costs 6.00 times" in words
    assert "missed" in words
    assert report.load_table(few, many).row_count == len(report.lines(few, many))


def test_time_of_nodes_is_told_by_kind_without_the_one_that_waits(tmp_path):
    results = [
        {"unique_id": "model.sotinh.int_article_readings", "execution_time": 60.0},
        {"unique_id": "model.sotinh.dim_articles", "execution_time": 2.0},
        {"unique_id": "seed.sotinh.units", "execution_time": 1.0},
        {"unique_id": "test.sotinh.a_test.1234", "execution_time": 4.0},
        {"unique_id": "exposure.sotinh.site", "execution_time": 9.0},
    ]
    target = tmp_path / "dbt" / "target"
    target.mkdir(parents=True)
    (target / "run_results.json").write_text(json.dumps({"results": results}), encoding="utf-8")
    assert measure.node_seconds(tmp_path) == {"models": 3.0, "tests": 4.0}


def test_what_airflow_takes_is_what_its_stages_leave():
    steps = [
        Step("import Airflow", 3, 4),
        Step("clean", 2, 3),
        Step("load_articles", 5, 7),
        Step("build", 1, 1),
        Step("build_marts", 4, 4),
    ]
    *others, around = by_step(steps)
    assert [one.name for one in others] == ["import Airflow", "clean", "build"]
    assert (around.processor, around.wall) == (6, 7)


def night_of() -> Round:
    used = Usage(processor=4, wall=5, largest_mib=200, together_mib=200)
    steps = [
        Step("all", 30, 40),
        Step("import Airflow", 8, 9),
        Step("fetch", 2, 3),
        Step("load_articles", 5, 6),
    ]
    return Round(steps, steps[:2], used, {"airflow.sdk": used, "dbt parse": used})


def test_a_night_is_told_beside_what_its_tools_cost_alone():
    night = night_of()
    assert "30.0 s of processors" in report.told_of_night(night)[0]
    assert "3.8 times" in report.told_of_night(night)[0]
    assert report.steps_table(night).row_count == 4
    assert report.alone_table(night).row_count == 3


def test_a_rebuild_is_told_by_article():
    used = Usage(processor=50, wall=100, largest_mib=200, together_mib=200)
    made = report.rebuild_table(Rebuilt(1_000, bare=5, bytes_again=used, raw=used, rebuild=used))
    stream = io.StringIO()
    Console(file=stream, width=140).print(made)
    row = next(line for line in stream.getvalue().splitlines() if "make rebuild" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")][1:5] == ["50.0", "20.0", "10.0", "10×"]


def test_a_step_is_counted_also_where_it_fails():
    steps = Steps()
    with pytest.raises(OSError, match="no"), steps.step("fetch"):
        raise OSError("no")
    assert steps.counted("clean", lambda one: one + 1)(2) == 3
    assert [one.name for one in steps.done] == ["fetch", "clean"]


def test_a_command_is_measured_with_its_children_and_its_failure_is_told(tmp_path):
    child = "for _ in range(3_000_000): pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{child}'], check=True)"
    alone = used_by(["-c", "pass"], {}, tmp_path / "log")
    used = used_by(["-c", code], {}, tmp_path / "log")
    assert used.processor > alone.processor
    assert used.largest_mib > 1
    with pytest.raises(CommandError, match="no such portal"):
        used_by(["-c", "raise SystemExit('no such portal')"], {}, tmp_path / "log")
