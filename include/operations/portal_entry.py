"""A registry entry written from one page of a portal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from include.operations.page_offers import PageOffers
from include.portals.hosts import is_private_by_name
from include.portals.provinces import ProvinceRow, resolve_province

_CRAWL_DELAY_S: Final = 5
_TWIN: Final = re.compile(r"^(?:www|m|amp)\.")
_SUFFIX: Final = re.compile(r"\.(?:(?:com|org|gov|net|edu)\.vn|vn|com|net|org)$")
_COLUMN: Final = 34
_ON_PROVINCE: Final = (
    'province: for a provincial portal its two-digit code in quotes, such as "20"; with its vintage,',
    '"15-2008", where the code went to another province on 1 July 2025; of a province that merged, the',
    "code of before. null is a national outlet.",
)


def entry_text(url: str, family: str | None, offers: PageOffers, provinces: Sequence[ProvinceRow]) -> str:
    """A registry file with one entry, as YAML, that loads as it stands.

    url: the page's, canonical; family: the one detected; provinces: rows of the provinces seed. What the page
    does not say stands in `guessed`.
    """
    parts = urlsplit(url)
    base_url = f"{parts.scheme}://{parts.netloc}"
    name = offers.site_name or parts.netloc
    guessed = ["province"] if offers.site_name else ["name", "province"]
    lines = [
        f"  - id: {portal_id(parts.netloc)}",
        _line("name", name, "" if offers.site_name else "its host"),
    ]
    lines += [*_province_lines(name, provinces), _line("base_url", base_url)]
    if family:
        lines.append(_line("family", family, "the page bears its marks"))
    if offers.feeds:
        lines.append(_line("feeds", _short(offers.feeds, base_url), "the page's head names them"))
    if offers.sections:
        listings = _short(offers.sections, base_url)
        lines.append(_line("listings", listings, "its menu leads there; that they list stories is a guess"))
        guessed.append("listings")
    if not (offers.feeds or offers.sections):
        lines.append(_line("sitemaps", ["/sitemap.xml"], "the page names neither feeds nor sections"))
        guessed.append("sitemaps")
    if is_private_by_name(parts.hostname or ""):
        lines.append(_line("allow_private", value=True))
    lines += [_line("crawl_delay_s", _CRAWL_DELAY_S), _line("guessed", guessed)]
    return "\n".join(("portals:", *lines, ""))


def portal_id(netloc: str) -> str:
    """An id from a host: baolaocai.vn is `baolaocai`, sct.laichau.gov.vn is `sct-laichau-gov`."""
    host = _TWIN.sub("", netloc.lower())
    kind = "-gov" if host.endswith(".gov.vn") else ""
    return (re.sub(r"[^a-z0-9]+", "-", _SUFFIX.sub("", host)).strip("-") + kind)[:63]


def _province_lines(name: str, provinces: Sequence[ProvinceRow]) -> list[str]:
    lines = [f"    # {line}" for line in _ON_PROVINCE]
    suggestion = _suggested(name, provinces)
    if suggestion:
        lines.append(f'    # Its name says {suggestion[0]}: "{suggestion[1]}".')
    return [*lines, _line("province", None)]


def _suggested(name: str, provinces: Sequence[ProvinceRow]) -> tuple[str, str] | None:
    """The longest province name within the portal's, and what to write for it."""
    folded = unicodedata.normalize("NFC", name).casefold()
    named = [row for row in provinces if row["vintage"] and row["name_vi"].casefold() in folded]
    if not named:
        return None
    row = min(named, key=lambda row: (-len(row["name_vi"]), row["vintage"]))
    try:
        resolve_province(row["province_code"], provinces)
    except ValueError:  # a code of two provinces
        return row["name_vi"], row["province_id"]
    return row["name_vi"], row["province_code"]


def _short(urls: Sequence[str], base_url: str) -> list[str]:
    """URLs as a registry has them: paths where they are on base_url's host."""
    return [url.removeprefix(base_url) if url.startswith(f"{base_url}/") else url for url in urls]


def _line(key: str, value: Any, comment: str = "") -> str:
    """One key with its value and a comment; the value is quoted where YAML needs it."""
    dumped = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=float("inf"))
    text = f"    {key}: {dumped.splitlines()[0]}"
    return f"{text:<{_COLUMN}}  # {comment}" if comment else text
