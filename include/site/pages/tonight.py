"""The front page: what the newest night brought, what it changed, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from include.site.links import to_quote
from include.site.marts import Marts, Row, grouped
from include.site.page import Page
from include.site.pages.articles import quotation
from include.site.pages.nights import (
    NEEDS_A_LOOK,
    NightArticles,
    night_articles,
    portals,
    told_outcomes,
    totals,
)

PATH: Final = "index.html"
ARTICLES_SHOWN: Final = 40
CLAIMS_SHOWN: Final = 40
CLAIMS_OF_AN_ARTICLE: Final = 5
VINTAGES_SHOWN: Final = 30
MEETINGS_SHOWN: Final = 30

# The figures of new articles; what an edit brought is told with the vintages that it opened.
# Most telling first: an indicator with a code, an amount, exact, of the whole province and the whole thing.
# Ranked without their sentences, which only those shown need.
CLAIMS: Final = f"""
with ranked as (
    select
        statement_id, article_id, published_on, value_start,
        count(*) over () as found_count,
        cast(indicator_code is not null as integer) * 32 + cast(measure = 'level' as integer) * 16
        + cast(approximation = 'exact' as integer) * 8 + cast(place_name is null as integer) * 4
        + cast(breakdown is null as integer) * 2 + cast(time_period is not null as integer) as telling
    from marts.fct_indicators
    where article_id in (select unnest(?::varchar[]))
    qualify row_number() over (partition by article_id order by telling desc, value_start, statement_id)
        <= {CLAIMS_OF_AN_ARTICLE}
),
shown as (
    select * from ranked
    order by telling desc, published_on desc nulls last, article_id, value_start, statement_id
    limit {CLAIMS_SHOWN}
)
select claims.*, shown.found_count, articles.title, sources.source_name
from shown
inner join marts.fct_indicators as claims on shown.statement_id = claims.statement_id
inner join marts.dim_articles as articles on claims.article_id = articles.article_id
inner join marts.dim_sources as sources on articles.source_id = sources.source_id
order by shown.telling desc, shown.published_on desc nulls last, shown.article_id, shown.value_start,
    shown.statement_id
"""  # noqa: S608 - built from constants only
# A vintage of tonight: one that another article's figure opened, where that article is new tonight; one that
# an edit opened on a day on which tonight's edits were seen; one that such an edit withdrew. What a late
# article says of a time before the figure known now is no revision of it.
VINTAGES: Final = f"""
with moved as (
    select observation_id from marts.fct_indicator_observations
    where vintage_no > 1 or opened_by = 'edited_article' or is_withdrawn
),
vintages as (
    select
        *,
        lag(value) over observation as former_value,
        lag(value_high) over observation as former_value_high,
        coalesce(lag(article_ids) over observation, '') as former_article_ids
    from marts.fct_indicator_observations
    where observation_id in (select observation_id from moved)
    window observation as (partition by observation_id order by vintage_no)
),
night as (
    select ?::varchar[] as new_ids, ?::varchar[] as edited_ids, ?::date[] as edit_days
),
told as (
    select
        vintages.*,
        is_newest and (
            (opened_by = 'other_article' and list_has_any(string_split(article_ids, ','), new_ids))
            or (
                opened_by = 'edited_article' and list_contains(edit_days, realtime_start)
                and list_has_any(string_split(article_ids || ',' || former_article_ids, ','), edited_ids)
            )
        ) as is_opened,
        is_withdrawn and list_contains(edit_days, realtime_end + 1)
        and list_has_any(string_split(article_ids, ','), edited_ids) as is_taken_back
    from vintages
    cross join night
),
shown as (
    select *, count(*) over () as found_count from told where is_opened or is_taken_back
    order by realtime_start desc, observation_id, vintage_no
    limit {VINTAGES_SHOWN}
),
statements as (
    select statement_id, article_id, quote, quote_start, value_start, value_end from marts.fct_indicators
    where statement_id in (select statement_id from shown)
    union all
    select statement_id, article_id, quote, quote_start, value_start, value_end
    from marts.fct_superseded_indicators
    where statement_id in (select statement_id from shown)
    qualify row_number() over (partition by statement_id order by article_version_id desc) = 1
)
select
    shown.*, statements.* exclude (statement_id),
    articles.url, articles.title
