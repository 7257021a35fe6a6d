"""Every run of a stage leaves its row, however it ends; nothing is lost and nothing stands twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from include.operations import stage_ledger, stage_tallies
from include.operations.journal import (
    JOURNAL_FILE,
    append_line,
    close_unfinished,
    ended_runs,
    is_running,
    read_lines,
    unfinished,
)
from include.operations.stage_ledger import recorded, take_in
from include.operations.stage_tallies import Tally
from include.settings import PROJECT_ROOT, Settings
from include.stage_runs import StageRun
from include.warehouse.ledger import NotJudgedError
from tests.warehouse.samples import build_marts, page, rows_of, write_batch

LIVES_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from include.operations.journal import append_line, running
folder = Path(sys.argv[1])
with running(folder, "s1"):
    append_line(folder, {"event": "started", "stage_run_id": "s1", "stage": "fetch",
                         "started_at": "2026-03-09T19:05:00+00:00"})
    print("runs", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", registry=tmp_path / "portals.yml")


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.data_dir / "ops"


@pytest.fixture
def living(folder: Path) -> Iterator[subprocess.Popen[str]]:
    folder.mkdir(parents=True)
    child = subprocess.Popen(
        [sys.executable, "-c", LIVES_UNTIL_KILLED, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "runs\n"
        yield child
    finally:
        child.kill()
        child.wait()


def two_of_three(settings: Settings, given: object, result: object) -> Tally:
    return Tally(("crawl-1",), 3, 2, {"told": result})


@recorded("fetch", two_of_three)
def stage(settings: Settings, error: BaseException | None = None, *, run_id: str = "build-1") -> str:
    if error is not None:
        raise error
    return "xong"


def only(folder: Path) -> StageRun:
    (run,) = ended_runs(folder)
    return run


def test_a_stage_that_ends_leaves_what_it_did(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CTX_DAG_ID", "load_articles")
    monkeypatch.setenv("AIRFLOW_CTX_DAG_RUN_ID", "scheduled__2026-03-09")
    monkeypatch.setenv("AIRFLOW_CTX_TRY_NUMBER", "2")
    assert stage(settings, run_id="build-7") == "xong"
    run = only(folder)
    assert (run.stage, run.outcome, run.reason, run.run_id) == ("fetch", "ok", None, "build-7")
    assert (run.dag_id, run.dag_run_id, run.try_number) == ("load_articles", "scheduled__2026-03-09", 2)
    assert (run.batch_ids, run.items_in, run.items_out) == (("crawl-1",), 3, 2)
    assert json.loads(run.detail or "") == {"told": "xong"}
    assert run.finished_at is not None
    assert run.seconds is not None
    assert 0 <= run.seconds < 5
    assert not list((folder / "running").iterdir())


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (OSError("no space left"), "failed"),
        (NotJudgedError("build-1 cannot publish"), "refused"),
        (KeyboardInterrupt("stopped"), "failed"),
    ],
)
def test_an_error_passes_through_and_is_told(
    settings: Settings, folder: Path, error: BaseException, outcome: str
) -> None:
    with pytest.raises(type(error), match=str(error)):
        stage(settings, error)
    run = only(folder)
    assert (run.outcome, run.reason, run.message) == (outcome, type(error).__name__, str(error))
    # A verdict comes after the work, so its figures are there; an error leaves none.
    assert run.items_in == (3 if outcome == "refused" else None)


def test_a_long_error_is_cut(settings: Settings, folder: Path) -> None:
    with pytest.raises(OSError, match="dòng"):
        stage(settings, OSError("dòng\n" * 30))
    assert only(folder).message == "\n".join(["dòng"] * 12)
    with pytest.raises(OSError, match="x"):
        stage(settings, OSError("x" * 9000))
    assert ended_runs(folder)[-1].message == "x" * 1000


def test_no_secret_stays_in_the_ledger(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warehouse takes the line over for good."""
    monkeypatch.setenv("SOTINH_ALERT_WEBHOOK", "https://chat.test/hooks/bi-mat-42")
    with pytest.raises(OSError, match="bi-mat-42"):
        stage(settings, OSError("https://chat.test/hooks/bi-mat-42, smtp://a:mat-khau@so.test"))
    assert only(folder).message == "***, smtp://***@so.test"


