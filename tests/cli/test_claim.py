"""`sotinh claim`: the sentence with its value, the vintages, the checks; beginnings of keys."""

from __future__ import annotations

import pytest

from include.cli.claim import in_sentence
from tests.cli.sample import BUDGET, GONE


def test_the_document(document):
    told = document("claim", "c1a0")
    assert told["claim"]["quote"] == BUDGET
    assert told["claim"]["value"] == 5406000000000.0
    assert told["claim"]["superseded_on"] is None
    assert told["names"] == {
        "source_name": "Báo Bến Lau",
        "province_name": "Lào Cai",
        "indicator_name_vi": "Thu ngân sách nhà nước",
        "indicator_name_en": "State budget revenue",
        "unit_name_vi": "đồng",
    }
    assert told["article"]["title"] == "Thu ngân sách vượt kế hoạch"
    assert told["article"]["published_on"] == "2026-01-10"


def test_vintages_are_those_of_its_quantity_whoever_opened_them(document):
    assert [(one["vintage_no"], one["statement_id"]) for one in document("claim", "c1a0")["vintages"]] == [
        (1, "c1a0"),
        (2, "c2a0"),
    ]
    assert document("claim", "d1a0")["vintages"] == []
    assert document("claim", "c1b0")["vintages"] == [], "the change is another quantity than the level"


def test_checks_are_found_from_either_side(document):
    assert [one["check_id"] for one in document("claim", "c1a0")["checks"]] == ["k1"]
    assert [one["check_id"] for one in document("claim", "c1b0")["checks"]] == ["k1"]
    assert document("claim", "c2a0")["checks"] == []


def test_for_people(sotinh):
    told = sotinh("claim", "c1a").stdout
    assert "Lào Cai · Thu ngân sách nhà nước" in told
    assert "5,406,000,000,000 VND (“5.406 tỷ đồng”)" in told
    assert f"“{BUDGET}”" in told, "in a pipe the sentence is word for word"
    assert "https://benlau.example/a1#:~:text=Thu" in told
    assert "1\t2026-01-10\t2026-02-19\t5,406,000,000,000 VND\tfirst_report\t1\tthis one\n" in told
    assert "growth: does not agree, expected 11.2, printed 12" in told


def test_the_value_is_marked_where_it_stands(sotinh):
    shown = sotinh("claim", "c1a0", FORCE_COLOR="1").stdout
    assert "đạt \x1b[1;32m5.406 tỷ đồng\x1b[0m, tăng" in shown
    plain = sotinh("claim", "c1a0", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "đạt \x1b[1m5.406 tỷ đồng\x1b[0m, tăng" in plain


@pytest.mark.parametrize(("start", "end"), [(39, 45), (45, 40 + len(BUDGET) + 1), (45, 45)])
def test_a_value_outside_its_sentence_marks_nothing(start, end):
    row = {"quote": BUDGET, "quote_start": 40, "value_start": start, "value_end": end}
    assert in_sentence(row).plain == f"“{BUDGET}”"
    assert in_sentence(row).spans == []


def test_what_an_edit_took_out_is_shown_as_taken_out(document, sotinh):
    told = document("claim", "99a0")
    assert (told["claim"]["quote"], told["claim"]["superseded_on"]) == (GONE, "2026-01-12")
    assert told["claim"]["source_url"] is None
    assert "first seen without it on 2026-01-12" in sotinh("claim", "99").stdout


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("c1", "Several claims' keys begin with 'c1': c1a0, c1b0."),
        ("nope", "No claim's key is or begins with 'nope'"),
        ("", "An empty key begins every claim"),
        ("c%", "No claim's key"),
        ("' or 1=1 --", "No claim's key"),
    ],
)
def test_a_key_must_lead_to_one_claim(sotinh, key, said):
    answer = sotinh("claim", key)
    assert answer.exit_code == 1
    assert said in answer.stderr
    assert answer.stdout == ""
