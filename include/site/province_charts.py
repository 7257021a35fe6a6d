"""Charts that set the provinces side by side: a ranking and a grid of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from include.site.charts.chart import Mark, Spec, claim_mark
from include.site.charts.look import present
from include.site.charts.ranking import Ranked, ranking_spec
from include.site.charts.tiles import Tile, steps, tiles_spec
from include.site.marts import Row
from include.site.shown import Shown
from include.site.worded_figures import axis_unit, figure, in_language, step, when
from include.site.words import say

# Numbers within a chart are Vietnamese; charts.svg turns them around for a page in English.
PRINTED: Final = Shown("vi", {})
# Days up to which a province's newest figure makes its tile darker, a step each.
FRESH: Final = (365, 90, 30, 7)


@dataclass(frozen=True, slots=True)
class RankingChart:
    """The lines of one contest (rows of figures.CONTESTS), in their order; thing: what is compared."""

    rows: Sequence[Row]
    thing: tuple[str, str]

    def spec(self) -> Spec:
        """The chart's specification."""
        divisor = _step(self.rows)
        return ranking_spec(
            [
                Ranked(
                    name=f"{row['place']}. {row['name']}",
                    value=row["value"] / divisor,
                    printed=PRINTED.number(row["value"] / divisor),
                    kind=row["status"],
                    mark=number,
                )
                for number, row in enumerate(self.rows)
            ]
        )

    def marks(self, shown: Shown) -> list[Mark]:
        """A mark for each row, which leads to its sentence."""
        return [claim_mark(row, _title(shown, row)) for row in self.rows]

    def label(self, shown: Shown) -> str:
        """What the chart shows."""
        thing = in_language(shown, self.thing)
        return say("chart.ranking", shown.language, thing=thing, count=len(self.rows))

    def axis(self, shown: Shown) -> str:
        """What the numbers are in."""
        return axis_unit(shown, _step(self.rows), self.rows[0]["unit_code"])

    def kinds(self) -> list[str]:
        """Which kinds of figures are in it, for the legend."""
        return present(row["status"] for row in self.rows)


@dataclass(frozen=True, slots=True)
class FigureTiles:
    """The lines of one contest as tiles, among all provinces of their vintage (rows of dim_provinces)."""

    rows: Sequence[Row]
    provinces: Sequence[Row]
    thing: tuple[str, str]

    def spec(self) -> Spec:
        """The chart's specification."""
        divisor = _step(self.rows)
        printed = {row["province_id"]: PRINTED.number(row["value"] / divisor) for row in self.rows}
        dark = dict(zip(printed, steps([row["value"] for row in self.rows]), strict=True))
        return _tiles(self.provinces, printed, dark)

    def marks(self, shown: Shown) -> list[Mark]:
        """A mark for each province: a figure leads to its sentence, a tile without one to the province."""
        found = {row["province_id"]: row for row in self.rows}
        return [
            claim_mark(found[province["province_id"]], _title(shown, found[province["province_id"]]))
            if province["province_id"] in found
            else _to_province(shown, province, "province.no_figure")
            for province in self.provinces
        ]

    def label(self, shown: Shown) -> str:
        """What the chart shows."""
        thing = in_language(shown, self.thing)
        return say("chart.tiles", shown.language, thing=thing, count=len(self.rows))


@dataclass(frozen=True, slots=True)
class CountTiles:
    """How many figures there are of each province; a tile leads to the province's page.

    counts: claim_count and newest_on by province_id, of those that have any.
    """

    counts: Mapping[str, Row]
    provinces: Sequence[Row]

    def spec(self) -> Spec:
        """The chart's specification."""
        found = self._found()
        dark = dict(zip(found, steps(list(found.values())), strict=True))
        return _tiles(self.provinces, {name: PRINTED.number(count) for name, count in found.items()}, dark)

    def marks(self, shown: Shown) -> list[Mark]:
        """A mark for each province."""
        return [_to_province(shown, row, *self._words(shown, row["province_id"])) for row in self.provinces]

    def label(self, shown: Shown) -> str:
        """What the chart shows."""
        return say("chart.provinces", shown.language, count=len(self._found()))

    def _found(self) -> dict[str, int]:
        names = [row["province_id"] for row in self.provinces]
        return {name: self.counts[name]["claim_count"] for name in names if name in self.counts}

    def _words(self, shown: Shown, province_id: str) -> tuple[str, str, str]:
        row = self.counts.get(province_id)
        if row is None:
            return "province.tile_empty", "", ""
        return "province.tile", shown.number(row["claim_count"]), shown.day(row["newest_on"])


@dataclass(frozen=True, slots=True)
class FreshnessTiles:
    """How many days ago a figure of each province was published last; a tile leads to the province's page.

    newest: the day by province_id, of those that have one. as_of: the day from which is counted back.
    """

    newest: Mapping[str, date]
    as_of: date
    provinces: Sequence[Row]

    def spec(self) -> Spec:
        """The chart's specification."""
        days = {name: (self.as_of - day).days for name, day in self.newest.items()}
        dark = {name: sum(1 for bound in FRESH if count <= bound) for name, count in days.items()}
        return _tiles(self.provinces, {name: PRINTED.number(count) for name, count in days.items()}, dark)

    def marks(self, shown: Shown) -> list[Mark]:
        """A mark for each province."""
        return [
            _to_province(shown, row, "province.fresh", "", shown.day(self.newest[row["province_id"]]))
            if row["province_id"] in self.newest
            else _to_province(shown, row, "province.tile_empty")
            for row in self.provinces
        ]

    def label(self, shown: Shown) -> str:
        """What the chart shows."""
        return say("chart.freshness", shown.language, count=len(self.newest))


def _tiles(provinces: Sequence[Row], printed: Mapping[str, str], dark: Mapping[str, int]) -> Spec:
    return tiles_spec(
        [
            Tile(
                row["province_id"],
                row["name"],
                printed.get(row["province_id"], ""),
                dark.get(row["province_id"]),
                n,
            )
            for n, row in enumerate(provinces)
        ]
    )


def _step(rows: Sequence[Row]) -> float:
    return step([row["value"] for row in rows], rows[0]["unit_code"])


def _name(shown: Shown, province: Row) -> str:
    return in_language(shown, (province["name"], province["name_en"]))


def _title(shown: Shown, row: Row) -> str:
    status = say("status." + row["status"], shown.language)
    return f"{_name(shown, row)}, {when(shown, row)}: {figure(shown, row)} ({status})"


def _to_province(shown: Shown, province: Row, key: str, count: str = "", day: str = "") -> Mark:
    words = say(key, shown.language, name=_name(shown, province), count=count, day=day)
    return Mark(words, f"provinces/{province['province_id']}.html")
