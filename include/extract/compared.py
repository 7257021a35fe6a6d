"""Which period the number of a change is compared with, by its own words or those that its list shares."""

from __future__ import annotations

from include.extract import comparisons
from include.extract.parts import INDICES, opens_parts
from include.extract.periods import Period
from include.extract.said import Said
from include.extract.text import Span
from include.extract.timeline import Timeline

COMPARING = frozenset({"change_pct", "change_abs", "multiple", "rank_change"})


class Compared:
    """Reads the comparisons of one article; remembers what each index was compared with in a paragraph."""

    def __init__(self, text: str, timeline: Timeline) -> None:
        self._text = text
        self._timeline = timeline
        self._of_index: dict[tuple[str | None, Period], Period] = {}
        self._outside: tuple[Span | None, Period | None] = (None, None)
        self._latest: tuple[tuple[Span, Period] | None, Period | None] = (None, None)

    def enter_paragraph(self) -> None:
        """Forget the comparisons of the paragraph before."""
        self._of_index = {}

    def of(self, sentence: Span, word: Said, stop: int, before: Said | None) -> Period | None:
        """The period that `word` is compared with, null where it is no change or the text names none.

        stop: where the next number begins; before: the number before it in its sentence.
        """
        if word.measured.measure not in COMPARING:
            return None
        phrase, end = self._phrase(sentence, word, stop, before)
        if phrase is None and opens_parts(self._text, word.inside) and self._outside[0] == sentence:
            # "tăng 12% so với tháng trước (trong đó bán lẻ tăng 8%, …)": the parts are compared as the whole.
            return self._outside[1]
        compared = self._compared(word, phrase, end)
        self._latest = ((sentence, word.period), compared)
        if word.inside is None:
            self._outside = (sentence, compared)
        return compared

    def _compared(self, word: Said, phrase: int | None, end: int) -> Period | None:
        index = (word.subject.code, word.period)
        if phrase is not None:
            compared = comparisons.compared_period(self._text, phrase, end, word.period, self._timeline)
            if compared is not None and word.subject.code in INDICES:
                self._of_index[index] = compared
        elif word.measured.measure in ("change_pct", "change_abs", "multiple"):
            compared = self._with_its_list(word) or comparisons.default_comparison(word.period)
            if compared is None and self._latest[0] == (self._timeline.sentence, word.period):
                compared = self._latest[1]  # "18 con trâu, giảm 3% so với …; 11 con bò, tăng 2%"
        else:
            return None
        of_index = word.subject.breakdown or word.subject.code in INDICES
        if of_index and (phrase is None or compared is None):
            # The groups of an index are compared as the index was.
            return self._of_index.get(index, compared)
        return compared

    def _with_its_list(self, word: Said) -> Period | None:
        """What the list of changes that the number opens is compared with at its end."""
        end = self._timeline.sentence.end
        phrase = comparisons.phrase_behind_list(self._text, word.quantity.end, end)
        if phrase is None:
            return None
        return comparisons.compared_period(self._text, phrase, end, word.period, self._timeline)

    def _phrase(self, sentence: Span, word: Said, stop: int, before: Said | None) -> tuple[int | None, int]:
        """Where the words of comparison begin that are the number's, and up to where they may go on."""
        text, quantity = self._text, word.quantity
        start = before.quantity.end if before else sentence.start
        if (phrase := comparisons.phrase_after(text, quantity.end, stop)) is not None:
            return phrase, stop
        phrase = comparisons.phrase_before(text, start, quantity.start, follows_number=before is not None)
        if phrase is not None:
            return phrase, quantity.start
        if (phrase := comparisons.phrase_after(text, quantity.end, stop, sentence.end)) is not None:
            return phrase, sentence.end
        return comparisons.phrase_in_head(text, sentence.start, quantity.start), quantity.start
