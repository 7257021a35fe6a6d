"""A small published folder, invented: every mart, in the columns of the data dictionary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from include.contract import MARTS, MARTS_SCHEMA, PUBLISHED_FILE, STORAGE_VERSION
from include.settings import PROJECT_ROOT
from include.warehouse.files import sha256_of
from include.warehouse.manifest import Manifest

PUBLISHED_AT = "2026-03-09T22:40:00+00:00"
RUN = "build-20260309T223000Z"

# What an article can carry: a cleared screen, a new window title, a link and colours of rich, a C1 control,
# text that turns the direction of reading, a formula.
CLEARS_SCREEN = "\x1b[2J\x1b]0;chiếm\x07"
MARKUP = "[red]đỏ[/red] [link=https://kẻ-gian.example]bấm[/link] :warning:"
TURNED = "\u202etxt.exe\u2066 \x9b31m"
FORMULA = '=HYPERLINK("https://ke-gian.example","xem")'
HOSTILE = f"{FORMULA} {CLEARS_SCREEN} {TURNED} đạt 420 ha {MARKUP} {TURNED}."

BUDGET = "Thu ngân sách nhà nước của tỉnh năm 2025 đạt 5.406 tỷ đồng, tăng 12% so với năm 2024."
REVISED = "Theo số quyết toán, thu ngân sách nhà nước năm 2025 của Lào Cai là 5.410 tỷ đồng."
TEA = "Đến nay, xã Hạ Tranh có 1.250 ha chè, trong đó 420 ha được chứng nhận."
GONE = "Thu ngân sách nhà nước năm 2025 ước đạt 5.300 tỷ đồng."
PAGE = "https://benlau.example"

INDICATORS = {
    "state_budget_revenue": ("Thu ngân sách nhà nước", "State budget revenue", "VND"),
    "tea_area": ("Diện tích chè", "Tea area", "HECTARE"),
    "processing_output": ("Sản lượng chế biến", "Processing output", "TONNE"),
}


def marts_of_the_dictionary() -> dict[str, list[tuple[str, str]]]:
    """Name and type of every column of every mart, as docs/data_dictionary.md has them."""
    text = (PROJECT_ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (\w+)$", text, flags=re.M)[1:]
    return {
        name: re.findall(r"^\| `(\w+)` \| ([a-z ]+) \|", part, re.M)
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


def publish_sample(folder: Path, *, filled: bool = True) -> Path:
    """Put the sample and its manifest into `folder`, as a publish does; filled=False: without rows."""
    published = folder / PUBLISHED_FILE
    with duckdb.connect(str(published)) as connection:
        connection.execute(f"create schema {MARTS_SCHEMA}")
        columns = marts_of_the_dictionary()
        for mart in MARTS:
            listed = ", ".join(f"{name} {sql_type}" for name, sql_type in columns[mart])
            connection.execute(f"create table marts.{mart} ({listed})")
        if filled:
            fill(connection)
    manifest = Manifest(
        run_id=RUN,
        published_at=PUBLISHED_AT,
        replaces=None,
        storage_version=STORAGE_VERSION,
        sha256=sha256_of(published),
        byte_count=published.stat().st_size,
        rows={},
        content={},
        release="2026-03-10",
    )
    manifest.write(folder)
    return folder


def insert(connection: duckdb.DuckDBPyConnection, mart: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(f"insert into marts.{mart} ({names}) values ({marks})", list(row.values()))


def claim(statement_id: str, article_id: str, quote: str, value_text: str, **columns: Any) -> dict[str, Any]:
    """A row of fct_indicators whose sentence begins at character 40 of its article."""
    start = 40 + quote.index(value_text)
    row = {
        "statement_id": statement_id,
        "article_id": article_id,
        "province_id": "15-2025",
        "province_code": "15",
        "indicator_code": "state_budget_revenue",
        "indicator_name": "thu ngân sách nhà nước",
        "measure": "level",
        "unit_code": "VND",
        "value_text": value_text,
        "approximation": "exact",
        "status": "actual",
        "period_type": "year",
        "time_period": "2025",
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "quote": quote,
        "quote_start": 40,
        "quote_end": 40 + len(quote),
        "value_start": start,
        "value_end": start + len(value_text),
        "published_on": "2026-01-10",
        "extractor_version": "1+0000",
    }
    return row | columns


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Two portals, three articles, five claims that stand and one that does not, a meeting, a night."""
    _vocabularies(connection)
    _articles(connection)
    _claims(connection)
    _meeting(connection)
    _night(connection)


