"""How far the marts reach and how far to trust them: freshness, nights, gates, consistency, stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from include.site.links import to_quote
from include.site.marked import Piece, pieces
from include.site.marts import Marts, Row, grouped
from include.site.page import Page
from include.site.pages.nights import portals, state, told_outcomes, totals

PATH: Final = "coverage.html"
NIGHTS_SUMMED: Final = 28
NIGHTS_SHOWN: Final = 10
RUNS_SHOWN: Final = 60
STAGES_SHOWN: Final = 40
CHECKS_SHOWN: Final = 40
NAMES_SHOWN: Final = 50

FRESHNESS: Final = """
select freshness.*, provinces.name
from marts.fct_province_freshness as freshness
inner join marts.dim_provinces as provinces on freshness.province_id = provinces.province_id
order by days_since_published desc nulls first, name
"""
NIGHTS: Final = f"""
select nights.*, sources.source_name
from marts.fct_portal_nights as nights
inner join marts.dim_sources as sources on nights.source_id = sources.source_id
where night_on > (select max(night_on) from marts.fct_portal_nights) - {NIGHTS_SUMMED}
order by sources.source_name, nights.source_id, night_on desc
"""  # noqa: S608 - built from constants only
# Of each run the verdict: refused where a check that stops failed, warned where only others did.
RUNS: Final = f"""
select
    run_id,
    max(judged_at) as judged_on,
    count(*) filter (has_passed) as passed,
    count(*) filter (not has_passed and severity = 'warn') as warned,
    count(*) filter (not has_passed and severity = 'stop') as stopped,
    coalesce(string_agg(check_name, ', ' order by check_name) filter (not has_passed), '') as failing,
    case when stopped > 0 then 'refused' when warned > 0 then 'warned' else 'passed' end as verdict
from marts.fct_gate_results
group by run_id
order by judged_on desc, run_id desc
limit {RUNS_SHOWN}
"""  # noqa: S608 - built from constants only
GATES: Final = """
select gate, check_name, severity, has_passed, failing_rows, explanation
from marts.fct_gate_results
where run_id = ?
order by has_passed, severity, gate, check_name
"""
STAGES: Final = f"""
select * from marts.fct_pipeline_runs
order by started_at desc, stage_run_id desc
limit {STAGES_SHOWN}
"""  # noqa: S608 - built from constants only
CHECK_KINDS: Final = """
select check_kind, count(*) as check_count, count(*) filter (not is_consistent) as failed_count
from marts.fct_consistency_checks
group by check_kind
order by failed_count desc, check_kind
"""
INCONSISTENT: Final = f"""
with failed as (
    select checks.*, articles.url, articles.published_on, count(*) over () as found_count
    from marts.fct_consistency_checks as checks
    left join marts.dim_articles as articles on checks.article_id = articles.article_id
    where not checks.is_consistent
    order by articles.published_on desc nulls last, checks.check_id
    limit {CHECKS_SHOWN}
),
places as (
    select statement_id, article_id, unit_code, value_start - quote_start as value_at,
        value_end - quote_start as value_to
    from marts.fct_indicators
    where statement_id in (
        select unnest([statement_id, other_statement_id, basis_statement_id]) from failed
    )
)
select
    failed.*, others.url as other_url,
    claim.unit_code, claim.value_at, claim.value_to,
    other.unit_code as other_unit_code, other.value_at as other_value_at, other.value_to as other_value_to,
    basis.article_id as basis_article_id, basis.value_at as basis_value_at, basis.value_to as basis_value_to,
    bases.url as basis_url,
    coalesce(directives.meeting_id, case when failed.subject_kind = 'meeting' then failed.subject_id end)
    as meeting_id
from failed
left join marts.dim_articles as others on failed.other_article_id = others.article_id
left join places as claim on failed.statement_id = claim.statement_id
left join places as other on failed.other_statement_id = other.statement_id
left join places as basis on failed.basis_statement_id = basis.statement_id
left join marts.dim_articles as bases on basis.article_id = bases.article_id
left join marts.fct_directives as directives
    on failed.subject_kind = 'directive' and failed.subject_id = directives.directive_id
