"""One article's body to its numeric claims: the rules of the other modules in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from include.extract import not_claims, respectively, statuses
from include.extract.brackets import enclosing, without
from include.extract.compared import Compared
from include.extract.economies import whose_product
from include.extract.home import speaks_of_a_province
from include.extract.lexicon import Lexicon
from include.extract.measures import Measured, is_elliptic, last_piece, measure_of
from include.extract.model import ArticleText, Claim
from include.extract.naming import own_words
from include.extract.number_words import may_write_numbers
from include.extract.outline import Outline
from include.extract.parts import Context, opens_parts, settle
from include.extract.periods import Period, year_of
from include.extract.places import PlacesNamed
from include.extract.prices import price_basis
from include.extract.quantities import Quantity, find_quantities
from include.extract.rankings import index_named
from include.extract.respectively import InTurn
from include.extract.rows import Subject
from include.extract.said import Said, after_others, as_before, in_points
from include.extract.shared_units import with_listed
from include.extract.subjects import SubjectFinder
from include.extract.text import Span, sentences
from include.extract.timeline import Timeline
from include.extract.told_periods import PeriodReader

_MAY_SPEAK = (
    *"0123456789", "quý", "quí", "tháng", "năm n", "năm trước", "năm qua", "kỳ qua", "vừa qua", "trong năm",
)  # fmt: skip
_REMEMBERED = 6  # indicators that "người chết", "kim ngạch" alone may go back to
_PARTS = re.compile(r"\b(?:trong đó|bao gồm|gồm|cụ thể)\b(?!.*\bđã\b)")
_WILL = re.compile(r"\s(?:[^\W\d]+\s){0,3}sẽ\b")


def _may_speak(words: str) -> bool:
    """Whether a sentence (folded) can hold a number or name a period."""
    for piece in _MAY_SPEAK:  # noqa: SIM110  a loop is twice as fast
        if piece in words:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence as one of its numbers sees it: asides in brackets are blank for what is outside them."""

    text: str
    finder: SubjectFinder


