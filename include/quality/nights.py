"""Each portal's night against the nights before: at the first gate from what landed, at the second from the
marts.

One portal that brings nothing, or less than usual, keeps no other portal's news from readers: it is told of.
What would put wrong texts or days before readers stops the night once more than a third of the portals do
it, which is a rule of ours gone wrong, not a portal's new template. What is usual at a portal is the median
of its nights of the 28 days before, as in marts.fct_portal_nights, and nothing is judged below five nights
with articles.
"""

from __future__ import annotations

from typing import Any, Final

from include.quality.judge import Check
from include.quality.suites import WARN, Suite, identity, must_be_between
from include.quality.waiting import PENDING, WITHDRAW

# As dbt_project.yml has them for the marts; a test holds the two together.
NIGHTS_COMPARED: Final = 28
NIGHTS_NEEDED: Final = 5
RECENT_DAYS: Final = 30
# Shares and lengths of one or two articles say nothing.
ARTICLES_NEEDED: Final = 3
CLAIMS_NEEDED: Final = 10
# Below a median of three new articles a night, one without any is nothing unusual.
USUAL_NEEDED: Final = 3
# How far a night may lie from what is usual. Medians of five articles scatter by half; a cut story or a lost
# rule is beyond these.
FEWEST_OF_USUAL: Final = 0.1
SHORTEST, LONGEST = 0.3, 4.0
LARGEST_DROP: Final = 0.4
MOST_PORTALS: Final[dict[str, Any]] = {"tolerated_share": 1 / 3}
LOOK: Final = "Look at the portal's pages and at its rows of marts.fct_portal_nights."


def _kept(name: str, column: str, low: float | None, high: float | None, reason: str) -> tuple[Check, Check]:
    """Two checks on what a portal used to have: one tells of a portal, one stops where most lose it."""
    return (
        must_be_between(f"portal_keeps_{name}", column, low, high, f"{reason} {LOOK}", **WARN),
        must_be_between(
            f"most_portals_keep_{name}",
            column,
            low,
            high,
            f"{reason} More than a third of the portals: a rule of ours. {WITHDRAW}",
            **MOST_PORTALS,
        ),
    )