from shown
inner join statements on shown.statement_id = statements.statement_id
inner join marts.dim_articles as articles on statements.article_id = articles.article_id
qualify row_number() over (
    partition by shown.observation_id, shown.vintage_no order by statements.article_id, statements.quote
) = 1
order by is_taken_back, shown.realtime_start desc, shown.observation_id
"""  # noqa: S608 - built from constants only
# The sentence of a meeting: who led it, else who was there, what was concluded or ordered.
MEETINGS: Final = f"""
with reported as (
    select
        meeting_id,
        bool_and(article_id in (select unnest(?::varchar[]))) as is_new
    from marts.bridge_meeting_articles
    group by meeting_id
    having bool_or(article_id in (select unnest(?::varchar[])))
),
shown as (
    select meetings.*, reported.is_new, count(*) over (partition by reported.is_new) as found_count
    from marts.fct_meetings as meetings
    inner join reported on meetings.meeting_id = reported.meeting_id
    order by reported.is_new desc, meetings.meeting_date desc nulls last, meetings.meeting_id
    limit {MEETINGS_SHOWN}
),
sentences as (
    select meeting_id, case when role = 'lead' then 1 else 2 end as place, article_id, quote
    from marts.fct_meeting_participants
    union all
    select meeting_id, 3, conclusion_article_id, conclusion from marts.fct_meetings
    where conclusion is not null
    union all
    select meeting_id, 4, article_id, quote from marts.fct_directives
),
first_sentences as (
    select * from sentences
    where meeting_id in (select meeting_id from shown)
    qualify row_number() over (partition by meeting_id order by place, article_id, quote) = 1
)
select shown.*, first_sentences.article_id, first_sentences.quote, articles.url
from shown
left join first_sentences on shown.meeting_id = first_sentences.meeting_id
left join marts.dim_articles as articles on first_sentences.article_id = articles.article_id
order by shown.is_new desc, shown.meeting_date desc nulls last, shown.meeting_id
"""  # noqa: S608 - built from constants only
GATES: Final = """
select gate, check_name, severity, has_passed, failing_rows, explanation
from marts.fct_gate_results
where run_id = ?
order by has_passed, severity, gate, check_name
"""


def tonight_pages(marts: Marts) -> Iterator[Page]:
    """The one page; in an empty warehouse it says that nothing was read yet."""
    titles = ("Đêm qua", "Tonight")
    if marts.night_on is None:
        yield Page(PATH, "tonight.html.jinja", titles, {"night_on": None})
        return
    articles = night_articles(marts)
    asked = portals(marts)
    sums = totals(asked)
    yield Page(
        path=PATH,
        template="tonight.html.jinja",
        titles=titles,
        shows={
            "night_on": marts.night_on,
            "portals": [row for row in asked if row["night_on"] is not None],
            "troubled": [row for row in asked if row["state"] in NEEDS_A_LOOK],
            "totals": sums,
            "outcomes": told_outcomes(sums),
            "has_history": any(row["nights_before"] for row in asked),
            "new_articles": _bounded(articles.new, ARTICLES_SHOWN),
            "edited_articles": _bounded(articles.edited, ARTICLES_SHOWN),
            "gates": gates(marts),
            **news(marts, articles),
        },
    )


def news(marts: Marts, articles: NightArticles) -> dict[str, Any]:
    """What the night's articles say: `sentences` of new figures, `vintages`, `meetings`, and their counts."""
    new = [row["article_id"] for row in articles.new]
    edited = [row["article_id"] for row in articles.edited]
    days = sorted({row["seen_on"] for row in articles.edited})
    vintages = marts.rows(VINTAGES, [new, edited, days])
    claims = marts.rows(CLAIMS, [new])
    meetings = marts.rows(MEETINGS, [new, new])
    return {
        "sentences": told_sentences(claims),
        "claim_count": claims[0]["found_count"] if claims else 0,
        "vintages": [row | {"pieces": quotation([row]), "source_url": _source(row)} for row in vintages],
        "vintage_count": vintages[0]["found_count"] if vintages else 0,
        "meetings": [row | {"source_url": _source(row)} for row in meetings if row["is_new"]],
        "meetings_again": [row for row in meetings if not row["is_new"]],
        "meeting_count": next((row["found_count"] for row in meetings if row["is_new"]), 0),
    }


def told_sentences(claims: Sequence[Row]) -> list[dict[str, Any]]:
    """{"pieces", "claims"} for each sentence, in the order of its most telling figure."""
    found = grouped(claims, "article_id", "quote_start", "quote_end")
    return [{"pieces": quotation(rows), "claims": rows} for rows in found.values()]


def gates(marts: Marts) -> dict[str, Any]:
    """How the gates judged the run that published this file: counts, and the checks that did not pass."""
    checks = marts.rows(GATES, [marts.manifest.run_id])
    return {
        "check_count": len(checks),
        "passed_count": sum(bool(row["has_passed"]) for row in checks),
        "failing": [row for row in checks if not row["has_passed"]],
    }


def _bounded(rows: list[Row], most: int) -> dict[str, Any]:
    return {"rows": rows[:most], "count": len(rows)}


def _source(row: Row) -> str | None:
    if row["url"] is None or row["quote"] is None:
        return row["url"]  # type: ignore[no-any-return]
    # A sentence that was taken back is not on the page any more.
    return str(row["url"]) if row.get("is_taken_back") else to_quote(row["url"], row["quote"])