class ClaimReader:
    """Reads one article, sentence by sentence; holds what later sentences need of earlier ones."""

    def __init__(self, article: ArticleText, text: str, lexicon: Lexicon, timeline: Timeline) -> None:
        self._article = article
        self._body = article.body
        self._text = text
        self._lexicon = lexicon
        self._timeline = timeline
        self._outline = Outline(timeline)
        self._list_subject: Subject | None = None
        self._last_subject: Subject | None = None
        self._paragraph_subject: Subject | None = None
        self._silent: Span | None = None
        self._spoken: list[str] = []  # the article's indicators, the newest first
        self._last_status = "actual"
        self._attained = False  # whether the sentence before told the attainment of a plan
        self._compared = Compared(text, timeline)
        self._periods = PeriodReader(text, timeline, self._outline, lexicon.accumulating)
        self._of_a_province = speaks_of_a_province(text)
        self._places = PlacesNamed([], [])
        self.claims: list[Claim] = []

    def paragraph(self, span: Span) -> None:
        """Read one paragraph; a paragraph that ends in a colon is the head of the items after it."""
        words = span.of(self._text)
        if not_claims.is_caption(words):
            return
        outline = self._outline
        self._compared.enter_paragraph()
        goes_on = outline.enter_paragraph(words)
        self._silent = None
        self._paragraph_subject = self._last_subject if goes_on else None
        if not outline.item:
            self._list_subject = None
        for sentence in sentences(self._body, span):
            if _may_speak(sentence.of(self._text)) or self._counts(sentence):
                self._sentence(sentence)
            else:
                self._silent = sentence
        outline.leave_paragraph(words, span.start)
        if words.endswith(":"):
            self._list_subject = self._last_subject

    def _counts(self, sentence: Span) -> bool:
        """Whether a sentence without a figure writes numbers in words."""
        return may_write_numbers(sentence.of(self._text)) and bool(
            find_quantities(self._text, self._body, sentence, self._lexicon.units)
        )

    def _sentence(self, sentence: Span) -> None:
        self._timeline.enter(self._text, sentence)
        words = sentence.of(self._text)
        self._outline.enter_sentence(words)
        quantities = find_quantities(self._text, self._body, sentence, self._lexicon.units)
        quantities = with_listed(self._text, self._body, sentence, quantities)
        said: list[Said] = []
        if quantities:
            self._numbers(sentence, quantities, said)
        self._outline.leave_sentence(words, [word.status for word in said])
        self._timeline.leave([word.period for word in said if word.status != "target"])
        if said:
            coded = next((word.subject for word in reversed(said) if word.subject.code), None)
            self._last_subject = coded or self._last_subject
            self._paragraph_subject = coded or self._paragraph_subject
            self._last_status, self._silent = said[-1].status, None
            self._attained = any(word.measured.measure == "plan_pct" for word in said)
            self._speak_of(said)
        else:
            self._silent = sentence

    def _speak_of(self, said: list[Said]) -> None:
        for word in said:
            if (code := word.subject.code) is not None:
                self._spoken = [code, *(one for one in self._spoken if one != code)][:_REMEMBERED]

    def _numbers(self, sentence: Span, quantities: list[Quantity], said: list[Said]) -> None:
        """Decide the sentence's numbers in order."""
        self._places = self._lexicon.places.find(self._text, self._body, sentence)
        asides = [
            span
            for span in self._timeline.brackets
            if any(span.start < q.start < span.end for q in quantities)
        ]
        whole = self._stretch(self._text, sentence)
        outside = self._stretch(without(self._text, sentence, asides), sentence) if asides else whole
        paired = respectively.pair_up(self._text, sentence, quantities)
        turns = respectively.places_in_turn(self._text, sentence, quantities, self._places.provinces)
        self._places.turns.update(turns)
        in_turn: dict[int, Said] = {}
        for index, quantity in enumerate(quantities):
            stop = quantities[index + 1].start if index + 1 < len(quantities) else sentence.end
            aside = enclosing(quantity.start, asides)
            seen = [word for word in said if word.inside is None or word.inside == aside]
            if word := self._decide(outside if aside is None else whole, sentence, quantity, stop, seen):
                if aside is not None:
                    word = replace(word, inside=aside)
                if (turn := paired.get(index)) is not None:
                    word = in_turn[index] = self._in_turn(word, whole.finder, turn, in_turn.get(turn.first))
                said.append(word)
                self.claims.append(self._claim(sentence, word, stop, [*seen, word]))

    def _in_turn(self, word: Said, finder: SubjectFinder, turn: InTurn, first: Said | None) -> Said:
        """A number told with "lần lượt": its own thing or year of the list, the measure of the list's first.

        first: null for the list's first number itself, and where that is no claim.
        """
        if (period := self._period_in_turn(turn.thing)) is not None:
            word = replace(word, period=period, subject=first.subject if first else word.subject)
        else:
            subject = finder.listed_as(turn.thing, word.quantity, first.subject if first else None)
            word = replace(word, subject=subject)
        if first is None or word.quantity.kind != first.quantity.kind:
            return word
        return replace(word, measured=as_before(word.measured, word.quantity, first.measured))

    def _period_in_turn(self, thing: Span) -> Period | None:
        """The time that is a thing of the list: "quý I và quý II lần lượt đạt …"."""
        if year := respectively.year_named(self._text, thing):
            return year_of(year)
        timeline = self._timeline
        named = next((m for m in timeline.mentions if thing.start <= m.start and m.end == thing.end), None)
        return timeline.resolve(named) if named and named.kind in ("quarter", "month", "months") else None

    def _stretch(self, text: str, sentence: Span) -> _Stretch:
        names, units = self._lexicon.names, self._lexicon.units
        return _Stretch(text, SubjectFinder(text, sentence, names, units, self._places.spans))

    def _earlier(self) -> Subject | None:
        """What a number that names nothing goes on with: a list's head, the paragraph's last indicator."""
        if self._outline.item and self._list_subject:
            return self._list_subject
        if self._silent is not None:
            silent, self._silent = self._silent, None
            names = self._lexicon.names.find(self._text, silent.start, silent.end)
            plain = [(n, row) for n in names for row in n.rows if row.code and not row.near]
            if plain:
                name, row = plain[-1]
                self._paragraph_subject = Subject(row.code, Span(name.start, name.end), listed=True)
        return self._paragraph_subject

    def _decide(
        self, stretch: _Stretch, sentence: Span, quantity: Quantity, stop: int, said: list[Said]
    ) -> Said | None:
        before = said[-1] if said else None
        start = before.quantity.end if before else sentence.start
        left = stretch.text[start : quantity.start]
        right = self._text[quantity.end : stop]
        subject = self._subject(stretch.finder, quantity, (left, right), start, said)
        own = self._article.province_name
        named = self._places.before(quantity.start, own).province_name
        subject = whose_product(subject, self._text, sentence, named, own, of_a_province=self._of_a_province)
        unit = self._lexicon.names.units.get(subject.code or "")
        measured = measure_of(quantity, left, right, unit, subject.code)
        if measured is None:
            return None
        planned = self._outline.goes_on and self._attained
        measured = after_others(measured, quantity, subject, said, left, unit, planned=planned)
        measured = in_points(measured, unit, subject, before, self._text)
        period = self._periods.of(quantity, subject, measured, stop, before, left)
        aside = self._periods.aside(quantity, before) is not None
        status = self._status(stretch.text, sentence, quantity, measured, period, before)
        if status == "estimate" and (aside or self._periods.is_of_the_past(quantity, period, before)):
            status = "actual"
        return Said(quantity, subject, measured, period, status, aside)

    def _subject(
        self,
        finder: SubjectFinder,
        quantity: Quantity,
        sides: tuple[str, str],
        start: int,
        said: list[Said],
    ) -> Subject:
        before = said[-1] if said else None
        if quantity.listed and before is not None:
            return before.subject
        aside = enclosing(quantity.start, self._timeline.brackets)
        earlier = self._earlier()
        codes = [*(word.subject.code for word in reversed(said)), earlier.code if earlier else None]
        told = tuple(code for code in (*codes, *self._spoken) if code)
        subject = finder.of(
            quantity, before.quantity if before else None, before.subject if before else None, told
        )
        around = Context(
            left=sides[0],
            right=sides[1],
            start=start,
            before=before.subject if before else None,
            earlier=earlier,
            told=told,
            a_place=subject.code is None
            and subject.name.start < quantity.start
            and finder.names_a_place(subject.name),
            last=self._last_subject,
            named=before.subject.name.of(self._text) if before else "",
            parts=self._outline.goes_on or opens_parts(self._text, aside),
        )
        if subject.code is None and quantity.kind in ("score", "rank"):
            named = index_named(self._lexicon.names, self._text, quantity.start)
            ranked = next((word.subject for word in reversed(said) if word.subject.code), None)
            return named or (ranked if quantity.kind == "rank" and ranked else subject)
        return settle(subject, quantity, subject.name.of(self._text), around, finder.fits)

    def _status(
        self,
        text: str,
        sentence: Span,
        quantity: Quantity,
        measured: Measured,
        period: Period,
        before: Said | None,
    ) -> str:
        begin = before.quantity.start if before else sentence.start
        item = text.rfind(";", begin, quantity.start) + 1
        if item and measured.measure != "level" and own_words(text, item, quantity.start) is None:
            item = 0  # "ước đạt 15 nghìn tỷ đồng; tăng 3% so với dự toán"
        begin = max(begin, item)
        clause = text[begin : quantity.start]
        if _WILL.match(self._text, quantity.end):
            return "target"
        follows = before is not None and not item and measured.measure != "level" and not clause.endswith("(")
        piece = (
            clause[max(clause.rfind("("), 0) :]
            if clause.rfind("(") > clause.rfind(")")
            else last_piece(clause)
        )
        own = statuses.own_status(piece if follows else clause, period, self._timeline)
        if own == "target" and measured.measure == "plan_pct" and not self._timeline.is_to_come(period):
            own = None  # the plan that is named is the yardstick
        if own is not None:
            return own
        if before is not None and (follows or before.status == "target" or is_elliptic(clause)):
            return before.status
        head = text[sentence.start : quantity.start]
        told = None if measured.measure == "plan_pct" else statuses.head_status(head)
        told = told or self._outline.status_of(period, yearly=self._periods.is_yearly(clause, quantity))
        if told is None and before is not None and before.status == "estimate" and _PARTS.search(head):
            return "estimate"  # "ước tăng 8%; trong đó nông nghiệp tăng 2%": the parts of an estimate
        if told is None and before is None and self._outline.goes_on and is_elliptic(clause):
            return self._last_status
        return told or "actual"

    def _claim(self, sentence: Span, word: Said, stop: int, said: list[Said]) -> Claim:
        before = said[-2] if len(said) > 1 else None
        quantity, measured, period = word.quantity, word.measured, word.period
        compared = self._compared.of(sentence, word, stop, before)
        where = self._places.before(quantity.start, self._article.province_name)
        breakdown = word.subject.breakdown
        start = before.quantity.end if before else sentence.start
        return Claim(
            indicator_code=word.subject.code,
            indicator_name=word.subject.name.of(self._body),
            breakdown=breakdown.of(self._body) if breakdown else None,
            measure=measured.measure,
            value=measured.value,
            value_high=measured.high,
            out_of=quantity.out_of,
            unit_code=measured.unit_code,
            value_text=self._body[quantity.start : quantity.end],
            approximation=quantity.approximation,
            status=word.status,
            period_type=period.period_type,
            time_period=period.time_period,
            period_start=period.start,
            period_end=period.end,
            comparison_start=compared.start if compared else None,
            comparison_end=compared.end if compared else None,
            price_basis=price_basis(self._text, start, quantity.start, quantity.end, stop),
            quote_start=sentence.start,
            quote_end=sentence.end,
            value_start=quantity.start,
            value_end=quantity.end,
            province_name=where.province_name,
            place_name=where.place_name,
        )
