"""YAML of ours becomes plain values, whichever loader there is."""

from __future__ import annotations

import pytest
import yaml

from include.own_yaml import read_own_yaml


def test_text_becomes_plain_values() -> None:
    assert read_own_yaml("sản lượng: [1, 2.5, null]\nngày: 2024-03-09\n")["sản lượng"] == [1, 2.5, None]


def test_no_text_makes_anything_else() -> None:
    with pytest.raises(yaml.YAMLError):
        read_own_yaml("!!python/object/apply:os.getcwd []")
