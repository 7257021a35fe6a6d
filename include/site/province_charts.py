"""Charts that set the provinces side by side: a ranking and a grid of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """How many figures there are of each province; a tile leads to the province's page."""

    counts: Mapping[str, int]
    provinces: Sequence[Row]

    def spec(self) -> Spec:
        """The chart's specification."""
        found = {name: count for name in self._names() if (count := self.counts.get(name, 0))}
        dark = dict(zip(found, steps(list(found.values())), strict=True))
        return _tiles(self.provinces, {name: PRINTED.number(count) for name, count in found.items()}, dark)

    def marks(self, shown: Shown) -> list[Mark]:
        """A mark for each province."""
        return [
            _to_province(shown, row, "province.tile", shown.number(self.counts.get(row["province_id"], 0)))
            for row in self.provinces
        ]

    def label(self, shown: Shown) -> str:
        """What the chart shows."""
        count = sum(1 for name in self._names() if self.counts.get(name))
        return say("chart.provinces", shown.language, count=count)

    def _names(self) -> list[str]:
        return [row["province_id"] for row in self.provinces]


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


def _to_province(shown: Shown, province: Row, key: str, count: str = "") -> Mark:
    words = say(key, shown.language, name=_name(shown, province), count=count)
    return Mark(words, f"provinces/{province['province_id']}.html")
