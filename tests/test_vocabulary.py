"""A vocabulary that contradicts itself is refused with the lines at fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from include.vocabulary import SEEDS, load_vocabulary

FAULTS = [
    ("indicators.csv", ",USD,trade", ",DOLLAR,trade", r"line \d+: unit_code DOLLAR is not in units\.csv"),
    ("indicator_aliases.csv", ",grdp_per_capita,", ",grdp_per_head,",
     r"line 2: indicator_code grdp_per_head is not in indicators\.csv"),
    ("provinces.csv", ",15-2025,", ",16-2025,", r"line \d+: successor_id 16-2025 is not in provinces\.csv"),
    ("units.csv", "\nUSD,", "\nVND,", r"units\.csv: unit_code VND stands 2 times"),
    ("indicators.csv", "\ngrdp,", "\n,", r"indicators\.csv: 1 row\(s\) without indicator_code"),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "old", "new", "said"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_a_name_that_is_in_no_seed_is_refused_with_its_line(
    tmp_path: Path, seed: str, old: str, new: str, said: str
) -> None:
    seeds = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    text = (seeds / seed).read_text(encoding="utf-8")
    assert old in text
    (seeds / seed).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_vocabulary(seeds)


def test_a_seed_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"indicators\.csv"):
        load_vocabulary(tmp_path)
