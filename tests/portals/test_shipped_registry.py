"""The registry that the project ships: broad, polite, and honest about what nobody has seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from include.portals.portal import Portal
from include.portals.registry import Registry, RegistryError, load_registry
from include.settings import DEFAULT_REGISTRY
from include.vocabulary import load_vocabulary
from tests.clean.samples import SAMPLES

LEADING = {"family", "feeds", "sitemaps", "listings", "urls", "other_hosts", "former_families"}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(DEFAULT_REGISTRY, load_vocabulary().provinces)


def entries() -> list[dict[str, object]]:
    loaded: list[dict[str, object]] = yaml.safe_load(DEFAULT_REGISTRY.read_text(encoding="utf-8"))["portals"]
    return loaded


def test_it_holds_papers_portals_and_ministries_each_once(registry: Registry) -> None:
    assert len(registry.portals) >= 25
    for values in (
        [portal.id for portal in registry.portals],
        [portal.name for portal in registry.portals],
        [portal.base_url for portal in registry.portals],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []
    assert sum(portal.province_id is None for portal in registry.portals) >= 3
    provinces = {portal.province_id for portal in registry.portals if portal.province_id}
    assert len(provinces) >= 25


def test_every_portal_is_public_and_asked_slowly(registry: Registry) -> None:
    assert not any(portal.allow_private for portal in registry.portals)
    assert [portal.id for portal in registry.portals if portal.crawl_delay_s < 2] == []
    # Written down, not left to the default, because pauses are owed to each host.
    assert [entry["id"] for entry in entries() if "crawl_delay_s" not in entry] == []


def test_families_are_many_and_each_has_its_golden_page(registry: Registry) -> None:
    named = {portal.family for portal in registry.portals if portal.family}
    named |= {former.family for portal in registry.portals for former in portal.former_families}
    assert named <= set(SAMPLES)
    assert len(named) >= 8


def test_guesses_name_keys_of_their_entry_that_can_be_guessed() -> None:
    for entry in entries():
        guessed = entry.get("guessed", [])
        assert isinstance(guessed, list)
        assert len(set(guessed)) == len(guessed), entry["id"]
        assert set(guessed) <= set(entry) & LEADING, entry["id"]


def test_hosts_of_provinces_that_merged_keep_the_code_of_before(registry: Registry) -> None:
    kept = {
        "baotayninh": "72-2008",
        "baoangiang": "89-2008",
        "bacgiang-gov": "24-2008",
        "baodongkhoi": "83-2008",
    }
    assert {portal_id: registry.portal(portal_id).province_id for portal_id in kept} == kept
    successors = {row["province_id"]: row["successor_id"] for row in load_vocabulary().provinces}
    moved = [
        portal.id
        for portal in registry.portals
        if portal.province_id and successors[portal.province_id][:2] != portal.province_id[:2]
    ]
    assert len(moved) >= 8


def test_a_host_below_another_ones_stands_before_it(registry: Registry) -> None:
    """The first entry that names a story takes it, and a portal owns the hosts below its own."""
    seen: list[Portal] = []
    for portal in registry.portals:
        above = [one.id for one in seen if one.owns(f"{portal.base_url}/x-101.html")]
        assert above == [], f"{portal.id} comes after {above}"
        seen.append(portal)


def load_one(tmp_path: Path, guessed: str) -> Portal:
    path = tmp_path / "portals.yml"
    path.write_text(
        "portals:\n  - id: baosuoitra\n    name: Báo Suối Trà\n    province: null\n"
        f"    base_url: https://baosuoitra.vn\n    feeds: [/rss]\n    guessed: {guessed}\n",
        encoding="utf-8",
    )
    return load_registry(path, load_vocabulary().provinces).portals[0]


def test_what_is_guessed_is_kept(tmp_path: Path) -> None:
    assert load_one(tmp_path, "[feeds, province]").guessed == ("feeds", "province")
    assert load_one(tmp_path, "").guessed == ()


@pytest.mark.parametrize(
    ("guessed", "says"),
    [
        ("[family]", "no key 'family'; name some of: id, name, province, base_url, feeds"),
        ("[province_id]", "no key 'province_id'"),
        ("[guessed]", "no key 'guessed'"),
        ("feeds", r"write a list: \[feeds\]"),
    ],
)
def test_only_keys_of_the_entry_can_be_guessed(tmp_path: Path, guessed: str, says: str) -> None:
    with pytest.raises(RegistryError, match=says):
        load_one(tmp_path, guessed)
