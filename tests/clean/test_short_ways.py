"""The short ways of cleaning give what the long ones give: tidying plain text, marks, syllables by word."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from include.clean import main_text
from include.clean.main_text import find_story
from include.clean.text import _SYLLABLE, _at_most, share_of_syllables, stream_safe, tidy, unmarked
from include.clean.tree import matches, name_words

# Letters of several scripts, marks alone and in runs, signs that look like marks, spaces beyond ASCII.
PIECES = [
    "Đường", "ðường", "tỉnh", "e\u0302\u0301", "a\u0327", "\u0301" * 40, "1\u0300a", "ΑΣ", "İ", "ﬁ",
    "😀", "²", "“", "–", "\u00ad", "\u200b", "\ufeff", "\u00a0", "\u2028", "\x1c", "\x85", " ",
    "\t\n", "_", "7", ".", "K", "\u0340", "\u1fef", "\u20d0", "ㅏ", "가",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)


@given(TEXTS)
def test_tidy_text(text):
    seen = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff\ufffe\uffff]", "", text)
    seen = unicodedata.normalize("NFC", stream_safe(seen)).replace("ð", "đ").replace("Ð", "Đ")
    assert tidy(text) == re.sub(r"\s+", " ", seen).strip()


@given(st.integers(28, 45), st.integers(60, 130), st.sampled_from(["\u0301", "\u0301\u2013"]))
def test_runs_of_marks_are_found_wherever_they_stand(run, before, marks):
    text = "a" * before + (marks * run)[:run] + "b" * 30
    long_way = re.sub(r"[^\w\s\x00-\u02ff]{31,}", _at_most, text) if len(text) > 100 else text
    assert stream_safe(text) == long_way


@given(TEXTS)
def test_share_of_syllables_word_by_word(text):
    words = re.findall(r"[^\W\d_]+", unmarked(text))
    right = sum(1 for word in words if _SYLLABLE.fullmatch(word))
    assert share_of_syllables(text) == (right / len(words) if words else 1.0)


@given(TEXTS)
def test_no_marks_are_left(text):
    decomposed = unicodedata.normalize("NFD", stream_safe(text.lower()))
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    assert unmarked(text) == kept.replace("đ", "d")


def test_names_of_an_element_that_has_none():
    assert name_words(html.fromstring("<div></div>")) == frozenset()
    assert name_words(html.fromstring("<div id='newsBox'></div>")) == {"news", "box", "newsbox"}


def test_paths_give_what_the_tree_gives():
    tree = html.fromstring("<div><p class='a'>x</p><p>y</p></div>")
    assert matches(tree, "//p") == tree.xpath("//p")
    assert matches(tree, "//p/@class") == ["a"]


def test_the_page_is_not_asked_for_its_family_where_the_declared_one_finds_the_story(monkeypatch):
    def never(tree):
        raise AssertionError("asked")

    paragraph = "Tỉnh đặt mục tiêu tăng trưởng kinh tế hai con số trong năm tới, cao hơn mọi năm trước. " * 5
    page = f"<html><body><div id='news-bodyhtml'><p>{paragraph}</p></div></body></html>"
    detected = find_story(html.document_fromstring(page), None)
    monkeypatch.setattr(main_text, "detect", never)
    story = find_story(html.document_fromstring(page), "nukeviet")
    assert story is not None
    assert detected is not None
    assert story.family.name == "nukeviet"
    with pytest.raises(AssertionError, match="asked"):
        find_story(html.document_fromstring("<html><body><p>x</p></body></html>"), "nukeviet")
