"""Other libraries that read Vietnamese numbers and dates, asked the way that serves each best."""

from __future__ import annotations

import importlib
import zoneinfo
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from benchmarks.extraction.labels import Quantity
from benchmarks.extraction.scoring import Stretch
from benchmarks.peers import PeerMissingError, installed

ZONE = "Asia/Ho_Chi_Minh"
# Duckling's words for units: of a range of bare numbers, and of "đô la Mỹ".
_UNITS = {"unknown": None, "$": "USD"}


class Peer(Protocol):
    """A library under comparison. quantities is null for one that reads dates only."""

    name: str

    def read_body(self, body: str, published_on: date) -> None:
        """The library's own work on an article, in the pieces that it is quickest with: this is timed."""

    def quantities(self, text: str, published_on: date) -> list[Quantity] | None:
        """Numbers with units of one sentence."""

    def periods(self, text: str, published_on: date) -> list[Stretch]:
        """Days and stretches of time of one sentence."""


def whole(day: date, grain: str) -> tuple[date, date]:
    """First and last day of the year, quarter, month, week or day that begins at, or holds, `day`."""
    if grain == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if grain in ("quarter", "month"):
        first = day.month - (day.month - 1) % 3 if grain == "quarter" else day.month
        last = first + 2 if grain == "quarter" else first
        return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])
    return day, day + timedelta(days=6 if grain == "week" else 0)


class Duckling:
    """Duckling's Vietnamese rules through pyduckling-native-phihos.

    One parse with all dimensions: without Time, the digits of dates would come as numbers, and money is
    left out unless it is asked for.
    """

    _DIMENSIONS = ("number", "amount-of-money", "time", "duration", "ordinal", "quantity")

    def __init__(self) -> None:
        try:
            self._library = importlib.import_module("duckling")
        except ImportError as error:
            raise PeerMissingError(
                "Duckling is not compared: its wheel (pyduckling-native-phihos) is made for Linux on x86-64"
                f" alone and installed by `make bench-extraction` there ({error})"
            ) from error
        self.name = f"Duckling ({metadata.version('pyduckling-native-phihos')})"
        self._zones = self._library.load_time_zones(_zone_folder())
        self._dimensions = self._library.parse_dimensions(list(self._DIMENSIONS))
        language = self._library.parse_lang("VI")
        self._locale = self._library.parse_locale("VI_XX", self._library.default_locale_lang(language))

    def read_body(self, body: str, published_on: date) -> None:
        """Paragraph by paragraph: a whole article at once takes it about twice as long."""
        for paragraph in body.split("\n"):
            self.read(paragraph, published_on)

    def read(self, text: str, published_on: date) -> list[dict[str, Any]]:
        """Duckling's answers as it words them; offsets are code points."""
        noon = datetime.combine(published_on, time(12), zoneinfo.ZoneInfo(ZONE))
        now = self._library.parse_ref_time(self._zones, ZONE, int(noon.timestamp()))
        context = self._library.Context(now, self._locale)
        answers: list[dict[str, Any]] = self._library.parse(text, context, self._dimensions, False)
        return answers

    def quantities(self, text: str, published_on: date) -> list[Quantity]:
        """Numbers and money; "trên" gives an interval open above, whose end is the value."""
        wanted = ("number", "amount-of-money")
        return [
            quantity
            for answer in self.read(text, published_on)
            if answer["dim"] in wanted and (quantity := _quantity(answer)) is not None
        ]

    def periods(self, text: str, published_on: date) -> list[Stretch]:
        """Times, with the stretch that their grain covers."""
        return [
            stretch
            for answer in self.read(text, published_on)
            if answer["dim"] == "time" and (stretch := _stretch(answer)) is not None
        ]


def _zone_folder() -> str:
    folders = [Path(folder) for folder in zoneinfo.TZPATH]
    return str(next((folder for folder in folders if folder.is_dir()), "/usr/share/zoneinfo"))


def _quantity(answer: dict[str, Any]) -> Quantity | None:
    said = answer["value"]
    ends = [said] if said["type"] == "value" else [said[end] for end in ("from", "to") if end in said]
    if not ends:
        return None
    high = ends[1]["value"] if len(ends) == 2 else None
    unit = ends[0].get("unit")
    return Quantity(answer["start"], answer["end"], ends[0]["value"], high, _UNITS.get(unit, unit))


def _day(end: dict[str, Any]) -> date:
    return datetime.fromisoformat(end["value"]).date()


def _stretch(answer: dict[str, Any]) -> Stretch | None:
    said = answer["value"]
    place = partial(Stretch, start=answer["start"], end=answer["end"])
    if said["type"] == "value":
        return place(*whole(_day(said), said["grain"]))
    if "from" not in said or "to" not in said:
        return None
    # The end of an interval is the first moment after it.
    beyond = datetime.fromisoformat(said["to"]["value"]) - timedelta(seconds=1)
    return place(_day(said["from"]), beyond.date())


class Dateparser:
    """dateparser's search_dates: dates only, each a moment.

    The grain that it knows of a date is asked of its parser again, outside what is timed, so that "năm
    2017" counts as the year.
    """

    def __init__(self) -> None:
        try:
            self._search = importlib.import_module("dateparser.search").search_dates
            self._parser = importlib.import_module("dateparser.date").DateDataParser
        except ImportError as error:
            raise PeerMissingError(
                f"dateparser is not compared: run `make bench-extraction`, which installs it ({error})"
            ) from error
        self.name = f"dateparser ({metadata.version('dateparser')})"

    @staticmethod
    def _settings(published_on: date) -> dict[str, Any]:
        # News tells what has been: without "past", a month without a year is one to come.
        return {
            "RELATIVE_BASE": datetime.combine(published_on, time(12)),
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
        }

    def read_body(self, body: str, published_on: date) -> None:
        """All at once: it is slower on pieces."""
        self.read(body, published_on)

    def read(self, text: str, published_on: date) -> list[tuple[str, datetime]]:
        """The texts that it takes for dates, with the moments it reads."""
        return self._search(text, languages=["vi"], settings=self._settings(published_on)) or []

    def quantities(self, text: str, published_on: date) -> None:
        """None: it reads no numbers."""

    def periods(self, text: str, published_on: date) -> list[Stretch]:
        """Its dates with the stretch that their grain covers."""
        parser = self._parser(languages=["vi"], settings=self._settings(published_on))
        stretches, position = [], 0
        for printed, moment in self.read(text, published_on):
            start = text.find(printed, position)
            grain = parser.get_date_data(printed).period or "day"
            first, last = whole(moment.date(), grain)
            told = (None, None) if start < 0 else (start, start + len(printed))
            position = position if start < 0 else start + len(printed)
            stretches.append(Stretch(first, last, *told))
        return stretches


def available_peers() -> tuple[list[Peer], list[str]]:
    """The peers that are installed, and for each other one why it is missing."""
    makers: tuple[Callable[[], Peer], ...] = (Duckling, Dateparser)
    return installed(makers)
