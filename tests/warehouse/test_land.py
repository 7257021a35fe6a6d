from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from include.warehouse.batch_files import UnaccountedUrlsError
from include.warehouse.land import LandedBatch, land_open_batches
from tests.warehouse.samples import BODY, NIGHT, landed_at, page, rows_of, write_batch

PUMP = "https://benlau.example/tram-bom"
ROAD = "https://benlau.example/duong-moi"
NEW_BODY = "Chiều 10/3, trạm bơm Bến Lau dừng chạy thử để thay hai tổ máy, dự kiến xong trong 15 ngày."


def land(folder: Path) -> list[LandedBatch]:
    return land_open_batches(
        landing=folder / "landing", warehouse=folder / "warehouse.duckdb", landed_at=landed_at
    )


def versions(folder: Path) -> list[tuple[str, str]]:
    return rows_of(
        folder / "warehouse.duckdb",
        "select article_version_id, body from raw.article_versions order by fetched_at, article_version_id",
    )


def test_every_url_ends_in_one_outcome(tmp_path: Path) -> None:
    rows = [
        page(PUMP),
        page(ROAD, outcome="failed", reason="http_404", http_status=404),
        page("https://benlau.example/anh", outcome="empty"),
        page("https://benlau.example/cam", outcome="not_allowed", fetched_at=None, http_status=None),
    ]
    folder = write_batch(tmp_path / "landing", "b1", rows, not_due=7)
    assert land(tmp_path) == [
        LandedBatch("b1", 4, 7, {"empty": 1, "failed": 1, "loaded": 1, "not_allowed": 1})
    ]
    assert (folder / "landed").read_text(encoding="utf-8") == "2026-03-09T20:00:00.000000Z\n"
    stored = rows_of(
        tmp_path / "warehouse.duckdb",
        "select url, outcome, reason, http_status, fetched_at is null from raw.article_outcomes",
    )
    assert stored == [
        (PUMP, "loaded", None, 200, False),
        (ROAD, "failed", "http_404", 404, False),
        ("https://benlau.example/anh", "empty", None, 200, False),
        ("https://benlau.example/cam", "not_allowed", None, None, True),
    ]


def test_sources_requests_and_the_batch_itself_land(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP)], not_due=3)
    land(tmp_path)
    warehouse = tmp_path / "warehouse.duckdb"
    assert rows_of(warehouse, "select * from raw.sources") == [
        ("b1", "benlau", "Báo Bến Lau", "10-2008", "https://benlau.example", "generic")
    ]
    assert rows_of(
        warehouse, "select outcome, links_found, epoch(requested_at) from raw.discovery_requests"
    ) == [("read", 1, NIGHT.timestamp() - 299)]
    assert rows_of(
        warehouse,
        "select batch_kind, epoch(started_at), epoch(landed_at), discovered, not_due from raw.batches",
    ) == [("crawl", NIGHT.timestamp() - 300, landed_at().timestamp(), 1, 3)]


def test_text_is_stored_as_it_is(tmp_path: Path) -> None:
    hostile = (
        "Ông Tạ Văn Dền nói: '); drop table raw.batches; -- “85% hộ đồng thuận”.\nĐoạn hai\u2028vẫn thế."
    )
    write_batch(tmp_path / "landing", "b1", [page(PUMP, body=hostile, title="=1+1", byline='"<b>Dền</b>')])
    land(tmp_path)
    stored = rows_of(
        tmp_path / "warehouse.duckdb", "select body, title, byline, published_on from raw.article_versions"
    )
    assert stored == [(hostile, "=1+1", '"<b>Dền</b>', NIGHT.date())]


def test_a_new_text_is_a_new_version_and_the_same_text_is_not(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP)])
    later = NIGHT + timedelta(days=1)
    write_batch(tmp_path / "landing", "b2", [page(PUMP, fetched_at=later)])
    write_batch(tmp_path / "landing", "b3", [page(PUMP, body=NEW_BODY, fetched_at=later + timedelta(days=1))])
    write_batch(tmp_path / "landing", "b4", [page(PUMP, fetched_at=later + timedelta(days=2))])
    landed = land(tmp_path)
    assert [batch.outcomes for batch in landed] == [
        {"loaded": 1},
        {"unchanged": 1},
        {"loaded": 1},
        {"loaded": 1},  # back to the first wording is a change, too
    ]
    article_id = page(PUMP)["article_id"]
    assert versions(tmp_path) == [
        (f"{article_id}.1", BODY),
        (f"{article_id}.2", NEW_BODY),
        (f"{article_id}.3", BODY),
    ]


def test_an_old_capture_lands_once_and_does_not_make_tonight_look_new(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP, body=NEW_BODY)])
    capture = page(PUMP, fetched_at=NIGHT - timedelta(days=400))
    write_batch(tmp_path / "landing", "b2", [capture])
    write_batch(tmp_path / "landing", "b3", [capture])
    tonight = page(PUMP, body=NEW_BODY, fetched_at=NIGHT + timedelta(days=1))
    write_batch(tmp_path / "landing", "b4", [tonight])
    assert [batch.outcomes for batch in land(tmp_path)] == [
        {"loaded": 1},
        {"loaded": 1},
        {"unchanged": 1},
        {"unchanged": 1},
    ]