def _vocabularies(connection: duckdb.DuckDBPyConnection) -> None:
    insert(
        connection,
        "dim_provinces",
        _province(
            "10-2008", "10", 2008, "Lào Cai", "Lao Cai", "2008-08-01", "2025-06-30", "15-2025", "Lào Cai"
        ),
        _province(
            "12-2008", "12", 2008, "Yên Bái", "Yen Bai", "2008-08-01", "2025-06-30", "15-2025", "Lào Cai"
        ),
        _province("15-2025", "15", 2025, "Lào Cai", "Lao Cai", "2025-07-01", None, None, None),
        _province("66-2025", "66", 2025, "Đắk Lắk", "Dak Lak", "2025-07-01", None, None, None),
    )
    for code, (name_vi, name_en, unit) in INDICATORS.items():
        row = {"indicator_code": code, "name_vi": name_vi, "name_en": name_en, "unit_code": unit}
        insert(connection, "dim_indicators", row | {"topic": "economy"})
    insert(
        connection,
        "dim_units",
        {"unit_code": "VND", "name_vi": "đồng", "name_en": "dong", "kind": "money", "adds_up": True},
        {"unit_code": "HECTARE", "name_vi": "ha", "name_en": "hectare", "kind": "area", "adds_up": True},
    )
    insert(
        connection,
        "dim_sources",
        {"source_id": "benlau", "source_name": "Báo Bến Lau", "province_id": "15-2025", "base_url": PAGE},
        {"source_id": "hatranh", "source_name": "Đài Hạ Tranh", "base_url": "https://hatranh.example"},
    )


def _province(
    province_id: str, code: str, vintage: int, name: str, name_en: str, first: str, last: str | None,
    successor_id: str | None, successor: str | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "province_id": province_id, "province_code": code, "vintage": vintage, "name": name,
        "name_en": name_en, "kind": "tỉnh", "valid_from": first, "valid_to": last,
        "successor_id": successor_id,
        "successor_name": successor, "is_current": last is None,
        "current_province_id": successor_id or province_id,
    }  # fmt: skip


def _articles(connection: duckdb.DuckDBPyConnection) -> None:
    for article_id, source, title, day in (
        ("a1", "benlau", "Thu ngân sách vượt kế hoạch", "2026-01-10"),
        ("a2", "hatranh", "Quyết toán ngân sách", "2026-02-20"),
        ("a3", "hatranh", f"Chè {CLEARS_SCREEN}{MARKUP}", "2026-03-09"),
        # A day that lies after the newest batch is a misprint.
        ("a4", "benlau", "Đề ngày sai", "2062-01-01"),
    ):
        insert(
            connection,
            "dim_articles",
            {
                "article_id": article_id, "source_id": source, "url": f"{PAGE}/{article_id}", "title": title,
                "published_on": day, "published_basis": "page", "body": "toàn văn của bài",
                "version_count": 1, "last_fetched_at": "2026-03-09 19:10:00.5+00",
            },
        )  # fmt: skip


def _claims(connection: duckdb.DuckDBPyConnection) -> None:
    budget = claim("c1a0", "a1", BUDGET, "5.406 tỷ đồng", value=5.406e12, source_url=f"{PAGE}/a1#:~:text=Thu")
    grown = claim("c1b0", "a1", BUDGET, "12%", value=12.0, unit_code="PERCENT", measure="change_pct")
    revised = claim("c2a0", "a2", REVISED, "5.410 tỷ đồng", value=5.41e12, published_on="2026-02-20")
    tea = claim(
        "d1a0", "a3", TEA, "1.250 ha", value=1250.0, unit_code="HECTARE", indicator_code="tea_area",
        indicator_name="diện tích chè", province_id="66-2025", published_on="2026-03-08",
        place_name="Hạ Tranh", source_url=f"{PAGE}/a3", period_type="instant", time_period=None,
        period_start=None, period_end=None,
    )  # fmt: skip
    hostile = tea | claim(
        "e1a0", "a3", HOSTILE, "420 ha", value=float("nan"), unit_code="HECTARE", indicator_code=None,
        indicator_name=f"-cây {MARKUP}", province_id=None, source_url="javascript:alert(1)",
        published_on="2026-03-09",
    )  # fmt: skip
    processed = claim(
        "f1a0", "a3", "Chế biến đạt 90 tấn.", "90 tấn", value=90.0, indicator_code="processing_output",
        indicator_name="chế biến", published_on="2026-03-09", province_id="66-2025",
    )  # fmt: skip
    insert(connection, "fct_indicators", budget, grown, revised, tea, hostile, processed)
    gone = claim(
        "99a0", "a1", GONE, "5.300 tỷ đồng", value=5.3e12, status="estimate", article_version_id="a1-1",
        known_on="2026-01-09", superseded_on="2026-01-12",
    )  # fmt: skip
    insert(connection, "fct_superseded_indicators", gone)
    _vintages(connection)
    insert(
        connection,
        "fct_consistency_checks",
        {
            "check_id": "k1", "check_kind": "growth", "scope": "within_article", "article_id": "a1",
            "other_article_id": "a1", "statement_id": "c1a0", "other_statement_id": "c1b0",
            "expected_value": 11.2, "printed_value": 12.0, "tolerance": 0.5, "is_consistent": False,
            "quote": BUDGET, "other_quote": BUDGET,
        },
    )  # fmt: skip


