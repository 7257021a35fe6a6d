"""What the make targets print and log may carry words of pages and servers: none drives a terminal."""

from __future__ import annotations

import json
import logging
import unicodedata
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from include.crawl.verdict import Verdict
from include.operations.check_portals import print_checks
from include.operations.doctor import print_findings
from include.operations.new_portal import main as new_portal
from include.operations.portal_check import ArticleCheck, PortalCheck
from include.operations.summary import _print_claims
from include.portals.portal import Portal
from include.progress import report
from include.settings import Settings
from include.untrusted import UNSEEN
from tests.operations.test_new_portal import TITLE, URL, rich_page, saved

# Clears the screen, names the window, turns the direction of reading, and begins a line as a log does.
HOSTILE = "Chè \x1b[2J\x1b]0;xấu\x07\u202egnod [bold]x\n2026-03-10 INFO failed: giả"


def unseen(text: str) -> set[str]:
    return {char for char in text if char not in "\n\t" and unicodedata.category(char) in UNSEEN}


def test_a_line_of_the_run_is_seen_whole_and_forges_none_of_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SOTINH_PROGRESS", str(tmp_path / "progress.jsonl"))
    with caplog.at_level(logging.INFO, logger="sotinh"):
        report("fetch", HOSTILE)
    (line,) = (tmp_path / "progress.jsonl").read_text("utf-8").splitlines()
    (record,) = caplog.records
    for told in (json.loads(line)["message"], record.getMessage()):
        assert "⟨U+001B⟩[2J" in told
        assert not unseen(told)
    assert not any(part.startswith("2026") for part in record.getMessage().splitlines())


def test_a_sentence_in_the_summary(tmp_path: Path) -> None:
    console = Console(record=True, width=200, force_terminal=True)
    with duckdb.connect() as marts:
        marts.execute("create schema marts")
        marts.execute(
            "create table marts.fct_indicators as select '20-2025' as province_id, date '2026-03-10' as"
            " published_on, 'a1' as article_id, 0 as value_start, 's1' as statement_id,"
            " 'AREA' as indicator_code, 'level' as measure, null as breakdown, '2026' as time_period,"
            " 420.0 as value, 'HECTARE' as unit_code, 'actual' as status,"
            " ? || '420 ha' as quote, '420 ha' as value_text, -len(?) as quote_start,"
            " 'https://a.test/1' as source_url",
            [HOSTILE, HOSTILE],
        )
        marts.execute("create table marts.dim_provinces as select '20-2025' as province_id, 'Lạng' as name")
        _print_claims(marts, console)
    told = console.export_text(styles=False)
    assert "⟨U+001B⟩[2J" in told
    assert "[bold]x" in told
    assert not unseen(told)


def test_what_a_server_and_a_page_tell_a_check() -> None:
    portal = Portal(id="bao", name="Báo", base_url="https://bao.test", urls=("https://bao.test/1",))
    article = ArticleCheck("https://bao.test/1", Verdict("failed", HOSTILE))
    console = Console(record=True, width=400)
    print_checks([PortalCheck(portal, None, (), 0, 0, article)], console)
    told = console.export_text()
    assert "⟨U+001B⟩" in told
    assert not unseen(told)


def test_what_a_saved_page_tells_of_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = rich_page("epi").replace(TITLE, "Chè \u202egnod\u2066 vụ xuân")
    assert new_portal([str(saved(tmp_path, page)), "--url", URL]) == 0
    told = capsys.readouterr().err
    assert "⟨U+202E⟩gnod" in told
    assert not unseen(told)


def test_what_the_doctor_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finding = {"check": "last stages", "state": "fail", "told": HOSTILE, "todo": HOSTILE, "page": None}
    print_findings([finding], Settings(data_dir=tmp_path, registry=tmp_path))
    told = capsys.readouterr().out
    assert told.count("⟨U+001B⟩[2J") == 2
    assert not unseen(told)
