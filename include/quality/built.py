"""What the built marts must be like before anybody sees them.

Invariants of single rows (keys, relationships, code lists, offsets, order of ranges) are dbt's tests.
Here stand expectations: what figures of the world can be, and what a load as a whole looks like.
Articles carry misprints, kept as printed, so most checks tolerate a few rows and fire on a rule gone
wrong, which makes many.
"""

from __future__ import annotations

from typing import Any, Final

from include.quality.suites import Suite, identity, must_be_between, must_be_true

MEND_RULE: Final = (
    "Look at these statements' quotes, mend the rule that made them, then run build_marts again."
)

# More than both: 1 row in 100, and 5 rows. A province's report gives some 40 claims with one misprint
# at most; a wrong multiplier or a page of phone numbers gives dozens.
A_FEW: Final[dict[str, Any]] = {"tolerated_share": 0.01, "tolerated_rows": 5}

# The largest amount that one claim can mean, by unit: about ten times Vietnam's own total where there
# is one (GDP 1.2e16 VND; land 33 million ha; 100 million people, tourists counted by visits).
LARGEST: Final = {
    "VND": 1e17,
    "USD": 1e13,
    "EUR": 1e13,
    "CNY": 1e14,
    "PERCENT": 1e5,
    "PERCENTAGE_POINT": 1e3,
    "TIMES": 1e5,
    "RANK": 1e4,
    "SCORE": 1e5,
    "HECTARE": 4e8,
    "SQUARE_KILOMETRE": 4e6,
    "SQUARE_METRE": 4e12,
    "KILOMETRE": 1e7,
    "METRE": 1e10,
    "QUINTAL_PER_HECTARE": 5e3,
    "TONNE": 1e10,
    "KILOGRAM": 1e13,
    "KILOWATT_HOUR": 1e13,
    "MEGAWATT": 1e7,
    "PERSON": 1e9,
    "HOUSEHOLD": 1e9,
    "ENTERPRISE": 1e8,
    "COMMUNE": 1e5,
    "VILLAGE": 1e6,
}
LARGEST_ELSE: Final = 1e13

CLAIMS: Final = Suite(
    name="claims",
    key="statement_id",
    query=f"""
        select
            {identity("c.statement_id")} as statement_id,
            cast(isfinite(c.value) and coalesce(isfinite(c.value_high), true) as integer) as is_finite,
            case when c.measure in ('level', 'change_abs') and isfinite(c.value) then abs(c.value) end
                / coalesce(element_at(map($units, $limits), c.unit_code)[1], {LARGEST_ELSE})
                as share_of_largest,
            case when c.measure = 'change_pct' and isfinite(c.value) then c.value end as change_pct,
            case when c.measure = 'share_pct' and isfinite(c.value) then c.value end as share_pct,
            case when c.measure = 'plan_pct' and isfinite(c.value) then c.value end as plan_pct,
            case when c.measure = 'multiple' and isfinite(c.value) then c.value end as multiple,
            case when c.measure = 'rank' and isfinite(c.value) then c.value end as place,
            length(c.quote) as quote_length,
            length(c.value_text) as value_length,
            length(c.indicator_name) as name_length,
            case when c.status = 'actual' then c.period_start - c.published_on end as days_ahead
        from marts.fct_indicators as c
        order by c.statement_id
    """,  # noqa: S608 - built from constants only
    parameters={"units": list(LARGEST), "limits": list(LARGEST.values())},
    checks=(
        must_be_true("value_is_finite", "is_finite", f"A value is infinite or not a number. {MEND_RULE}"),
        must_be_between(
            "magnitude_plausible",
            "share_of_largest",
            None,
            1,
            f"More than the country has: a multiplier applied twice, or two numbers in one. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "change_pct_plausible",
            "change_pct",
            -100,
            100_000,
            f"A fall of more than 100 %, or a growth beyond 1000 times. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "share_pct_plausible", "share_pct", 0, 100, f"A part larger than its whole. {MEND_RULE}", **A_FEW
        ),
        must_be_between(
            "plan_pct_plausible",
            "plan_pct",
            0,
            5_000,
            f"A plan exceeded fifty times, or negative. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "multiple_plausible", "multiple", 0, 100_000, f"Not a multiple. {MEND_RULE}", **A_FEW
        ),
        must_be_between(
            "rank_plausible", "place", 1, 10_000, f"Not a place in a ranking. {MEND_RULE}", **A_FEW
        ),
        must_be_between(
            "quote_length_in_bounds",
            "quote_length",
            5,
            3_000,
            f"A quote is one sentence; these are fragments or articles: sentences are cut wrong. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "value_length_in_bounds",
            "value_length",
            1,
            80,
            f"A number with its unit is short; these swallow the words around it. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "indicator_name_length_in_bounds",
            "name_length",
            1,
            300,
            f"An indicator is named in a few words; these are clauses or nothing. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "actual_not_in_future",
            "days_ahead",
            None,
            0,
            f"An actual figure for a period that began after the article was published. {MEND_RULE}",
            tolerated_share=0.05,
            tolerated_rows=5,
        ),
    ),
)

