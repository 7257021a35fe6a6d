"""One story, one address: the twins under which portals print it, and the one that names it.

A portal's mobile and AMP pages, its print view, http beside https and www beside the bare host tell the
same story. Known forms are unified before a page is asked for; what the page then says of itself
(`rel=canonical`) and where redirects led settle the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from include.portals.hosts import is_own_url, is_twin_host
from include.portals.identity import canonical_url

# /slug-post12.amp and /slug.amp.html (ePi), /amp/slug.html and /slug.html/amp (plug-ins of other systems).
_AMP_SUFFIX: Final = re.compile(r"(?:\.amp)+(?:\.html?)?$", re.IGNORECASE)
_AMP_SEGMENT: Final = re.compile(r"^(?:/amp)+(?=/.)|(?<=.)(?:/amp)+/?$", re.IGNORECASE)
# Parameters that choose how a story is shown, never which story.
_VIEW_PARAMETERS: Final = frozenset({"amp", "print", "outputtype", "viewmode"})
# The parameters by which ASPX portals, SharePoint and Liferay tell one story from another.
STORY_PARAMETERS: Final = (
    "sid", "itemid", "newsid", "articleid", "nid", "tinid", "idtin", "contentid", "postid", "id",
)  # fmt: skip
_SUFFIX: Final = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
# -post123, -a123, -123 and /post-123: the number that the system gave the story; a hexadecimal one at
# the "/YYYYMM/slug-7hex/" vendor.
_NUMBER: Final = re.compile(r"(?:^[a-z]{1,6}-|[-_][a-z]{0,6}|^)(?P<number>\d{3,})$", re.IGNORECASE)
_HEX: Final = re.compile(r"-(?P<number>(?=[a-f]*\d)[0-9a-f]{7})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _StoryKey:
    """number: what tells the story apart in its system, where the address has it; slug: its words."""

    number: str | None
    slug: str


def article_url(url: str, base_url: str) -> str:
    """The canonical URL of a story of the portal at `base_url`, its known twins unified.

    www., m. and amp. hosts, and the other scheme, become the portal's own; AMP and print forms become
    the page itself. Other hosts of the portal stay, over https where the portal is. Raises ValueError as
    `canonical_url` does.
    """
    parts, base = urlsplit(canonical_url(url)), urlsplit(canonical_url(base_url))
    scheme, netloc = parts.scheme, parts.netloc
    if is_twin_host(parts.hostname or "", base.hostname or "") and parts.port == base.port:
        scheme, netloc = base.scheme, base.netloc
    elif base.scheme == "https" and parts.port is None and is_own_url(url, base_url):
        # Where another host of the portal speaks http only, the registry has to say so: by its own entry.
        scheme = "https"
    path = _AMP_SUFFIX.sub(".html", _AMP_SEGMENT.sub("", parts.path)) or "/"
    kept = [piece for piece in parts.query.split("&") if not _is_view(piece)]
    return urlunsplit((scheme, netloc, path, "&".join(kept), ""))


def is_same_story(url: str, other: str) -> bool:
    """Whether two canonical addresses of one portal name one story: by its number, else by its slug."""
    one, two = _key_of(url), _key_of(other)
    if one.number is not None and two.number is not None:
        return one.number == two.number
    return bool(one.slug) and one.slug == two.slug


def settled_url(requested: str, final: str | None, declared: str | None, base_url: str) -> str:
    """The address that names the story which was read, canonical.

    requested: asked for; final: where its redirects ended; declared: the page's rel=canonical, absolute.
    A declared address counts only on the portal's own site and where it names the story that was asked
    for or answered: templates point it at the front page, at the section, at the story they were copied
    from, or at a host of the CMS vendor's.
    """
    reached = _article_url(final, base_url) or requested
    stated = _article_url(declared, base_url)
    if stated is None or not any(is_own_url(stated, own) for own in (base_url, reached)):
        return reached
    return stated if is_same_story(stated, reached) or is_same_story(stated, requested) else reached


def _is_view(piece: str) -> bool:
    return piece.partition("=")[0].lower() in _VIEW_PARAMETERS


def _article_url(url: str | None, base_url: str) -> str | None:
    try:
        return article_url(url, base_url) if url else None
    except ValueError:  # a canonical link that is no address says nothing
        return None


def _key_of(url: str) -> _StoryKey:
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in STORY_PARAMETERS:
            return _StoryKey(f"{name.lower()}={value}", "")
    segment = _SUFFIX.sub("", parts.path.rstrip("/").rpartition("/")[2]).lower()
    numbered = _HEX.search(segment) or _NUMBER.search(segment)
    if numbered is None:
        return _StoryKey(None, segment)
    return _StoryKey(numbered["number"], segment[: numbered.start()])
