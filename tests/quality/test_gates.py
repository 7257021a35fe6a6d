"""Every check of both gates is fed bad rows and seen to fire; the good warehouse passes both."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from include.quality.gates import (
    LANDED_SUITES,
    MARTS_SUITES,
    GateFailed,
    gate_landed,
    gate_marts,
    judge_suites,
    marts_suites,
)
from include.quality.suites import Suite
from include.warehouse.database import open_warehouse
from include.warehouse.ledger import mark_built, pending_batches
from include.warehouse.publish import publish, read_manifest
from tests.quality.samples import good_warehouse
from tests.warehouse.samples import NIGHT, rows_of

ONE = "article_id = (select min(article_id) from {0})"
FEW = "article_id in (select article_id from {0} order by 1 limit {1})"
VERSION = f"where {ONE.format('raw.article_versions')}"
OUTCOME = f"where {ONE.format('raw.article_outcomes')}"
FOUR_VERSIONS = f"where {FEW.format('raw.article_versions', 4)}"
FIRST_BATCH = "20260309T190000Z"
HASH_AGAIN = "update raw.article_versions set body_sha256 = sha256(body)"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# check, statement that spoils the good warehouse, failing rows
LANDED_FAULTS: list[tuple[str, str, int]] = [
    ("batch_landed_once", "insert into raw.batches select * from raw.batches", 2),
    ("discovered_is_sum_of_outcomes", "update raw.batches set discovered = discovered + 1", 1),
    ("loaded_has_its_version", f"delete from raw.article_versions {VERSION}", 1),
    (
        "some_portal_answered",
        """
        update raw.article_outcomes set outcome = 'failed', reason = 'connection_refused';
        update raw.discovery_requests set outcome = 'failed'
        """,
        1,
    ),
    ("request_outcome_listed", "update raw.discovery_requests set outcome = 'đọc được'", 1),
    ("request_status_is_http", "update raw.discovery_requests set http_status = 20", 1),
    ("outcome_listed", f"update raw.article_outcomes set outcome = 'Mất rồi <b>' {OUTCOME}", 1),
    ("article_id_well_formed", f"update raw.article_outcomes set article_id = 'a b' {OUTCOME}", 1),
    ("url_well_formed", f"update raw.article_outcomes set url = 'javascript:alert(1)' {OUTCOME}", 1),
    ("status_is_http", f"update raw.article_outcomes set http_status = 0 {OUTCOME}", 1),
    ("failure_has_reason", f"update raw.article_outcomes set outcome = 'failed' {OUTCOME}", 1),
    ("reason_is_code", f"update raw.article_outcomes set reason = 'Máy chủ bận' {OUTCOME}", 1),
    ("answered_page_has_fetch_time", f"update raw.article_outcomes set fetched_at = null {OUTCOME}", 1),
    (
        "version_stored_once",
        f"insert into raw.article_versions select * from raw.article_versions {VERSION}",
        2,
    ),
    ("content_hash_well_formed", f"update raw.article_versions set content_sha256 = 'AB12' {VERSION}", 1),
    ("body_hash_well_formed", f"update raw.article_versions set body_sha256 = 'không' {VERSION}", 1),
    ("body_length_in_bounds", f"update raw.article_versions set body = 'Tin vắn.' {VERSION}", 1),
    ("body_length_in_bounds", f"update raw.article_versions set body = repeat('dài ', 125001) {VERSION}", 1),
    (
        "text_is_nfc",
        f"update raw.article_versions set body = '{decomposed('Xã Hạ Tranh trồng chè.')}' {VERSION}",
        1,
    ),
    (
        "text_is_nfc",
        f"update raw.article_versions set title = '{decomposed('Chè mới')}' {VERSION}",
        1,
    ),
    (
        "body_without_control_characters",
        f"update raw.article_versions set body = body || chr(7) {FOUR_VERSIONS}",
        4,
    ),
    (
        "body_without_markup",
        f"update raw.article_versions set body = '<p class=\"lead\">' || body || '</p>' {FOUR_VERSIONS}",
        4,
    ),
    (
        "published_not_before_1990",
        f"update raw.article_versions set published_on = date '1970-01-01' {VERSION}",
        1,
    ),
    (
        "published_not_after_fetch",
        f"update raw.article_versions set published_on = date '2026-03-12' {VERSION}",
        1,
    ),
    ("published_basis_listed", f"update raw.article_versions set published_basis = 'fetch' {VERSION}", 1),
    ("published_basis_fits", f"update raw.article_versions set published_on = null {VERSION}", 1),
    ("published_basis_fits", f"update raw.article_versions set published_basis = 'unknown' {VERSION}", 1),
    (
        "bodies_differ",
        f"""
        update raw.article_versions set body_sha256 = (select min(body_sha256) from raw.article_versions)
        where {FEW.format("raw.article_versions", 40)}
        """,
        1,
    ),
    (
        "most_articles_have_titles",
        f"update raw.article_versions set title = null where {FEW.format('raw.article_versions', 40)}",
        1,
    ),
]


def claims(count: int, measure: str) -> str:
    return (
        "where statement_id in (select statement_id from marts.fct_indicators"
        f" where measure = '{measure}' order by 1 limit {count})"
    )


SIX_LEVELS = claims(6, "level")
MARTS_FAULTS: list[tuple[str, str, int]] = [
    ("value_is_finite", f"update marts.fct_indicators set value = 'nan' {claims(1, 'level')}", 1),
    ("value_is_finite", f"update marts.fct_indicators set value_high = 'infinity' {claims(1, 'level')}", 1),
    ("magnitude_plausible", f"update marts.fct_indicators set value = -420e9 {SIX_LEVELS}", 6),
    (
        "magnitude_plausible",
        f"update marts.fct_indicators set value = 2e13, unit_code = 'COUNT' {SIX_LEVELS}",
        6,
    ),
    ("change_pct_plausible", f"update marts.fct_indicators set value = -101 {claims(6, 'change_pct')}", 6),
    ("share_pct_plausible", f"update marts.fct_indicators set value = 100.5 {claims(6, 'share_pct')}", 6),
    ("plan_pct_plausible", f"update marts.fct_indicators set value = -4 {claims(6, 'plan_pct')}", 6),
    ("multiple_plausible", f"update marts.fct_indicators set value = -2 {claims(6, 'multiple')}", 6),
    ("rank_plausible", f"update marts.fct_indicators set value = 0 {claims(6, 'rank')}", 6),
    ("quote_length_in_bounds", f"update marts.fct_indicators set quote = repeat(quote, 70) {SIX_LEVELS}", 6),
    ("quote_length_in_bounds", f"update marts.fct_indicators set quote = '420' {SIX_LEVELS}", 6),
    (
        "value_length_in_bounds",
        f"update marts.fct_indicators set value_text = quote || quote {SIX_LEVELS}",
        6,
    ),
    (
        "indicator_name_length_in_bounds",
        f"update marts.fct_indicators set indicator_name = '' {SIX_LEVELS}",
        6,
    ),
    (
        "actual_not_in_future",
        """
        update marts.fct_indicators set period_start = date '2026-04-01'
        where statement_id in (select statement_id from marts.fct_indicators order by 1 limit 7)
        """,
        7,
    ),
    ("meeting_not_after_report", "update marts.fct_meetings set meeting_date = date '2026-03-10'", 6),
    ("meeting_year_plausible", "update marts.fct_meetings set meeting_date = date '1026-03-08'", 6),
    ("topic_length_in_bounds", "update marts.fct_meetings set topic = repeat('bàn việc ', 150)", 6),
    ("lead_name_length_in_bounds", "update marts.fct_meetings set lead_name = repeat('Lý Thị Mận, ', 6)", 6),
    (
        "articles_are_read",
        """
        insert into intermediate.int_extraction_failures
        select article_id, 'worker_died' from marts.dim_articles order by 1 limit 4
        """,
        4,
    ),
    ("claims_with_indicator_code", "update marts.fct_indicators set indicator_code = null", 1),
    (
        "articles_with_claims",
        "update marts.fct_indicators set article_id = (select min(article_id) from marts.dim_articles)",
        1,
    ),
    ("landed_rows_all_arrive", f"delete from marts.dim_articles where {ONE.format('marts.dim_articles')}", 1),
    ("landed_rows_all_arrive", "insert into marts.fct_discovery_requests values ('b0')", 1),
    (
        "not_half_of_published",
        "delete from marts.fct_indicators where cast(statement_id[2:] as int) % 5 < 3",
        1,
    ),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a good warehouse whose marts are also published; copied, never changed."""
    folder = tmp_path_factory.mktemp("good")
    warehouse = good_warehouse(folder)
    publish(warehouse=warehouse, data_dir=folder, run_id="r0", releases_kept=1, published_at=NIGHT)
    return folder


