"""Answers of the other libraries, as they word them, turned into what is scored."""

from __future__ import annotations

import importlib
from datetime import date
from types import SimpleNamespace

import pytest

from benchmarks.extraction import peers
from benchmarks.extraction.labels import Quantity
from benchmarks.extraction.scoring import Stretch


class FakeLibrary:
    """Duckling's door with fixed answers behind it."""

    def __init__(self, answers):
        self.answers, self.asked, self.texts = answers, [], []

    def load_time_zones(self, folder):
        return folder

    def parse_dimensions(self, names):
        self.asked = names
        return names

    def parse_lang(self, name):
        return name

    def default_locale_lang(self, language):
        return language

    def parse_locale(self, name, default):
        return name

    def parse_ref_time(self, zones, zone, timestamp):
        return timestamp

    def Context(self, now, locale):  # noqa: N802
        return now, locale

    def parse(self, text, context, dimensions, with_latent):
        self.texts.append(text)
        return self.answers


def duckling(monkeypatch, *answers):
    library = FakeLibrary([{"start": 3, "end": 9, "latent": False, **answer} for answer in answers])
    monkeypatch.setattr(importlib, "import_module", lambda name: library)
    monkeypatch.setattr(peers.metadata, "version", lambda name: "0")
    return peers.Duckling(), library


TODAY = date(2024, 10, 10)


def moment(day: str, grain: str) -> dict[str, str]:
    return {"value": f"{day}T00:00:00.000+07:00", "grain": grain, "type": "value"}


@pytest.mark.parametrize(
    ("said", "value", "high", "unit"),
    [
        ({"type": "value", "value": 8.5}, 8.5, None, None),
        ({"type": "value", "value": 1.69e13, "unit": "VND"}, 1.69e13, None, "VND"),
        ({"type": "value", "value": 245e6, "unit": "$"}, 245e6, None, "USD"),
        ({"type": "interval", "from": {"value": 8, "unit": "unknown"}}, 8, None, None),
        ({"type": "interval", "to": {"value": 9, "unit": "VND"}}, 9, None, "VND"),
        (
            {"type": "interval", "from": {"value": 8, "unit": "VND"}, "to": {"value": 9, "unit": "VND"}},
            8,
            9,
            "VND",
        ),
    ],
)
def test_ducklings_numbers(monkeypatch, said, value, high, unit):
    ducklings, _ = duckling(monkeypatch, {"dim": "amount-of-money", "value": said})
    assert ducklings.quantities("…", TODAY) == [Quantity(3, 9, value, high, unit)]
    assert ducklings.periods("…", TODAY) == []


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        (moment("2024-01-01", "year"), date(2024, 1, 1), date(2024, 12, 31)),
        (moment("2024-02-01", "month"), date(2024, 2, 1), date(2024, 2, 29)),
        (moment("2024-07-01", "quarter"), date(2024, 7, 1), date(2024, 9, 30)),
        (moment("2024-07-02", "day"), date(2024, 7, 2), date(2024, 7, 2)),
        (moment("2024-07-01", "week"), date(2024, 7, 1), date(2024, 7, 7)),
        (
            {"type": "interval", "from": moment("2024-01-01", "month"), "to": moment("2024-04-01", "month")},
            date(2024, 1, 1),
            date(2024, 3, 31),
        ),
    ],
)
def test_ducklings_times(monkeypatch, said, first, last):
    ducklings, _ = duckling(monkeypatch, {"dim": "time", "value": said})
    assert ducklings.periods("…", TODAY) == [Stretch(first, last, 3, 9)]
    assert ducklings.quantities("…", TODAY) == []


def test_a_time_open_at_one_end_is_no_stretch(monkeypatch):
    open_time = {"type": "interval", "from": moment("2024-01-01", "day")}
    ducklings, _ = duckling(monkeypatch, {"dim": "time", "value": open_time})
    assert ducklings.periods("…", TODAY) == []


def test_duckling_is_asked_for_money_and_time(monkeypatch):
    """Without Time the digits of dates come as numbers; money is never given unasked."""
    _, library = duckling(monkeypatch)
    assert {"amount-of-money", "number", "time"} <= set(library.asked)


def test_duckling_reads_an_article_by_paragraphs(monkeypatch):
    ducklings, library = duckling(monkeypatch)
    ducklings.read_body("Đoạn một.\nĐoạn hai.", TODAY)
    assert library.texts == ["Đoạn một.", "Đoạn hai."]


def test_a_missing_library_is_told_and_the_rest_goes_on(monkeypatch):
    def without_duckling(name):
        if name == "duckling":
            raise ImportError(name)
        return SimpleNamespace(search_dates=None, DateDataParser=None)

    monkeypatch.setattr(importlib, "import_module", without_duckling)
    found, missing = peers.available_peers()
    assert [type(peer) for peer in found] == [peers.Dateparser]
    assert len(missing) == 1
    assert "Linux on x86-64" in missing[0]


def test_dateparser_gives_a_year_the_days_of_a_year():
    answers = peers.Dateparser().periods("Chỉ tiêu năm 2017 đã đạt, hội nghị ngày 15/7/2023.", TODAY)
    assert Stretch(date(2017, 1, 1), date(2017, 12, 31), 9, 17) in answers
    assert (date(2023, 7, 15), date(2023, 7, 15)) in {(answer.first, answer.last) for answer in answers}
