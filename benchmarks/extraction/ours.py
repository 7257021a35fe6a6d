"""Every use of `include.extract` by the benchmark, so that its functions may change in one place."""

from __future__ import annotations

from datetime import date

from benchmarks.extraction.labels import Quantity
from benchmarks.extraction.scoring import Stretch
from include.extract.claims import read_claims
from include.extract.lexicon import lexicon_of
from include.extract.meetings import read_meetings
from include.extract.model import ArticleText
from include.extract.quantities import find_quantities
from include.extract.read import read_article
from include.extract.text import Span, fold, paragraphs, sentences
from include.vocabulary import load_vocabulary

# What a caller may hold without knowing where it comes from.
Article = ArticleText
PACKAGE = "include.extract"


class Ours:
    """Sotinh's extraction with the project's own vocabulary."""

    name = "Sotinh"

    def __init__(self) -> None:
        self._vocabulary = load_vocabulary()
        self._lexicon = lexicon_of(self._vocabulary)
        self.counted = frozenset(
            row["unit_code"] for row in self._vocabulary.units if row["kind"] == "counted"
        )
        self.provinces = {row["province_id"]: row["name_vi"] for row in self._vocabulary.provinces}

    def read_claims(self, article: Article) -> None:
        """Numeric claims alone."""
        read_claims(article, self._lexicon)

    def read_meetings(self, article: Article) -> None:
        """Meetings alone."""
        read_meetings(article, article.published_on)

    def read_article(self, article: Article) -> int:
        """All that a nightly load reads from an article; gives how many claims and meetings."""
        reading = read_article(article, self._vocabulary)
        return len(reading.claims) + len(reading.meetings)

    def find_quantities(self, article: Article) -> None:
        """Numbers with units alone, sentence by sentence."""
        text = fold(article.body)
        for paragraph in paragraphs(article.body):
            for sentence in sentences(article.body, paragraph):
                find_quantities(text, article.body, sentence, self._lexicon.units)

    def quantities(self, text: str) -> list[Quantity]:
        """The quantities of one sentence."""
        found = find_quantities(fold(text), text, Span(0, len(text)), self._lexicon.units)
        return [Quantity(one.start, one.end, one.value, one.high, one.unit_code) for one in found]

    def periods(self, text: str, published_on: date) -> list[Stretch]:
        """Stretches that claims of the sentence are about or compare with, and the days of its meetings."""
        article = ArticleText("sentence", None, text, published_on, None)
        claims = read_claims(article, self._lexicon)
        pairs = [(claim.period_start, claim.period_end) for claim in claims]
        pairs += [(claim.comparison_start, claim.comparison_end) for claim in claims]
        for meeting in read_meetings(article, published_on):
            pairs.append((meeting.meeting_date, meeting.meeting_end_date or meeting.meeting_date))
        return [Stretch(first, last) for first, last in pairs if first is not None and last is not None]