@pytest.fixture
def warehouse(good: Path, tmp_path: Path) -> Path:
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    return tmp_path / "warehouse.duckdb"


def spoil(warehouse: Path, statement: str) -> None:
    with open_warehouse(warehouse) as connection:
        connection.execute(statement)


def fired(warehouse: Path, suites: Sequence[Suite], check: str, statement: str) -> int:
    """Failing rows of `check` after `statement`; 0 where it passes."""
    spoil(warehouse, statement)
    own = [suite for suite in suites if check in [held.name for held in suite.checks]]
    result = next(result for result in judge_suites(warehouse, own) if result.check_name == check)
    return 0 if result.passed else result.failing_rows


def test_the_good_warehouse_passes_both_gates_and_is_on_record(warehouse: Path) -> None:
    landed, marts = gate_landed(warehouse, "r1", NIGHT), gate_marts(warehouse, "r1", NIGHT)
    assert not landed.failed
    assert not marts.failed
    recorded = rows_of(
        warehouse,
        "select gate, check_name, passed, failing_rows, reason, severity, epoch(judged_at)"
        " from ops.gate_results"
        " where run_id = 'r1'",
    )
    assert recorded == [
        (report.gate, result.check_name, True, 0, None, result.severity, NIGHT.timestamp())
        for report in (landed, marts)
        for result in report.results
    ]