def test_a_second_row_of_an_article_is_unchanged(tmp_path: Path) -> None:
    rows = [page(PUMP), page(ROAD), page(PUMP, body=NEW_BODY)]
    write_batch(tmp_path / "landing", "b1", rows)
    assert land(tmp_path)[0].outcomes == {"loaded": 2, "unchanged": 1}
    assert rows_of(
        tmp_path / "warehouse.duckdb",
        "select outcome, reason from raw.article_outcomes where url like '%tram-bom'",
    ) == [("loaded", None), ("unchanged", "duplicate_in_batch")]
    assert [body for _, body in versions(tmp_path)] == [BODY, BODY]


def test_landing_again_lands_nothing(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP)])
    assert len(land(tmp_path)) == 1
    assert land(tmp_path) == []
    assert len(versions(tmp_path)) == 1


def test_a_batch_without_urls_lands(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [], not_due=12)
    assert land(tmp_path) == [LandedBatch("b1", 0, 12, {})]


def test_a_batch_still_being_cleaned_is_left_alone(tmp_path: Path) -> None:
    folder = write_batch(tmp_path / "landing", "b1", [page(PUMP)])
    (folder / "cleaned.parquet").unlink()
    assert land(tmp_path) == []
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_a_deleted_warehouse_is_filled_again(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP)])
    write_batch(tmp_path / "landing", "b2", [page(PUMP, body=NEW_BODY), page(ROAD)])
    land(tmp_path)
    before = versions(tmp_path)
    (tmp_path / "warehouse.duckdb").unlink()
    assert [batch.batch_id for batch in land(tmp_path)] == ["b1", "b2"]
    assert versions(tmp_path) == before


def test_unanswered_urls_refuse_the_batch_and_no_other(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP)], discovered=[page(PUMP), page(ROAD)])
    write_batch(tmp_path / "landing", "b2", [page(ROAD)])
    with pytest.raises(UnaccountedUrlsError, match=rf"b1: 2 URLs were discovered and 1 .*1 missing.*{ROAD}"):
        land(tmp_path)
    assert rows_of(tmp_path / "warehouse.duckdb", "select batch_id, url from raw.article_outcomes") == [
        ("b2", ROAD)
    ]
    assert not (tmp_path / "landing" / "b1" / "landed").exists()


def test_as_many_but_other_urls_refuse_the_batch(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [page(PUMP)], discovered=[page(ROAD)])
    with pytest.raises(UnaccountedUrlsError, match="1 missing, 1 never discovered"):
        land(tmp_path)


def break_parquet(folder: Path) -> None:
    (folder / "cleaned.parquet").write_bytes(b"PAR1 nothing of use PAR1")


def cut_parquet(folder: Path) -> None:
    path = folder / "cleaned.parquet"
    path.write_bytes(path.read_bytes()[:-40])


def drop_sources(folder: Path) -> None:
    (folder / "sources.jsonl").unlink()


def break_line(folder: Path) -> None:
    with (folder / "discovery.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"source_id": "ben\n')


def break_time(folder: Path) -> None:
    path = folder / "discovery.jsonl"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2026-03-10T02:00:01", "hôm qua"), encoding="utf-8"
    )


def break_type(folder: Path) -> None:
    path = folder / "discovery.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"links_found": 1', '"links_found": "một"'))


def rename_field(folder: Path) -> None:
    path = folder / "discovered.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("found_in", "found"), encoding="utf-8")


def swap_header(folder: Path) -> None:
    path = folder / "batch.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"b1"', '"b9"'), encoding="utf-8")


def strange_kind(folder: Path) -> None:
    path = folder / "batch.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"crawl"', '"guess"'), encoding="utf-8")


def null_body(folder: Path) -> None:
    rewrite(folder, page(PUMP, body="x") | {"body": None})


def own_verdict(folder: Path) -> None:
    rewrite(folder, page(PUMP, outcome="loaded"))


def rewrite(folder: Path, row: dict[str, object]) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    write_batch(folder.parent, folder.name, [row])


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (break_parquet, "cleaned.parquet is not readable Parquet"),
        (cut_parquet, "cleaned.parquet is not readable Parquet"),
        (drop_sources, "sources.jsonl is missing"),
        (break_line, "discovery.jsonl, line 2: not JSON"),
        (break_time, "a value that the landing tables cannot hold"),
        (break_type, "holds a wrong type"),
        (rename_field, "discovered.jsonl, line 1: not a DiscoveredUrl"),
        (swap_header, "does not hold the header of batch b1"),
        (strange_kind, "batch_kind 'guess' is none of"),
        (null_body, "1 cleaned rows without body"),
        (own_verdict, "outcomes outside the contract: ['loaded']"),
    ],
)
def test_a_damaged_batch_moves_aside_and_the_others_land(tmp_path: Path, damage: object, reason: str) -> None:
    folder = write_batch(tmp_path / "landing", "b1", [page(PUMP)])
    assert callable(damage)
    damage(folder)
    write_batch(tmp_path / "landing", "b2", [page(ROAD)])
    assert [batch.batch_id for batch in land(tmp_path)] == ["b2"]
    assert not folder.exists()
    aside = tmp_path / "landing" / "damaged" / "b1"
    assert reason in (aside / "why_damaged.txt").read_text(encoding="utf-8")
    assert rows_of(tmp_path / "warehouse.duckdb", "select distinct batch_id from raw.discovery_requests") == [
        ("b2",)
    ]


def test_two_damaged_batches_of_one_id_are_both_kept(tmp_path: Path) -> None:
    for _ in range(2):
        break_parquet(write_batch(tmp_path / "landing", "b1", [page(PUMP)]))
        assert land(tmp_path) == []
    assert sorted(path.name for path in (tmp_path / "landing" / "damaged").iterdir()) == ["b1", "b1.2"]
