"""
# build_marts: landed articles to published marts

**What it does.** Whenever articles were landed, and at 06:00 in Vietnam as a net for a lost
event: takes up every batch not yet built, judges it (Great Expectations), extracts claims and
meetings and builds the marts with their tests (one `dbt build`), judges the marts, and publishes
`DATA_DIR/sotinh.duckdb` by an atomic rename. Then writes the release as open data (Parquet, CSV and
`datapackage.json` in `DATA_DIR/releases/<day>`, to which `releases/latest` leads) and draws
`DATA_DIR/site`, the pages about it; neither waits for the other.

**Params.** `full_refresh`: read every landed article again with the present rules.

**Triage**, by the task that fails

- `judge_landed`: the message names the check, the rows and the reason, and `ops.gate_results`
  keeps them. Mend the cleaner or the registry, then clear the task.
- `build`: the message names the failing model or test; `DATA_DIR/dbt/logs/dbt.log` has the rest.
  Mend the rule, then clear the task.
- `judge_marts`: as for `judge_landed`. Readers keep the release before and see nothing half-built.
- `export`: disk space; or a mart that quotes a text and does not name it. Readers have the new file and
  `latest` leads to the release before. Clear the task, or `make export`.
- `site`: disk space; or a page that the marts' rows cannot fill, and the message names it. Readers have
  the new file and the pages of the night before. Clear the task, or `make site`.
- `publish`: disk space; or another run has built marts since, or a gate did not pass them, and the
  message says which. Clear the task: it removes what a killed publish left.

`make rollback` puts the release before back. A skipped run had nothing new to build.

Every failure has its page: docs/runbook/README.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, task

from include.operations.alerts import TimeoutNotifier, WarningsNotifier
from include.operations.dag_defaults import LANDED, TIMEZONE, WAREHOUSE_POOL, default_args
from include.operations.dag_tasks import without_retries_for_mistakes


@dag(
    dag_id="build_marts",
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("0 6 * * *", timezone=TIMEZONE), assets=[LANDED]
    ),
    catchup=False,
    max_active_runs=1,
    default_args=default_args() | {"pool": WAREHOUSE_POOL},
    on_failure_callback=TimeoutNotifier(),
    dagrun_timeout=timedelta(hours=5),
    doc_md=__doc__,
    params={
        "full_refresh": Param(
            False, type="boolean", description="Read every landed article again with the present rules."
        )
    },
    tags=["nightly", "marts"],
)
def build_marts() -> None:
    """Wire both gates, the build between them, and publishing."""

    @task
    def open_build(params: dict[str, Any] | None = None) -> dict[str, Any]:
        from airflow.sdk.exceptions import AirflowSkipException

        from include.operations import stages
        from include.settings import Settings

        work = stages.open_build(
            Settings.from_environment(), full_refresh=bool((params or {}).get("full_refresh"))
        )
        if work is None:
            raise AirflowSkipException("nothing landed since the last build")
        return work

    @task
    def judge_landed(work: dict[str, Any]) -> None:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            stages.judge_landed(Settings.from_environment(), work["run_id"])

    @task(execution_timeout=timedelta(hours=3))
    def build(work: dict[str, Any]) -> None:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            stages.build(Settings.from_environment(), work["run_id"], full_refresh=work["full_refresh"])

    @task
    def judge_marts(work: dict[str, Any]) -> None:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            stages.judge_marts(Settings.from_environment(), work["run_id"])

    @task(on_success_callback=WarningsNotifier())
    def publish(work: dict[str, Any]) -> None:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            stages.publish_marts(Settings.from_environment(), work["run_id"], work["batch_ids"])

    @task
    def export() -> None:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            stages.export(Settings.from_environment())

    @task
    def site() -> None:
        from include.operations import stages
        from include.settings import Settings

        with without_retries_for_mistakes():
            stages.site(Settings.from_environment())

    work = open_build()
    judge_landed(work) >> build(work) >> judge_marts(work) >> publish(work) >> [export(), site()]


build_marts()
