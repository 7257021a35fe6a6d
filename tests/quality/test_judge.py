from __future__ import annotations

import os

import pandas as pd
import pytest

from include.quality.judge import Check, CheckResult, JudgeError, judge
from include.quality.suites import must_be_between, must_be_in, must_match

FRAME = pd.DataFrame(
    {
        "key": ["a1", "a2", "a3", "a4"],
        "length": [120.0, 4.0, None, 5000.0],
        "outcome": ["loaded", "lost", "failed", "lost"],
        "digest": ["0f", "zz", "ab", None],
    }
)


def test_failing_rows_are_counted_and_named_by_their_key() -> None:
    checks = [
        must_be_between("length_in_bounds", "length", 20, 1000, "Too short or too long."),
        must_be_in("outcome_listed", "outcome", ("loaded", "failed"), "Not in the list."),
        must_match("digest_is_hex", "digest", "[0-9a-f]+", "Not hex."),
        Check("length_is_known", "ExpectColumnValuesToNotBeNull", {"column": "length"}, "Unknown."),
    ]
    assert judge(FRAME, checks, key="key") == [
        CheckResult("length_in_bounds", False, 2, ("a2", "a4"), "Too short or too long."),
        CheckResult("outcome_listed", False, 2, ("a2", "a4"), "Not in the list."),
        CheckResult("digest_is_hex", False, 1, ("a2",), "Not hex."),
        CheckResult("length_is_known", False, 1, ("a3",), "Unknown."),
    ]
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_a_check_tolerates_what_it_says_and_no_row_more() -> None:
    def passed(**tolerance: float) -> bool:
        check = Check(
            "short",
            "ExpectColumnValuesToBeBetween",
            {"column": "length", "max_value": 1},
            "Too long.",
            **tolerance,  # type: ignore[arg-type]
        )
        return judge(FRAME, [check], key="key")[0].passed

    assert not passed(tolerated_rows=2)
    assert passed(tolerated_rows=3)
    assert not passed(tolerated_share=0.74)
    assert passed(tolerated_share=0.75)


def test_at_most_five_keys_are_named() -> None:
    frame = pd.DataFrame({"key": [f"a{n}" for n in range(9)], "length": [0] * 9})
    result = judge(frame, [must_be_between("long", "length", 1, None, "Short.")], key="key")[0]
    assert (result.failing_rows, result.keys) == (9, ("a0", "a1", "a2", "a3", "a4"))


def test_an_empty_frame_passes() -> None:
    frame = pd.DataFrame({"key": [], "length": []})
    assert judge(frame, [must_be_between("long", "length", 1, None, "Short.")], key="key")[0].passed


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=window.__pwn=1>",
        "Tỉnh Lạng Nam có 1.204 hộ nghèo",
        "a b",
        "'); drop table x",
        "a" * 201,
    ],
)
def test_free_text_never_reaches_a_result(text: str) -> None:
    frame = pd.DataFrame({"key": ["a1"], "title": [text]})
    with pytest.raises(JudgeError, match="column title holds free text") as caught:
        judge(frame, [must_be_in("listed", "title", ("x",), "No.")], key="key")
    assert text not in str(caught.value)


def test_a_check_that_cannot_be_judged_fails_closed() -> None:
    with pytest.raises(JudgeError, match="check gone could not be judged"):
        judge(FRAME, [must_be_between("gone", "no_such_column", 1, 2, "No.")], key="key")


def test_an_expectation_on_the_whole_table_is_refused() -> None:
    check = Check("rows", "ExpectTableRowCountToBeBetween", {"min_value": 9}, "Few.")
    with pytest.raises(JudgeError, match="check rows could not be judged"):
        judge(FRAME, [check], key="key")
