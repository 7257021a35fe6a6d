"""No text of an article acts on a terminal: not by escape codes, markup, links or direction."""

from __future__ import annotations

import json
import re

import pytest

from include.cli.terminal import web_target
from include.cli.values import grouped, json_text, plain, shown
from tests.cli.sample import HOSTILE

SHOWING = (
    ("claim", "e1a0"),
    ("status",),
    ("find", "cay", "--kind", "claims"),
    ("query", "--sql", "select * from marts.fct_indicators"),
    ("query", "--sql", 'select quote as "[red]\x1b[2J" from marts.fct_indicators'),
    ("query", "--sql", "select [quote] as l, {'q': quote} as s from marts.fct_indicators"),
)
# All that may act: bold, dim and colours of ours, and the end of a line.
OURS = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;id=\d+;https://benlau\.example/[!-~]*\x1b\\|\x1b\]8;;\x1b\\|\n")
ACTING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [*((asked, "200") for asked in SHOWING), (SHOWING[0], "60"), (SHOWING[-1], "20")],
)
def test_on_a_terminal_nothing_acts_but_what_is_ours(sotinh, arguments, columns):
    answer = sotinh(*arguments, FORCE_COLOR="1", COLUMNS=columns)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout
    assert ACTING.findall(OURS.sub("", answer.stdout)) == []


@pytest.mark.parametrize("arguments", SHOWING)
def test_in_a_pipe_nothing_acts_at_all(sotinh, arguments):
    assert ACTING.findall(sotinh(*arguments).stdout.replace("\n", "").replace("\t", "")) == []
    assert ACTING.findall(sotinh(*arguments, "--json").stdout.replace("\n", "")) == []


def test_csv_on_a_terminal_is_for_eyes_and_in_a_pipe_for_programs(sotinh):
    asked = ("query", "--csv", "--sql", "select quote from marts.fct_indicators where statement_id = 'e1a0'")
    seen = sotinh(*asked, FORCE_COLOR="1").stdout
    assert ACTING.findall(seen.replace("\n", "")) == []
    assert "⟨U+001B⟩[2J" in seen
    assert HOSTILE.replace('"', '""') in sotinh(*asked).stdout


def test_markup_and_emoji_stay_as_written(sotinh):
    for environment in ({}, {"FORCE_COLOR": "1"}):
        told = sotinh("claim", "e1a0", **environment).stdout
        for part in (
            "[red]đỏ[/red]",
            "[link=https://kẻ-gian.example]bấm[/link]",
            ":warning:",
            "⟨U+202E⟩txt.exe",
        ):
            assert part in told.replace("\n", " ")


def test_json_gives_back_the_very_text(sotinh, document):
    assert document("claim", "e1a0")["claim"]["quote"] == HOSTILE
    assert "\\u202e" in sotinh("claim", "e1a0", "--json").stdout


def test_only_web_addresses_are_links(sotinh):
    linked = sotinh("claim", "c1a0", FORCE_COLOR="1").stdout
    assert ";https://benlau.example/a1#:~:text=Thu\x1b\\" in linked
    unlinked = sotinh("claim", "e1a0", FORCE_COLOR="1").stdout
    assert "javascript:alert(1)" in unlinked
    assert "\x1b]8" not in unlinked


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://benlau.example/a?b=c#d", "https://benlau.example/a?b=c#d"),
        ("https://benlau.example/chè", "https://benlau.example/ch%C3%A8"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://benlau.example/\x1b]8;;https://ke-gian.example", None),
        ("https://benlau.example/\x07", None),
        ("https://benlau.example/a b", None),
        ("https:///", None),
        (None, None),
        (3, None),
    ],
)
def test_what_a_link_may_lead_to(address, target):
    assert web_target(address) == target


def test_no_colour_where_none_is_wanted(sotinh):
    assert "\x1b[3" not in sotinh("status", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b" not in sotinh("status").stdout


def test_a_pipe_gets_whole_lines_however_narrow_the_screen(sotinh):
    for columns in ("40", "200"):
        lines = sotinh(
            "query", "--sql", "select * from marts.fct_indicators", COLUMNS=columns
        ).stdout.splitlines()
        assert len(lines) == 7
        assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
        assert "5.406 tỷ đồng, tăng 12% so với năm 2024." in "".join(lines)


def test_a_narrow_screen_gets_a_list_and_a_wide_one_a_table(sotinh):
    asked = ("query", "--sql", "select 1 as first, 2 as second, 3 as third, 4 as fourth")
    assert "── 1 ──\nfirst   1\nsecond  2\n" in re.sub(
        r"\x1b\[\d*m", "", sotinh(*asked, FORCE_COLOR="1", COLUMNS="40").stdout
    )
    assert "│" in sotinh(*asked, FORCE_COLOR="1", COLUMNS="80").stdout


def test_values_as_text():
    assert [plain(value) for value in (None, True, 5.406e12, 24.15, 7, [1, "a"])] == [
        "", "true", "5406000000000", "24.15", "7", '[1, "a"]',
    ]  # fmt: skip
    assert shown(" a\n\tb\x00 ") == "a b⟨U+0000⟩"
    assert [grouped(value) for value in (5.406e12, 26.4, -3.0, None, float("inf"))] == [
        "5,406,000,000,000", "26.4", "-3", "", "",
    ]  # fmt: skip


def test_json_escapes_keep_the_text():
    text = {"a": "\x1b\u202e\x9b\U000e0041 chè \u00a0"}
    written = json_text(text)
    assert json.loads(written) == text
    assert ACTING.findall(written.replace("\n", "")) == []
    assert "\U000e0041" not in written
    assert "chè" in written
