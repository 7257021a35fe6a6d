"""The vocabularies that extraction reads with agree with the contract and with each other."""

from __future__ import annotations

from collections import Counter

from include.contract import UNIT_CODES
from include.extract import measures, parts, subjects, timeline
from include.extract.text import fold
from include.vocabulary import load_vocabulary


def test_units_are_the_contracts() -> None:
    assert [row["unit_code"] for row in load_vocabulary().units] == list(UNIT_CODES)


def test_no_unit_word_stands_for_two_units() -> None:
    words = Counter(fold(word) for row in load_vocabulary().units for word in row["words"].split(";"))
    assert [word for word, times in words.items() if times > 1] == []


def test_every_alias_names_a_known_indicator_or_none() -> None:
    vocabulary = load_vocabulary()
    codes = {row["indicator_code"] for row in vocabulary.indicators}
    unknown = {row["indicator_code"] for row in vocabulary.indicator_aliases} - codes - {""}
    assert unknown == set()


def test_every_indicator_has_a_name_in_prose() -> None:
    vocabulary = load_vocabulary()
    named = {row["indicator_code"] for row in vocabulary.indicator_aliases}
    assert {row["indicator_code"] for row in vocabulary.indicators} - named == set()


def test_every_indicator_that_a_rule_names_is_in_the_vocabulary() -> None:
    """A code renamed in the seed would leave a rule that never applies."""
    named = [
        timeline.FLOWS,
        parts.INDICES,
        parts._WITHOUT_PARTS,
        parts._RATES.values(),
        [*parts._AREA_OF, *parts._AREA_OF.values()],
        [*subjects.MONEY_OF, *subjects.MONEY_OF.values()],
        subjects._PER_HEAD,
        subjects._WHOLE_ECONOMY,
        measures._NEW_THINGS,
        measures._GROWTH_NAMES,
        ["industrial_output", "public_investment_disbursed", "fdi_projects", "registered_capital"],
    ]
    codes = {row["indicator_code"] for row in load_vocabulary().indicators}
    assert {code for group in named for code in group} - codes == set()


def test_no_alias_row_is_shadowed() -> None:
    """A second row without context words for the same name could never be chosen."""
    bare = Counter(
        fold(row["alias"])
        for row in load_vocabulary().indicator_aliases
        if not row["near"] and not row["unless"]
    )
    same_unit = [name for name, times in bare.items() if times > 1]
    assert set(same_unit) <= {"hộ nghèo", "hợp tác xã"}
