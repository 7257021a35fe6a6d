"""A warehouse that passes both gates, for the tests to spoil one value at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from include.contract import MACROS, MARTS, VIEWS
from include.warehouse.database import open_warehouse
from include.warehouse.land import land_open_batches
from tests.warehouse.samples import landed_at, page, write_batch

ARTICLES = 60
CLAIMS_PER_ARTICLE = 2

COLUMNS = {
    "dim_articles": "article_id varchar, published_on date, body varchar",
    "fct_indicators": "statement_id varchar, article_id varchar, indicator_code varchar,"
    " indicator_name varchar, measure varchar, value double, value_high double, unit_code varchar,"
    " value_text varchar,"
    " status varchar, period_start date, quote varchar, published_on date, quote_start integer,"
    " value_start integer",
    "fct_consistency_checks": "check_id varchar, check_kind varchar, is_consistent boolean,"
    " article_id varchar, other_article_id varchar",
    "fct_portal_nights": "source_id varchar, night_on date, new_article_count integer,"
    " claims_per_article double, mapped_claim_share double, nights_with_articles_before integer,"
    " usual_claims_per_article double, usual_mapped_claim_share double",
    "fct_province_freshness": "province_id varchar, usual_articles_per_night double,"
    " days_since_published integer",
    "fct_meetings": "meeting_id varchar, meeting_date date, topic varchar, lead_name varchar",
    "bridge_meeting_articles": "meeting_id varchar, article_id varchar",
}
# One good claim of each measure that has bounds of its own.
CLAIMS: tuple[tuple[str, float, str, str], ...] = (
    ("level", 420.0, "HECTARE", "420 ha"),
    ("change_pct", -12.5, "PERCENT", "12,5%"),
    ("share_pct", 61.0, "PERCENT", "61%"),
    ("plan_pct", 104.0, "PERCENT", "104%"),
    ("multiple", 2.5, "TIMES", "2,5 lần"),
    ("rank", 14.0, "RANK", "thứ 14"),
)


def good_warehouse(folder: Path) -> Path:
    """60 landed articles of one portal, two claims each, six meetings; both gates pass on it."""
    warehouse = folder / "warehouse.duckdb"
    rows = [
        page(
            f"https://benlau.example/tin-{n}",
            body=f"Bản tin số {n}: xã Hạ Tranh có thêm {n} ha chè mới trồng.",
        )
        for n in range(ARTICLES)
    ]
    write_batch(folder / "landing", "20260309T190000Z", rows)
    land_open_batches(landing=folder / "landing", warehouse=warehouse, landed_at=landed_at)
    with open_warehouse(warehouse) as connection:
        build_good_marts(connection)
    return warehouse


def build_good_marts(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema marts; create schema intermediate")
    connection.execute(
        "create table intermediate.int_extraction_failures (article_id varchar, reason varchar)"
    )
    for mart in MARTS:
        connection.execute(f"create table marts.{mart} ({COLUMNS.get(mart, 'id varchar')})")
    for macro in MACROS:
        made = f"create macro marts.{macro}(day) as table select id from marts.fct_indicator_observations"
        connection.execute(made)
    for view in VIEWS:
        connection.execute(f"create view marts.{view} as select id from marts.fct_indicator_observations")
    connection.execute(
        "insert into marts.dim_articles select article_id, published_on, body from raw.article_versions"
    )
    connection.execute("insert into marts.fct_discovery_requests select batch_id from raw.discovery_requests")
    articles = connection.execute("select article_id from marts.dim_articles order by all").fetchall()
    claims: list[list[Any]] = []
    for number in range(ARTICLES * CLAIMS_PER_ARTICLE):
        measure, value, unit, printed = CLAIMS[number % len(CLAIMS)]
        quote = f"Đến nay, xã Hạ Tranh ghi nhận {printed} trong vụ này."
        article_id = articles[number // CLAIMS_PER_ARTICLE][0]
        claim = [f"s{number}", article_id, "tea_area", "diện tích chè", measure, value, None, unit, printed]
        told = ["actual", date(2026, 1, 1), quote, date(2026, 3, 9), 100, 100 + quote.index(printed)]
        claims.append([*claim, *told])
    connection.executemany(f"insert into marts.fct_indicators values ({', '.join('?' * 15)})", claims)
    for number in range(6):
        connection.execute(
            "insert into marts.fct_meetings values (?, date '2026-03-08', 'bàn trồng chè', 'Lý Thị Mận')",
            [f"m{number}"],
        )
        connection.execute(
            "insert into marts.bridge_meeting_articles values (?, ?)", [f"m{number}", articles[number][0]]
        )
