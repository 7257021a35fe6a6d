"""Which kills there are: at every named point, and at random moments that a seed decides."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

# Named crash points by the stage that passes them; those of a restore, a roll-back and a withdrawal are
# killed where these have their tests.
POINTS: Final[dict[str, tuple[str, ...]]] = {
    "discover": ("discover_before_name",),
    "fetch": ("fetch_before_line", "fetch_before_done"),
    "clean": ("clean_before_write", "clean_before_rename"),
    "land": ("land_before_commit", "land_before_marker", "ledger_before_commit"),
    "judge_landed": ("gate_before_commit",),
    "build": ("build_before_dbt", "build_before_finish"),
    "judge_marts": ("gate_before_commit",),
    "publish": (
        "ledger_before_commit",
        "publish_before_audit",
        "publish_before_release",
        "publish_before_rename",
        "publish_before_manifest",
        "publish_before_prune",
        "mark_built_before_write",
    ),
    "export": ("export_before_move", "export_before_package", "export_before_latest", "export_before_prune"),
    "site": ("site_before_rename", "site_between_renames", "site_before_prune"),
}
# Out of a hundred random kills. Landing takes least time and holds what must not be lost; a build takes most.
SHARES: Final = {
    "discover": 6,
    "fetch": 16,
    "clean": 2,
    "land": 44,
    "judge_landed": 3,
    "build": 2,
    "judge_marts": 7,
    "publish": 14,
    "export": 4,
    "site": 2,
}
ROUNDS: Final = 2
# A build that is killed right before its end costs two whole ones.
ROUNDS_OF_BUILD: Final = 1


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill of a stage: at a named point, or at a part (0 to 1) of the time that the stage takes."""

    stage: str
    point: str | None
    part: float


def kills(total: int, seed: int, stages: tuple[str, ...] = tuple(SHARES)) -> dict[str, list[Kill]]:
    """At least `total` kills by stage: every named point some rounds, the rest at random moments."""
    named = {
        stage: [Kill(stage, point, 0.0) for point in POINTS[stage]]
        * (ROUNDS_OF_BUILD if stage == "build" else ROUNDS)
        for stage in stages
    }
    left = total - sum(map(len, named.values()))
    weights = sum(SHARES[stage] for stage in stages)
    found = {}
    for stage in stages:
        moments = islice(parts(stage, seed), max(1, -(-left * SHARES[stage] // weights)))
        found[stage] = [*named[stage], *(Kill(stage, None, part) for part in moments)]
    return found


def parts(stage: str, seed: int) -> Iterator[float]:
    """Parts of a stage's time, without end; the same for the same seed."""
    drawn = random.Random(f"{seed} {stage}")  # noqa: S311 - a schedule, no secret
    while True:
        yield drawn.random()
