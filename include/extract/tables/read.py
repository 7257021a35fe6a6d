"""Tables of a body to claims: which rows and columns are read, and what each figure is.

Nothing is guessed: a figure whose unit, measure or column nobody tells is no claim. Tables of people,
prices by shop, schedules and standings have no column that tells a period, a plan or a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from include.extract.indicators import choose
from include.extract.lexicon import Lexicon
from include.extract.model import ArticleText, Claim
from include.extract.parts import INDICES
from include.extract.periods import INSTANT, UNKNOWN, Period
from include.extract.places import Where
from include.extract.tables.cells import (
    Figure,
    Notation,
    TableUnit,
    is_figure,
    read_figure,
    unit_of,
)
from include.extract.tables.columns import Column, period_in, read_columns, unit_in, written_out
from include.extract.tables.grid import Block, Line, blocks_of, find_runs
from include.extract.tables.measuring import Measure, measure_of, tells_growth
from include.extract.tables.names import (
    RowName,
    Subject,
    covers,
    fits,
    own_subject,
    price_basis,
    read_name,
)
from include.extract.text import Span
from include.extract.timeline import Timeline

_UNIT_LINE = re.compile(r"(?:đơn vị(?: tính)?|đvt|đv tính)\s?[:.]?\s*(?P<unit>[^.;|]+)")
_SAME_AS_ABOVE = frozenset({'"', "nt", "-nt-", "''"})
_WHOLE_ECONOMY = frozenset({"grdp", "gdp"})
_UNTIL = re.compile(r"\b(?:đến|tới|thời điểm)\s(?:hết\s|ngày\s|cuối\s|tháng\s)*\d")
# What is told of a row's or section's thing, not a thing itself.
_BARE_MEASURE = re.compile(
    r"(?:diện tích|năng suất|sản lượng|số lượng|khối lượng|giá trị|doanh thu)"
    r"(?:\s(?:gieo trồng|gieo cấy|thu hoạch|trồng mới|bình quân|thực hiện|hiện có))*"
)
_THE_WHOLE = re.compile(
    r"(?:(?:tổng(?: số| cộng| chung)?|toàn (?:ngành|tỉnh)(?: công nghiệp)?|cộng|chung|cả tỉnh"
    r"|chỉ số chung)\s?)+"
)
# Titles of tables whose figures say nothing of a place's economy.
_NO_STATISTICS = re.compile(r"giá vàng|tỷ giá|lịch thi đấu|bảng xếp hạng|danh sách|điện thoại|xổ số")


@dataclass(frozen=True, slots=True)
class TablesRead:
    """What the tables of a body say, and the lines that they take up."""

    claims: tuple[Claim, ...]
    lines: tuple[Span, ...]

    def without(self, paragraphs: Sequence[Span]) -> list[Span]:
        """The paragraphs that are no row of a table."""
        rows = {line.start for line in self.lines}
        return [span for span in paragraphs if span.start not in rows]


def read_tables(article: ArticleText, text: str, lexicon: Lexicon, timeline: Timeline) -> TablesRead:
    """Read the tables of `article`; text: its folded body; timeline: as the headline leaves it."""
    claims: list[Claim] = []
    lines: list[Span] = []
    if "|" not in text:
        return TablesRead((), ())
    for above, run in find_runs(article.body):
        lines += [line.span for line in run]
        for block in blocks_of(text, above, run):
            claims += _BlockReader(article, text, lexicon, timeline, block).read()
    return TablesRead(tuple(claims), tuple(lines))


class _BlockReader:
    """Reads the rows under one head, from the top; holds what later rows need of earlier ones."""

    def __init__(
        self, article: ArticleText, text: str, lexicon: Lexicon, timeline: Timeline, block: Block
    ) -> None:
        self._article, self._text, self._lexicon = article, text, lexicon
        self._timeline, self._block = timeline, block
        self._titles = [span.of(text) for span in reversed(block.above)]
        told = (period_in(written_out(title), timeline) for title in self._titles)
        self._base = next((period for period in told if period), timeline.section)
        cells = [cell.of(text) for row in block.rows for cell in row.cells[1:]]
        self._notation = Notation(cells)
        self._unit = next((unit for title in self._titles if (unit := self._unit_line(title))), None)
        self._above: Subject | None = None
        self._above_unit: TableUnit | None = None
        self._section: Subject | None = self._title_subject()
        self._section_span: Span | None = None
        self._in_parts = False

    def read(self) -> list[Claim]:
        """The claims of the block; none where its head tells nothing."""
        if not self._block.heads or any(_NO_STATISTICS.search(title) for title in self._titles):
            return []
        columns = read_columns(self._heads(), self._lexicon.units, self._timeline, self._base)
        if not any(column.kind not in ("unit", "numbering", "other") for column in columns):
            return []
        self._names_at = self._name_column(columns)
        columns = [self._told_by_figures(column, index) for index, column in enumerate(columns)]
        claims = []
        for row in self._block.rows:
            claims += self._row(row, columns)
        return claims

    def _heads(self) -> list[str]:
        heads = []
        for column in range(len(self._block.heads[0].cells)):
            words = [line.cells[column].of(self._text) for line in self._block.heads]
            heads.append(" ".join(word for n, word in enumerate(words) if word and word not in words[:n]))
        return heads

    def _name_column(self, columns: Sequence[Column]) -> int:
        """The first column of words; the unit and the numbers of rows name nothing."""
        for index, column in enumerate(columns):
            cells = [row.cells[index].of(self._text) for row in self._rows()]
            worded = [cell for cell in cells if cell and not is_figure(cell) and len(cell.strip("-.x… ")) > 1]
            if column.kind == "other" and len(worded) * 2 > len(cells):
                return index
        return 0

    def _rows(self) -> list[Line]:
        return [row for row in self._block.rows if not row.is_banner]

    def _told_by_figures(self, column: Column, index: int) -> Column:
        if column.kind != "versus":
            return column
        cells = [row.cells[index] for row in self._rows()]
        figures = [self._figure(cell) for cell in cells]
        kind = tells_growth([(one.value, one.is_signed) for one in figures if one])
        return replace(column, kind=kind)

    def _figure(self, cell: Span) -> Figure | None:
        return read_figure(self._text, cell, self._notation, self._lexicon.units)

    def _unit_line(self, line: str) -> TableUnit | None:
        found = _UNIT_LINE.search(line)
        return unit_of(found["unit"].strip(" )"), self._lexicon.units) if found else None

    def _title_subject(self) -> Subject | None:
        """The one indicator that the lines above name, if there is one only."""
        named = []
        for span in self._block.above:
            title = span.of(self._text)
            for found in self._lexicon.names.find(self._text, span.start, span.end):
                if row := choose(found.rows, [title, title]):
                    named.append(Subject(row.code, Span(found.start, found.end)))
        codes = {subject.code for subject in named}
        return named[0] if len(codes) == 1 and named[0].code else None

    def _row(self, row: Line, columns: Sequence[Column]) -> list[Claim]:
        name = read_name(self._text, row.cells[0 if row.is_banner else self._names_at], self._lexicon)
        if row.is_banner and (unit := self._unit_line(row.span.of(self._text))):
            self._unit = unit
            return []
        if name.opens_parts:
            self._in_parts = True
            return []
        valued = [] if row.is_banner else self._valued(row, columns)
        if not valued:
            self._open_section(name)
            return []
        unit = self._row_unit(row, name, columns)
        unit = unit or next((c.unit for c, _ in valued if c.kind == "level" and c.unit), None)
        if name.is_numbered:
            self._in_parts = False
        subject, where = self._subject(name, unit), self._where(name)
        if subject is None or name.span.start == name.span.end:
            return []
        claims = [self._claim(row, column, figure, subject, unit, where) for column, figure in valued]
        return [claim for claim in claims if claim is not None]

    def _valued(self, row: Line, columns: Sequence[Column]) -> list[tuple[Column, Figure]]:
        pairs = zip(columns, row.cells, strict=True)
        read = ["level", "change_pct", "change_abs", "plan_pct", "share_pct", "multiple", "index"]
        found = [(column, self._figure(cell)) for column, cell in pairs if column.kind in read]
        return [(column, figure) for column, figure in found if figure is not None]

    def _open_section(self, name: RowName) -> None:
        subject = own_subject(self._text, name, None, self._block.above, self._lexicon)
        self._section = subject if covers(self._text, subject, name) else None
        self._section_span = name.span
        self._above, self._above_unit, self._in_parts = None, None, False

    def _row_unit(self, row: Line, name: RowName, columns: Sequence[Column]) -> TableUnit | None:
        """The unit of a row: its own cell's, its name's, the row's above where it is a part, the table's."""
        at = next((index for index, column in enumerate(columns) if column.kind == "unit"), None)
        if at is not None and (printed := row.cells[at].of(self._text)):
            if printed in _SAME_AS_ABOVE:
                return self._above_unit
            return unit_of(printed, self._lexicon.units)
        if name.unit is not None:
            return name.unit
        if name.is_part and self._above_unit is not None:
            return self._above_unit
        head = unit_in(columns[self._names_at].words, self._lexicon.units)
        return head or (None if at is not None else self._unit)

    def _subject(self, name: RowName, unit: TableUnit | None) -> Subject | None:
        """What a row is about; null for a place or a total of which nothing tells what is measured."""
        around = [span for span in (self._section_span, self._above.name if self._above else None) if span]
        around = [*around, *reversed(self._block.above)]
        own = own_subject(self._text, name, unit, around, self._lexicon)
        if not name.is_part and (own.code or unit != self._above_unit):
            self._in_parts = False
        if _BARE_MEASURE.fullmatch(name.span.of(self._text)):
            return self._measure_of_a_thing(own, name, unit)
        if (name.is_part or self._in_parts) and self._above is not None:
            return self._part(own, name, unit, self._above)
        own = self._of_section(own, name, unit)
        self._above, self._above_unit = own, unit
        is_nameless = self._is_place(name) or _THE_WHOLE.fullmatch(name.span.of(self._text))
        return None if is_nameless and own.code is None else own

    def _measure_of_a_thing(self, own: Subject, name: RowName, unit: TableUnit | None) -> Subject | None:
        """ "Diện tích", "Sản lượng" under the crop's own row: the crop is the part that is spoken of."""
        thing = self._above.name if self._above is not None else self._section_span
        if thing is None:
            return None
        if own.code is None:
            titled = RowName(thing, thing, False, False, False, None)
            own = own_subject(self._text, titled, unit, [name.span], self._lexicon)
        return Subject(own.code, name.span, thing)

    def _of_section(self, own: Subject, name: RowName, unit: TableUnit | None) -> Subject:
        """A row whose words are no indicator's name is a part of what its section or title names."""
        whole = self._section
        if own.code is not None or whole is None or whole.code is None or unit is None:
            return own
        is_whole = self._is_place(name) or bool(_THE_WHOLE.fullmatch(name.span.of(self._text)))
        is_rate = self._lexicon.names.units[whole.code] == "PERCENT" and (is_whole or whole.code in INDICES)
        if not fits(whole.code, unit, self._lexicon) or (unit.kind == "percent" and not is_rate):
            return own
        return Subject(whole.code, whole.name, None if is_whole else name.span)

    def _is_place(self, name: RowName) -> bool:
        named = self._lexicon.places.find(self._text, self._article.body, name.whole).spans
        return any(span.start <= name.span.start and span.end >= name.span.end for span in named)

    def _part(self, own: Subject, name: RowName, unit: TableUnit | None, above: Subject) -> Subject:
        """A row under another: an indicator of its own, else a part of that row's in the same unit."""
        if unit is None or self._above_unit is None or (own.code is not None and own.code != above.code):
            return own
        if unit.code != self._above_unit.code or above.breakdown is not None or above.is_growth:
            return replace(own, code=None) if own.code else own
        if above.code in _WHOLE_ECONOMY and unit.kind == "percent":
            return replace(own, code=None)  # a sector's growth is told in value added, which has no code
        return Subject(above.code, above.name, name.span)

    def _where(self, name: RowName) -> Where:
        """Where the figures of a row belong: the place that it names, else the one in the lines above."""
        own = self._article.province_name
        named = self._lexicon.places.find(self._text, self._article.body, name.whole)
        where = named.before(name.whole.end, own)
        if named.provinces or named.places:
            return where
        for span in reversed(self._block.above):
            titled = self._lexicon.places.find(self._text, self._article.body, span)
            if titled.provinces or titled.places:
                return titled.before(span.end, own)
        return Where(None, None)

    def _claim(
        self,
        row: Line,
        column: Column,
        figure: Figure,
        subject: Subject,
        unit: TableUnit | None,
        where: Where,
    ) -> Claim | None:
        if subject.code in _WHOLE_ECONOMY and subject.breakdown and column.kind not in ("level", "share_pct"):
            subject = Subject(None, subject.breakdown)  # no code measures a sector's growth in value added
        own = self._lexicon.names.units.get(subject.code or "")
        period = self._period(column, subject)
        measure = measure_of(figure, column, unit, subject, own, period)
        if measure is None:
            return None
        titles = [subject.name.of(self._text), row.span.of(self._text), column.words, *self._titles]
        return self._made(row, figure, subject, where, period, column, measure, price_basis(titles))

    def _period(self, column: Column, subject: Subject) -> Period:
        if column.period is None:
            return UNKNOWN
        until = column.kind == "level" and _UNTIL.search(column.words)
        return INSTANT if until and subject.code not in self._lexicon.accumulating else column.period

    def _made(
        self,
        row: Line,
        figure: Figure,
        subject: Subject,
        where: Where,
        period: Period,
        column: Column,
        measure: Measure,
        prices: str | None,
    ) -> Claim:
        body = self._article.body
        return Claim(
            indicator_code=subject.code,
            indicator_name=subject.name.of(body),
            breakdown=subject.breakdown.of(body) if subject.breakdown else None,
            measure=measure.measure,
            value=measure.value,
            value_high=measure.high,
            out_of=None,
            unit_code=measure.unit_code,
            value_text=body[figure.start : figure.end],
            approximation=figure.approximation,
            status=self._status(column, period),
            period_type=period.period_type,
            time_period=period.time_period,
            period_start=period.start,
            period_end=period.end,
            comparison_start=measure.compared.start if measure.compared else None,
            comparison_end=measure.compared.end if measure.compared else None,
            price_basis=prices,
            quote_start=row.span.start,
            quote_end=row.span.end,
            value_start=figure.start,
            value_end=figure.end,
            province_name=where.province_name,
            place_name=where.place_name,
        )

    def _status(self, column: Column, period: Period) -> str:
        if self._timeline.is_to_come(period) or column.status == "target":
            return "target"
        return "estimate" if column.status in ("estimate", "expected") else "actual"
