"""Charts that set the provinces side by side: a ranking and a grid of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from include.site.charts.chart import Chart, Mark, claim_mark
from include.site.charts.look import KINDS
from include.site.charts.ranking import Ranked, ranking_spec
from include.site.charts.tiles import Tile, steps, tiles_spec
from include.site.marts import Row
from include.site.shown import Shown
from include.site.words import say
from include.site.worded_figures import figure, in_language, scale, when


@dataclass(frozen=True, slots=True)
class RankingChart:
    """The lines of one contest (rows of figures.CONTESTS), in their order; thing: what is compared."""

    rows: Sequence[Row]
    thing: tuple[str, str]

    def chart(self, shown: Shown) -> Chart:
        """The chart in the language of `shown`."""
        divisor, axis = scale(shown, [row["value"] for row in self.rows], self.rows[0]["unit_code"])
        ranked = [
            Ranked(
                name=f"{row['place']}. {in_language(shown, (row['name'], row['name_en']))}",
                value=row["value"] / divisor,
                printed=shown.number(row["value"] / divisor),
                kind=row["status"],
                mark=number,
            )
            for number, row in enumerate(self.rows)
        ]
        kinds = {kind: say(f"kind.{kind}", shown.language) for kind in KINDS}
        return Chart(
            ranking_spec(ranked, kinds=kinds, axis=axis),
            tuple(claim_mark(row, _title(shown, row)) for row in self.rows),
            say("chart.ranking", shown.language, thing=in_language(shown, self.thing), count=len(ranked)),
        )


@dataclass(frozen=True, slots=True)
class FigureTiles:
    """The lines of one contest as tiles, among all provinces of their vintage (rows of dim_provinces)."""

    rows: Sequence[Row]
    provinces: Sequence[Row]
    thing: tuple[str, str]

    def chart(self, shown: Shown) -> Chart:
        """The chart in the language of `shown`; a tile without a figure leads to its province."""
        by_province = {row["province_id"]: row for row in self.rows}
        divisor, _ = scale(shown, [row["value"] for row in self.rows], self.rows[0]["unit_code"])
        dark = dict(zip(by_province, steps([row["value"] for row in self.rows]), strict=True))
        tiles, marks = [], []
        for number, province in enumerate(self.provinces):
            name, found = _name(shown, province), by_province.get(province["province_id"])
            printed = shown.number(found["value"] / divisor) if found else ""
            step = dark.get(province["province_id"])
            tiles.append(Tile(province["province_id"], name, printed, step, number))
            marks.append(claim_mark(found, _title(shown, found)) if found else _to_province(shown, province))
        label = say("chart.tiles", shown.language, thing=in_language(shown, self.thing), count=len(by_province))
        return Chart(tiles_spec(tiles), tuple(marks), label)


@dataclass(frozen=True, slots=True)
class CountTiles:
    """How much there is of each province: the number of its figures; a tile leads to the province's page."""

    counts: Mapping[str, int]
    provinces: Sequence[Row]

    def chart(self, shown: Shown) -> Chart:
        """The chart in the language of `shown`."""
        found = [row["province_id"] for row in self.provinces if self.counts.get(row["province_id"])]
        dark = dict(zip(found, steps([self.counts[province] for province in found]), strict=True))
        tiles, marks = [], []
        for number, province in enumerate(self.provinces):
            province_id, name = province["province_id"], _name(shown, province)
            count = self.counts.get(province_id, 0)
            printed = shown.number(count) if count else ""
            tiles.append(Tile(province_id, name, printed, dark.get(province_id), number))
            words = say("province.tile", shown.language, name=name, count=shown.number(count))
            marks.append(Mark(words, f"provinces/{province_id}.html"))
        return Chart(tiles_spec(tiles), tuple(marks), say("chart.provinces", shown.language, count=len(found)))


def _name(shown: Shown, province: Row) -> str:
    return in_language(shown, (province["name"], province["name_en"]))


def _title(shown: Shown, row: Row) -> str:
    status = say("status." + row["status"], shown.language)
    return f"{_name(shown, row)}, {when(shown, row)}: {figure(shown, row)} ({status})"


def _to_province(shown: Shown, province: Row) -> Mark:
    words = say("province.no_figure", shown.language, name=_name(shown, province))
    return Mark(words, f"provinces/{province['province_id']}.html")
