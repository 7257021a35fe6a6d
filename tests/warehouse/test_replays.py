"""What landing makes of captures that it knows, which pages may be replayed, and what counts as a visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.landing import Visit
from include.warehouse.captures import captures_left_out, captures_of_articles
from include.warehouse.frontier import read_frontier
from include.warehouse.land import land_open_batches
from tests.warehouse.samples import BODY, NIGHT, landed_at, page, rows_of, write_batch

PUMP = "https://benlau.example/tram-bom"
ROAD = "https://benlau.example/duong"
READ_ANEW = f"{BODY}\nBảng: 420 ha | 3 xã"
READ_ONCE_MORE = f"{BODY}\nBảng: 420 ha; 3 xã"
DAY = timedelta(days=1)


def captured(url: str, at: datetime = NIGHT, **columns: Any) -> dict[str, Any]:
    """A row whose record is told from others by the day of its fetch."""
    name = f"landing/{at:%Y%m%d}/warc/benlau-001.warc.gz"
    return page(url, fetched_at=at, **({"warc_file": name, "warc_offset": len(url)} | columns))


def land(folder: Path, batch_id: str, *rows: dict[str, Any], kind: str = "crawl") -> dict[str, int]:
    write_batch(folder / "landing", batch_id, rows, batch_kind=kind)
    (batch,) = land_open_batches(
        landing=folder / "landing", warehouse=folder / "warehouse.duckdb", landed_at=landed_at
    )
    return batch.outcomes


def latest(folder: Path) -> tuple[Any, ...]:
    query = "select body, fetched_at, version_no from raw.article_versions order by fetched_at, version_no"
    return rows_of(folder / "warehouse.duckdb", query)[-1]


def reasons(folder: Path) -> list[tuple[Any, ...]]:
    return rows_of(
        folder / "warehouse.duckdb", "select batch_id, outcome, reason from raw.article_outcomes order by all"
    )


def test_a_capture_read_by_other_rules_is_the_latest_version_until_the_rule_is_taken_back(
    tmp_path: Path,
) -> None:
    assert land(tmp_path, "b1", captured(PUMP)) == {"loaded": 1}
    assert land(tmp_path, "r1", captured(PUMP), kind="replay") == {"unchanged": 1}
    assert land(tmp_path, "r2", captured(PUMP, body=READ_ANEW), kind="replay") == {"loaded": 1}
    assert latest(tmp_path) == (READ_ANEW, NIGHT, 2)
    assert land(tmp_path, "r3", captured(PUMP, body=READ_ANEW), kind="replay") == {"unchanged": 1}
    assert land(tmp_path, "r4", captured(PUMP), kind="replay") == {"loaded": 1}
    assert latest(tmp_path) == (BODY, NIGHT, 3)
    assert reasons(tmp_path) == [
        ("b1", "loaded", None),
        ("r1", "unchanged", None),
        ("r2", "loaded", "rule_changed"),
        ("r3", "unchanged", None),
        ("r4", "loaded", "rule_changed"),
    ]


def test_a_later_capture_that_was_unchanged_gives_the_version_its_own_time(tmp_path: Path) -> None:
    land(tmp_path, "b1", captured(PUMP))
    assert land(tmp_path, "b2", captured(PUMP, NIGHT + DAY)) == {"unchanged": 1}
    (capture,) = captures_of_articles(tmp_path / "warehouse.duckdb")
    assert capture.warc_file == "landing/20260310/warc/benlau-001.warc.gz"
    assert land(tmp_path, "r1", captured(PUMP, NIGHT + DAY, body=READ_ANEW), kind="replay") == {"loaded": 1}
    assert latest(tmp_path) == (READ_ANEW, NIGHT + DAY, 2)
    assert reasons(tmp_path)[-1] == ("r1", "loaded", "rule_changed")
    assert land(tmp_path, "b3", captured(PUMP, NIGHT + 2 * DAY, body=READ_ANEW)) == {"unchanged": 1}


def test_a_replay_of_an_older_capture_does_not_take_the_place_of_the_latest(tmp_path: Path) -> None:
    land(tmp_path, "b1", captured(PUMP))
    land(tmp_path, "b2", captured(PUMP, NIGHT + DAY, body=READ_ANEW))
    assert land(tmp_path, "r1", captured(PUMP), kind="replay") == {"unchanged": 1}
    assert land(tmp_path, "r2", captured(PUMP, body=READ_ONCE_MORE), kind="replay") == {"loaded": 1}
    assert latest(tmp_path) == (READ_ANEW, NIGHT + DAY, 2)


def test_a_mended_page_is_a_first_reading(tmp_path: Path) -> None:
    land(tmp_path, "b1", captured(PUMP, outcome="quarantined", reason="worker_died"))
    assert land(
        tmp_path, "r1", captured(PUMP, outcome="quarantined", reason="worker_died"), kind="replay"
    ) == {"quarantined": 1}
    assert land(tmp_path, "r2", captured(PUMP), kind="replay") == {"loaded": 1}
    assert latest(tmp_path) == (BODY, NIGHT, 1)
    assert reasons(tmp_path) == [
        ("b1", "quarantined", "worker_died"),
        ("r1", "quarantined", "worker_died"),
        ("r2", "loaded", None),
    ]
    assert captures_left_out(tmp_path / "warehouse.duckdb", ["quarantined"]) == []


def test_a_replay_is_no_visit(tmp_path: Path) -> None:
    land(tmp_path, "b1", captured(PUMP), captured(ROAD, outcome="quarantined", reason="worker_died"))
    land(tmp_path, "r1", captured(PUMP, body=READ_ANEW), captured(ROAD), kind="replay")
    assert read_frontier(tmp_path / "warehouse.duckdb") == {PUMP: Visit(1, NIGHT), ROAD: Visit(1, NIGHT)}


@pytest.mark.parametrize(
    ("nights", "asked", "night_found"),
    [
        ([{"outcome": "quarantined", "reason": "x"}], ["quarantined"], 0),
        ([{"outcome": "quarantined", "reason": "x"}, {}], ["quarantined"], None),
        ([{}, {"outcome": "quarantined", "reason": "x"}], ["quarantined"], 1),
        ([{"outcome": "quarantined", "reason": "x"}] * 2, ["quarantined"], 1),
        ([{"outcome": "empty", "reason": "x"}], ["quarantined"], None),
        ([{"outcome": "empty", "reason": "x"}], ["quarantined", "empty"], 0),
        ([{"outcome": "blocked", "reason": "refusal_page"}], ["blocked"], 0),
        ([{"outcome": "quarantined", "reason": "too_large", "warc_file": None}], ["quarantined"], None),
        # No answer, or the server's refusal, says nothing of the bytes that are there.
        ([{"outcome": "quarantined", "reason": "x"}, {"outcome": "failed", "reason": "http_500",
                                                      "warc_file": None}], ["quarantined"], 0),
        ([{"outcome": "quarantined", "reason": "x"}, {"outcome": "blocked", "reason": "http_403",
                                                      "warc_file": None}], ["quarantined"], 0),
    ],
)  # fmt: skip
def test_the_last_reading_decides_what_is_replayed(
    tmp_path: Path, nights: list[dict[str, Any]], asked: list[str], night_found: int | None
) -> None:
    for number, columns in enumerate(nights):
        land(tmp_path, f"b{number}", captured(PUMP, NIGHT + number * DAY, **columns))
    found = captures_left_out(tmp_path / "warehouse.duckdb", asked)
    expected = [] if night_found is None else [f"landing/{NIGHT + night_found * DAY:%Y%m%d}/warc"]
    assert [capture.warc_file.rpartition("/")[0] for capture in found] == expected


def test_an_old_quarantined_capture_that_a_backfill_brings_late_is_not_the_last(tmp_path: Path) -> None:
    land(tmp_path, "b1", captured(PUMP))
    old = captured(PUMP, NIGHT - 400 * DAY, outcome="quarantined", reason="worker_died")
    land(tmp_path, "b2", old, kind="backfill")
    assert captures_left_out(tmp_path / "warehouse.duckdb", ["quarantined"]) == []
    assert len(captures_of_articles(tmp_path / "warehouse.duckdb")) == 1


def test_an_article_that_is_empty_now_is_found_by_both(tmp_path: Path) -> None:
    land(tmp_path, "b1", captured(PUMP))
    land(tmp_path, "b2", captured(PUMP, NIGHT + DAY, outcome="empty", reason="no_story"))
    (article,) = captures_of_articles(tmp_path / "warehouse.duckdb")
    (empty,) = captures_left_out(tmp_path / "warehouse.duckdb", ["empty"])
    assert (article.url, article.warc_file[8:16]) == (PUMP, "20260309")
    assert (empty.url, empty.warc_file[8:16]) == (PUMP, "20260310")


@pytest.mark.parametrize("outcomes", [[], ["failed"], ["quarantined", "loaded"]])
def test_other_outcomes_are_refused(tmp_path: Path, outcomes: list[str]) -> None:
    with pytest.raises(ValueError, match="only quarantined, empty, blocked"):
        captures_left_out(tmp_path / "warehouse.duckdb", outcomes)


def test_nothing_is_found_before_the_first_night(tmp_path: Path) -> None:
    assert captures_left_out(tmp_path / "warehouse.duckdb", ["quarantined"]) == []
    assert captures_of_articles(tmp_path / "warehouse.duckdb") == []
