"""How new is what is known of each province: told, never a reason to keep the rest from readers."""

from __future__ import annotations

from typing import Final

from include.quality.suites import WARN, Suite, identity, must_be_between

# Provincial papers publish every day, also over Tết; a week without anything is no holiday.
DAYS_WITHOUT_NEWS: Final = 7
# Portals that usually bring less than an article a night have weeks without one.
ARTICLES_A_NIGHT: Final = 1

FRESHNESS: Final = Suite(
    name="freshness",
    key="province_id",
    query=f"""
        select
            {identity("province_id")} as province_id,
            case when usual_articles_per_night >= {ARTICLES_A_NIGHT} then days_since_published end
                as days_without_news
        from marts.fct_province_freshness
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "province_is_fresh",
            "days_without_news",
            None,
            DAYS_WITHOUT_NEWS,
            "Nothing published for more than a week in a province whose portals bring one a night: look"
            " at what became of its portals in marts.fct_portal_nights.",
            **WARN,
        ),
    ),
)
