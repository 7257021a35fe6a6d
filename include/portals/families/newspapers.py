"""Families of provincial and national newspapers."""

from __future__ import annotations

from typing import Final

from include.portals.families.declaration import Family, having

# ePi / Hemera: classes `cms-*` name the parts, whatever template is around them.
EPI: Final = Family(
    name="epi",
    markers=(
        having("cms-body"),
        having("zce-content-body"),
        having("cms-title"),
    ),
    title=(having("cms-title", tag="h1"), having("article__title"), having("article__header")),
    lead=(having("cms-desc"), having("article__sapo")),
    body=(having("cms-body"), having("zce-content-body"), having("article__body")),
    byline=(having("cms-author"),),
    typed_dates=(
        having("cms-date", tag="meta") + "/@content",
        having("article__meta") + having("time", tag="time") + "/@datetime",
    ),
    visible_dates=(having("article__meta") + having("time", tag="time"),),
    # The read-more links inside a body end in a literal ">>"; ad slots are empty but split a sentence.
    noise=(
        having("cms-relate"),
        having("article-relate"),
        having("article__list"),
        having("sda_middle"),
        having("ads_middle"),
        "//*[starts-with(@id, 'adsWeb_')]",
        having("tts-player"),
    ),
)

# OneCMS (images on *.1cdn.vn): the header sits inside the body, its meta dates are in US order.
ONECMS: Final = Family(
    name="onecms",
    markers=(
        having("sc-longform-header-title"),
        having("c-detail-head__title"),
        having("b-maincontent") + "//article[contains(concat(' ', normalize-space(@class), ' '), ' entry ')]",
    ),
    title=(having("sc-longform-header-title"), having("c-detail-head__title")),
    lead=(having("sc-longform-header-sapo"), having("c-detail-head__sapo"), having("c-news-detail__sapo")),
    body=(having("entry", tag="article"), having("b-maincontent")),
    byline=(having("sc-longform-header-author"), having("c-detail-head__author")),
    visible_dates=(having("sc-longform-header-date"), having("c-detail-head__time")),
    noise=(having("sc-hightlight-box"), having("sc-empty-layer"), having("c-box")),
)

# VCCorp and Admicro outlets: HTML comments and boxes sit inside the body.
VCCORP: Final = Family(
    name="vccorp",
    markers=(having("afcbc-body"), having("VCSortableInPreviewMode"), "//*[@data-role='publishdate']"),
    title=("//h1[@data-role='title']", having("detail-title", tag="h1")),
    lead=("//*[@data-role='sapo']", having("detail-sapo")),
    body=(having("afcbc-body"), "//*[@data-role='content']", having("detail-content")),
    byline=(
        "//*[@data-role='author']",
        having("detail-author") + having("author-info") + having("name"),
        having("detail-author"),
        having("content_source") + having("author"),
    ),
    visible_dates=("//*[@data-role='publishdate']", having("detail-time")),
    captions=(having("PhotoCMS_Caption"),),
    noise=(
        "//*[@type='RelatedNewsBox' or @type='RelatedOneNews' or @type='insertembedcode']",
        "//*[@id='listNewsInContent']",
        having("kbwscwl-relatedbox"),
        having("link-source-wrapper"),
    ),
)

# MasterCMS: picture and caption share a table.
MASTERCMS: Final = Family(
    name="mastercms",
    markers=(
        having("__MASTERCMS_CONTENT"),
        having("MASTERCMS_TPL_TABLE"),
        "//*[starts-with(@id, '__MB_MASTERCMS')]",
    ),
    title=(having("post-title", tag="h1"), having("detail-title", tag="h1")),
    lead=(having("post-desc"), having("article-detail-desc"), having("bx-sapo")),
    body=(having("__MASTERCMS_CONTENT"), "//*[@id='__MB_MASTERCMS_EL_3']"),
    byline=(having("__MASTERCMS_AUTHOR"), having("post-author")),
    visible_dates=("//*[span[@class='format_time'] and span[@class='format_date']]", having("format_date")),
    captions=(having("MASTERCMS_TPL_TABLE") + "[.//img]",),
    noise=(having("__MB_ARTICLE_A"),),
)

# "/file/<32 hex>/MMYYYY/" vendor: addresses carry the month, pictures come in a table of two rows.
YYYYMM: Final = Family(
    name="yyyymm",
    markers=(
        having("content-detail") + having("td-post-content"),
        "//img[contains(@src, '/file/')]/ancestor::table[contains(@class, 'image')]",
    ),
    title=("//h1", having("td-post-title")),
    lead=(having("content-detail") + having("sapo"), having("td-post-sub-title")),
    body=(having("content-detail") + having("td-post-content"), having("td-post-content")),
    byline=(having("td-post-author-name"), having("author")),
    visible_dates=(having("td-post-date"),),
    captions=("//table[contains(concat(' ', @class, ' '), ' image ')]",),
)

# "-a<id>.html" papers of the Mekong delta: roots are often broken.
DASH_A_ID: Final = Family(
    name="dash_a_id",
    markers=("//*[@id='newscontents']",),
    lead=(having("sapo"),),
    body=("//*[@id='newscontents']",),
)

# Papers from before the CMS vendors: ids in plain HTML, tables for layout, nothing typed.
OLDPAPER: Final = Family(
    name="oldpaper",
    markers=("//*[@id='content-detail']", "//*[@id='dcontent']"),
    title=(having("tit-detail"), having("title-detail")),
    body=("//*[@id='content-detail']", "//*[@id='dcontent']"),
    captions=("//table[contains(concat(' ', @class, ' '), ' image ')]",),
)
