"""Runs DAGs one after the other through Airflow in this process: run_dags <dag_id> [conf JSON] …

The process that `make run` starts; its output is the run's log. Exits 1 where a run did not
succeed, after naming the tasks that failed.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from airflow.dag_processing.dagbag import DagBag

from include.operations.airflow_metadata import prepare_metadata
from include.operations.processes import end_group_with_parent
from include.progress import report
from include.settings import PROJECT_ROOT


def run_dags(runs: list[tuple[str, dict[str, Any]]]) -> int:
    """Run each (dag_id, conf) to its end; returns the exit code. Stops at the first that fails."""
    prepare_metadata()
    bag = DagBag(str(PROJECT_ROOT / "dags"))
    if bag.import_errors:
        for path, error in bag.import_errors.items():
            report("failed", f"{path} cannot be imported: {error.strip().splitlines()[-1]}")
        return 1
    for dag_id, conf in runs:
        report("dag", dag_id)
        run = bag.dags[dag_id].test(run_conf=conf)
        if run.state != "success":
            failed = [instance.task_id for instance in run.get_task_instances() if instance.state == "failed"]
            report("failed", f"{dag_id}: task {', '.join(failed) or 'unknown'} failed")
            return 1
    return 0


def main() -> int:
    """Run what the command line names; returns the exit code."""
    end_group_with_parent()
    words = sys.argv[1:]
    return run_dags([(words[i], json.loads(words[i + 1])) for i in range(0, len(words), 2)])


if __name__ == "__main__":
    sys.exit(main())