# Nights are Vietnam's days on which crawls began: a second crawl of one day is no night without news.
PORTAL_NIGHTS: Final = Suite(
    name="portal_nights",
    key="portal_night",
    query=rf"""
        with crawls as (
            select batch_id, cast(timezone('Asia/Ho_Chi_Minh', started_at) as date) as night_on
            from raw.batches
            where batch_kind = 'crawl'
        ),
        waiting as (select distinct night_on from crawls where batch_id in {PENDING}),
        portals as (
            select distinct s.source_id, c.night_on
            from raw.sources as s inner join crawls as c on s.batch_id = c.batch_id
        ),
        articles as (
            select
                v.source_id, c.night_on, v.title, v.byline, v.published_on, length(v.body) as body_length,
                cast(timezone('Asia/Ho_Chi_Minh', v.fetched_at) as date) - v.published_on <= {RECENT_DAYS}
                    as is_recent,
                regexp_replace(v.body, '\P{{L}}', '', 'g') as letters
            from raw.article_versions as v inner join crawls as c on v.batch_id = c.batch_id
            where v.version_no = 1 and c.night_on >= (select min(night_on) from waiting) - {NIGHTS_COMPARED}
        ),
        texts as (
            select
                source_id, night_on, count(*) as new, median(body_length) as body_length,
                count(title) / count(*) as titled, count(byline) / count(*) as bylined,
                count(published_on) / count(*) as dated, avg(cast(is_recent as integer)) as recent,
                avg(length(regexp_replace(letters, '[A-Za-z]', '', 'g')) / nullif(length(letters), 0))
                    as marked
            from articles group by source_id, night_on
        ),
        nights as (
            select p.source_id, p.night_on, coalesce(t.new, 0) as new, t.* exclude (source_id, night_on, new)
            from portals as p left join texts as t on p.source_id = t.source_id and p.night_on = t.night_on
        ),
        compared as (
            select
                n.*, median(e.new) as usual_new, median(e.body_length) as usual_body_length,
                median(e.titled) as usual_titled, median(e.bylined) as usual_bylined,
                median(e.dated) as usual_dated, median(e.recent) as usual_recent,
                median(e.marked) as usual_marked
            from nights as n
            inner join waiting as w on n.night_on = w.night_on
            inner join nights as e
                on n.source_id = e.source_id
                and e.night_on between n.night_on - {NIGHTS_COMPARED} and n.night_on - 1
            group by all
            having count(*) filter (e.new > 0) >= {NIGHTS_NEEDED}
        )
        select
            {identity("source_id || ':' || night_on")} as portal_night,
            case when usual_new >= {USUAL_NEEDED} then new / usual_new end as count_ratio,
            case when new >= {ARTICLES_NEEDED} then body_length / usual_body_length end as length_ratio,
            case when new >= {ARTICLES_NEEDED} then usual_titled - titled end as titled_drop,
            case when new >= {ARTICLES_NEEDED} then usual_bylined - bylined end as bylined_drop,
            case when new >= {ARTICLES_NEEDED} then usual_dated - dated end as dated_drop,
            case when new >= {ARTICLES_NEEDED} then usual_recent - recent end as recent_drop,
            case when new >= {ARTICLES_NEEDED} then usual_marked - marked end as marked_drop
        from compared
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "portal_is_not_silent",
            "count_ratio",
            FEWEST_OF_USUAL,
            None,
            f"Less than a tenth of the new articles that the portal usually brings. {LOOK}",
            **WARN,
        ),
        *_kept(
            "body_length",
            "length_ratio",
            SHORTEST,
            LONGEST,
            "Bodies cut short, or with the page around them.",
        ),
        *_kept("titles", "titled_drop", None, LARGEST_DROP, "Titles are missing that used to be there."),
        *_kept(
            "dates",
            "dated_drop",
            None,
            LARGEST_DROP,
            "Days of publication are missing that used to be there.",
        ),
        *_kept(
            "recent_dates",
            "recent_drop",
            None,
            LARGEST_DROP,
            "News bears days long past: day and month swapped, or the date of something else.",
        ),
        *_kept(
            "diacritics", "marked_drop", None, 0.1, "Bodies have fewer Vietnamese letters than they used to."
        ),
        must_be_between(
            "portal_keeps_bylines",
            "bylined_drop",
            None,
            LARGEST_DROP,
            f"Author lines are missing that used to be there. {LOOK}",
            **WARN,
        ),
    ),
)

# Both by the present rules, which read the nights before, too: a drop is the portal's, not a rule's.
PORTAL_YIELD: Final = Suite(
    name="portal_yield",
    key="portal_night",
    query=f"""
        select
            {identity("n.source_id || ':' || n.night_on")} as portal_night,
            case
                when n.new_article_count >= {ARTICLES_NEEDED} and n.usual_claims_per_article >= 1
                    then n.claims_per_article / n.usual_claims_per_article
            end as claims_ratio,
            case
                when n.new_article_count * n.claims_per_article >= {CLAIMS_NEEDED}
                    then n.usual_mapped_claim_share - n.mapped_claim_share
            end as mapped_drop
        from marts.fct_portal_nights as n
        where
            n.nights_with_articles_before >= {NIGHTS_NEEDED}
            and n.night_on in (
                select cast(timezone('Asia/Ho_Chi_Minh', started_at) as date) from raw.batches
                where batch_kind = 'crawl' and batch_id in {PENDING}
            )
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        *_kept("claims", "claims_ratio", 0.2, None, "Hardly any claims, where there used to be some."),
        *_kept("codes", "mapped_drop", None, LARGEST_DROP, "Claims have no code that used to have one."),
    ),
)
