"""The family of whatever portal has no family: names that many unrelated templates share."""

from __future__ import annotations

from typing import Final

from include.portals.families.declaration import Family, having

GENERIC: Final = Family(
    name="generic",
    title=(
        "//*[@itemprop='headline'][not(self::meta)]",
        having("title-detail"),
        having("tit-detail"),
        having("detail-title"),
        having("content-detail-title"),
        having("article-title"),
        having("news-title"),
        having("post-title"),
        having("entry-title"),
        having("title-news"),
    ),
    body=(
        "//*[@itemprop='articleBody']",
        "//*[@id='content-detail' or @id='dcontent' or @id='newscontents' or @id='noidung']",
        "//*[@id='article-body' or @id='article-content' or @id='news-content' or @id='maincontent']",
        having("content-detail"),
        having("detail-content"),
        having("detail__content"),
        having("article-content"),
        having("article-body"),
        having("article__body"),
        having("articleContent"),
        having("ArticleContent"),
        having("news-content"),
        having("news-detail-content"),
        having("post-content"),
        having("entry-content"),
        having("main-content"),
        having("maincontent"),
        having("fck_detail"),
        having("bodytext"),
        having("noi-dung"),
        having("noidung"),
        having("chi-tiet"),
    ),
    byline=(
        "//*[@itemprop='author']//*[@itemprop='name']",
        "//*[@rel='author']",
        "//*[@class and contains(concat(' ', normalize-space(@class), ' '), ' author ')]",
        having("article-author"),
        having("author_mail"),
        having("author-name"),
        having("article-detail-author__info"),
        having("tac-gia"),
        having("tacgia"),
    ),
)
