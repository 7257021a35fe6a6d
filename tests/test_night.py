"""Whole nights on the sample portals, through Airflow, as `make run` does them.

Nights on one data folder, in order: one that is killed before its landing is committed, the first that
completes, a second with nothing new, one whose gate fails. Each costs tens of seconds; kills at every other
point are in tests/warehouse/test_kills.py, without Airflow.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from lxml import html

from include.contract import MARTS, OUTCOMES, PUBLISHED_FILE, WAREHOUSE_FILE
from include.operations.raw_restore import ARCHIVED_RUN_MARTS
from include.settings import PROJECT_ROOT
from include.warehouse.docs import DOCS_FILE
from include.warehouse.manifest import RUN_MARTS
from include.warehouse.questions import ask, read_questions
from include.warehouse.reading import open_published
from tests.sample_portals.serve import SamplePortals

pytestmark = pytest.mark.stack
SAMPLES = PROJECT_ROOT / "tests" / "sample_portals"


@dataclass(frozen=True)
class Night:
    code: int
    shown: str
    data: Path

    def rows(self, query: str) -> list[tuple]:
        with duckdb.connect(str(self.data / PUBLISHED_FILE), read_only=True) as marts:
            return marts.execute(query).fetchall()

    def manifest(self) -> dict:
        return json.loads((self.data / "manifest.json").read_text(encoding="utf-8"))


def run_night(data: Path, registry: Path, *options: str, **environment: str) -> Night:
    answer = subprocess.run(
        [sys.executable, "-m", "include.operations.run_night", *options],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {"SOTINH_DATA_DIR": str(data), "SOTINH_PORTALS": str(registry), "COLUMNS": "120"}
        | environment,
        capture_output=True,
        text=True,
        timeout=400,
    )
    return Night(answer.returncode, answer.stdout + answer.stderr, data)


@pytest.fixture(scope="module")
def portals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("portals")
    with SamplePortals(SAMPLES / "pages", first_port=None, log=folder / "requests.tsv") as served:
        yield served.write_registry(folder / "portals.yml")


@pytest.fixture(scope="module")
def first(portals, tmp_path_factory):
    """The first night that completes; it takes up what a killed one left."""
    data = tmp_path_factory.mktemp("night") / "data"
    killed = run_night(data, portals, SOTINH_CRASH_AT="land_before_commit")
    assert killed.code == 1, killed.shown[-3000:]
    return run_night(data, portals)


@pytest.fixture(scope="module")
def second(first, portals):
    before = first.manifest()
    return run_night(first.data, portals), before


def goldens() -> list[dict]:
    return [
        page | {"portal": path.stem}
        for path in sorted((SAMPLES / "golden").glob("*.json"))
        for page in json.loads(path.read_text(encoding="utf-8"))["pages"]
    ]


def as_read(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_the_first_night_succeeds_and_shows_what_it_found(first):
    assert first.code == 0, first.shown[-3000:]
    for expected in (
        "discovered",
        "claims",
        "meetings",
        "Gates:",
        "Three claims",
        PUBLISHED_FILE,
        "Try next",
    ):
        assert expected in first.shown, first.shown[-3000:]


def test_the_first_release_is_open_data_with_its_rights(first):
    release = first.data / "releases" / "latest"
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(MARTS) < resources.keys()
    assert len(package["sources"]) == len(first.rows("select 1 from marts.dim_sources"))
    undescribed = [
        (name, field["name"])
        for name, resource in resources.items()
        for field in resource.get("schema", {}).get("fields", [])
        if not field["description"]
    ]
    assert undescribed == []
    with duckdb.connect() as reader:
        for mart in MARTS:
            path = release / "parquet" / f"{mart}.parquet"
            columns = [row[0] for row in reader.execute(f"describe from '{path}'").fetchall()]
            assert "body" not in columns
            quoting = [name for name in columns if name.endswith("quote")]
            assert "rights" in columns or not quoting, mart
            counted = f"select count(*), (select count(*) from '{path}') from '{release}/csv/{mart}.csv'"
            in_csv, in_parquet = reader.execute(counted).fetchone()
            assert (in_csv,) == (in_parquet,) == first.rows(f"select count(*) from marts.{mart}")[0]


def test_the_first_release_documents_its_marts_in_a_page_that_stands_alone(first):
    text = (first.data / "releases" / "latest" / DOCS_FILE).read_text(encoding="utf-8")
    assert "One row per numeric claim" in text
    assert str(first.data) not in text
    assert str(PROJECT_ROOT) not in text
    page = html.fromstring(text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert {part.split()[0]: part.split()[1:] for part in policy.split("; ")}["default-src"] == ["'none'"]
    assert "http" not in policy
    loads = page.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src")
    assert [one for one in loads if not one.startswith("data:")] == []
    # A tracker would be turned on by the manifest.
    assert '"send_anonymous_usage_stats": false' in text


def test_the_picture_of_a_run_asks_no_other_host(first, tmp_path):
    drawn = subprocess.run(
        [sys.executable, "-m", "include.operations.summary", "--svg", str(tmp_path / "run.svg")],
        cwd=PROJECT_ROOT,
        env=os.environ | {"SOTINH_DATA_DIR": str(first.data)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert drawn.returncode == 0, drawn.stderr
    picture = (tmp_path / "run.svg").read_text(encoding="utf-8")
    assert "Three" in picture
    assert not re.search(r"url\(\W?http", picture)


def test_what_a_killed_night_left_is_taken_up_with_nothing_lost_and_nothing_twice(first):
    with duckdb.connect(str(first.data / WAREHOUSE_FILE), read_only=True) as warehouse:
        batches = warehouse.execute(
            "select batch_id, discovered, (select count(*) from raw.article_outcomes as o"
            " where o.batch_id = b.batch_id) from raw.batches as b order by batch_id"
        ).fetchall()
    assert len(batches) == 2, "the batch that was killed before its commit is landed by the next run"
    assert all(discovered == outcomes for _, discovered, outcomes in batches)
    ((articles, distinct, versions),) = first.rows(
        "select count(*), count(distinct article_id), sum(version_count) from marts.dim_articles"
    )
    assert articles == distinct == versions
    assert first.rows(
        "select stage from marts.fct_pipeline_runs where stage_outcome = 'killed' order by started_at"
    ) == [("land",)]


def test_the_site_tells_of_the_release_in_place(first):
    run_id = first.manifest()["run_id"]
    for language in ("vi", "en"):
        assert run_id in (first.data / "site" / language / "index.html").read_text(encoding="utf-8")
    assert not list(first.data.glob(".site.*"))


def test_discovered_is_the_sum_of_the_outcomes(first):
    with duckdb.connect(str(first.data / WAREHOUSE_FILE), read_only=True) as warehouse:
        discovered = warehouse.execute("select sum(discovered) from raw.batches").fetchone()[0]
    outcomes = dict(first.rows("select outcome, count(*) from marts.fct_article_outcomes group by all"))
    assert discovered == sum(outcomes.values()) > 0
    assert f"discovered {discovered} = " in first.shown
    assert set(outcomes) <= set(OUTCOMES)
    assert {"loaded", "failed", "quarantined", "empty", "blocked", "not_allowed"} <= set(outcomes)


def test_every_golden_page_is_an_article_as_a_reader_sees_it(first):
    pages = [page for page in goldens() if page.get("body")]
    assert len(pages) >= 40
    found = {
        row[0]: row[1:]
        for row in first.rows("select url, title, body, published_on, byline from marts.dim_articles")
    }
    wrong = []
    for page in pages:
        matching = [row for url, row in found.items() if url.endswith(page["path"])]
        if not matching:
            wrong.append(f"{page['portal']}{page['path']}: not loaded")
            continue
        title, body, published_on, _byline = matching[0]
        if as_read(title or "") != as_read(page["title"] or ""):
            wrong.append(f"{page['path']}: title {title!r}")
        if str(published_on) != str(page["published_on"]):
            wrong.append(f"{page['path']}: published {published_on}, not {page['published_on']}")
        if [as_read(line) for line in body.split("\n")] != [as_read(line) for line in page["body"]]:
            wrong.append(f"{page['path']}: body differs")
        wrong += [f"{page['path']}: leaked {text!r}" for text in page["must_not_contain"] if text in body]
    assert not wrong, "\n".join(wrong)


def test_every_mart_of_the_contract_is_published(first):
    published = {row[0] for row in first.rows("select table_name from duckdb_tables()")}
    assert published == set(MARTS)
    empty = [mart for mart in MARTS if first.rows(f"select count(*) from marts.{mart}") == [(0,)]]
    # No page of a first night has been edited.
    assert empty in ([], ["fct_superseded_indicators"])


def test_every_claim_stands_in_its_sentence(first):
    claims = first.rows(
        """
        select a.body, c.quote, c.quote_start, c.quote_end, c.value_text, c.value_start, c.value_end
        from marts.fct_indicators as c join marts.dim_articles as a using (article_id)
        """
    )
    assert len(claims) > 100
    for body, quote, quote_start, quote_end, value_text, value_start, value_end in claims:
        assert body[quote_start:quote_end] == quote
        assert body[value_start:value_end] == value_text
        assert quote_start <= value_start < value_end <= quote_end


def test_the_analysts_questions_are_answered(first):
    with open_published(first.data / PUBLISHED_FILE) as marts:
        unanswered = {question.name for question in read_questions() if not ask(marts, question).fetchall()}
    # No two sample portals give one figure differently, and no sample story contradicts itself.
    assert unanswered <= {"04_portals_that_disagree", "06_numbers_that_do_not_add_up"}


@pytest.mark.parametrize("closed", ["bao-cam-lay", "bao-nghi-viec"])
def test_a_portal_that_forbids_everything_or_cannot_say_is_never_asked_for_a_page(first, portals, closed):
    asked = (portals.parent / "requests.tsv").read_text(encoding="utf-8").splitlines()
    paths = {line.split("\t")[1] for line in asked if line.startswith(f"{closed}\t")}
    assert paths == {"/robots.txt"}


def test_the_second_night_loads_nothing_new_and_says_so(second):
    night, before = second
    assert night.code == 0, night.shown[-3000:]
    assert "Nothing new" in night.shown
    batches = night.rows(
        "select outcome, batch_id from marts.fct_article_outcomes"
        " where batch_id = (select max(batch_id) from marts.fct_article_outcomes)"
    )
    assert "loaded" not in Counter(row[0] for row in batches)
    after = night.manifest()
    for mart in set(MARTS) - RUN_MARTS:
        assert after["content"][mart] == before["content"][mart], mart


def test_the_whole_warehouse_comes_back_from_the_archive_alone(second, portals):
    """Every row of every mart that is made from the archive, after the warehouse itself was lost."""
    night, _ = second
    before = night.manifest()
    (night.data / WAREHOUSE_FILE).unlink()
    restored = subprocess.run(
        [sys.executable, "-m", "include.operations.restore", "--from-raw"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"SOTINH_DATA_DIR": str(night.data), "SOTINH_PORTALS": str(portals)},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert restored.returncode == 0, restored.stderr[-3000:]
    after = night.manifest()
    assert after["replaces"] == before["run_id"]
    for mart in set(MARTS) - (RUN_MARTS - ARCHIVED_RUN_MARTS):
        assert after["content"][mart] == before["content"][mart], mart
    assert "Every mart that comes from the archive has the same rows" in restored.stdout
    assert (night.data / "releases" / "latest").resolve().name == after["release"]


def test_a_failing_gate_names_the_rows_and_leaves_the_published_file(second, portals):
    night, _ = second
    published = (night.data / PUBLISHED_FILE).read_bytes()
    with duckdb.connect(str(night.data / WAREHOUSE_FILE)) as warehouse:
        warehouse.execute(
            "update raw.article_versions set published_on = date '2999-01-01'"
            " where article_id = (select min(article_id) from raw.article_versions)"
        )
        spoilt = warehouse.execute("select min(article_id) from raw.article_versions").fetchone()[0]
        warehouse.execute("delete from ops.built_batches")
    # As `make rebuild`: the gate stands before the models, whatever landed.
    failed = run_night(night.data, portals, "--rebuild")
    assert failed.code == 1
    assert spoilt in failed.shown
    assert "published" in failed.shown
    assert (night.data / PUBLISHED_FILE).read_bytes() == published
