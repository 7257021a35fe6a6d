"""Policies that every DAG file keeps; read from a real DagBag."""

from __future__ import annotations

import ast
import os
import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from include.settings import PROJECT_ROOT, Settings

DAGS = PROJECT_ROOT / "dags"
NAMES = {"load_articles", "build_marts", "backfill_articles", "replay_articles"}


@pytest.fixture(scope="module")
def bag(tmp_path_factory):
    with read_dags(tmp_path_factory.mktemp("data")) as found:
        yield found


@contextmanager
def read_dags(data, **environment):
    from include.operations.airflow_environment import airflow_environment

    settings = Settings(data_dir=data, registry=data / "portals.yml")
    before = dict(os.environ)
    os.environ.update(airflow_environment(settings) | environment)
    try:
        from airflow.dag_processing.dagbag import DagBag

        yield DagBag(str(DAGS))
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_all_dags_load_and_are_named_like_their_files(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == NAMES == {path.stem for path in DAGS.glob("*.py")}
    assert all(Path(dag.fileloc).stem == dag_id for dag_id, dag in bag.dags.items())


@pytest.mark.parametrize("dag_id", sorted(NAMES))
def test_operators_find_what_they_need(bag, dag_id):
    dag = bag.dags[dag_id]
    assert "Triage" in dag.doc_md
    assert dag.tags
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag.dagrun_timeout is not None
    assert len(dag.tasks) <= 7, "the number of tasks must not grow with the pages"
    for task in dag.tasks:
        assert task.owner == "sotinh"
        assert task.retries == 2
        assert timedelta(0) < task.execution_timeout < dag.dagrun_timeout
        told = [getattr(call, "__name__", type(call).__name__) for call in task.on_failure_callback]
        assert told == ["record_failure", "FailureNotifier"]
        assert not task.is_mapped


@pytest.mark.parametrize("dag_id", sorted(NAMES))
def test_a_run_past_its_deadline_is_told(bag, dag_id):
    """Its tasks are skipped then, so that none of their callbacks is called."""
    assert type(bag.dags[dag_id].on_failure_callback).__name__ == "TimeoutNotifier"


def test_what_no_error_tells_is_told_too(bag):
    (begins,) = bag.dags["load_articles"].get_task("discover").on_execute_callback
    (ends,) = bag.dags["build_marts"].get_task("publish").on_success_callback
    assert [type(begins).__name__, type(ends).__name__] == ["StalenessNotifier", "WarningsNotifier"]


def test_every_task_that_writes_the_warehouse_is_in_its_pool(bag):
    writers = {(f"{name}_articles", "land") for name in ("load", "backfill", "replay")} | {
        ("build_marts", task.task_id) for task in bag.dags["build_marts"].tasks
    }
    pooled = {
        (dag_id, task.task_id)
        for dag_id, dag in bag.dags.items()
        for task in dag.tasks
        if task.pool == "warehouse_writer"
    }
    assert writers <= pooled


def test_landing_emits_what_building_waits_for(bag):
    emitted = {outlet.uri for outlet in bag.dags["load_articles"].get_task("land").outlets}
    assert emitted == {"sotinh://warehouse/raw/article_versions"}
    condition = bag.dags["build_marts"].timetable.asset_condition
    assert emitted == {asset.uri for asset in condition.objects}


def test_schedules_are_those_of_the_readme(bag):
    assert bag.dags["load_articles"].timetable.expression == "0 2 * * *"
    assert str(bag.dags["load_articles"].timetable.timezone) == "Asia/Ho_Chi_Minh"
    assert bag.dags["build_marts"].timetable.timetable.expression == "0 6 * * *"
    for by_hand in ("backfill_articles", "replay_articles"):
        assert type(bag.dags[by_hand].timetable).__name__ == "NullTimetable"


def test_a_replay_asks_no_portal(bag):
    assert [task.task_id for task in bag.dags["replay_articles"].topological_sort()] == [
        "open_replay",
        "clean",
        "land",
    ]


def test_where_a_store_is_named_shards_go_to_any_worker_and_all_else_to_the_warehouses(bag, tmp_path):
    with read_dags(tmp_path, SOTINH_STORE=str(tmp_path / "store")) as sharded:
        assert sharded.import_errors == {}
        load = sharded.dags["load_articles"]
        assert [task.task_id for task in load.topological_sort()] == [
            "discover",
            "give_out",
            "shard.fetch_shard",
            "shard.clean_shard",
            "gather",
            "land",
        ]
        queues = {task.task_id: task.queue for dag in sharded.dags.values() for task in dag.tasks}
        mapped = {task.task_id for task in load.tasks if task.get_closest_mapped_task_group() is not None}
    assert mapped == {name for name, queue in queues.items() if queue == "shards"}
    assert mapped == {"shard.fetch_shard", "shard.clean_shard"}
    assert set(queues.values()) == {"shards", "warehouse"}
    assert {task.queue for dag in bag.dags.values() for task in dag.tasks} == {"warehouse"}


def test_a_night_without_shards_lands_all_the_same(tmp_path):
    """The tasks of no shard are skipped, and a skipped task skips what waits for it unless told otherwise."""
    with read_dags(tmp_path, SOTINH_STORE=str(tmp_path / "store")) as sharded:
        load = sharded.dags["load_articles"]
        assert load.get_task("gather").trigger_rule == "none_failed"
        assert load.get_task("land").upstream_task_ids == {"gather"}


def test_dag_files_are_wiring():
    """No logic beside the calls, and nothing heavy imported while the scheduler parses."""
    for path in DAGS.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = {
            (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in tree.body
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert top <= {"__future__", "airflow", "include", "datetime", "typing"}, path.name
        assert not any(isinstance(node, ast.For | ast.While | ast.Try) for node in ast.walk(tree)), path.name
        assert len(path.read_text(encoding="utf-8").splitlines()) < 140


def test_parsing_the_dags_imports_no_engine():
    """What `dag_defaults` and `dag_tasks` import at module level is what every parse pays."""
    heavy = re.compile(
        r"^(?:from|import) (duckdb|pandas|pyarrow|trafilatura|great_expectations|lxml|httpx)", re.M
    )
    for name in ("dag_defaults", "dag_tasks", "alerts", "alert_channels", "alert_message", "runbook"):
        text = (PROJECT_ROOT / "include" / "operations" / f"{name}.py").read_text(encoding="utf-8")
        assert not heavy.search(text), name


def test_airflow_loads_the_guard_before_its_api(bag, monkeypatch, tmp_path):
    """From the folder that `make up` names; one that cannot be imported is told, and guards nothing."""
    from airflow import plugins_manager, settings

    from include.operations.airflow_environment import airflow_environment
    from include.operations.request_guard import LoopbackOnly

    environment = airflow_environment(Settings(data_dir=tmp_path, registry=tmp_path / "portals.yml"))
    monkeypatch.setattr(settings, "PLUGINS_FOLDER", environment["AIRFLOW__CORE__PLUGINS_FOLDER"])
    for cached in (plugins_manager._get_plugins, plugins_manager.get_fastapi_plugins):
        cached.cache_clear()
    assert plugins_manager._get_plugins()[1] == {}
    _, middlewares = plugins_manager.get_fastapi_plugins()
    assert LoopbackOnly in [one["middleware"] for one in middlewares]
