"""A page per article: its figures, each marked in the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from include.site.marked import Piece, pieces
from include.site.marts import Marts, Row, grouped
from include.site.page import Page

# What a page of 500 KB has room for.
CLAIMS_SHOWN: Final = 400
# The newest first, those without a day by their first fetch.
NEWEST: Final = """
newest as (
    select * from marts.dim_articles
    order by coalesce(published_on, cast(first_fetched_at as date)) desc, article_id
    limit ?
)
"""
# With the name and place of the portal.
ARTICLES: Final = f"""
with {NEWEST}
select n.*, s.source_name, s.province_id
from newest as n
inner join marts.dim_sources as s on n.source_id = s.source_id
order by coalesce(n.published_on, cast(n.first_fetched_at as date)) desc, n.article_id
"""  # noqa: S608 - built from constants only
CLAIMS: Final = f"""
with {NEWEST}
select c.*, count(*) over (partition by c.article_id) as found_count
from marts.fct_indicators as c
semi join newest as n on c.article_id = n.article_id
qualify row_number() over (
    partition by c.article_id order by c.quote_start, c.value_start, c.statement_id
) <= {CLAIMS_SHOWN}
order by c.article_id, c.quote_start, c.value_start, c.statement_id
"""  # noqa: S608 - built from constants only
MEETINGS: Final = f"""
with {NEWEST}
select b.article_id, m.*
from marts.bridge_meeting_articles as b
semi join newest as n on b.article_id = n.article_id
inner join marts.fct_meetings as m on b.meeting_id = m.meeting_id
order by b.article_id, m.meeting_date, m.meeting_id
"""  # noqa: S608 - built from constants only


def article_pages(marts: Marts, *, limit: int, full_text_of: Collection[str]) -> Iterator[Page]:
    """Pages of the `limit` newest articles.

    full_text_of: portals (source_id) whose texts may be shown whole.
    """
    claims = grouped(marts.rows(CLAIMS, [limit]), "article_id")
    meetings = grouped(marts.rows(MEETINGS, [limit]), "article_id")
    for article in marts.rows(ARTICLES, [limit]):
        found = claims.get(article["article_id"], [])
        title = article["title"]
        yield Page(
            path=f"articles/{article['article_id']}.html",
            template="article.html.jinja",
            titles=(title or "Bài không có tiêu đề", title or "Article without a headline"),
            shows={
                "article": {name: value for name, value in article.items() if name != "body"},
                "sentences": sentences(found),
                "claims_shown": len(found),
                "claims_found": found[0]["found_count"] if found else 0,
                "meetings": meetings.get(article["article_id"], []),
                "full_text": _whole(article, found) if article["source_id"] in full_text_of else None,
            },
        )


def sentences(claims: list[Row]) -> list[Mapping[str, Any]]:
    """{"pieces", "claims"} for each sentence with claims, in the order of the text."""
    found = grouped(claims, "quote_start", "quote_end")
    return [{"pieces": quotation(rows), "claims": rows} for rows in found.values()]


def quotation(claims: list[Row]) -> list[Piece]:
    """The sentence of claims that share one, cut at their numbers, each marked with its statement_id."""
    start = claims[0]["quote_start"]
    return pieces(
        claims[0]["quote"],
        [(row["value_start"] - start, row["value_end"] - start, row["statement_id"]) for row in claims],
    )


def _whole(article: Row, claims: list[Row]) -> list[Piece]:
    return pieces(
        article["body"], [(row["value_start"], row["value_end"], row["statement_id"]) for row in claims]
    )
