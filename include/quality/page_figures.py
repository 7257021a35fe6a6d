"""What the quality page shows, read from the published marts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

RUNS_SHOWN: Final = 60
STAGES_SHOWN: Final = 30
CHECKS_SHOWN: Final = 50
NAMES_SHOWN: Final = 30
LOCAL_TIME: Final = "strftime(timezone('Asia/Ho_Chi_Minh', {0}), '%Y-%m-%d %H:%M')"

# Of each run the verdict: refused where a check that stops failed, warned where only others did.
HISTORY: Final = f"""
    select
        run_id,
        {LOCAL_TIME.format("max(judged_at)")} as judged_at,
        count(*) filter (has_passed) as passed,
        count(*) filter (not has_passed and severity = 'warn') as warned,
        count(*) filter (not has_passed and severity = 'stop') as stopped,
        coalesce(string_agg(check_name, ', ' order by check_name) filter (not has_passed), '') as failing,
        case when stopped > 0 then 'refused' when warned > 0 then 'warned' else 'passed' end as verdict
    from marts.fct_gate_results
    group by run_id
    order by max(fct_gate_results.judged_at) desc, run_id desc
    limit {RUNS_SHOWN}
"""  # noqa: S608 - built from constants only
LAST_GATES: Final = """
    select gate, check_name, severity, has_passed, failing_rows, explanation
    from marts.fct_gate_results
    where run_id = ?
    order by has_passed, severity, gate, check_name
"""
STAGES: Final = f"""
    select {LOCAL_TIME.format("started_at")} as started_at, stage, stage_outcome, stopped_by, seconds,
        items_in, items_out
    from marts.fct_pipeline_runs
    order by fct_pipeline_runs.started_at desc, stage_run_id desc
    limit {STAGES_SHOWN}
"""  # noqa: S608 - built from constants only
OUTCOMES: Final = """
    with newest as (
        select batch_id from marts.fct_article_outcomes
        group by batch_id order by max(fetched_at) desc nulls last, batch_id desc limit 1
    )
    select batch_id, coalesce(source_name, source_id) as portal, outcome, count(*) as urls
    from marts.fct_article_outcomes
    inner join newest using (batch_id)
    left join marts.dim_sources using (source_id)
    group by all
    order by portal, outcome
"""
FRESHNESS: Final = """
    select name, portal_count, cast(newest_published_on as varchar) as newest, days_since_published as days
    from marts.fct_province_freshness
    inner join marts.dim_provinces using (province_id)
    order by days_since_published desc nulls first, name
"""
INCONSISTENT: Final = f"""
    select check_kind, expected_value, printed_value, quote, other_quote, url
    from marts.fct_consistency_checks
    left join marts.dim_articles using (article_id)
    where not is_consistent
    order by published_on desc nulls last, check_id
    limit {CHECKS_SHOWN}
"""  # noqa: S608 - built from constants only
UNMAPPED: Final = f"""
    select rank_no, indicator_name, claim_count, province_count, unit_code, quote, source_url
    from marts.fct_unmapped_indicators
    order by rank_no
    limit {NAMES_SHOWN}
"""  # noqa: S608 - built from constants only

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of the page's sections, columns by name.

    history: newest run first; outcomes: one row a portal, outcome and count; freshness: null where the
    release has no such mart.
    """

    history: Sequence[Row]
    last_gates: Sequence[Row]
    stages: Sequence[Row]
    outcomes: Sequence[Row]
    freshness: Sequence[Row] | None
    inconsistent: Sequence[Row]
    unmapped: Sequence[Row]


def read_figures(published: Path, run_id: str) -> Figures:
    """Read the sections from the published file; run_id: the run that published it."""
    with duckdb.connect(str(published), read_only=True) as marts:
        names = {row[0] for row in marts.execute("select table_name from duckdb_tables()").fetchall()}
        return Figures(
            history=_rows(marts, HISTORY),
            last_gates=_rows(marts, LAST_GATES, [run_id]),
            stages=_rows(marts, STAGES),
            outcomes=_rows(marts, OUTCOMES),
            freshness=_rows(marts, FRESHNESS) if "fct_province_freshness" in names else None,
            inconsistent=_rows(marts, INCONSISTENT),
            unmapped=_rows(marts, UNMAPPED),
        )


def _rows(marts: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()) -> list[Row]:
    result = marts.execute(query, list(parameters))
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
