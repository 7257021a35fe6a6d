"""A page per article: its figures, each marked in the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from include.site.marked import Piece, pieces
from include.site.marts import Marts, Row, grouped
from include.site.page import Page

# With the name and place of the portal; the newest first, those without a day by their first fetch.
ARTICLES: Final = """
select a.*, s.source_name, s.province_id
from marts.dim_articles as a
inner join marts.dim_sources as s on a.source_id = s.source_id
order by coalesce(a.published_on, cast(a.first_fetched_at as date)) desc, a.article_id
limit ?
"""
CLAIMS: Final = """
select * from marts.fct_indicators
order by article_id, quote_start, value_start, statement_id
"""
MEETINGS: Final = """
select b.article_id, m.*
from marts.bridge_meeting_articles as b
inner join marts.fct_meetings as m on b.meeting_id = m.meeting_id
order by b.article_id, m.meeting_date, m.meeting_id
"""


def article_pages(marts: Marts, *, limit: int, full_text_of: Collection[str]) -> Iterator[Page]:
    """Pages of the `limit` newest articles.

    full_text_of: portals (source_id) whose texts may be shown whole.
    """
    claims = grouped(marts.rows(CLAIMS), "article_id")
    meetings = grouped(marts.rows(MEETINGS), "article_id")
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
