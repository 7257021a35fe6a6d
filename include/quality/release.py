"""What a build as a whole must be like, and how it compares with what readers have now."""

from __future__ import annotations

from typing import Final

from include.contract import MARTS
from include.quality.suites import WARN, Suite, identity, must_be_between, must_be_true
from include.quality.waiting import WAITING_ARTICLES

EXTRACTION: Final = Suite(
    name="extraction",
    key="article_id",
    query=f"""
        select
            {identity("a.article_id")} as article_id,
            cast(f.article_id is null as integer) as is_read
        from marts.dim_articles as a
        left join intermediate.int_extraction_failures as f on a.article_id = f.article_id
        where a.article_id in {WAITING_ARTICLES}
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

# The numbers of an article that arithmetic can check mostly fit; each kind of check for itself, once there
# are enough of it. Misprints leave a few that do not; half of them is a rule that reads numbers wrong. Two
# articles may well tell two figures of one thing: that is told of and stops nothing.
CONSISTENCY: Final = Suite(
    name="consistency",
    key="check_kind",
    query="""
        select
            check_kind,
            case when count(*) >= 20 then count(*) filter (is_consistent) / count(*) end as consistent_share,
            case
                when count(*) filter (is_within) >= 20
                    then count(*) filter (is_consistent and is_within) / count(*) filter (is_within)
            end as consistent_share_within
        from (
            select check_kind, is_consistent, coalesce(other_article_id = article_id, true) as is_within
            from marts.fct_consistency_checks
        )
        group by check_kind
        order by all
    """,
    checks=(
        must_be_between(
            "numbers_fit_each_other",
            "consistent_share",
            0.8,
            None,
            "More than a fifth of the checks of a kind fail: look at marts.fct_consistency_checks.",
            **WARN,
        ),
        must_be_between(
            "most_numbers_fit_each_other",
            "consistent_share_within",
            0.5,
            None,
            "Most of the checks of a kind fail: numbers, parts or periods are read wrong. Look at"
            " marts.fct_consistency_checks, mend the rule, then run build_marts again.",
        ),
    ),
)

# It shrinks as the vocabulary grows.
MAY_SHRINK: Final = ("fct_unmapped_indicators",)
COUNTED: Final = " union all ".join(
    f"select '{mart}' as mart, count(*) as row_count from marts.{mart}"  # noqa: S608 - names of the contract
    for mart in MARTS
    if mart not in MAY_SHRINK
)

# Compared with what readers have now: $marts and $rows, both empty before the first release.
RELEASE: Final = Suite(
    name="release",
    key="mart",
    query=f"""
        with present as ({COUNTED}),
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
    """,  # noqa: S608 - names of the contract
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