def test_every_check_has_a_name_of_its_own() -> None:
    """That each was seen to fire, here or by a mutation, is asked in test_mutations.py."""
    for suites, faults in ((LANDED_SUITES, LANDED_FAULTS), (MARTS_SUITES, MARTS_FAULTS)):
        names = [check.name for suite in suites for check in suite.checks]
        assert len(names) == len(set(names))
        assert {name for name, _, _ in faults} <= set(names)


@pytest.mark.parametrize(
    ("check", "statement", "rows"), LANDED_FAULTS, ids=[f"{n}-{f[0]}" for n, f in enumerate(LANDED_FAULTS)]
)
def test_landed_check_fires(warehouse: Path, check: str, statement: str, rows: int) -> None:
    assert fired(warehouse, LANDED_SUITES, check, statement) == rows


@pytest.mark.parametrize(
    ("check", "statement", "rows"), MARTS_FAULTS, ids=[f"{n}-{f[0]}" for n, f in enumerate(MARTS_FAULTS)]
)
def test_marts_check_fires(warehouse: Path, check: str, statement: str, rows: int) -> None:
    assert fired(warehouse, marts_suites(warehouse.parent), check, statement) == rows


def test_a_refusing_gate_leaves_the_published_file_and_the_batch_as_they_were(warehouse: Path) -> None:
    before = read_manifest(warehouse.parent)
    spoil(warehouse, f"update marts.fct_indicators set value = 'nan' {claims(2, 'level')}")
    with pytest.raises(GateFailed) as caught:
        gate_marts(warehouse, "r1", NIGHT)
    assert [(result.check_name, result.failing_rows) for result in caught.value.report.failed] == [
        ("value_is_finite", 2)
    ]
    assert "  value_is_finite: 2 rows (s0, s102). " in str(caught.value)
    assert read_manifest(warehouse.parent) == before
    assert pending_batches(warehouse) == [FIRST_BATCH]


def test_the_message_says_what_which_why_and_what_next_without_any_text(warehouse: Path) -> None:
    payload = "<img src=x onerror=alert(1)>"
    spoil(
        warehouse,
        f"update raw.article_versions set body = '{payload}', title = '{payload}', url = '{payload}',"
        f" article_version_id = '{payload}', published_basis = '{payload}' {VERSION}",
    )
    with pytest.raises(GateFailed) as caught:
        gate_landed(warehouse, "r1", NIGHT)
    message = str(caught.value)
    assert message.startswith("Gate landed refuses r1: ")
    assert "published_basis_listed: 1 rows (malformed:" in message
    assert "python -m include.warehouse.withdraw" in message
    assert payload not in message
    recorded = rows_of(warehouse, "select reason from ops.gate_results where not passed")
    assert recorded
    assert all(payload not in row[0] for row in recorded)


