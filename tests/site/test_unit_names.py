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


UNITS = {
    "HOUSEHOLD": {"name_vi": "Hộ", "name_en": "Household", "kind": "counted"},
    "PERSON": {"name_vi": "Người", "name_en": "Person", "kind": "counted"},
    "YIELD": {"name_vi": "Suất", "name_en": "Yield", "kind": "yield"},
}


@pytest.mark.parametrize(
    ("value", "unit_code", "vietnamese", "english"),
    [
        (1250, "HECTARE", "1.250 ha", "1,250 ha"),
        (1250, "HOUSEHOLD", "1.250 hộ", "1,250 households"),
        (42, "PERSON", "42 người", "42 people"),
        (0.5, "YIELD", "0,5 suất", "0.5 yield"),
        (2_684_000_000, "USD", "2,684 tỷ USD", "2.684 billion USD"),
        (-3.5, "PERCENT", "−3,5%", "−3.5%"),
        (12, "COUNT", "12", "12"),
    ],
)
def test_an_amount_stands_with_its_unit(value: float, unit_code: str, vietnamese: str, english: str) -> None:
    assert Shown("vi", UNITS).amount(value, unit_code) == vietnamese.replace(" ", "\N{NO-BREAK SPACE}")
    assert Shown("en", UNITS).amount(value, unit_code) == english.replace(" ", "\N{NO-BREAK SPACE}")
