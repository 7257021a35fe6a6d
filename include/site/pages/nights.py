"""What a night brought: its articles, and how each portal answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from include.contract import OUTCOMES
from include.site.marts import Marts, Row, grouped

# Of a portal's nights, as many must have brought an article before one without any is silence: the bound
# of the gates (nights_with_articles_before).
NIGHTS_NEEDED: Final = 5
# The worst first.
NEEDS_A_LOOK: Final = ("unreached", "refused", "failing", "silent", "not_asked")
STATES: Final = (*NEEDS_A_LOOK, "nothing_due", "brought", "no_news")
REASONS_SHOWN: Final = 4
# What an address can end in that keeps the portal's text from us.
LOST: Final = ("blocked", "not_allowed", "failed")

# The batches of crawls that began on a day in Vietnam. A batch's id has the second at which it began; one
# named otherwise began when it first asked.
TONIGHT: Final = """
with starts as (
    select
        batch_id,
        coalesce(
            try_strptime(regexp_extract(batch_id, '\\d{8}T\\d{6}Z'), '%Y%m%dT%H%M%SZ'),
            timezone('UTC', min(asked_at))
        ) as began
    from (
        select batch_id, requested_at as asked_at from marts.fct_discovery_requests
        union all
        select batch_id, fetched_at from marts.fct_article_outcomes
    ) as asked
    where starts_with(batch_id, 'crawl')
    group by batch_id
),
tonight as (
    select batch_id from starts
    where cast(timezone('Asia/Ho_Chi_Minh', timezone('UTC', began)) as date) = ?
)
"""
# A version belongs to the attempt that fetched it. Changed details, and what rules of ours made of known
# bytes, are no news.
ARTICLES: Final = f"""
{TONIGHT},
versions as (
    select
        outcomes.article_id,
        bool_or(versions.version_reason = 'first') as is_new,
        bool_or(versions.version_reason = 'edited') as is_edited,
        max(versions.first_seen_on) as seen_on
    from marts.fct_article_outcomes as outcomes
    inner join tonight on outcomes.batch_id = tonight.batch_id
    inner join marts.dim_article_versions as versions
        on outcomes.article_id = versions.article_id and outcomes.fetched_at = versions.fetched_at
    where outcomes.outcome = 'loaded' and versions.version_reason in ('first', 'edited')
    group by outcomes.article_id
),
claims as (
    select article_id, count(*) as claim_count from marts.fct_indicators group by article_id
)
select
    versions.*, articles.title, articles.url, articles.published_on, articles.version_count,
    sources.source_name, sources.province_id, coalesce(claims.claim_count, 0) as claim_count
from versions
inner join marts.dim_articles as articles on versions.article_id = articles.article_id
inner join marts.dim_sources as sources on articles.source_id = sources.source_id
left join claims on versions.article_id = claims.article_id
order by claim_count desc, articles.published_on desc nulls last, versions.article_id
"""  # noqa: S608 - built from constants only
PORTALS: Final = """
select sources.source_name, sources.province_id, nights.* exclude (source_id), sources.source_id,
    last_night.night_on as last_asked_on
from marts.dim_sources as sources
left join marts.fct_portal_nights as nights
    on sources.source_id = nights.source_id and nights.night_on = ?
left join (
    select source_id, max(night_on) as night_on from marts.fct_portal_nights group by source_id
) as last_night on sources.source_id = last_night.source_id
order by sources.source_name, sources.source_id
"""
REASONS: Final = f"""
{TONIGHT},
told as (
    select source_id, document_kind as what, outcome, reason, http_status
    from marts.fct_discovery_requests
    inner join tonight using (batch_id)
    where outcome not in ('read', 'not_modified')
    union all
    select source_id, 'page' as what, outcome, reason, http_status
    from marts.fct_article_outcomes
    inner join tonight using (batch_id)
    where outcome not in ('loaded', 'unchanged')
)
select source_id, what, outcome, reason, http_status, count(*) as times
from told
group by source_id, what, outcome, reason, http_status
qualify row_number() over (partition by source_id order by times desc, what, outcome, reason, http_status)
    <= {REASONS_SHOWN}
order by source_id, times desc, what, outcome, reason, http_status
"""  # noqa: S608 - built from constants only


@dataclass(frozen=True, slots=True)
class NightArticles:
    """Articles that a night brought or changed, those with most figures first.

    A row has is_new, is_edited, seen_on (day of the fetch in Vietnam), title, url, published_on,
    source_name, province_id and claim_count.
    """

    rows: Sequence[Row]

    @property
    def new(self) -> list[Row]:
        """Articles seen for the first time."""
        return [row for row in self.rows if row["is_new"]]

    @property
    def edited(self) -> list[Row]:
        """Known articles whose body another fetch found changed, also twice within the night."""
        return [row for row in self.rows if row["is_edited"]]


def night_articles(marts: Marts) -> NightArticles:
    """The articles of the newest night; none in an empty warehouse."""
    return NightArticles(marts.rows(ARTICLES, [marts.night_on]))


def portals(marts: Marts) -> list[Row]:
    """Each portal with its counts of the newest night, `state` and `reasons`, those that need a look first.

    Counts are None for a portal that was not asked that night.
    """
    night = [marts.night_on]
    reasons = grouped(marts.rows(REASONS, night), "source_id")
    rows = [
        row | {"state": state(row), "reasons": reasons.get(row["source_id"], [])}
        for row in marts.rows(PORTALS, night)
    ]
    return sorted(rows, key=lambda row: STATES.index(row["state"]))


def state(portal: Mapping[str, Any]) -> str:
    """One of STATES, from a portal's row of fct_portal_nights.

    unreached: no document that leads to articles could be read; refused: no address that was tried gave
    its page; failing: half of them or more did not; silent: no new article where its
    nights bring some as a rule.
    """
    if portal["night_on"] is None:
        return "not_asked"
    tried = portal["discovered_count"]
    if portal["request_count"] and portal["unread_request_count"] == portal["request_count"] and not tried:
        return "unreached"
    lost = sum(portal[f"{outcome}_count"] for outcome in LOST)
    if tried and lost == tried:
        return "refused"
    if tried and 2 * lost >= tried:
        return "failing"
    if portal["new_article_count"]:
        return "brought"
    usual = portal["usual_new_article_count"] or 0
    if usual >= 1 and portal["nights_with_articles_before"] >= NIGHTS_NEEDED:
        return "silent"
    return "no_news" if tried else "nothing_due"


def totals(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Sums over portals: the seven outcomes, `discovered_count` and `new_article_count`."""
    names = ("discovered_count", *(f"{outcome}_count" for outcome in OUTCOMES), "new_article_count")
    return {name: sum(row[name] or 0 for row in rows) for name in names}


def told_outcomes(sums: Mapping[str, int]) -> list[str]:
    """The outcomes that occur in sums of `totals`, in the contract's order."""
    return [outcome for outcome in OUTCOMES if sums[f"{outcome}_count"]]