def _vintages(connection: duckdb.DuckDBPyConnection) -> None:
    observation = {
        "observation_id": "o1", "province_id": "15-2025", "indicator_code": "state_budget_revenue",
        "measure": "level", "status": "actual", "unit_code": "VND", "period_type": "year",
        "time_period": "2025", "period_start": "2025-01-01", "period_end": "2025-12-31",
        "observed_on": "2025-12-31", "is_withdrawn": False, "article_count": 1, "source_count": 1,
    }  # fmt: skip
    insert(
        connection,
        "fct_indicator_observations",
        observation
        | {"vintage_no": 1, "realtime_start": "2026-01-10", "realtime_end": "2026-02-19", "value": 5.406e12,
           "statement_id": "c1a0", "opened_by": "first_report", "is_newest": False},
        observation
        | {"vintage_no": 2, "realtime_start": "2026-02-20", "value": 5.41e12, "statement_id": "c2a0",
           "opened_by": "other_article", "is_newest": True},
        # Other quantities, which shall not be taken for the same.
        observation
        | {"observation_id": "o3", "vintage_no": 1, "realtime_start": "2026-01-10", "value": 1.0,
           "measure": "change_abs", "statement_id": "zzy", "opened_by": "first_report", "is_newest": True},
        observation
        | {"observation_id": "o2", "vintage_no": 1, "realtime_start": "2026-01-10", "value": 1.0,
           "province_id": "66-2025", "statement_id": "zzz", "opened_by": "first_report", "is_newest": True},
    )  # fmt: skip


def _meeting(connection: duckdb.DuckDBPyConnection) -> None:
    insert(
        connection,
        "fct_meetings",
        {
            "meeting_id": "m1", "meeting_date": "2026-03-08", "meeting_kind": "conference",
            "topic": "bàn giải pháp phát triển cây chè", "province_id": "66-2025", "lead_name": "Lý Thị Mận",
            "lead_title": "Chủ tịch UBND tỉnh", "host_organization": "UBND tỉnh Đắk Lắk", "article_count": 1,
        },
    )  # fmt: skip
    insert(
        connection,
        "dim_people",
        {
            "person_id": "p1", "person_name": "Lý Thị Mận", "latest_title": "Chủ tịch UBND tỉnh",
            "province_id": "66-2025", "meeting_count": 1, "last_met_on": "2026-03-08",
        },
    )  # fmt: skip
    insert(
        connection, "fct_meeting_participants",
        {"meeting_id": "m1", "person_id": "p1", "person_name": "Lý Thị Mận", "role": "lead"},
    )  # fmt: skip


def _night(connection: duckdb.DuckDBPyConnection) -> None:
    zeros = dict.fromkeys(
        (f"{name}_count" for name in ("loaded", "unchanged", "blocked", "not_allowed", "empty", "quarantined",
                                      "failed", "new_article")), 0,
    )  # fmt: skip
    night = zeros | {"night_on": "2026-03-10", "batch_count": 1, "request_count": 3, "discovered_count": 4}
    insert(
        connection,
        "fct_portal_nights",
        night | {"source_id": "benlau", "unread_request_count": 0, "blocked_count": 3, "failed_count": 1},
        night
        | {"source_id": "hatranh", "unread_request_count": 1, "loaded_count": 4, "new_article_count": 2},
        # The night before, in which the other one failed.
        night | {"source_id": "hatranh", "night_on": "2026-03-09", "unread_request_count": 3},
    )
    insert(
        connection,
        "fct_province_freshness",
        {"province_id": "15-2025", "as_of": "2026-03-10", "portal_count": 2,
         "newest_published_on": "2026-03-09", "days_since_published": 1},
        {"province_id": "66-2025", "as_of": "2026-03-10", "portal_count": 0},
    )  # fmt: skip
    passed = {"run_id": RUN, "gate": "marts", "check_name": "keys", "severity": "stop", "has_passed": True}
    insert(
        connection,
        "fct_gate_results",
        passed | {"failing_rows": 0, "judged_at": "2026-03-09 22:35:00+00"},
        passed
        | {"check_name": "portal_is_not_silent", "severity": "warn", "has_passed": False, "failing_rows": 1,
           "explanation": f"benlau: {CLEARS_SCREEN}im lặng", "judged_at": "2026-03-09 22:35:00+00"},
        # A run that was refused before; the release is not of it.
        passed
        | {"run_id": "build-older", "has_passed": False, "failing_rows": 9,
           "judged_at": "2026-03-08 22:35:00+00"},
    )  # fmt: skip
