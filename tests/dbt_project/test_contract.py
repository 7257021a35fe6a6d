"""The shape that is promised: columns, types, code lists and definitions."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include import contract
from include.extract.model import Claim, Directive, Meeting, Organization, Participant, Post, Reading
from include.own_yaml import read_own_yaml
from include.quality.gates import GATES
from include.settings import PROJECT_ROOT

MODELS = PROJECT_ROOT / "dbt_project" / "models"
MARTS_FILES = sorted((MODELS / "marts").rglob("*.sql"))

# Written out from the data contract, not from the project: what readers were promised.
PROMISED = """
dim_articles: article_id varchar, source_id varchar, url varchar, title varchar, byline varchar,
    published_on date, published_at timestamptz, published_basis varchar, published_conflict varchar,
    body varchar, same_text_as varchar, version_count integer, first_fetched_at timestamptz,
    last_fetched_at timestamptz
fct_indicators: statement_id varchar, article_id varchar, province_id varchar, province_code varchar,
    place_name varchar, indicator_code varchar, indicator_name varchar, breakdown varchar,
    measure varchar, value double, value_high double, out_of double, unit_code varchar,
    value_text varchar, approximation varchar, status varchar, period_type varchar,
    time_period varchar, period_start date, period_end date, comparison_start date,
    comparison_end date, price_basis varchar, quote varchar, quote_start integer, quote_end integer,
    value_start integer, value_end integer, source_url varchar, published_on date,
    extractor_version varchar
fct_meetings: meeting_id varchar, meeting_date date, meeting_end_date date, date_basis varchar,
    date_earliest date, date_latest date, session varchar, meeting_kind varchar, topic varchar,
    province_id varchar, province_code varchar, host_organization varchar, location varchar,
    lead_name varchar, lead_title varchar, article_count integer, conclusion varchar,
    conclusion_article_id varchar
fct_meeting_participants: meeting_id varchar, person_id varchar, person_name varchar,
    person_title varchar, organization varchar, role varchar, quote varchar, article_id varchar
fct_directives: directive_id varchar, meeting_id varchar, article_id varchar, issued_by varchar,
    assigned_to varchar, action varchar, deadline_on date, deadline_text varchar, quote varchar,
    quote_start integer, quote_end integer, directive_kind varchar
bridge_meeting_articles: meeting_id varchar, article_id varchar, joined_by varchar,
    joined_to_article_id varchar
fct_consistency_checks: check_id varchar, check_kind varchar, scope varchar, subject_kind varchar,
    subject_id varchar, date_order varchar, article_id varchar, other_article_id varchar,
    statement_id varchar, other_statement_id varchar, basis_statement_id varchar,
    expected_value double, printed_value double, tolerance double, earlier_on date, later_on date,
    is_consistent boolean, quote varchar, other_quote varchar, basis_quote varchar
fct_province_rollups: rollup_id varchar, province_id varchar, indicator_code varchar,
    breakdown varchar, unit_code varchar, price_basis varchar, status varchar, period_type varchar,
    time_period varchar, period_start date, period_end date, value double, found_value double,
    is_exact boolean, provinces_expected integer, provinces_found integer, is_complete boolean,
    last_known_on date, found_province_ids varchar, observation_ids varchar, statement_ids varchar
dim_topics: topic varchar, name_vi varchar, name_en varchar, parent_topic varchar,
    root_topic varchar, topic_path varchar, topic_depth integer, sort_order integer
fct_article_outcomes: outcome_id varchar, batch_id varchar, source_id varchar, article_id varchar,
    url varchar, outcome varchar, reason varchar, detail varchar, http_status integer,
    fetched_at timestamptz, byte_count bigint, warc_file varchar, warc_offset bigint
