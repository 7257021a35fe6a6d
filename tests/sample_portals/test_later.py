"""Two nights on the portals as they are first and as they are later, without Airflow: what is asked, and
what becomes of stories that are corrected, withdrawn, or published again elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import duckdb
import pytest
from protego import Protego

from include.clean.stage import clean_open_batches
from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.crawl.http import ROBOTS_NAME
from include.portals.identity import canonical_url
from include.portals.registry import Registry, load_registry
from include.vocabulary import load_vocabulary
from include.warehouse.frontier import read_frontier
from include.warehouse.land import land_open_batches
from tests.sample_portals.serve import SamplePortals

HERE: Final = Path(__file__).parent
CORRECTED: Final = "/kinh-te/sau-rieng-nghich-vu-duoc-gia-a45098.html"
WITHDRAWN: Final = "/thoi-su/ben-pha-con-lan-don-chuyen-dau-tien-a45077.html"
FIRST_PLACE: Final = "/Van-hoa-Xa-hoi/Phien-cho-Luc-Khu-ban-hang-qua-mang-3187590.html"
SECOND_PLACE: Final = "/Van-hoa/Phien-cho-Luc-Khu-ban-hang-qua-mang-3188011.html"
OLD_STORY: Final = "/kinh-te/lang-hoa-cho-lach-xuong-giong-vu-tet-a31877.html"


@dataclass(frozen=True)
class Asked:
    portal: str
    path: str
    status: int
    at: datetime


@dataclass(frozen=True)
class Nights:
    """Two nights: the warehouse after them, and what was asked in the first."""

    warehouse: Path
    origins: dict[str, str]
    asked: list[Asked]
    most_at_once: dict[str, int]

    def rows(self, query: str, *values: object) -> list[tuple]:
        with duckdb.connect(str(self.warehouse), read_only=True) as warehouse:
            return warehouse.execute(query, values).fetchall()

    def paths(self, portal: str) -> list[str]:
        return [one.path for one in self.asked if one.portal == portal]


def night(registry: Registry, data: Path, started_at: datetime) -> None:
    landing, cache, warehouse = data / "landing", data / "http_cache", data / "warehouse.duckdb"
    frontier = read_frontier(warehouse)
    discover(registry, landing=landing, http_cache=cache, frontier=frontier, started_at=started_at)
    fetch_open_batches(registry, landing=landing, data_dir=data, http_cache=cache)
    portals = {portal.id: portal for portal in registry.portals}
    clean_open_batches(landing=landing, data_dir=data, portals=portals, workers=1)
    land_open_batches(landing=landing, warehouse=warehouse, landed_at=lambda: datetime.now(UTC))


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    data = tmp_path_factory.mktemp("later")
    with SamplePortals(HERE / "pages", log=data / "requests.tsv") as served:
        registry = load_registry(served.write_registry(data / "portals.yml"), load_vocabulary().provinces)
        night(registry, data, datetime.now(UTC))
        asked = read_log(data / "requests.tsv")
        served.show_second_edition()
        # Ten seconds lie between two requests to this one, and it has nothing that changes.
        later = [portal for portal in registry.portals if portal.id != "cong-tin-song-thuong"]
        night(replace(registry, portals=tuple(later)), data, datetime.now(UTC) + timedelta(days=1))
        return Nights(data / "warehouse.duckdb", served.origins, asked, served.most_at_once)


def read_log(file: Path) -> list[Asked]:
    columns = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        Asked(portal, path, int(status), datetime.fromisoformat(at))
        for portal, path, status, _agent, at in columns
    ]


def golden(portal: str) -> dict[str, Any]:
    return json.loads((HERE / "golden" / f"{portal}.json").read_text(encoding="utf-8"))


def versions(nights: Nights, portal: str, path: str) -> list[tuple]:
    return nights.rows(
        "select version_no, body from raw.article_versions where url = ? order by version_no",
        nights.origins[portal] + path,
    )


def test_a_corrected_story_is_a_second_version(nights: Nights) -> None:
    wanted = [
        next(page for page in golden("bao-cu-lao")[edition] if page["path"] == CORRECTED)["body"]
        for edition in ("pages", "second_edition")
    ]
    assert wanted[0] != wanted[1]
    found = versions(nights, "bao-cu-lao", CORRECTED)
    assert found == [(number, "\n".join(body)) for number, body in enumerate(wanted, start=1)]


def test_a_withdrawn_story_keeps_what_was_read_and_says_that_it_is_gone(nights: Nights) -> None:
    assert golden("bao-cu-lao")["withdrawn"] == [WITHDRAWN]
    assert [number for number, _ in versions(nights, "bao-cu-lao", WITHDRAWN)] == [1]
    outcomes = nights.rows(
        "select outcome, reason from raw.article_outcomes where url = ? order by batch_id",
        nights.origins["bao-cu-lao"] + WITHDRAWN,
    )
    assert outcomes == [("loaded", None), ("failed", "http_404")]


def test_a_republished_story_is_the_same_text_at_another_address(nights: Nights) -> None:
    page = golden("bao-thac-da")["second_edition"][0]
    assert (page["path"], page["republishes"]) == (SECOND_PLACE, FIRST_PLACE)
    texts = [versions(nights, "bao-thac-da", path) for path in (FIRST_PLACE, SECOND_PLACE)]
    assert texts == [[(1, "\n".join(page["body"]))]] * 2
    same = nights.rows(
        "select count(distinct article_id), count(distinct body_sha256) from raw.article_versions"
        " where body = ?",
        texts[0][0][1],
    )
    assert same == [(2, 1)]


def test_links_of_the_moved_host_lead_to_the_new_one(nights: Nights) -> None:
    old, new = nights.paths("bao-con-gio"), nights.paths("bao-cu-lao")
    assert set(old) == {"/robots.txt", "/kinh-te/", OLD_STORY}, "a relative link was asked of the old host"
    assert CORRECTED in new
    assert versions(nights, "bao-con-gio", OLD_STORY)


EVERY_PAGE: Final = [
    pytest.param(file.stem, page, id=f"{edition}:{file.stem}:{page['path'][-40:]}")
    for file in sorted((HERE / "golden").glob("*.json"))
    for edition in ("pages", "second_edition")
    for page in golden(file.stem).get(edition, [])
]


@pytest.mark.parametrize(("portal", "page"), EVERY_PAGE)
def test_every_page_of_both_editions_is_read_as_a_reader_sees_it(
    nights: Nights, portal: str, page: dict[str, Any]
) -> None:
    versions = nights.rows(
        "select title, byline, strftime(published_on, '%Y-%m-%d'), published_basis, body"
        " from raw.article_versions where url = ?",
        canonical_url(nights.origins[portal] + page["path"]),
    )
    wanted = (page["title"], page["byline"], page["published_on"], page["published_basis"])
    assert (*wanted, "\n".join(page["body"])) in versions


def test_what_did_not_change_is_read_once(nights: Nights) -> None:
    changed = {CORRECTED, WITHDRAWN, SECOND_PLACE}
    loaded = nights.rows(
        "select url from raw.article_outcomes where outcome = 'loaded'"
        " and batch_id = (select max(batch_id) from raw.batches)"
    )
    assert {urlsplit(url).path for (url,) in loaded} == changed - {WITHDRAWN}


def test_portals_with_tls_faults_end_with_that_reason_and_are_never_read(nights: Nights) -> None:
    faulty = ("cong-tin-khong-khoa", "cong-tin-sai-ten", "cong-tin-thieu-chuoi")
    for portal in faulty:
        assert nights.paths(portal) == []
    documents = nights.rows(
        "select distinct source_id, outcome, reason from raw.discovery_requests"
        " where list_contains(?, source_id) order by all",
        list(faulty),
    )
    assert documents == [(portal, "failed", "tls") for portal in faulty]
    pages = nights.rows(
        "select distinct source_id, outcome, detail from raw.article_outcomes"
        " where list_contains(?, source_id) order by all",
        list(faulty),
    )
    assert pages == [(portal, "not_allowed", "robots.txt: tls") for portal in faulty]


def test_every_way_to_answer_for_robots_txt_is_understood(nights: Nights) -> None:
    found = {
        source: (outcome, reason, status)
        for source, outcome, reason, status in nights.rows(
            "select source_id, outcome, reason, http_status from raw.discovery_requests"
            " where document_kind = 'robots' and batch_id = (select min(batch_id) from raw.batches)"
        )
    }
    assert found["bao-con-gio"] == ("read", None, 200)
    assert found["cong-tin-ngu-binh"] == ("read", "absent", 404)
    assert found["bao-nghi-viec"] == ("failed", "http_503", 503)
    assert found["bao-cu-lao"] == ("read", None, 200)
    assert found["bao-thac-da"] == ("malformed", "html_instead_of_robots", 200)


def test_feeds_and_maps_that_are_none_are_malformed_and_a_long_one_is_cut(nights: Nights) -> None:
    found = {
        urlsplit(url).path: (outcome, reason, links)
        for url, outcome, reason, links in nights.rows(
            "select url, outcome, reason, links_found from raw.discovery_requests"
            " where list_contains(['bao-cu-lao', 'bao-thac-da'], source_id)"
            " and document_kind <> 'robots' and batch_id = (select min(batch_id) from raw.batches)"
        )
    }
    assert found["/rss/trang-chu.rss"] == ("malformed", "html_instead_of_xml", 0)
    assert found["/rss/home.rss"] == ("read", None, 0)
    assert found["/rss/news/kinh-te.rss"] == ("read", None, 2)
    assert found["/sitemap-bai-viet.xml"] == ("read", None, 1000)
    assert not [path for path in nights.paths("bao-cu-lao") if path.startswith("/luu-tru/")]


def test_nothing_is_asked_for_that_robots_txt_forbids(nights: Nights) -> None:
    assert len({one.portal for one in nights.asked}) == len(nights.origins) - 3
    for portal, origin in nights.origins.items():
        file = HERE / "pages" / portal / "robots.txt"
        if file.is_file():
            rules = Protego.parse(file.read_text(encoding="utf-8-sig").replace("{{origin}}", origin))
            asked = [path for path in nights.paths(portal) if path != "/robots.txt"]
            assert [path for path in asked if not rules.can_fetch(origin + path, ROBOTS_NAME)] == []
    for closed in ("bao-cam-lay", "bao-nghi-viec"):
        assert set(nights.paths(closed)) == {"/robots.txt"}
    assert not [path for path in nights.paths("bao-cu-lao") if path.startswith("/quan-tri/")]


def test_the_delay_that_a_portal_asks_for_is_kept(nights: Nights) -> None:
    asked = [one for one in nights.asked if one.portal == "cong-tin-song-thuong"]
    pages = [one for one in asked if one.path != "/robots.txt"]
    assert len(pages) == 1
    before = max(one.at for one in asked if one.at < pages[0].at)
    assert pages[0].at - before >= timedelta(seconds=10)


def test_one_connection_at_a_time_is_open_to_a_host(nights: Nights) -> None:
    busy = Counter({portal: most for portal, most in nights.most_at_once.items() if most})
    assert len(busy) == len(nights.origins)
    assert {portal: most for portal, most in busy.items() if most > 1} == {}
