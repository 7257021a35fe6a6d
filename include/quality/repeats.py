"""What many articles of one portal must not share: a text, a paragraph, the end of a title."""

from __future__ import annotations

from typing import Final

from include.quality.suites import WARN, Suite, identity, must_be_between
from include.quality.waiting import ENOUGH_ARTICLES, PENDING, WITHDRAW

# A shorter line is a heading or a formula ("Ảnh minh họa"); a teaser's paragraph is a sentence.
PARAGRAPH: Final = 60
# A text of five articles, or a paragraph of five different ones, stops the night where more than half of a
# portal's new articles have it; a paragraph of three is told of from a third on.
TOLD_FROM: Final = 3
STOPS_FROM: Final = 5
# "… | Báo Bến Lau": what stands behind the last bar or dash of a title.
TITLE_END: Final = r"\s[|–—-]\s*([^|–—]{2,60})$"

# One row per portal; a share is null, and passes, where there is too little to judge.
FRAMES: Final = Suite(
    name="frames",
    key="source_id",
    query=rf"""
        with articles as (
            select source_id, body, body_sha256, regexp_extract(title, '{TITLE_END}', 1) as title_end
            from raw.article_versions
            where batch_id in {PENDING}
        ),
        bodies as (
            select source_id, count(*) as articles, count(distinct body_sha256) as bodies
            from articles group by source_id
        ),
        copies as (
            select source_id, count(*) as articles from articles group by source_id, body_sha256
        ),
        copied as (select source_id, max(articles) as articles from copies group by source_id),
        -- The same story at two addresses is one body.
        paragraphs as (
            select source_id, body_sha256, unnest(string_split(body, chr(10))) as paragraph from articles
        ),
        repeats as (
            select source_id, count(distinct body_sha256) as bodies
            from paragraphs
            where length(paragraph) >= {PARAGRAPH}
            group by source_id, paragraph
        ),
        repeated as (select source_id, max(bodies) as bodies from repeats group by source_id),
        title_ends as (
            select source_id, count(*) as titles from articles where title_end <> ''
            group by source_id, title_end
        ),
        ended as (select source_id, max(titles) as titles from title_ends group by source_id)
        select
            {identity("b.source_id")} as source_id,
            case when c.articles >= {STOPS_FROM} then c.articles / b.articles end as same_text_share,
            case when r.bodies >= {TOLD_FROM} then r.bodies / b.bodies end as shared_by_some,
            case when r.bodies >= {STOPS_FROM} then r.bodies / b.bodies end as shared_by_many,
            case when e.titles >= {STOPS_FROM} then e.titles / b.articles end as title_end_share
        from bodies as b
        inner join copied as c on b.source_id = c.source_id
        left join repeated as r on b.source_id = r.source_id
        left join ended as e on b.source_id = e.source_id
        order by all
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "bodies_differ",
            "same_text_share",
            None,
            0.5,
            f"Most new articles of a portal share one text: it is the frame of its pages. {WITHDRAW}",
        ),
        must_be_between(
            "paragraphs_differ",
            "shared_by_some",
            None,
            1 / 3,
            "One paragraph stands in many new articles of a portal: a teaser or the page's frame. Add it to"
            " the family's noise.",
            **WARN,
        ),
        must_be_between(
            "no_paragraph_in_most_articles",
            "shared_by_many",
            None,
            0.5,
            "One paragraph stands in most new articles of a portal: a teaser or the page's frame."
            f" {WITHDRAW}",
        ),
        must_be_between(
            "titles_end_differently",
            "title_end_share",
            None,
            0.5,
            "Most new titles of a portal end alike: the site's name. Mend the headline rule of its family.",
            **WARN,
        ),
    ),
)

TITLES: Final = Suite(
    name="titles",
    key="scope",
    query=f"""
        select 'waiting_batches' as scope, count(title) / count(*) as titled_share
        from raw.article_versions
        where batch_id in {PENDING}
        having count(*) >= {ENOUGH_ARTICLES}
    """,  # noqa: S608 - built from constants only
    checks=(
        must_be_between(
            "most_articles_have_titles",
            "titled_share",
            0.5,
            None,
            f"More than half of the new articles have no title: the headline rule is broken. {WITHDRAW}",
        ),
    ),
)