def test_an_error_is_not_hidden_by_a_full_disk(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_after_the_start(folder: Path, line: dict[str, object]) -> None:
        if line["event"] == "ended":
            raise OSError(28, "No space left on device")
        append_line(folder, line)

    monkeypatch.setattr(stage_ledger, "append_line", full_after_the_start)
    with pytest.raises(ValueError, match="the stage's own"):
        stage(settings, ValueError("the stage's own"))
    assert [line["event"] for line in read_lines(folder)] == ["started"]


def test_figures_that_cannot_be_had_fail_no_stage(settings: Settings, folder: Path) -> None:
    @recorded("clean", stage_tallies.cleaned)
    def cleans(settings: Settings) -> list[str]:
        return ["a-batch-that-is-gone"]

    assert cleans(settings) == ["a-batch-that-is-gone"]
    assert (only(folder).outcome, only(folder).items_in) == ("ok", None)


def test_a_killed_stage_is_found_by_the_next_run_and_a_living_one_is_left_alone(
    settings: Settings, folder: Path, living: subprocess.Popen[str]
) -> None:
    stage(settings)
    assert is_running(folder, "s1")
    assert [run.outcome for run in ended_runs(folder)] == ["ok"]
    living.send_signal(signal.SIGKILL)
    living.wait()
    assert [line["stage_run_id"] for line in unfinished(folder)] == ["s1"]
    stage(settings)
    stage(settings)
    killed = ended_runs(folder)[0]
    assert (killed.stage_run_id, killed.outcome, killed.reason) == ("s1", "killed", "found_unfinished")
    assert (killed.finished_at, killed.seconds) == (None, None)
    assert [run.outcome for run in ended_runs(folder)] == ["killed", "ok", "ok", "ok"]
    assert sum(line["stage_run_id"] == "s1" for line in read_lines(folder)) == 2


def test_two_runs_that_find_the_same_death_tell_it_once(folder: Path) -> None:
    started = {
        "event": "started",
        "stage_run_id": "s1",
        "stage": "fetch",
        "started_at": "2026-03-09T19:05+00:00",
    }
    append_line(folder, started)
    dead = unfinished(folder)
    assert close_unfinished(folder) == len(dead) == 1
    append_line(folder, {"event": "ended", "stage_run_id": "s1", "outcome": "killed", "reason": "second"})
    assert [run.reason for run in ended_runs(folder)] == ["found_unfinished"]


@pytest.mark.parametrize("cut", [1, 40])
def test_a_torn_line_loses_itself_alone(settings: Settings, folder: Path, cut: int) -> None:
    stage(settings)
    stage(settings)
    path = folder / JOURNAL_FILE
    path.write_bytes(path.read_bytes()[:-cut])
    stage(settings)
    # Cut by the line feed only, the line is whole; cut within, its stage is found unfinished.
    expected = ["ok", "ok", "ok"] if cut == 1 else ["ok", "killed", "ok"]
    assert [run.outcome for run in ended_runs(folder)] == expected


def test_the_warehouse_takes_each_row_once_and_gets_all_back_when_it_was_lost(settings: Settings) -> None:
    assert take_in(settings) == 0
    assert not settings.warehouse.exists()
    stage(settings)
    with pytest.raises(NotJudgedError):
        stage(settings, NotJudgedError("no"))
    build_marts(settings.warehouse)
    assert take_in(settings) == 2
    assert take_in(settings) == 0
    stage(settings)
    assert take_in(settings) == 1
    held = (
        "select stage, outcome, batch_ids, items_in, started_at <= finished_at from ops.stage_runs"
        " order by all"
    )
    rows = rows_of(settings.warehouse, held)
    assert rows == [("fetch", outcome, "crawl-1", 3, True) for outcome in ("ok", "ok", "refused")]
    settings.warehouse.unlink()
    build_marts(settings.warehouse)
    assert take_in(settings) == 3
    assert rows_of(settings.warehouse, held) == rows


def test_figures_of_the_stages_before_a_build(settings: Settings) -> None:
    rows = [
        page("https://a.test/1"),
        page("https://a.test/2", outcome="empty"),
        page("https://a.test/3", outcome="failed"),
    ]
    batch = write_batch(settings.landing, "crawl-1", rows)
    outcomes = ("fetched", "fetched", "failed")
    (batch / "fetched.jsonl").write_text("".join(json.dumps({"outcome": o}) + "\n" for o in outcomes))
    assert stage_tallies.opened(settings, {}, "crawl-1") == Tally(("crawl-1",), 1, 3)
    assert stage_tallies.fetched(settings, {}, ["crawl-1"]) == Tally(("crawl-1",), 3, 2)
    assert stage_tallies.cleaned(settings, {}, ["crawl-1"]) == Tally(("crawl-1",), 2, 1)
    from include.operations import stages

    assert stages.land(settings) == ["crawl-1"]
    assert only(settings.data_dir / "ops").items_in == 3
    assert only(settings.data_dir / "ops").items_out == 1
    assert stage_tallies.landed(settings, {}, []) == Tally(items_in=0, items_out=0)


def test_figures_of_a_build_name_its_slowest_nodes(settings: Settings) -> None:
    nodes = [
        {"unique_id": f"model.sotinh.m{n}", "status": "error" if n == 3 else "success", "execution_time": n}
        for n in range(12)
    ]
    target = settings.data_dir / "dbt" / "target"
    target.mkdir(parents=True)
    (target / "run_results.json").write_text(json.dumps({"results": nodes}))
    tally = stage_tallies.built(settings, {}, None)
    assert (tally.items_in, tally.items_out) == (12, 11)
    assert list((tally.detail or {})["slowest_nodes_s"]) == [f"m{n}" for n in range(11, 1, -1)]
