"""What the marts say of the sample."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import unquote

import duckdb
import pytest

from tests.dbt_project import sample

pytestmark = pytest.mark.stack


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def test_a_number_repeated_for_the_same_thing_is_one_claim_at_its_first_sentence(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(marts, "select quote from marts.fct_indicators where article_id = 'rung-1' and value = 1240")
    assert found == [(sample.FORESTS,)]


def test_only_the_latest_version_speaks(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select value from marts.fct_indicators where article_id = 'nuoc-1' order by value")
    assert [value for (value,) in found] == [12, 18, 30, 93, 470]
    kept = rows(
        marts,
        "select version_count, last_fetched_at - first_fetched_at = interval 2 day from marts.dim_articles"
        " where article_id = 'nuoc-1'",
    )
    # Two days from the oldest capture to the newest, though the oldest landed last.
    assert kept == [(3, True)]


def test_a_text_repeated_elsewhere_names_the_article_that_had_it_first(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(marts, "select article_id, same_text_as from marts.dim_articles order by all")
    assert [row for row in found if row[1] is not None] == [("htx-0", "htx-1")]


def test_dates_that_contradict_each_other_are_told(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select article_id, published_conflict from marts.dim_articles order by all")
    assert [row for row in found if row[1] is not None] == [("rung-1", "page 2019-10-04, json_ld 2019-10-09")]


def test_provinces_are_those_of_the_articles_day(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select distinct article_id, province_id, province_code from marts.fct_indicators"
                        " order by 1, 2")  # fmt: skip
    assert found == [
        ("htx-1", "15-2008", "15"),  # undated, but speaks of 2018: Yên Bái still stood
        ("luat-1", "15-2025", "15"),
        ("luat-2", "15-2025", "15"),
        ("nuoc-1", "00", "00"),
        ("nuoc-1", "15-2025", "15"),
        ("rung-1", "10-2008", "10"),
        ("rung-2", "10-2008", "10"),
        ("thu-1", "15-2025", "15"),
        ("thu-2", "15-2025", "15"),  # a portal of Yên Bái, of Lào Cai since 2025
        ("thu-3", "15-2025", "15"),
    ]


def test_two_reports_of_one_meeting_fill_each_other_in(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select meeting_date, date_basis, session, topic, location, lead_title, article_count"
        " from marts.fct_meetings",
    )
    assert found == [
        (date(2019, 10, 3), "stated", "afternoon", "trồng rừng", "Hội trường tỉnh",
         "Phó Chủ tịch UBND tỉnh", 2),
    ]  # fmt: skip
    people = rows(
        marts, "select person_name, role, article_id from marts.fct_meeting_participants order by 1"
    )
    assert people == [("Hảng A Dờ", "attendee", "rung-2"), ("Lừu Thị Sáy", "lead", "rung-1")]
    tasks = rows(marts, "select assigned_to, deadline_on, quote from marts.fct_directives")
    assert tasks == [("Chi cục Kiểm lâm", date(2019, 11, 30), sample.TASK)]


def test_posts_are_held_from_the_first_day_seen_to_the_last(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select person_name, post, organization_name, province_id, is_former, first_seen_on, last_seen_on,"
        " meeting_count, first_article_id from marts.fct_person_posts order by is_former, 1, 2",
    )
    day = date(2019, 10, 3)
    assert found == [
        ("Hảng A Dờ", "Thứ trưởng", "Bộ Nông nghiệp", "00", False, day, day, 1, "rung-2"),
        ("Lừu Thị Sáy", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh Lào Cai", "15-2025", False, day, day, 1,
         "rung-1"),
        ("Lừu Thị Sáy", "Giám đốc", "Sở Nông nghiệp Lào Cai", "15-2025", True, day, day, 1, "rung-1"),
    ]  # fmt: skip


def test_a_ministrys_people_and_office_are_the_nations(marts: duckdb.DuckDBPyConnection) -> None:
    people = rows(marts, "select person_name, province_id from marts.dim_people order by 1")
    assert people == [("Hảng A Dờ", "00"), ("Lừu Thị Sáy", "15-2025")]
    offices = rows(
        marts,
        "select organization_name, province_id, participant_count from marts.dim_organizations order by 1",
    )
    assert offices == [
        ("Bộ Nông nghiệp", "00", 1),
        ("Sở Nông nghiệp Lào Cai", "15-2025", 1),
        ("Ủy ban Nhân dân tỉnh Lào Cai", "15-2025", 1),
    ]


def test_the_source_url_scrolls_to_the_quote(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select source_url, url, quote from marts.fct_indicators join marts.dim_articles"
                        " using (article_id)")  # fmt: skip
    assert found
    for source_url, url, quote in found:
        assert source_url.startswith(f"{url}#:~:text=")
        fragment = source_url.removeprefix(f"{url}#:~:text=")
        assert re.fullmatch(r"[A-Za-z0-9_.~%]+(,[A-Za-z0-9_.~%]+)?", fragment)
        first, *last = map(unquote, fragment.split(","))
        assert quote.startswith(first)
        assert quote.endswith(last[0] if last else quote)
        assert last or first == quote


def test_an_observation_keeps_what_was_known_when(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select vintage_no, realtime_start, realtime_end, value, newest_value, article_ids"
        " from marts.fct_indicator_observations where status = 'actual' and measure = 'level'"
        " and indicator_code = 'planted_forest_area' and time_period = '2019-01-01/P9M' order by vintage_no",
    )
    assert found == [
        (1, date(2019, 10, 4), date(2019, 10, 6), 1240.0, 1255.0, "rung-1"),
        (2, date(2019, 10, 7), None, 1255.0, 1255.0, "rung-2"),
    ]


def test_a_target_shows_how_far_it_is_attained(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select target_value, result_value, attainment_pct, remaining_value, is_met,"
                        " is_whole_period from marts.fct_indicator_targets")  # fmt: skip
    assert found == [(2000.0, 1255.0, 62.75, 745.0, False, False)]


def test_old_provinces_figures_are_added_up_and_a_part_is_no_sum(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select province_id, time_period, status, value, found_value, provinces_expected, provinces_found,"
        " found_province_ids from marts.fct_province_rollups order by period_end",
    )
    # Yên Bái's half of Lào Cai told nothing of its forests.
    assert found == [
        ("15-2025", "2019-01-01/P9M", "actual", None, 1255.0, 2, 1, "10-2008"),
        ("15-2025", "2019", "target", None, 2000.0, 2, 1, "10-2008"),
    ]


def test_an_articles_numbers_are_checked_against_each_other(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select check_kind, is_consistent, count(*) from marts.fct_consistency_checks"
        " group by all order by all",
    )
    assert found == [
        ("dates_in_order", True, 3),
        ("part_within_whole", True, 2),
        ("parts_sum_to_whole", True, 1),
        ("plan_attainment", True, 1),
        ("same_quantity", False, 1),  # 1.240 ha, recounted three days later as 1.255
        ("same_quantity", True, 1),
        ("share_of_whole", False, 1),  # 470 of 500 is 94 %, the text prints 93 %
    ]
    quotes = rows(
        marts,
        "select scope, article_id, other_article_id, quote, other_quote from marts.fct_consistency_checks"
        " where not is_consistent order by check_kind",
    )
    assert quotes == [
        ("across_articles", "rung-2", "rung-1", sample.RECOUNT, sample.FORESTS),
        ("within_article", "nuoc-1", "nuoc-1", sample.WATER, sample.WATER),
    ]


def test_names_without_a_code_are_ranked_with_an_example(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select rank_no, indicator_name, claim_count, article_count, province_count, unit_code,"
        " last_published_on, quote from marts.fct_unmapped_indicators order by 1",
    )
    assert [row[:-1] for row in found] == [
        (1, "dự án thu hút", 3, 1, 1, "PROJECT", date(2026, 1, 20)),
        (2, "hộ dùng nước sạch", 2, 1, 1, "HOUSEHOLD", date(2026, 1, 20)),
        (3, "hợp tác xã", 1, 1, 1, "COOPERATIVE", None),
    ]
    assert [row[-1] for row in found] == [sample.INVESTED, sample.WATER, sample.UNDATED]


def test_every_attempt_is_a_row_and_they_add_up(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select batch_id, count(*), count(*) filter (where outcome = 'failed')"
        " from marts.fct_article_outcomes group by 1 order by 1",
    )
    assert found == [("night-1", 7, 0), ("night-2", 4, 1), ("night-3", 4, 0)]
    assert rows(marts, "select count(*), sum(discovered) from raw.batches") == [(3, 15)]


def test_dimensions_hold_the_vocabularies(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select province_id, name, iso_code, successor_id from marts.dim_provinces"
                        " where name = 'Lào Cai' order by 1")  # fmt: skip
    assert found == [("10-2008", "Lào Cai", "VN-02", "15-2025"), ("15-2025", "Lào Cai", None, None)]
    assert rows(marts, "select count(*) from marts.dim_provinces") == [(98,)]
    adding = (
        "select indicator_code, accumulates from marts.dim_indicators"
        " where indicator_code in ('export_value', 'population') order by 1"
    )
    assert rows(marts, adding) == [("export_value", True), ("population", False)]
    assert rows(marts, "select min(date_day), max(date_day), count(*) from marts.dim_dates") == [
        (date(1990, 1, 1), date(2050, 12, 31), 22280)
    ]
