"""Targets of the registry: its file, its settings, and which address is which story."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from include.portals.hosts import is_own_url, is_private_by_name, is_same_site, is_twin_host
from include.portals.identity import article_id_of, canonical_url, normal_url
from include.portals.registry import RegistryError, load_registry
from include.portals.story_urls import article_url, is_same_story, settled_url
from include.settings import Settings
from include.vocabulary import load_vocabulary
from tests.fuzz.draw import Draw
from tests.fuzz.markup import ADDRESSES, encoded
from tests.fuzz.target import Target
from tests.fuzz.vietnamese import any_text

_BASES: Final = (
    "https://bao.test",
    "http://bao.test",
    "https://www.bao.test",
    "http://m.bao.test:8080",
    "http://127.0.0.1:81",
)
_SCHEMES: Final = (
    "http://",
    "https://",
    "HTTP://",
    "//",
    "",
    "https:/",
    "ftp://",
    "https://u@",
    "https://u:p@",
)
_HOSTS: Final = (
    "bao.test", "www.bao.test", "m.bao.test", "amp.bao.test", "BAO.Test", "bao.test.", "bao.test..", ".", "..", "a..b",
    "báo.test", "ß.test", "xn--bo-jma.test", "xn--", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:1.2.3.4]", "[",
    "[v1.x]", "localhost", "x.localhost", "a_b.test", "-a.test", "a" * 70 + ".test", "１２７.0.0.1", "bao。test", "ｂao.test",
    "64:ff9b::1", "[64:ff9b::7f00:1]", "%62ao.test", "bao.test%00", "a b", "\u200bbao.test", "B\u0307.test", "日本.test",
)  # fmt: skip
_PORTS: Final = (
    "",
    "",
    "",
    ":80",
    ":443",
    ":8080",
    ":",
    ":0",
    ":99999",
    ":-1",
    ":a",
    ":٣",
    ":080",
    ":+80",
    ": 80",
)
_PATHS: Final = (
    "", "/", "//", "/a-b-c-123456.html", "/a.amp", "/a.amp.html", "/amp/a.html", "/a.html/amp", "/amp/amp/a", "/tin tức/",
    "/%e1%bb%a9", "/%E1%BB%A9", "/%zz", "/%", ";jsessionid=1", "/a;jsessionid=1;jsessionid=2", "/..", "/a/../b", "/./",
    "/202604/a-0a1b2c3", "/a-post12", "/1234", "/\\", "/\t", "/\n", "/a|b", "/é", "/\x00", "/\x1f", "/%2F", "/a^b`{}<>\"",
)  # fmt: skip
_QUERIES: Final = (
    "", "?", "?id=7", "?ID=7&utm_source=a", "?utm_=1", "?fbclid=1&&b", "?a=b=c", "?&", "?a?b", "?amp=1&print", "?q=tìm kiếm",
    "?%=1", "?sid=1;newsid=2", "?a=%26b", "?_ga=1#x", "#", "#a?b", "?=", "?UTM_x=1", "?gclid", "?a=\x00", "?a|b",
)  # fmt: skip


def _address(draw: Draw) -> str:
    kind = draw.byte()
    if kind < 20:
        return any_text(draw, 80)
    if kind < 45:
        return draw.pick(ADDRESSES)
    made = draw.pick(_SCHEMES) + draw.pick(_HOSTS) + draw.pick(_PORTS) + draw.pick(_PATHS)
    made += draw.pick(_PATHS) + draw.pick(_QUERIES) + draw.pick(_QUERIES)
    if kind > 230:
        at = draw.below(len(made) + 1)
        made = made[:at] + any_text(draw, draw.byte() % 6) + made[at + draw.byte() % 3 :]
    return made


@dataclass(frozen=True, slots=True)
class Addresses:
    """Two addresses of a portal, as found and as a page declares it."""

    found: str
    declared: str
    base_url: str


def _addresses(draw: Draw) -> Addresses:
    return Addresses(_address(draw), _address(draw), draw.pick(_BASES))


_PLAIN: Final = re.compile(r"https?://[\x21-\x7e]+\Z")


def _urls(given: Addresses) -> None:
    try:
        normal, canonical = normal_url(given.found), canonical_url(given.found)
    except ValueError:
        return
    assert _PLAIN.match(normal), normal
    assert _PLAIN.match(canonical), canonical
    assert normal_url(normal) == normal, "normal twice is not normal once"
    assert canonical_url(canonical) == canonical, "canonical twice is not canonical once"
    assert canonical_url(normal) == canonical
    assert urlsplit(canonical).hostname, canonical
    assert article_id_of(given.found) == article_id_of(canonical)
    assert re.fullmatch(r"a[0-9a-f]{16}", article_id_of(canonical))
    _stories(canonical, given)


def _stories(canonical: str, given: Addresses) -> None:
    unified = article_url(canonical, given.base_url)
    assert canonical_url(unified) == unified, unified
    assert article_url(unified, given.base_url) == unified, "unified twice is not unified once"
    assert is_same_story(unified, unified) or not urlsplit(unified).path.strip("/")
    settled = settled_url(unified, canonical, given.declared, given.base_url)
    assert canonical_url(settled) == settled, settled
    host, base_host = urlsplit(canonical).hostname or "", urlsplit(given.base_url).hostname or ""
    is_private_by_name(host)
    assert is_same_site(host, host)
    assert is_twin_host(host, base_host) <= is_same_site(host, base_host)
    is_own_url(canonical, given.base_url)


@cache
def _provinces() -> tuple[Mapping[str, str], ...]:
    return tuple(load_vocabulary().provinces)


_LINES: Final = (
    "portals:", "- id: bao-x", "  name: Báo X", "  base_url: https://bao.test", "  feeds: [/rss]", "  province: Lào Cai",
    "  listings:", "    - /tin", "  family: epi", "  crawl_delay_s: 1e400", "  crawl_delay_s: nan", "  max_pages: 0", "  tls: legacy",
    "  province: 08", "  other_hosts: [127.0.0.1]", "  other_hosts: [a.test, '[']", "  guessed: [feeds]", "  ca_file: /", "  id: a",
    "  ca_file: 'a\\0b'", '  ca_file: "a\\0b"', "  former_families: [{family: epi, until: 2024-02-30}]", "  urls: ['http://[']",
    "  allow_private: true", "- &a [*a]", "- &a {b: *a}", "- *b", "<<: *a", "? [a, b]\n: c", "- ", "{", "[", "[" * 3_000, "- " * 800,
    "'", '"', "!!python/object:os.system x", "!!int x", "!!binary x", "---", "...", "%YAML 9.9", "%TAG ! x", "\t", "  : x", "#", ": ",
    "  base_url: http://bao.test/a", "  feds: []", "null: 1", "portals: {}", "  name: ''", "  id: {}", "  feeds: {a: b}", "& *",
    "  base_url: https://[::1]", "  max_sitemap_urls: 99999999999999999999999", "  feeds: [[a]]", "- id: BAO", "|", ">", "  former_families: x",
)  # fmt: skip


def _registry_bytes(draw: Draw) -> bytes:
    if draw.is_one_in(16):
        return draw.rest(2_000)
    lines = list(_LINES[:5]) if draw.byte() < 140 else []
    while draw.has_more and len(lines) < 24:
        line = draw.pick(_LINES) if draw.byte() < 225 else any_text(draw, draw.byte() % 40)
        lines.insert(len(lines) - draw.byte() % (len(lines) + 1) if draw.byte() < 60 else len(lines), line)
    return encoded(draw, "\n".join(lines))


@cache
def _file() -> Path:
    folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - one name a process, ours
    return Path(tempfile.mkdtemp(prefix="sotinh-fuzz-", dir=folder)) / "portals.yml"


def _begins_with(message: str, what: str) -> None:
    assert message.startswith(what), message


def _registry(content: bytes) -> None:
    path = _file()
    path.write_bytes(content)
    try:
        registry = load_registry(path, _provinces())
    except RegistryError as error:
        _begins_with(str(error), f"{path}:")
        return
    assert registry.portals
    assert len({portal.id for portal in registry.portals}) == len(registry.portals)
    for portal in registry.portals:
        assert registry.portal(portal.id) is portal
        assert portal.host, portal
        assert 0 <= portal.crawl_delay_s <= 3600, portal
        for link in (*portal.feeds, *portal.sitemaps, *portal.listings, *portal.urls):
            assert portal.owns(link), (link, portal)


_VALUES: Final = (
    "",
    "1",
    "0",
    "-3",
    "x",
    "٣",
    "1e3",
    " 7 ",
    "9" * 40,
    "9" * 5_000,
    "/srv/x",
    "~",
    "a,b c",
    "\u200b",
)
_NAMES: Final = ("DATA_DIR", "PORTALS", "RELEASES_KEPT", "WORKERS", "FULL_TEXT_OF")


def _environment(draw: Draw) -> dict[str, str]:
    return {
        f"SOTINH_{name}": draw.pick(_VALUES) if draw.byte() < 200 else any_text(draw, 12).replace("\0", "")
        for name in _NAMES
        if draw.byte() < 200
    }


@contextmanager
def _set(values: Mapping[str, str]) -> Iterator[None]:
    before = {f"SOTINH_{name}": os.environ.pop(f"SOTINH_{name}", None) for name in _NAMES}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _settings(values: Mapping[str, str]) -> None:
    with _set(values):
        try:
            settings = Settings.from_environment()
        except ValueError as error:
            _begins_with(str(error), "SOTINH_")
            return
    assert settings.data_dir.is_absolute()
    assert settings.registry.is_absolute()
    assert settings.releases_kept >= 1, settings
    assert settings.workers >= 1, settings


TARGETS: Final = (
    Target("URL identity", _addresses, _urls, 800_000, most_bytes=48),
    Target("the registry's file", _registry_bytes, _registry, 10_000, most_bytes=96),
    Target("settings", _environment, _settings, 50_000, most_bytes=32),
)
