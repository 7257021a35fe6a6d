"""`sotinh claim`: one claim with its sentence, its article, its vintages and its checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
from rich.console import RenderableType
from rich.text import Text

from include.cli.ending import CommandError
from include.cli.published import Row, opened, rows
from include.cli.terminal import Grid, link, show, words
from include.cli.values import SCHEMA_VERSION, grouped, json_text, shown
from include.untrusted import visible

CANDIDATES_TOLD: Final = 5
VALUE_STYLE: Final = "bold green"

# Claims that stand, and those that an edit took out; of the latter the last version that made them.
MATCHING: Final = """
    select statement_id from marts.fct_indicators where starts_with(statement_id, ?)
    union
    select statement_id from marts.fct_superseded_indicators where starts_with(statement_id, ?)
    order by statement_id
    limit ?
"""
STANDING: Final = """
    select *, cast(null as date) as superseded_on from marts.fct_indicators where statement_id = ?
"""
SUPERSEDED: Final = """
    select * exclude (article_version_id, known_on), cast(null as varchar) as source_url
    from marts.fct_superseded_indicators
    where statement_id = ?
    order by superseded_on desc, article_version_id desc
    limit 1
"""
NAMES: Final = """
    select
        a.title as article_title, a.url as article_url, a.published_on as article_published_on,
        a.published_basis as article_published_basis, s.source_name, p.name as province_name,
        i.name_vi as indicator_name_vi, i.name_en as indicator_name_en, u.name_vi as unit_name_vi
    from (select ? as article_id, ? as province_id, ? as indicator_code, ? as unit_code) as c
    left join marts.dim_articles as a on c.article_id = a.article_id
    left join marts.dim_sources as s on a.source_id = s.source_id
    left join marts.dim_provinces as p on c.province_id = p.province_id
    left join marts.dim_indicators as i on c.indicator_code = i.indicator_code
    left join marts.dim_units as u on c.unit_code = u.unit_code
"""
# What makes an observation (its docs), read from the claim: it need not have opened a vintage itself.
VINTAGES: Final = """
    with claim as (
        select
            statement_id, province_id, indicator_code, lower(breakdown) as breakdown,
            lower(place_name) as place_name, measure, status, unit_code, price_basis, period_type,
            period_start, coalesce(period_end, published_on) as observed_on, comparison_start, comparison_end
        from (
            select * from marts.fct_indicators
            union all by name
            select * exclude (article_version_id, known_on, superseded_on)
            from marts.fct_superseded_indicators
        )
        where statement_id = ?
        limit 1
    )
    select
        o.vintage_no, o.realtime_start, o.realtime_end, o.value, o.value_high, o.unit_code, o.opened_by,
        o.is_newest, o.is_withdrawn, o.article_count, o.source_count, o.disagreeing_sources, o.statement_id,
        o.observation_id
    from marts.fct_indicator_observations as o
    inner join claim
        on
            o.statement_id = claim.statement_id
            or (
                o.province_id = claim.province_id
                and o.indicator_code = claim.indicator_code
                and o.measure = claim.measure
                and o.status = claim.status
                and o.unit_code = claim.unit_code
                and o.period_type = claim.period_type
                and o.observed_on = claim.observed_on
                and o.period_start is not distinct from claim.period_start
                and o.comparison_start is not distinct from claim.comparison_start
                and o.comparison_end is not distinct from claim.comparison_end
                and lower(o.breakdown) is not distinct from claim.breakdown
                and lower(o.place_name) is not distinct from claim.place_name
                and o.price_basis is not distinct from claim.price_basis
            )
    order by o.observation_id, o.vintage_no
"""
CHECKS: Final = """
    select
        check_id, check_kind, scope, is_consistent, expected_value, printed_value, tolerance, earlier_on,
        later_on, quote, other_quote, basis_quote, statement_id, other_statement_id, basis_statement_id
    from marts.fct_consistency_checks
    where ? in (statement_id, other_statement_id, basis_statement_id)
    order by is_consistent, check_kind, check_id
