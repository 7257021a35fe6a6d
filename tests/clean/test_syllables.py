"""What is spelled as a Vietnamese syllable, marks and the place of the tone included."""

from __future__ import annotations

import re

import pytest

from include.clean.syllables import is_syllable
from tests.clean.samples import BODY, TEASER, TEASER_SUMMARY, TITLE

SYLLABLES = """
    nghiệp được quyết quỹ quốc giếng gì giữa khuỷu ngoằn ngoèo hòa hoà thúy thuý khuya rượu yến xoong quýt
    thuở ỦY Đảng toàn người huyện uống ưu ý ở Huế
"""
# A stop with a wrong tone, two tones, a tone off its vowel, rimes that are none, other languages.
OTHERS = """
    tât tàt cảc háá tíên haì đợc nớc phơng đêng été Köln señor Đắk café ViÖt Vieät huyªn thứởng
"""


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", OTHERS.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_prose_is_made_of_them() -> None:
    prose = f"{TITLE} {BODY} {TEASER} {TEASER_SUMMARY}"
    words = [word for word in re.findall(r"[^\W\d_]+", prose) if not word.isascii()]
    assert len(words) > 100
    assert [word for word in words if not is_syllable(word)] == []
