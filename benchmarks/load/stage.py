"""`python -m benchmarks.load.stage <stage> <data_dir> <workers>`: one stage of a night by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from benchmarks.load.archive import settings_of
from include.operations import stages
from include.settings import Settings
from include.warehouse.build import start_dbt
from include.warehouse.ledger import pending_batches

RUN_ID: Final = "build-bench"
# In the order of a night; the last two do not lie on the way to the published marts.
TO_MARTS: Final = ("clean", "land", "judge_landed", "build", "judge_marts", "publish")
AFTER_MARTS: Final = ("export", "site")
# dbt's start and the reading of its project, without any node.
PARSE: Final = "parse"


def run(stage: str, settings: Settings) -> None:
    """Run one stage of TO_MARTS or AFTER_MARTS, or PARSE; raises what the stage raises."""
    if stage == PARSE:
        start_dbt(["parse", "--no-partial-parse"], project=stages.DBT_PROJECT, data_dir=settings.data_dir)
    elif stage == "build":
        stages.build(settings, RUN_ID, full_refresh=False)
    elif stage in ("judge_landed", "judge_marts"):
        getattr(stages, stage)(settings, RUN_ID)
    elif stage == "publish":
        stages.publish_marts(settings, RUN_ID, pending_batches(settings.warehouse))
    else:
        getattr(stages, stage)(settings)


if __name__ == "__main__":
    run(sys.argv[1], settings_of(Path(sys.argv[2]), int(sys.argv[3])))
