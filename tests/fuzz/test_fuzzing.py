"""The machinery of fuzzing: choices, seeds, counts, findings, the table."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from tests.fuzz.__main__ import orders_of, plan_of
from tests.fuzz.draw import Draw
from tests.fuzz.markup import html_bytes, sample_pages
from tests.fuzz.report import lost, results_in, table, written
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS, target_named
from tests.fuzz.vietnamese import ALL, LONG, long_text, sample_sentences, told
from tests.fuzz.worker import Order, Tally, blindly, order_of, seeds_of, write_result


def order(tmp_path: Path, name: str = "numbers", runs: int = 50, part: int = 1) -> Order:
    return Order("tests.fuzz.extraction", name, runs, float("inf"), 1, tmp_path, part)


def failing(data: bytes) -> None:
    if data[0] > 127:
        raise KeyError(data[0])


FAILING = Target("numbers", lambda draw: draw.rest(), failing, 50, most_bytes=8)


def test_the_same_bytes_are_the_same_choices() -> None:
    data = bytes(range(256)) * 2
    assert told(Draw(data), ALL) == told(Draw(data), ALL) != ""
    assert html_bytes(Draw(data[100:])) == html_bytes(Draw(data[100:]))
    assert Draw(b"\x05").below(3) == 2
    assert Draw(b"\x01\x02").below(70_000) == 0x10200
    assert Draw(b"").byte() == 0
    assert not Draw(b"").is_one_in(2)
    assert len(long_text(Draw(data), ALL)) >= LONG


def test_inputs_are_torn_from_the_sample_portals() -> None:
    assert len(sample_sentences()) > 100
    assert len(sample_pages()) > 20


def test_seeds_are_the_same_for_the_same_order_and_others_for_another(tmp_path) -> None:
    seeds = seeds_of(FAILING, order(tmp_path))
    assert seeds == seeds_of(FAILING, order(tmp_path))
    assert seeds != seeds_of(FAILING, order(tmp_path, part=2))
    assert 0 < len(seeds[0]) <= len(seeds[-1]) <= FAILING.most_bytes


def test_executions_are_counted_one_by_one_and_findings_kept_at_their_shortest(tmp_path) -> None:
    tally = blindly(FAILING, order(tmp_path, runs=200))
    assert tally.executions == 200
    assert 50 < tally.crashes < 150
    assert tally.hangs == 0
    ((what, data),) = tally.findings.items()
    assert what.startswith("KeyError at test_fuzzing.py:")
    assert len(bytes.fromhex(data)) == 1
    assert json.loads((tmp_path / "numbers-1.json").read_text(encoding="utf-8"))["executions"] == 200
    assert tally.findings == blindly(FAILING, order(tmp_path, runs=200)).findings


def test_what_takes_longer_than_its_limit_hangs(tmp_path) -> None:
    slow = Target("numbers", lambda draw: draw.rest(), lambda data: None, 3, limit_s=-1.0)
    tally = blindly(slow, order(tmp_path, runs=3))
    assert (tally.executions, tally.crashes, tally.hangs) == (3, 0, 3)
    assert list(tally.findings) == ["longer than -1.0 s"]


def test_parts_are_summed_and_a_lost_process_is_a_crash(tmp_path) -> None:
    write_result(Tally("pages", 1, executions=7, seconds=1.5, worst_ms=2.0), order(tmp_path, "pages", part=1))
    write_result(Tally("pages", 1, executions=5, seconds=1.0, worst_ms=9.0), order(tmp_path, "pages", part=2))
    lost(order(tmp_path, "numbers"), "the process ended with 77")
    write_result(Tally("days", 1, executions=3, findings={"a": "00"}), order(tmp_path, "days"))
    lost(order(tmp_path, "days"), "the process ended with 70")
    (tmp_path / "of-old-1.json").write_text(json.dumps({"target": "of old"}), encoding="utf-8")
    numbers, days, pages = results_in(tmp_path)
    assert (days["executions"], days["crashes"], list(days["findings"])) == (
        3,
        1,
        ["a", "the process ended with 70"],
    )
    assert (numbers["target"], numbers["crashes"]) == ("numbers", 1)
    assert (pages["executions"], pages["seconds"], pages["worst_ms"]) == (12, 2.5, 9.0)
    assert "7 executions" in written(order(tmp_path, "pages").result)
    lines = table([numbers, pages]).splitlines()
    assert lines[-2:] == [
        "| pages | 12 | 2 | 0 | 0 | 30 | 9.0 |",
        "| **all** | **12** | 2 | **1** | **0** | | 9.0 |",
    ]


def test_the_programme_has_ten_million_executions_and_every_target_a_name_of_its_own() -> None:
    assert sum(target.runs for target in TARGETS) >= 10_000_000
    assert min(target_named(name).runs for name in ("pages", "articles")) >= 100_000
    assert len({target.name for target in TARGETS}) == len(TARGETS)
    assert all(target in importlib.import_module(target.module).TARGETS for target in TARGETS)


def test_a_plan_names_targets_by_words_and_shares_out_time() -> None:
    plan, has_page = plan_of(
        ["--only", "pages", "--minutes", "3", "--jobs", "2", "--share", "0.5", "--no-page"]
    )
    assert not has_page
    orders, parts = orders_of(plan), target_named("pages").parts
    assert [one.name for one in orders][: parts + 1] == ["pages"] * parts + ["dates of pages"]
    assert {one.seconds for one in orders} == {3 * 60 * 2 / len(orders)}
    assert orders[0].runs == round(target_named("pages").runs * 0.5 / parts)
    assert orders[0].result != orders[1].result
    with pytest.raises(SystemExit):
        plan_of(["--only", "nothing so named"])


def test_a_worker_is_told_everything_on_its_command_line(tmp_path) -> None:
    arguments = (
        f"tests.fuzz.extraction numbers --runs 9 --seconds inf --seed 4 --part 2 --folder {tmp_path} --blind"
    )
    told_order, is_blind = order_of(arguments.split())
    assert (told_order, is_blind) == (
        Order("tests.fuzz.extraction", "numbers", 9, float("inf"), 4, tmp_path, 2),
        True,
    )