MEETINGS: Final = Suite(
    name="meetings",
    key="meeting_id",
    query=f"""
        select
            {identity("m.meeting_id")} as meeting_id,
            m.meeting_date - max(a.published_on) as days_after_report,
            extract(year from m.meeting_date) as meeting_year,
            length(m.topic) as topic_length,
            length(m.lead_name) as lead_length
        from marts.fct_meetings as m
        left join marts.bridge_meeting_articles as b on m.meeting_id = b.meeting_id
        left join marts.dim_articles as a on b.article_id = a.article_id
        group by m.meeting_id, m.meeting_date, m.topic, m.lead_name
        order by m.meeting_id
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "meeting_not_after_report",
            "days_after_report",
            None,
            0,
            f"Meetings dated after their reports: the year or day is filled in wrong. {MEND_RULE}",
            # Portals also announce meetings; a few of them are reported as held.
            tolerated_share=0.1,
            tolerated_rows=5,
        ),
        must_be_between(
            "meeting_year_plausible",
            "meeting_year",
            1945,
            2100,
            f"No meeting of this century. {MEND_RULE}",
            **A_FEW,
        ),
        must_be_between(
            "topic_length_in_bounds", "topic_length", 1, 1_000, f"A topic is a phrase. {MEND_RULE}", **A_FEW
        ),
        must_be_between(
            "lead_name_length_in_bounds",
            "lead_length",
            2,
            60,
            f"A person's name is two to six words; these swallow a title or a clause. {MEND_RULE}",
            **A_FEW,
        ),
    ),
)

EXTRACTION: Final = Suite(
    name="extraction",
    key="article_id",
    query=f"""
        select
            {identity("a.article_id")} as article_id,
            cast(f.article_id is null as integer) as is_read
        from marts.dim_articles as a
        left join intermediate.int_extraction_failures as f on a.article_id = f.article_id
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_true(
            "articles_are_read",
            "is_read",
            "Extraction broke on more articles than a bad page explains: intermediate.int_extraction_failures"
            " has the reasons. Mend the reader, then run build_marts again.",
            tolerated_share=0.05,
            tolerated_rows=2,
        ),
    ),
)

# One row; each share is null, and passes, where there is too little to judge.
YIELD: Final = Suite(
    name="yield",
    key="scope",
    query="""
        with claims as (
            select count(*) as claims, count(indicator_code) as coded, count(distinct article_id) as articles
            from marts.fct_indicators
        ),
        articles as (select count(*) as articles from marts.dim_articles)
        select
            'marts' as scope,
            case when claims.claims >= 100 then claims.coded / claims.claims end as coded_share,
            case when articles.articles >= 50 then claims.articles / articles.articles end as claiming_share
        from claims cross join articles
    """,
    checks=(
        must_be_between(
            "claims_with_indicator_code",
            "coded_share",
            0.1,
            None,
            "Hardly any claim has an indicator code: the alias seed is empty, or names are cut wrong. Look at"
            " seeds/indicator_aliases.csv, then run build_marts again.",
        ),
        must_be_between(
            "articles_with_claims",
            "claiming_share",
            0.05,
            None,
            "Hardly any article has a claim: extraction is broken, or the cleaner cuts bodies short. Compare"
            " some bodies in marts.dim_articles with their pages.",
        ),
    ),
)

# Nothing that landed may be missing, nor appear from nowhere (outcome rows: dbt's outcomes_add_up).
CONSERVATION: Final = Suite(
    name="conservation",
    key="mart",
    query="""
        select 'dim_articles' as mart, (select count(distinct article_id) from raw.article_versions)
            - (select count(*) from marts.dim_articles) as missing
        union all
        select 'fct_discovery_requests', (select count(*) from raw.discovery_requests)
            - (select count(*) from marts.fct_discovery_requests)
        order by all
    """,
    checks=(
        must_be_between(
            "landed_rows_all_arrive",
            "missing",
            0,
            0,
            "A mart has fewer or more rows than were landed: a join in its models loses or doubles rows.",
        ),
    ),
)

# Compared with what readers have now: $marts and $rows, both empty before the first release.
RELEASE: Final = Suite(
    name="release",
    key="mart",
    query="""
        with present as (
            select 'dim_articles' as mart, count(*) as row_count from marts.dim_articles
            union all
            select 'fct_indicators', count(*) from marts.fct_indicators
            union all
            select 'fct_meetings', count(*) from marts.fct_meetings
        ),
        compared as (
            select
                mart,
                row_count,
                element_at(map(cast($marts as varchar[]), cast($rows as bigint[])), mart)[1] as published
            from present
        )
        select mart, case when published >= 20 then row_count / published end as kept_share
        from compared
        order by mart
    """,
    checks=(
        must_be_between(
            "not_half_of_published",
            "kept_share",
            0.5,
            None,
            "Less than half of the rows that are published now: readers would lose them. Where that is meant,"
            " move sotinh.duckdb out of the data folder and run build_marts again.",
        ),
    ),
)

MARTS_SUITES: Final = (CLAIMS, MEETINGS, EXTRACTION, YIELD, CONSERVATION, RELEASE)
