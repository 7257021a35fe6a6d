"""What a night costs before its first page: nights without news, and what starting each tool costs alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.load.archive import settings_of
from benchmarks.load.night import STAGES, Step
from benchmarks.load.stage import PARSE
from benchmarks.load.usage import Usage, used_by
from include.operations.airflow_environment import airflow_environment
from include.operations.samples import served_samples
from include.settings import Settings

# Each in a process of its own, from the start of Python on.
ALONE: Final = {
    "python": "pass",
    "airflow.sdk": "import airflow.sdk",
    "DagBag": "from airflow.dag_processing.dagbag import DagBag",
    "great_expectations": "import great_expectations",
    "pandas": "import pandas",
}


@dataclass(frozen=True, slots=True)
class Round:
    """One round. samples: a first night with the sample portals; nothing: the next, which finds nothing new;
    run: all of `make run` after that; alone: what starting each tool costs, in the same minutes."""

    samples: Sequence[Step]
    nothing: Sequence[Step]
    run: Usage
    alone: Mapping[str, Usage]


def one_round(folder: Path, tell: Callable[[str], None]) -> Round:
    """Run the nights of one round in the new folder `folder`. Raises CommandError, SamplesNotServedError."""
    settings, log = settings_of(folder, 2), folder.with_name(f"{folder.name}.log")
    folder.mkdir(parents=True)
    alone = {}
    for name, code in ALONE.items():
        tell(f"alone: {name}")
        alone[name] = used_by(["-c", code], {"GX_ANALYTICS_ENABLED": "false"}, log)
    with served_samples(folder / "runs") as (registry, _):
        here = Settings(data_dir=folder, registry=registry)
        tell("night with the samples")
        samples = _night(here, log)
        tell("night with nothing new")
        nothing = _night(here, log)
    tell("dbt parse")
    words = ["-m", "benchmarks.load.stage", PARSE, str(folder), "2"]
    alone["dbt parse"] = used_by(words, {}, log)
    tell("make run")
    environment = {"SOTINH_DATA_DIR": str(settings.data_dir), "SOTINH_PORTALS": ""}
    run = used_by(["-m", "include.operations.run_night"], environment, log)
    return Round(samples, nothing, run, alone)


def _night(settings: Settings, log: Path) -> list[Step]:
    told = settings.data_dir / "steps.json"
    environment = airflow_environment(settings) | {"SOTINH_TASK_RETRIES": "0"}
    used_by(["-m", "benchmarks.load.night", str(told)], environment, log)
    return [Step(**row) for row in json.loads(told.read_text(encoding="utf-8"))]


def by_step(steps: Sequence[Step]) -> list[Step]:
    """The steps with what Airflow itself takes of the DAGs: their time less that of their stages."""
    inside = [one for one in steps if one.name in STAGES]
    dags = [one for one in steps if one.name in ("load_articles", "build_marts")]
    of_airflow = Step(
        "Airflow around the stages",
        sum(one.processor for one in dags) - sum(one.processor for one in inside),
        sum(one.wall for one in dags) - sum(one.wall for one in inside),
    )
    return [*(one for one in steps if one not in dags), of_airflow]