"""


def promised_columns() -> dict[str, list[tuple[str, str]]]:
    tables = re.findall(r"^(\w+): (.*?)(?=^\w+: |\Z)", PROMISED, flags=re.MULTILINE | re.DOTALL)
    return {
        name: [
            (column, {"timestamptz": "timestamp with time zone"}.get(kind, kind))
            for column, kind in (pair.split() for pair in text.split(","))
        ]
        for name, text in tables
    }


def described_models() -> dict[str, dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in (MODELS / "marts").rglob("*__models.yml")]
    return {model["name"]: model for text in texts for model in read_own_yaml(text)["models"]}


@pytest.mark.stack
@pytest.mark.parametrize("table", sorted(promised_columns()))
def test_a_mart_has_the_promised_columns_in_order(marts: duckdb.DuckDBPyConnection, table: str) -> None:
    found = marts.execute(
        "select column_name, lower(data_type) from information_schema.columns"
        " where table_schema = 'marts' and table_name = ? order by ordinal_position",
        [table],
    ).fetchall()
    assert found == promised_columns()[table]


@pytest.mark.stack
def test_the_schemas_hold_what_they_are_named_for(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute("select table_schema, table_name from information_schema.tables").fetchall()
    schemas: dict[str, set[str]] = {}
    for schema, table in rows:
        schemas.setdefault(schema, set()).add(table)
    assert set(schemas) == {"raw", "ops", "vocabulary", "staging", "intermediate", "marts"}
    assert schemas["marts"] == {*contract.MARTS, *contract.VIEWS}
    macros = "select function_name from duckdb_functions() where schema_name = 'marts'"
    assert marts.execute(macros).fetchall() == [(name,) for name in contract.MACROS]
    assert {name.split("_")[0] for name in schemas["intermediate"]} == {"int"}


@pytest.mark.stack
def test_readers_without_our_functions_can_read_every_mart_and_view(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema in ('staging', 'intermediate', 'marts')"
    ).fetchall()
    assert len(rows) > 40
    for (name,) in rows:
        marts.execute(f"select * from {name} limit 1").fetchall()


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("fct_indicators", "measure", contract.MEASURES),
        ("fct_indicators", "status", contract.STATUSES),
        ("fct_indicators", "approximation", contract.APPROXIMATIONS),
        ("fct_indicators", "period_type", contract.PERIOD_TYPES),
        ("fct_indicator_observations", "measure", contract.MEASURES),
        ("fct_indicator_observations", "opened_by", contract.OPENED_BY),
        ("dim_articles", "published_basis", contract.PUBLISHED_BASES),
        ("dim_article_versions", "version_reason", contract.VERSION_REASONS),
        ("fct_meetings", "date_basis", contract.DATE_BASES),
        ("fct_meetings", "session", contract.SESSIONS),
        ("fct_meetings", "meeting_kind", contract.MEETING_KINDS),
        ("fct_meeting_participants", "role", contract.ROLES),
        ("fct_directives", "directive_kind", contract.DIRECTIVE_KINDS),
        ("bridge_meeting_articles", "joined_by", contract.JOINED_BY),
        ("dim_units", "unit_code", contract.UNIT_CODES),
        ("fct_article_outcomes", "outcome", contract.OUTCOMES),
        ("fct_discovery_requests", "outcome", contract.DISCOVERY_OUTCOMES),
        ("fct_gate_results", "gate", GATES),
        ("fct_pipeline_runs", "stage", contract.STAGES),
        ("fct_pipeline_runs", "stage_outcome", contract.STAGE_OUTCOMES),
    ],
)
def test_dbt_accepts_exactly_the_contracts_values(table: str, column: str, values: tuple[str, ...]) -> None:
    found = next(item for item in described_models()[table]["columns"] if item["name"] == column)
    lists = [test["accepted_values"]["arguments"]["values"] for test in found["data_tests"]
             if "accepted_values" in test]  # fmt: skip
    assert [tuple(one) for one in lists] == [values]


def test_dbt_accepts_exactly_the_kinds_of_batches() -> None:
    landing = read_own_yaml((MODELS / "staging" / "_staging__sources.yml").read_text(encoding="utf-8"))
    tables = {table["name"]: table for table in landing["sources"][0]["tables"]}
    (column,) = [item for item in tables["batches"]["columns"] if item["name"] == "batch_kind"]
    assert tuple(column["data_tests"][0]["accepted_values"]["arguments"]["values"]) == contract.BATCH_KINDS


def test_doc_blocks_have_names_of_their_own() -> None:
    docs = [path.read_text(encoding="utf-8") for path in (MODELS / "marts").rglob("*__docs.md")]
    blocks = re.findall(r"{% docs (\w+) %}", "".join(docs))
    assert len(blocks) == len(set(blocks)) > 100


@pytest.mark.parametrize("path", MARTS_FILES, ids=lambda path: path.stem)
def test_marts_stay_in_sql_that_travels_and_that_no_day_changes(path: Path) -> None:
    sql = path.read_text(encoding="utf-8").lower()
    banned = r"\b(now|current_date|current_timestamp|today|qualify|exclude|list_\w+|unnest|random|uuid)\b"
    assert not re.search(banned, sql)
    assert re.search(r"\norder by [\w, ]+\n$", sql), "published rows need a fixed order"


def structure_of(record: type, **nested: Any) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        "str": "VARCHAR", "float": "DOUBLE", "int": "INTEGER", "bool": "BOOLEAN", date.__name__: "DATE",
    }  # fmt: skip
    kinds["tuple[str, ...]"] = ["VARCHAR"]
    return {
        item.name: nested.get(item.name) or kinds[str(item.type).removesuffix(" | None")]
        for item in fields(record)
    }


def test_dbt_reads_every_field_that_extraction_gives() -> None:
    macro = (PROJECT_ROOT / "dbt_project" / "macros" / "reading_structure.sql").read_text(encoding="utf-8")
    written = json.loads(macro[macro.index("-%}") + 3 : macro.rindex("{%-")])
    organization = structure_of(Organization)
    participant = structure_of(Participant, posts=[structure_of(Post, organization=organization)])
    meeting = structure_of(
        Meeting,
        host_office=organization,
        participants=[participant],
        directives=[structure_of(Directive)],
    )
    expected = structure_of(Reading, claims=[structure_of(Claim)], meetings=[meeting])
    assert written == {**expected, "error": {"reason": "VARCHAR", "detail": "VARCHAR"}}
