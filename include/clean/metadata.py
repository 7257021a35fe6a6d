"""What a page says of itself in its head: meta tags and JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html

from include.clean.text import tidy, unescape_twice, without_forbidden

_ARTICLE_TYPES: Final = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "WebPage"}
)
# The deepest published nesting (@graph, mainEntity, author) has 4 levels.
_MAX_JSON_DEPTH: Final = 8
# Titles, dates and descriptions are far shorter.
_MAX_META_CHARS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """Head data as printed: document_title is <title>; canonical: the address the page gives itself, as
    written; published: dates of JSON-LD, then of the metas. host_name: the first word of the page's host."""

    document_title: str
    og_title: str
    headline: str
    site_name: str
    host_name: str
    description: str
    canonical: str
    json_ld_published: tuple[str, ...]
    meta_published: tuple[str, ...]


def read_metadata(tree: html.HtmlElement, url: str) -> Metadata:
    """Collect it; must run before scripts are dropped from the tree. url: where the page was fetched."""
    articles = [item for block in _json_ld(tree) for item in block if _is_article(item)]
    return Metadata(
        document_title=tidy(" ".join(tree.xpath("(//title)[1]//text()"))),
        og_title=_meta(tree, "og:title", "twitter:title", "dc.title"),
        headline=next((_plain(item.get("headline")) for item in articles if item.get("headline")), ""),
        site_name=_meta(tree, "og:site_name"),
        host_name=(urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0],
        description=_meta(tree, "og:description", "description"),
        canonical=next((href.strip() for href in tree.xpath("//link[@rel='canonical']/@href")), ""),
        json_ld_published=tuple(
            _plain(item["datePublished"]) for item in articles if item.get("datePublished")
        ),
        meta_published=tuple(_published(tree)),
    )


def _published(tree: html.HtmlElement) -> Iterator[str]:
    for name in ("article:published_time", "datepublished", "pubdate", "article.published", "dc.date.issued"):
        value = _meta(tree, name)
        if value:
            yield value


def _meta(tree: html.HtmlElement, *names: str) -> str:
    for wanted in names:
        for meta in tree.iter("meta"):
            labels = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
            if wanted in [(label or "").lower() for label in labels] and meta.get("content"):
                return tidy(unescape_twice(meta.get("content")[:_MAX_META_CHARS]))
    return ""


def _json_ld(tree: html.HtmlElement) -> Iterator[list[dict[str, Any]]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield list(_objects(json.loads(script.text or "", strict=False), 0))
        except (ValueError, RecursionError):
            # Broken JSON-LD is common; what it would have said is looked for elsewhere.
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_JSON_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return bool(_ARTICLE_TYPES.intersection(map(str, kinds if isinstance(kinds, list) else [kinds])))


def _plain(value: Any) -> str:
    # JSON can escape what no parser of HTML lets through.
    return tidy(without_forbidden(unescape_twice(value[:_MAX_META_CHARS]))) if isinstance(value, str) else ""
