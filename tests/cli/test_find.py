"""`sotinh find`: words without diacritics, and what comes first."""

from __future__ import annotations

import pytest

from include.cli.commands import FINDABLE
from include.cli.find import KINDS, TOLD


def keys(document: dict, kind: str, column: str) -> list:
    return [row[column] for row in document["found"][kind]["rows"]]


@pytest.mark.parametrize("words", ["lao cai", "Lào Cai", "LAO  CAI", "la\u0300o cai", "lao, cai!"])
def test_a_province_is_found_however_it_is_typed(document, words):
    told = document("find", words)
    assert keys(told, "provinces", "province_id") == ["15-2025", "10-2008"]
    assert keys(told, "claims", "statement_id")[:2] == ["c2a0", "c1a0"], "the newest first"


def test_the_stroke_of_d_is_no_letter_of_its_own(document):
    told = document("find", "dak lak")
    assert keys(told, "provinces", "name") == ["Đắk Lắk"]
    assert keys(told, "people", "person_name") == ["Lý Thị Mận"], "by the province of the office"
    assert keys(told, "meetings", "meeting_id") == ["m1"]


def test_words_may_be_several_arguments(document):
    assert document("find", "ly", "thi", "man")["found"]["people"]["total"] == 1


def test_what_is_spelled_just_so_comes_first(document):
    assert keys(document("find", "chè", "--kind", "claims"), "claims", "statement_id") == ["d1a0", "f1a0"]
    assert keys(document("find", "chế", "--kind", "claims"), "claims", "statement_id") == ["f1a0", "d1a0"]


def test_what_is_spelled_just_so_is_not_left_out_for_newer(document):
    found = document("find", "chè", "--kind", "claims", "--limit", "1")
    assert keys(found, "claims", "statement_id") == ["d1a0"]


def test_words_begin_words(document):
    assert document("find", "chung nhan", "--kind", "claims")["found"]["claims"]["total"] == 1
    assert document("find", "hung nhan", "--kind", "claims")["found"]["claims"]["total"] == 0
    assert document("find", "nhan chung", "--kind", "claims")["found"]["claims"]["total"] == 1, "any order"


def test_totals_tell_what_the_limit_leaves_out(document, sotinh):
    found = document("find", "ngan sach", "--limit", "1", "--kind", "claims")["found"]["claims"]
    assert (found["total"], len(found["rows"])) == (3, 1)
    assert "claims (1 of 3)" in sotinh("find", "ngan sach", "--limit", "1", "--kind", "claims").stdout


def test_nothing_found_is_an_answer(sotinh, document):
    answer = sotinh("find", "không có đâu")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "Nothing published has the words 'không có đâu'" in answer.stderr
    assert [found["total"] for found in document("find", "xyzzy")["found"].values()] == [0] * 5


@pytest.mark.parametrize("words", ["", "?!", " - "])
def test_a_search_needs_a_word(sotinh, words):
    answer = sotinh("find", words)
    assert answer.exit_code == 1
    assert "no letter or number" in answer.stderr


def test_wildcards_and_quotes_are_no_part_of_a_search(document):
    assert document("find", "l% cai", "--kind", "provinces")["found"]["provinces"]["total"] == 2, (
        "as `l cai`: words begin so"
    )
    assert document("find", "' or 'a'='a", "--kind", "provinces")["found"]["provinces"]["total"] == 0


def test_kinds(sotinh, document):
    assert tuple(kind.name for kind in KINDS) == FINDABLE == tuple(document("find", "lao cai")["found"])
    assert set(TOLD) == set(FINDABLE)
    assert list(document("find", "lao", "--kind", "people", "--kind", "claims")["found"]) == [
        "people",
        "claims",
    ]
    answer = sotinh("find", "lao", "--kind", "villages")
    assert answer.exit_code == 2
    assert "villages: there are provinces" in answer.stderr
