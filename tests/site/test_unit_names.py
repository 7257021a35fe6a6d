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


def test_amounts_in_foreign_money() -> None:
    units = {"USD": {"name_vi": "Đô la Mỹ", "name_en": "US dollar"}}
    assert (
        Shown("en", units).amount(2.94e9, "USD") == "2.94\N{NO-BREAK SPACE}billion\N{NO-BREAK SPACE}US dollar"
    )
    assert Shown("vi", units).amount(2.94e9, "USD") == "2,94\N{NO-BREAK SPACE}tỷ\N{NO-BREAK SPACE}đô la Mỹ"
