"""Families of government portals and of the party and district sites that share their CMS."""

from __future__ import annotations

from typing import Final

from include.portals.families.declaration import Family, having

# NukeViet 4: the lead stands outside the body, the lead picture prints its caption a second time in a
# hidden preview, microdata datePublished holds the time of the last edit, and article:published_time
# has the zone printed in the middle (2020-07-17+0707:51:00).
NUKEVIET: Final = Family(
    name="nukeviet",
    markers=(
        "//meta[translate(@name, 'GENERATOR', 'generator')='generator'][contains(@content, 'NukeViet')]",
        "//*[@id='news-bodyhtml']",
    ),
    title=("//h1[@itemprop='headline']", having("title", tag="h1")),
    lead=(having("hometext"), "//*[@id='hometext']"),
    body=("//*[@id='news-bodyhtml']", having("bodytext")),
    byline=(
        having("h5", "text-right", tag="p") + "[contains(., 'Tác giả')]",
        having("author") + "[contains(., 'Tác giả')]",
    ),
    visible_dates=(
        having("news_column") + having("h5", tag="span"),
        having("h5", tag="span"),
    ),
    captions=("//*[@id='imgpreview']",),
    noise=(
        "//*[@id='stringrating' or @id='hover-test']",
        "//*[@id='idcomment' or @id='timeoutsess']",
        having("other-news"),
        having("counter"),
        having("laws"),
    ),
    uses_general_metadata=False,
)

# ASPX portals of the VNPT type: the page is one form, identity is in the query, titles may be missing.
ASPX: Final = Family(
    name="aspx",
    markers=(
        having("ArticleDetailControl"),
        "//*[@id='aspnetForm' or @id='form1']//*[contains(concat(' ', @class, ' '), ' ArticleContent ')]",
    ),
    title=(
        having("ArticleDetailControl") + having("ArticleTitle"),
        having("ArticleHeader"),
        having("ArticleTitle"),
    ),
    lead=(having("ArticleSummary"), having("ArticleLead"), having("ArticleDescription")),
    body=(having("ArticleContent"), having("ArticleDetailControl")),
    byline=(having("ArticleAuthor"),),
    visible_dates=(having("ArticleDate"), having("ArticlePublishDate"), having("ArticlePostDate")),
)

# VHV: its DC.Date has the same broken zone as NukeViet's published time; the strict parsers refuse it.
VHV: Final = Family(
    name="vhv",
    markers=(having("totalStar"), having("content-detail") + "[@itemprop='articleBody']"),
    title=(having("article-title", tag="h1"), "//h1[@itemprop='headline']", having("title-detail")),
    lead=(having("brief"),),
    body=(having("content-detail") + "[@itemprop='articleBody']", having("content-detail")),
    byline=(having("article-author"), having("author")),
    visible_dates=(having("post-date"),),
    noise=(having("totalStar"), having("rating"), having("font-size-control")),
)

# Liferay: the first h1 is the portlet's name; the date node also holds the view count.
LIFERAY: Final = Family(
    name="liferay",
    markers=(
        having("journal-content-article"),
        "//*[contains(@id, 'asset_publisher') or contains(@id, 'AssetPublisher')]",
    ),
    title=(
        having("journal-content-article") + "//h1",
        having("asset-title"),
        having("header-title"),
        having("asset-full-content") + "//h2",
    ),
    lead=(having("journal-content-article") + having("summary"), having("asset-summary")),
    body=(having("journal-content-article"),),
    byline=(having("journal-content-article") + having("author"), having("asset-author")),
    visible_dates=(having("metadata-publish-date"), having("metadata-display-date"), having("publish-date")),
    noise=(having("portlet-title"), having("asset-ratings"), having("taglib-ratings")),
)

# SharePoint: the page is wrapped in one form; the field's id ends in RichHtmlField. One vendor's news part
# (districts and departments) sets the story as a table for printing, below a line with section and date.
SHAREPOINT: Final = Family(
    name="sharepoint",
    markers=(
        "//meta[translate(@name, 'GENERATOR', 'generator')='generator'][contains(@content, 'SharePoint')]",
        having("ms-rtestate-field"),
        "//*[contains(@id, '__RichHtmlField') or contains(@id, '__ControlWrapper_RichHtmlField')]",
    ),
    title=(
        having("news-title"),
        having("title-news"),
        "//*[@id='tableforprint']" + having("Title"),
        "//h1[not(contains(@class, 'ms-'))]",
    ),
    lead=(having("news-sapo"), having("short-content"), having("sumary")),
    body=("//*[contains(@id, '__RichHtmlField')]", "//*[@id='tableforprint']", having("ms-rtestate-field")),
    byline=(having("news-author"), having("tac-gia")),
    visible_dates=(
        having("news-date"),
        having("date-news"),
        having("ngay-dang"),
        "//*[.//*[@id='tableforprint']]" + having("Time", tag="td"),
    ),
    noise=(having("ms-hidden"), having("contextMenu")),
)
