"""One article's body to its numeric claims: from its tables and its prose."""

from __future__ import annotations

from include.extract.claim_reader import ClaimReader
from include.extract.lexicon import Lexicon
from include.extract.mentions import find_mentions
from include.extract.model import ArticleText, Claim
from include.extract.periods import UNKNOWN, Period
from include.extract.repeats import told_once
from include.extract.tables import read_tables
from include.extract.text import fold, paragraphs, sentences
from include.extract.timeline import Timeline, year_told


def _title_period(title: str | None, timeline: Timeline) -> Period | None:
    folded = fold(title or "")
    for mention in find_mentions(folded, 0, len(folded)):
        if mention.kind in ("months", "quarter", "month", "year"):
            period = timeline.resolve(mention)
            return None if period is UNKNOWN or timeline.is_to_come(period) else period
    return None


def _first_period(article: ArticleText, text: str, year: int | None) -> tuple[Period | None, int]:
    """The first period that governs anywhere, and where the sentence that tells it begins.

    A lead often names none: "Thu ngân sách của tỉnh đạt … Năm 2023, …".
    """
    timeline = Timeline(article.published_on, year)
    for paragraph in paragraphs(article.body):
        for sentence in sentences(article.body, paragraph):
            timeline.enter(text, sentence)
            timeline.leave([])
            if timeline.section is not None:
                return timeline.section, sentence.start
    return None, 0


def read_claims(article: ArticleText, lexicon: Lexicon) -> tuple[Claim, ...]:
    """The numeric claims of `article`, in the order of the text.

    article.published_on: as landed or inferred, null where unknown; only then the years named in the
    text stand in for it. Offsets are into `article.body`.
    """
    text = fold(article.body)
    year = article.published_on.year if article.published_on else year_told(text)
    timeline = Timeline(article.published_on, year)
    timeline.section, lead_end = _title_period(article.title, timeline), 0
    if timeline.section is None:
        timeline.section, lead_end = _first_period(article, text, year)
    reader = ClaimReader(article, text, lexicon, timeline)
    tables = read_tables(article, text, lexicon, timeline)
    for paragraph in tables.without(paragraphs(article.body)):
        reader.paragraph(paragraph)
    return told_once(reader.claims, tables.claims, lead_end)
