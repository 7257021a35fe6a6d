"""What the claims in the built marts must be like before anybody sees them.

Invariants of single rows (keys, relationships, code lists, offsets, order of ranges) are dbt's tests.
Here stand expectations: what figures of the world can be, and what a load as a whole looks like.
Articles carry misprints, kept as printed, so most checks tolerate a few rows and fire on a rule gone
wrong, which makes many.
"""

from __future__ import annotations

from typing import Any, Final

from include.quality.suites import Suite, identity, must_be_between, must_be_true
from include.quality.waiting import WAITING_ARTICLES

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
        where c.article_id in {WAITING_ARTICLES}
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
