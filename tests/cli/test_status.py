"""`sotinh status` tells of the published file and of nothing else."""

from __future__ import annotations

import shutil

import duckdb

from include.cli.status import judged
from include.contract import MARTS
from tests.cli.sample import RUN, publish_sample


def test_the_document(document, data_dir):
    told = document("status")
    assert told["release"]["name"] == "2026-03-10"
    assert (told["release"]["run_id"], told["release"]["replaces"]) == (RUN, None)
    assert told["counts"] == {"articles": 4, "claims": 6, "meetings": 1, "participants": 1, "directives": 0}
    assert list(told["rows"]) == list(MARTS)
    assert told["rows"]["fct_superseded_indicators"] == 1
    assert told["file"] == str(data_dir / "sotinh.duckdb")


def test_gates_are_those_of_the_release(document):
    gates = document("status")["gates"]
    assert (gates["verdict"], gates["checks"], gates["passed"]) == ("warned", 2, 1)
    assert [check["check_name"] for check in gates["failing"]] == ["portal_is_not_silent"]


def test_a_day_after_the_newest_batch_is_not_fresh(document):
    assert document("status")["freshness"] == {
        "as_of": "2026-03-10",
        "newest_article_on": "2026-03-09",
        "days_since_article": 1,
        "provinces": 2,
        "provinces_without_portal": 1,
        "provinces_with_news_of_week": 1,
    }


def test_only_the_last_nights_failures_are_told(document):
    night = document("status")["last_night"]
    assert (night["night_on"], night["portals"], night["new_articles"]) == ("2026-03-10", 2, 2)
    (failed,) = night["failed_portals"]
    assert (failed["source_id"], failed["blocked_count"], failed["failed_count"]) == ("benlau", 3, 1)


def test_a_portal_of_which_nothing_could_be_read_has_failed(tmp_path, sotinh, data_dir):
    copy = tmp_path / "sotinh.duckdb"
    shutil.copyfile(data_dir / "sotinh.duckdb", copy)
    with duckdb.connect(str(copy)) as marts:
        marts.execute("delete from marts.fct_portal_nights where night_on = date '2026-03-10'")
    answer = sotinh("status", SOTINH_DATA_DIR=str(tmp_path))
    assert "Đài Hạ Tranh: 3 of 3 feeds and listings unread" in answer.stdout


def test_for_people(sotinh):
    told = sotinh("status").stdout
    assert "release 2026-03-10, 2026-03-10 05:40 in Vietnam" in told
    assert "4 articles, 6 claims, 1 meeting, 1 participant, 0 directives" in told
    assert "passed with warnings: 1 of 2 checks" in told
    assert "2026-03-09, 1 day before 2026-03-10" in told
    assert "Báo Bến Lau: 0 of 3 feeds and listings unread, 3 pages blocked, 1 page failed" in told
    assert "fct_indicators\t6\n" in told


def test_a_changed_file_is_said_to_be_one(tmp_path, sotinh, data_dir):
    copy = tmp_path / "sotinh.duckdb"
    shutil.copyfile(data_dir / "sotinh.duckdb", copy)
    answer = sotinh("status", "--data-dir", str(tmp_path))
    assert answer.exit_code == 0
    assert "is no release that is kept here" in answer.stderr
    assert "unknown release" in answer.stdout
    assert "no verdict of this release" in answer.stdout


def test_nothing_in_it_yet(tmp_path, sotinh, document):
    publish_sample(tmp_path, filled=False)
    told = document("status", SOTINH_DATA_DIR=str(tmp_path))
    assert set(told["rows"].values()) == {0}
    assert told["gates"]["verdict"] == "unknown"
    assert told["last_night"]["night_on"] is None
    answer = sotinh("status", SOTINH_DATA_DIR=str(tmp_path))
    assert answer.exit_code == 0
    assert "no crawl is known" in answer.stdout
    assert "none with a day" in answer.stdout


def test_the_pipelines_own_database_is_not_opened(tmp_path, sotinh):
    publish_sample(tmp_path, filled=False)
    (tmp_path / "warehouse.duckdb").write_text("no database, and nobody looks")
    assert sotinh("status", SOTINH_DATA_DIR=str(tmp_path)).exit_code == 0


def test_verdicts():
    def check(severity: str, *, passed: bool) -> dict:
        return {"severity": severity, "has_passed": passed}

    assert judged([check("stop", passed=True)])["verdict"] == "passed"
    assert judged([check("stop", passed=False), check("warn", passed=False)])["verdict"] == "refused"
