"""Invented and real portals never come into one warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.operations.samples import SamplesMixedError, keep_apart, sample_ids

REAL = {"bao-that", "cong-tin-that"}


def test_the_samples_are_known_by_their_ids() -> None:
    assert len(sample_ids()) == 18


@pytest.mark.parametrize(
    ("held", "run"),
    [(set(), REAL), (set(), sample_ids()), (REAL, {"bao-that"}), (sample_ids(), sample_ids())],
)
def test_what_belongs_together_may_come_together(held: set[str], run: set[str]) -> None:
    keep_apart(Path("data"), held, run)


@pytest.mark.parametrize(
    ("held", "run", "cure"),
    [(REAL, sample_ids(), "PORTALS=<file>"), (sample_ids(), REAL, "DATA_DIR=<folder>")],
)
def test_what_does_not_is_refused_with_the_cure(held: set[str], run: set[str], cure: str) -> None:
    with pytest.raises(SamplesMixedError, match=cure):
        keep_apart(Path("data"), held, run)
