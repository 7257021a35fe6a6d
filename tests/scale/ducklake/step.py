"""Stages of a night in a process of their own, on the warehouse that the environment names.

python -m tests.scale.ducklake.step STAGE[,STAGE…] DATA_DIR REGISTRY NOW [--meet FOLDER --count N]

--meet: before it commits a batch, the process leaves a file there and waits until there are N, so that
several have their transactions open at the same time.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from include.lake import lake_from_environment
from include.settings import Settings
from include.warehouse import land
from tests.kills.night import Order, run_stage

LONGEST_MEETING_S = 120


class LakeOrder(Order):
    """An order whose warehouse is the lake that the environment names, where it names one."""

    @property
    def settings(self) -> Settings:
        return replace(super().settings, workers=2, lake=lake_from_environment(self.data_dir))


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("stages")
    options.add_argument("data_dir", type=Path)
    options.add_argument("registry", type=Path)
    options.add_argument("now", type=datetime.fromisoformat)
    options.add_argument("--meet", type=Path)
    options.add_argument("--count", type=int, default=2)
    given = options.parse_args()
    if given.meet:
        land.crash_point = _meeting(given.meet, given.count)
    work: Any = None
    for stage in given.stages.split(","):
        began = time.monotonic()
        result = run_stage(LakeOrder(stage, given.data_dir, given.registry, given.now, work))
        if stage == "open_build":
            work = result
        print(f"{stage}\t{time.monotonic() - began:.2f}", flush=True)
    return 0


def _meeting(folder: Path, count: int) -> Any:
    def wait(point: str) -> None:
        if point != "land_before_commit":
            return
        (folder / str(os.getpid())).touch()
        until = time.monotonic() + LONGEST_MEETING_S
        while len(list(folder.iterdir())) < count:
            if time.monotonic() > until:
                raise TimeoutError(f"fewer than {count} processes came to commit at the same time")
            time.sleep(0.05)

    return wait


if __name__ == "__main__":
    sys.exit(main())