order by failed.published_on desc nulls last, failed.check_id
"""  # noqa: S608 - built from constants only
UNMAPPED: Final = f"""
select unmapped.*, claims.article_id, count(*) over () as found_count
from marts.fct_unmapped_indicators as unmapped
left join marts.fct_indicators as claims on unmapped.statement_id = claims.statement_id
order by rank_no
limit {NAMES_SHOWN}
"""  # noqa: S608 - built from constants only

# Checks in which the figure checked against is the percentage or change that is printed.
AGAINST_PRINTED: Final = frozenset({"share_of_whole", "plan_attainment", "growth"})


def coverage_pages(marts: Marts) -> Iterator[Page]:
    """The one page."""
    nights = marts.rows(NIGHTS)
    sums = portal_sums(nights)
    kinds = marts.rows(CHECK_KINDS)
    inconsistent = [told_check(row) for row in marts.rows(INCONSISTENT)]
    unmapped = marts.rows(UNMAPPED)
    yield Page(
        path=PATH,
        template="coverage.html.jinja",
        titles=("Độ phủ và chất lượng", "Coverage and quality"),
        shows={
            "freshness": marts.rows(FRESHNESS),
            "night_on": marts.night_on,
            "sums": sums,
            "total": totals(sums),
            "outcomes": told_outcomes(totals(sums)),
            "days": newest_nights(nights),
            "matrix": matrix(nights),
            "reasons": [row for row in portals(marts) if row["reasons"]],
            "gates": marts.rows(GATES, [marts.manifest.run_id]),
            "runs": marts.rows(RUNS),
            "kinds": kinds,
            "inconsistent": inconsistent,
            "inconsistent_count": sum(row["failed_count"] for row in kinds),
            "unmapped": unmapped,
            "unmapped_count": unmapped[0]["found_count"] if unmapped else 0,
            "stages": marts.rows(STAGES),
        },
    )


def portal_sums(nights: Sequence[Row]) -> list[dict[str, Any]]:
    """For each portal its name, `nights` and the sums of its counts over them."""
    return [
        {"source_name": rows[0]["source_name"], "nights": len(rows), **totals(rows)}
        for rows in grouped(nights, "source_id").values()
    ]


def newest_nights(nights: Sequence[Row]) -> list[date]:
    """The nights shown side by side, the newest first."""
    return sorted({row["night_on"] for row in nights}, reverse=True)[:NIGHTS_SHOWN]


def matrix(nights: Sequence[Row]) -> list[tuple[str, list[Mapping[str, Any] | None]]]:
    """(name of the portal, its night with `state` per newest_nights, None where it was not asked)."""
    days = newest_nights(nights)
    by_portal = grouped(nights, "source_id")
    return [
        (
            rows[0]["source_name"],
            [
                next((row | {"state": state(row)} for row in rows if row["night_on"] == day), None)
                for day in days
            ],
        )
        for rows in by_portal.values()
    ]


def told_check(row: Row) -> Row:
    """A failed check with `evidence` for each of its sentences and `value_unit`, of what is printed."""
    against_printed = row["check_kind"] in AGAINST_PRINTED
    told = [
        _evidence(row, "", row["article_id"], row["url"]),
        _evidence(row, "other_", row["other_article_id"], row["other_url"]),
        _evidence(row, "basis_", row["basis_article_id"], row["basis_url"]),
    ]
    return row | {
        "value_unit": row["other_unit_code"] if against_printed else row["unit_code"],
        "evidence": [one for one in told if one is not None],
    }


def _evidence(row: Row, prefix: str, article_id: str | None, url: str | None) -> dict[str, Any] | None:
    quote = row[f"{prefix}quote"]
    if quote is None:
        return None
    return {
        "pieces": _pieces(quote, row[f"{prefix}value_at"], row[f"{prefix}value_to"]),
        "article_id": article_id,
        "statement_id": row[f"{prefix}statement_id"],
        "source_url": None if url is None else to_quote(url, quote),
    }


def _pieces(quote: str, value_at: int | None, value_to: int | None) -> list[Piece]:
    marked = value_at is not None and value_to is not None
    return pieces(quote, [(value_at, value_to, "value")] if marked else [])  # type: ignore[list-item]
