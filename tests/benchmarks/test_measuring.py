"""The machinery around the clock: other numbers, emptied caches, ratios. No test here looks at time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from random import Random
from types import SimpleNamespace

import pytest

from benchmarks.extraction import caches, memory, speed
from benchmarks.extraction.caches import Cache, caches_of
from benchmarks.extraction.corpus import Page, body_bytes, pages_of, sample_pages, varied, with_other_numbers
from benchmarks.extraction.memory import Memory, endless, measure_memory
from benchmarks.extraction.ours import Article, Ours
from benchmarks.extraction.report import Report

PROSE = "Ngày 15/7/2024, 9 tháng năm 2024 thu 7.482,5 tỷ đồng, tăng 12,6%; có 37/95 xã, Nghị quyết 05-NQ/TU."


def page(body: str = PROSE, html: str | None = None) -> Page:
    return Page(Article("a", None, body, date(2024, 10, 10), None), html)


def test_amounts_change_and_dates_stay():
    other = with_other_numbers(PROSE, Random(1))  # noqa: S311
    assert other != PROSE
    assert re.sub(r"\d", "0", other) == re.sub(r"\d", "0", PROSE)
    for kept in ("15/7/2024", "9 tháng năm 2024", "37/95", "05-NQ/TU"):
        assert kept in other
    for changed in ("7.482,5", "12,6"):
        assert changed not in other


def test_other_numbers_are_other_each_time_and_the_same_for_the_same_seed():
    bodies = {varied([page()], seed)[0].article.body for seed in range(20)}
    assert len(bodies) == 20
    assert varied([page()], 3) == varied([page()], 3)


def test_a_long_run_never_gives_the_same_article_twice():
    stream = endless([page(), page(PROSE + " Hết.")])
    assert len({next(stream).body for _ in range(40)}) == 40


def test_the_samples_are_articles_with_their_pages():
    pages = sample_pages(Ours().provinces)
    assert len(pages) >= 30
    assert all(one.html and "{{" not in one.html for one in pages)
    assert all(one.article.province_name for one in pages)
    assert sum(one.article.published_on is not None for one in pages) > 20
    assert body_bytes(pages) > 1000 * len(pages)


def test_pages_of_a_file(tmp_path):
    file = tmp_path / "pages.json"
    row = {
        "title": "Tin",
        "published": "2024-07-02",
        "body": ["Câu một.", "Ảnh", "Câu hai."],
        "captions": ["Ảnh"],
    }
    file.write_text(json.dumps({"a": row, "b": {"body": ["Câu."], "html": "<p>Câu.</p>"}}), "utf-8")
    first, second = pages_of(file)
    assert first.article.body == "Câu một.\nCâu hai."
    assert first.article.published_on == date(2024, 7, 2)
    assert (first.html, second.html) == (None, "<p>Câu.</p>")


def test_times_are_told_for_8_kb_and_ratios_within_a_round():
    seconds = {speed.FLOOR: [1.0, 2.0, 4.0], "reader": [3.0, 8.0, 8.0]}
    floor, reader = speed.timings_of(seconds, size=4096)
    assert (floor.best, floor.median, floor.to_floor) == (2000, 4000, 1)
    assert reader.best == 6000
    assert reader.articles_per_second == pytest.approx(1 / 6)
    assert reader.to_floor == 3  # of 3, 4 and 2
    assert reader.to_page_floor is None


def test_every_round_has_other_numbers_and_another_first_reader(package):
    seen: list[tuple[str, str]] = []

    def reader(name):
        return speed.Contender(name, lambda pages: seen.append((name, pages[0].article.body)))

    seconds = speed.run_rounds([reader("a"), reader("b")], [page()], rounds=3)
    assert {name: len(rounds) for name, rounds in seconds.items()} == {"a": 3, "b": 3}
    assert len({body for _, body in seen}) == 4  # with the round that is thrown away
    assert [name for name, _ in seen] == ["a", "b", "b", "a", "a", "b", "b", "a"]


def test_trafilatura_is_timed_only_where_every_page_has_html():
    names = [one.name for one in speed.contenders(Ours(), [], [page(html="<p>a</p>")])]
    assert speed.PAGE_FLOOR in names
    assert speed.PAGE_FLOOR not in [one.name for one in speed.contenders(Ours(), [], [page()])]


@pytest.fixture
def package(monkeypatch):
    """A module with caches of both kinds and a container."""

    @lru_cache(maxsize=8)
    def bounded(n):
        return n

    @cache
    def unbounded(n):
        return n

    class Reader:
        @lru_cache(maxsize=None)  # noqa: B019, UP033
        def read(self):
            return 1

    module = SimpleNamespace(
        __name__="fake", bounded=bounded, unbounded=unbounded, Reader=Reader, KEPT={}, elsewhere=json.dumps
    )
    for one in (bounded, unbounded, Reader):
        one.__module__ = "fake"
    monkeypatch.setattr(caches, "_modules", lambda name: iter([module]))
    return module


def test_caches_are_found_with_their_bounds(package):
    found = {one.name: one.maxsize for one in caches_of("fake")}
    assert found == {"fake.bounded": 8, "fake.unbounded": None, "fake.Reader.read": None}


def test_caches_are_emptied(package):
    package.unbounded(1)
    caches.empty_caches("fake")
    assert package.unbounded.cache_info().currsize == 0


def test_containers_are_counted(package):
    package.KEPT["a"] = 1
    assert caches.container_sizes("fake") == {"fake.KEPT": 1}


def test_extraction_holds_no_cache_without_bound():
    found = caches_of("include.extract")
    assert found
    assert [one.name for one in found if one.maxsize is None] == []


def test_memory_is_read_after_each_tenth(monkeypatch, package):
    levels = iter(float(level) for level in range(100, 110))
    monkeypatch.setattr(memory, "_resident", lambda: next(levels))

    def read(article):
        package.KEPT[article.body] = article
        return 2

    told: list[tuple[int, float]] = []
    measured = measure_memory(
        SimpleNamespace(read_article=read), [page()], 25, lambda *words: told.append(words)
    )
    assert [articles for articles, _ in told] == [2, 5, 7, 10, 12, 15, 17, 20, 22, 25]
    assert measured.found == 50
    assert measured.ratio == pytest.approx(1.09)
    assert not measured.is_flat
    assert measured.grown == {"fake.KEPT": 25}
    assert measured.unbounded == ("fake.unbounded", "fake.Reader.read")


def test_what_does_not_grow_is_flat():
    steady = Memory(10, (100.0, 101.0, 100.5), 1, (Cache("a", 8),), {})
    assert steady.is_flat
    assert not replace(steady, megabytes=(100.0, 101.0, 103.0)).is_flat


def test_the_report_is_json():
    ours = Memory(10, (100.0, 101.0), 1, (Cache("a", None),), {})
    plain = json.loads(json.dumps(Report("a machine", memory=ours).to_json_ready()))
    assert plain["memory"]["ratio"] == pytest.approx(1.01)
    assert plain["memory"]["unbounded"] == ["a"]