def test_a_portal_that_is_silent_is_told_of_and_the_release_goes_on(
    warehouse: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for back in range(1, 6):
        batch = f"20260309T190000Z-{back}"
        spoil(
            warehouse,
            f"insert into raw.batches select '{batch}', 'crawl', started_at - to_days({back}), landed_at,"
            f" 0, 0 from raw.batches where batch_id = '{FIRST_BATCH}';"
            f" insert into raw.sources select * replace ('{batch}' as batch_id, 'bao-cu' as source_id)"
            f" from raw.sources where batch_id = '{FIRST_BATCH}';"
            f" insert into raw.article_versions select * replace ('{batch}' as batch_id,"
            f" 'bao-cu' as source_id, article_version_id || '{back}' as article_version_id)"
            f" from raw.article_versions where batch_id = '{FIRST_BATCH}' limit 4;",
        )
        mark_built(warehouse, [batch], "r0", NIGHT)
    spoil(
        warehouse,
        f"insert into raw.sources select * replace ('bao-cu' as source_id) from raw.sources"
        f" where batch_id = '{FIRST_BATCH}'",
    )
    report = gate_landed(warehouse, "r1", NIGHT)
    assert [(result.check_name, result.keys) for result in report.warned] == [
        ("portal_is_not_silent", ("bao-cu:2026-03-10",))
    ]
    assert "warning, portal_is_not_silent: 1 rows (bao-cu:2026-03-10)" in caplog.text
    assert rows_of(
        warehouse, "select passed, failing_rows from ops.gate_results where severity = 'warn' and not passed"
    ) == [(False, 1)]


def test_a_second_try_replaces_the_record_of_the_first(warehouse: Path) -> None:
    spoil(warehouse, f"update raw.article_versions set body = 'Tin vắn.' {VERSION}")
    with pytest.raises(GateFailed):
        gate_landed(warehouse, "r1", NIGHT)
    spoil(
        warehouse,
        f"update raw.article_versions set body = 'Xã Hạ Tranh có thêm chè mới.' {VERSION}; {HASH_AGAIN}",
    )
    first = len(gate_landed(warehouse, "r1", NIGHT).results)
    assert rows_of(
        warehouse, "select count(*), bool_and(passed) from ops.gate_results where run_id = 'r1'"
    ) == [(first, True)]


def test_slips_on_a_few_pages_do_not_hold_up_a_night(warehouse: Path) -> None:
    spoil(
        warehouse,
        "update raw.article_versions set body = body || chr(7)"
        f" where {FEW.format('raw.article_versions', 3)}; {HASH_AGAIN};"
        f" update marts.fct_indicators set value = 1055 {claims(5, 'share_pct')}",
    )
    assert not gate_landed(warehouse, "r1", NIGHT).failed
    report = gate_marts(warehouse, "r1", NIGHT)
    assert {result.check_name: result.failing_rows for result in report.results}["share_pct_plausible"] == 5
    assert rows_of(
        warehouse,
        "select passed, failing_rows from ops.gate_results where check_name = 'share_pct_plausible'",
    ) == [(True, 5)]


def test_one_odd_date_in_a_hundred_articles_does_not_hold_up_a_night(warehouse: Path) -> None:
    odd = f"update raw.article_versions set published_on = date '2027-01-01' {VERSION}"
    spoil(
        warehouse,
        "insert into raw.article_versions select * replace ('b' || article_version_id as article_version_id)"
        f" from raw.article_versions; {odd}",
    )
    results = {result.check_name: result for result in judge_suites(warehouse, LANDED_SUITES)}
    assert results["published_not_after_fetch"].failing_rows == 2
    assert not results["published_not_after_fetch"].passed
    spoil(warehouse, f"{odd} and article_version_id like 'ba%'".replace("2027-01-01", "2026-03-09"))
    results = {result.check_name: result for result in judge_suites(warehouse, LANDED_SUITES)}
    assert results["published_not_after_fetch"].failing_rows == 1
    assert results["published_not_after_fetch"].passed


def test_batches_already_published_are_not_judged_again(warehouse: Path) -> None:
    spoil(warehouse, f"update raw.article_versions set body = 'Tin vắn.' {VERSION}")
    mark_built(warehouse, [FIRST_BATCH], "r0", NIGHT)
    assert not gate_landed(warehouse, "r1", NIGHT).failed


def test_a_night_without_network_does_not_hold_up_the_next(warehouse: Path) -> None:
    spoil(
        warehouse,
        "insert into raw.batches values ('b2', 'crawl', now(), now(), 0, 60);"
        " insert into raw.discovery_requests values"
        " ('b2', 'benlau', 'robots', 'https://benlau.example/robots.txt', 'failed', 'timeout', null, 0,"
        " now())",
    )
    assert not gate_landed(warehouse, "r1", NIGHT).failed


def test_a_small_first_release_is_published(warehouse: Path) -> None:
    (warehouse.parent / "sotinh.duckdb").unlink()
    spoil(
        warehouse,
        "delete from marts.fct_indicators; delete from marts.fct_meetings;"
        " delete from marts.dim_articles; delete from raw.article_versions;",
    )
    assert not gate_marts(warehouse, "r1", NIGHT).failed
