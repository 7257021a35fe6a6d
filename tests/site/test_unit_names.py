"""How the name of a unit stands within a sentence."""

from __future__ import annotations

import pytest

from include.site.shown import Shown, within_sentence


@pytest.mark.parametrize(
    ("name", "within"),
    [("Hectare", "hectare"), ("US dollar", "US dollar"), ("Đô la Mỹ", "đô la Mỹ"), ("Hộ", "hộ"), ("", "")],
)
def test_only_the_first_letter_of_a_sentence_gets_small(name: str, within: str) -> None:
    assert within_sentence(name) == within


def test_an_amount_ends_with_the_unit_as_within_a_sentence() -> None:
    units = {"HA": {"name_vi": "Héc-ta", "name_en": "Hectare"}}
    assert Shown("en", units).amount(1250, "HA") == "1,250\N{NO-BREAK SPACE}hectare"
    assert Shown("vi", units).amount(1250, "HA") == "1.250\N{NO-BREAK SPACE}héc-ta"
