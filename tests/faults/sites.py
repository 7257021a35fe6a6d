"""Ordinary portals, as they are on a good day: robots.txt, feed, sitemap, listing and stories."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from include.portals.portal import Portal
from tests.clean.samples import FOOTER, MENU, p, page
from tests.hostile.kinds import HTML

FEED: Final = "/rss/tin-moi.rss"
SITEMAP: Final = "/sitemap.xml"
LISTING: Final = "/kinh-te/"
ROBOTS: Final = "/robots.txt"
FORBIDDEN: Final = "/kin/ho-so-noi-bo-khong-cong-bo-cua-xa-9001.html"
ROOMS: Final = {ROBOTS: "robots", FEED: "feed", SITEMAP: "sitemap", LISTING: "listing"}
# Which stories each document leads to; the last one stands in the registry.
IN_FEED: Final = (0, 1)
IN_SITEMAP: Final = (2, 3)
IN_LISTING: Final = (4, 5)
IN_REGISTRY: Final = (6,)
STORIES: Final = (*IN_FEED, *IN_SITEMAP, *IN_LISTING, *IN_REGISTRY)
_PARAGRAPHS: Final = 14
_PLACES: Final = ("Nậm Chua", "Pá Vạt", "Tà Lèng", "Sính Lủng", "Huổi Mấn", "Phiêng Nưa", "Bản Hua")
_CROPS: Final = ("chè búp tươi", "lúa nương", "quế vỏ", "ngô lai", "cá lồng", "mật ong", "mắc ca")


@dataclass(frozen=True, slots=True)
class Page:
    """What is answered on a good day."""

    body: bytes
    content_type: str
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One portal. is_tls: on https; hangs_up: closes the connection after every answer."""

    id: str
    address: str
    is_tls: bool = False
    hangs_up: bool = False
    ca_file: Path | None = None
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"bao-{self.id}.vn"

    @property
    def origin(self) -> str:
        return f"http{'s' if self.is_tls else ''}://{self.host}"

    def portal(self, delay_s: float) -> Portal:
        """Its entry in the registry."""
        entry = {
            "id": self.id, "name": f"Báo {self.id}", "base_url": self.origin, "feeds": [FEED],
            "sitemaps": [SITEMAP], "listings": [LISTING], "urls": [story_path(n) for n in IN_REGISTRY],
            "crawl_delay_s": delay_s, "ca_file": self.ca_file,
        }  # fmt: skip
        return Portal.model_validate(entry)


def site(number: int, *, ca_file: Path | None = None, hangs_up: bool = False) -> Site:
    """Portal `number`, at an address of its own; on https where a `ca_file` vouches for it."""
    address = f"14.225.{number // 250}.{number % 250 + 1}"
    made = Site(f"t{number:03d}", address, ca_file is not None, hangs_up, ca_file)
    made.pages.update(_documents(made.origin))
    made.pages.update({story_path(n): Page(story_html(n), HTML) for n in STORIES})
    return made


def story_path(number: int) -> str:
    """Where story `number` stands on its portal."""
    return f"/kinh-te/xa-vung-cao-mo-rong-vung-san-xuat-hang-hoa-{100_001 + number}.html"


@cache
def story_html(number: int) -> bytes:
    """The page of story `number`, the same on every portal: three quarters of it are the story."""
    dice = random.Random(number)  # noqa: S311 - the same words each time
    texts = [_sentence(dice) for _ in range(_PARAGRAPHS)]
    place, crop = _PLACES[number % len(_PLACES)], _CROPS[number % len(_CROPS)]
    title = f"Xã {place} mở rộng vùng {crop} năm {2018 + number}"
    story = f"<h1>{title}</h1><div itemprop='articleBody'>{p(*texts)}</div>"
    return page(MENU + story + FOOTER, title=title).encode()


def _sentence(dice: random.Random) -> str:
    return (
        f"Theo báo cáo của UBND xã {dice.choice(_PLACES)}, đến hết tháng {dice.randint(1, 12)} toàn xã có"
        f" {dice.randint(11, 99)},{dice.randint(1, 9)} ha, sản lượng {dice.choice(_CROPS)} ước đạt"
        f" {dice.randint(1, 9)}.{dice.randint(100, 999)} tấn, tăng {dice.randint(2, 30)}% so với cùng kỳ năm"
        f" trước; {dice.randint(100, 900)} hộ tại bản {dice.choice(_PLACES)} có thu nhập ổn định."
    )


def _documents(origin: str) -> dict[str, Page]:
    def links(numbers: tuple[int, ...]) -> list[str]:
        return [origin + story_path(number) for number in numbers]

    items = "".join(f"<item><title>Tin</title><link>{url}</link></item>" for url in links(IN_FEED))
    places = [origin + FORBIDDEN, *links(IN_SITEMAP)]
    places_told = "".join(f"<url><loc>{url}</loc></url>" for url in places)
    anchors = "".join(f"<p><a href='{url}'>Xã mở rộng vùng sản xuất</a></p>" for url in links(IN_LISTING))
    rules = "User-agent: *\nDisallow: /tim-kiem\nDisallow: /lien-he\nDisallow: /kin/\n"
    bodies = {
        ROBOTS: ("text/plain; charset=utf-8", rules),
        FEED: ("application/rss+xml", f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>"),
        SITEMAP: ("application/xml", f"<?xml version='1.0'?><urlset>{places_told}</urlset>"),
        LISTING: (HTML, page(MENU + anchors + FOOTER)),
    }
    return {
        path: Page(text.encode(), kind, f'"{hashlib.sha256(text.encode()).hexdigest()[:12]}"')
        for path, (kind, text) in bodies.items()
    }
