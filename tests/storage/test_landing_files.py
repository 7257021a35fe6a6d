"""Files of a batch folder that are cut short or are not what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from include.clean import stage
from include.operations.checks.folder import batches as look_at_batches
from tests.clean.samples import html_of
from tests.clean.test_stage import clean, fill, rows_of
from tests.storage.folders import BATCHES, land, landed_rows, three_batches


@pytest.mark.fault("a WARC file is cut short", "its lost pages are quarantined and told; the others are read")
def test_pages_behind_the_cut_of_an_archive_are_told_and_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(function: Any, batches: Any, **_: object) -> Any:
        return map(function, batches)

    monkeypatch.setattr(stage, "map_batches", here)
    batch = tmp_path / "landing" / "b1"
    (batch / "warc").mkdir(parents=True)
    fill(batch, [html_of("epi").encode()] * 4)
    offsets = [row.warc_offset or 0 for row in stage.read_fetched(batch / "fetched.jsonl")]
    with (batch / "warc" / "a.warc.gz").open("r+b") as archive:
        archive.truncate(offsets[2] + 100)
    assert clean(batch) == ["b1"]
    told = [(row["outcome"], row["reason"]) for row in rows_of(batch)]
    assert told == [("cleaned", None)] * 2 + [("quarantined", "archive_unreadable")] * 2


@pytest.mark.fault(
    "a cleaned.parquet is damaged before it lands", "set aside with its reason; the other batches land"
)
@pytest.mark.parametrize("fault", ["cut", "flipped", "empty"])
def test_a_damaged_parquet_file_is_set_aside_and_the_others_land(tmp_path: Path, fault: str) -> None:
    settings = three_batches(tmp_path)
    path = settings.landing / BATCHES[1] / "cleaned.parquet"
    data = bytearray(path.read_bytes())
    if fault == "flipped":
        # In the first page of data, behind the magic word.
        data[40:60] = bytes(byte ^ 0xFF for byte in data[40:60])
    path.write_bytes(b"" if fault == "empty" else data[: len(data) // 2] if fault == "cut" else data)
    assert land(settings) == [BATCHES[0], BATCHES[2]]
    aside = settings.landing / "damaged" / BATCHES[1]
    assert "cleaned.parquet" in (aside / "why_damaged.txt").read_text(encoding="utf-8")
    found = look_at_batches(settings)
    assert (found.state, found.page) == ("warn", "batch_damaged")
    assert land(settings) == []


@pytest.mark.fault(
    "a cleaned.parquet is damaged after it landed", "not read again: the warehouse has its rows"
)
def test_a_parquet_file_that_is_damaged_after_landing_is_not_needed(tmp_path: Path) -> None:
    settings = three_batches(tmp_path)
    land(settings)
    rows = landed_rows(settings)
    (settings.landing / BATCHES[1] / "cleaned.parquet").write_bytes(b"PAR1")
    assert land(settings) == []
    assert landed_rows(settings) == rows
