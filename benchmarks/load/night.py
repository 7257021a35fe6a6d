"""`python -m benchmarks.load.night <file>`: the night of `make run` in this process, with its time by step.

Does what include.operations.run_dags does; the environment says which folder and portals. Writes a list of
steps as JSON into the file.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final

# Stages in the order of a night, by the name under which the DAGs' tasks call them.
STAGES: Final = (
    "discover_tonight", "fetch", "clean", "land", "open_build", "judge_landed", "build", "judge_marts",
    "publish_marts", "export", "site",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """processor, wall: seconds, of children that were waited for as well. A DAG holds its stages."""

    name: str
    processor: float
    wall: float


class Steps:
    """The steps of this process so far, in the order in which they ended."""

    def __init__(self) -> None:
        self.done: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the block as one step, also where it raises."""
        processor, wall = _processor(), time.perf_counter()
        try:
            yield
        finally:
            self.done.append(Step(name, _processor() - processor, time.perf_counter() - wall))

    def counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, each of whose calls is a step."""

        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            with self.step(name):
                return function(*args, **kwargs)

        return run


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(file: Path) -> int:
    """Run the night; 1 where a DAG does not succeed."""
    steps = Steps()
    with steps.step("import Airflow"):
        from airflow.dag_processing.dagbag import DagBag

        from include.operations.airflow_metadata import prepare_metadata
    with steps.step("import the stages"):
        from include.operations import stages
        from include.settings import PROJECT_ROOT
    for name in STAGES:
        setattr(stages, name, steps.counted(name, getattr(stages, name)))
    with steps.step("metadata database"):
        prepare_metadata()
    with steps.step("read the DAGs"):
        bag = DagBag(str(PROJECT_ROOT / "dags"))
    states = []
    for dag_id in ("load_articles", "build_marts"):
        with steps.step(dag_id):
            states.append(bag.dags[dag_id].test(run_conf={}).state)
    steps.done.insert(
        0, Step("all", _processor(), sum(one.wall for one in steps.done if one.name not in STAGES))
    )
    file.write_text(json.dumps([asdict(one) for one in steps.done]), encoding="utf-8")
    return int(any(state != "success" for state in states))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