"""
FIELDS: Final = (
    "measure", "status", "approximation", "time_period", "period_start", "period_end", "comparison_start",
    "comparison_end", "breakdown", "place_name", "price_basis", "value_high", "out_of", "extractor_version",
)  # fmt: skip


def show_claim(statement_id: str, data_dir: Path | None, *, as_json: bool) -> None:
    """Print the answer of `sotinh claim`."""
    with opened(data_dir) as connection:
        document = read_claim(connection, statement_id)
    if as_json:
        print(json_text(document))
    else:
        show(described(document))


def read_claim(connection: duckdb.DuckDBPyConnection, beginning: str) -> Row:
    """The document of `sotinh claim`; raises CommandError where none or several keys begin so."""
    key = _whole_key(connection, beginning)
    found = rows(connection, STANDING, [key]) or rows(connection, SUPERSEDED, [key])
    told = found[0]
    names = rows(
        connection,
        NAMES,
        [told[name] for name in ("article_id", "province_id", "indicator_code", "unit_code")],
    )[0]
    return {
        "schema_version": SCHEMA_VERSION,
        "command": "claim",
        "claim": told,
        "names": {name: names[name] for name in names if not name.startswith("article_")},
        "article": {"article_id": told["article_id"], "source_name": names["source_name"]}
        | {name.removeprefix("article_"): names[name] for name in names if name.startswith("article_")},
        "vintages": rows(connection, VINTAGES, [key]),
        "checks": rows(connection, CHECKS, [key]),
    }


def _whole_key(connection: duckdb.DuckDBPyConnection, beginning: str) -> str:
    if not beginning:
        raise CommandError("An empty key begins every claim; `sotinh find` finds claims by words.")
    found = [
        str(row["statement_id"])
        for row in rows(connection, MATCHING, [beginning, beginning, CANDIDATES_TOLD + 1])
    ]
    if beginning in found or len(found) == 1:
        return beginning if beginning in found else found[0]
    if not found:
        raise CommandError(
            f"No claim's key is or begins with {beginning!r}; `sotinh find` finds claims by words."
        )
    told = ", ".join(found[:CANDIDATES_TOLD]) + (", …" if len(found) > CANDIDATES_TOLD else "")
    raise CommandError(f"Several claims' keys begin with {beginning!r}: {told}. Give more of it.")


def described(document: Row) -> Iterator[RenderableType | Grid]:
    """The document for people."""
    told, names, article = document["claim"], document["names"], document["article"]
    subject = names["indicator_name_vi"] or told["indicator_name"]
    yield words(f"{names['province_name'] or 'no province'} · {subject}", "bold")
    yield _field("value", f"{grouped(told['value'])} {told['unit_code']} (“{told['value_text']}”)")
    for name in FIELDS:
        if told[name] is not None:
            yield _field(name, told[name])
    yield Text()
    yield in_sentence(told)
    yield Text()
    yield _field("article", article["title"] or "without a title")
    yield _field("published", f"{article['published_on'] or 'no day known'}, {article['source_name'] or ''}")
    if told["superseded_on"] is None:
        yield _labelled("source", link(told["source_url"]))
    else:
        yield _field("superseded", f"an edit took this out; first seen without it on {told['superseded_on']}")
        yield _labelled("source", link(article["url"]))
    yield _field("key", told["statement_id"])
    yield from _vintages(document["vintages"], told["statement_id"])
    yield from _checks(document["checks"])


def in_sentence(told: Row) -> Text:
    """The sentence, with the value marked where it stands in it. Cut before anything is written out."""
    quote = told["quote"]
    start, end = told["value_start"] - told["quote_start"], told["value_end"] - told["quote_start"]
    if not 0 <= start < end <= len(quote):
        return Text("“") + Text(visible(quote)) + Text("”")
    return Text.assemble(
        "“", visible(quote[:start]), (visible(quote[start:end]), VALUE_STYLE), visible(quote[end:]), "”"
    )


def _vintages(vintages: list[Row], key: str) -> Iterator[RenderableType | Grid]:
    if not vintages:
        return
    yield Text("\nWhat was known, and when", "bold")
    yield Grid(
        ("vintage", "known_from", "known_to", "value", "opened_by", "portals", "claim"),
        [
            (
                one["vintage_no"], one["realtime_start"],
                one["realtime_end"] or "now", f"{grouped(one['value'])} {one['unit_code']}",
                one["opened_by"], one["source_count"],
                "this one" if one["statement_id"] == key else one["statement_id"],
            )
            for one in vintages
        ],
    )  # fmt: skip


def _checks(checks: list[Row]) -> Iterator[Text]:
    if not checks:
        return
    yield Text("\nChecks that it takes part in", "bold")
    for check in checks:
        verdict, style = ("agrees", "green") if check["is_consistent"] else ("does not agree", "yellow")
        compared = (
            f"expected {grouped(check['expected_value'])}, printed {grouped(check['printed_value'])}"
            if check["expected_value"] is not None
            else f"{check['earlier_on']} before {check['later_on']}"
        )
        yield Text.assemble((f"  {shown(check['check_kind'])}: {verdict}", style), words(f", {compared}"))
        for quote in dict.fromkeys((check["quote"], check["other_quote"], check["basis_quote"])):
            if quote:
                yield Text("    “") + words(quote) + Text("”")


def _field(name: str, value: object) -> Text:
    return _labelled(name, words(value))


def _labelled(name: str, told: Text) -> Text:
    return Text.assemble((f"{name:<18} ", "dim"), told)
