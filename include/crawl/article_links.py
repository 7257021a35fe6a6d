"""Which links of a page lead to articles, judged by their form and the words they bear.

A section taken for an article costs one request and ends as `empty`; an article taken for a section
is lost. So doubt goes to the article, except where a listing would drag in its whole menu.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from include.portals.story_urls import STORY_PARAMETERS

_ASSET: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|txt|pdf|docx?|xlsx?|pptx?|zip|rar|7z|mp[34]|m4a|wav|avi|apk)$",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
# -post123, -postid123, -a123, -d123, -123: a slug, a hyphen, at most six letters, digits. Three
# digits at least: `-2` and `-72` number sections.
_ID_AT_END: Final = re.compile(r"[\w%]-+(?P<kind>[a-z]{0,6})(?P<digits>\d{3,})$", re.IGNORECASE)
_COLLECTION_KINDS: Final = ("event", "tag", "tags", "topic", "page", "trang", "cat", "zone", "author")
# /YYYYMM/slug-7hex/, the form of one vendor of several provincial papers.
_MONTH_AND_HEX: Final = re.compile(r"/(?:19|20)\d\d(?:0[1-9]|1[0-2])/[^/]+-[0-9a-f]{7}/?$", re.IGNORECASE)
_PAGE_IN_PATH: Final = re.compile(r"/(?:page|trang|p)[-/]?\d+(?:\.[a-z]+)?/?$", re.IGNORECASE)
_LIFERAY_STORY: Final = re.compile(r"/-/(?:asset_publisher/[^/]+/content/)?[^/]+$")
_NOT_A_STORY: Final = re.compile(
    r"/(?:tags?|tag-page|search|tim-kiem|rss|login|dang-nhap|lien-he|gioi-thieu|print|video-embed)(?:[/.?-]|$)",
    re.IGNORECASE,
)
# Vietnamese syllables are words in a slug. Sections have up to five ("xay-dung-dang-chinh-quyen"),
# most headlines have six or more. Chosen by hand: a shorter headline is found by its number, or in the feed.
_HEADLINE_WORDS: Final = 6
_SLUG_WORDS_WITH_HEADLINE: Final = 3


def looks_like_article(url: str, text: str) -> bool:
    """Whether a link to `url` bearing `text` leads to an article; host and scheme are not judged."""
    parts = urlsplit(url)
    path = parts.path
    if path in ("", "/") or _ASSET.search(path) or _NOT_A_STORY.search(path) or _PAGE_IN_PATH.search(path):
        return False
    if _has_story_parameter(parts.query) or _MONTH_AND_HEX.search(path) or _LIFERAY_STORY.search(path):
        return True
    name = _SUFFIX.sub("", path.rstrip("/").rpartition("/")[2])
    numbered = _ID_AT_END.search(name)
    if numbered:
        return numbered["kind"].lower() not in _COLLECTION_KINDS
    return _is_story_slug(name, text)


def may_be_article(url: str) -> bool:
    """Whether a feed or sitemap entry can be an article at all: not a front page, file, tag or search."""
    path = urlsplit(url).path
    if path in ("", "/") and not urlsplit(url).query:
        return False
    return not (_ASSET.search(path) or _NOT_A_STORY.search(path))


def _has_story_parameter(query: str) -> bool:
    return any(name.lower() in STORY_PARAMETERS and value for name, value in parse_qsl(query))


def _is_story_slug(name: str, text: str) -> bool:
    words = len([word for word in re.split(r"[-_]+", name) if word])
    if words >= _HEADLINE_WORDS:
        return True
    return words >= _SLUG_WORDS_WITH_HEADLINE and len(text.split()) >= _HEADLINE_WORDS
