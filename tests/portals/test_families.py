"""The declarations of the CMS families hold together."""

from __future__ import annotations

from dataclasses import fields

import pytest
from lxml import etree, html

from include.portals.families import FAMILIES, GENERIC
from include.portals.families.declaration import having
from include.portals.family_names import KNOWN_FAMILIES


def test_registry_names_and_declarations_are_the_same_set() -> None:
    assert set(FAMILIES) == set(KNOWN_FAMILIES)
    assert len(KNOWN_FAMILIES) == len(set(KNOWN_FAMILIES)) == 13


@pytest.mark.parametrize("name", KNOWN_FAMILIES)
def test_every_selector_is_a_valid_xpath(name: str) -> None:
    family = FAMILIES[name]
    assert family.name == name
    selectors = [
        path
        for field in fields(family)
        if isinstance(getattr(family, field.name), tuple)
        for path in getattr(family, field.name)
    ]
    assert selectors
    for path in selectors:
        etree.XPath(path)


@pytest.mark.parametrize("name", [name for name in KNOWN_FAMILIES if name != "generic"])
def test_a_family_can_be_detected_and_says_where_its_story_is(name: str) -> None:
    assert FAMILIES[name].markers
    assert FAMILIES[name].body


def test_general_rules_are_never_detected() -> None:
    assert GENERIC.markers == ()


def test_having_matches_whole_class_names_only() -> None:
    tree = html.fromstring(
        "<div><p class='bodytext margin'>1</p><p class='bodytextual'>2</p><p class='x\n bodytext'>3</p></div>"
    )
    assert [found.text for found in tree.xpath(having("bodytext"))] == ["1", "3"]
    assert [found.text for found in tree.xpath(having("bodytext", "margin", tag="p"))] == ["1"]
    assert tree.xpath(having("bodytext", tag="div")) == []
