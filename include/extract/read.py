"""The door of the room: one article in, everything read from it out."""

from __future__ import annotations

from dataclasses import replace

from include.extract.calendar import infer_published_on
from include.extract.claims import read_claims
from include.extract.lexicon import lexicon_of
from include.extract.meetings import read_meetings
from include.extract.model import ArticleText, Reading
from include.extract.vocabulary import Vocabulary

# Raised by hand with every change of rules that can change a row.
RULES_VERSION = "1"


def extractor_version(vocabulary: Vocabulary) -> str:
    """Which rules and which vocabulary make a row: "1+3f2a9c01"."""
    return f"{RULES_VERSION}+{vocabulary.digest[:8]}"


def read_article(article: ArticleText, vocabulary: Vocabulary) -> Reading:
    """Read one article. Deterministic; offsets in the result are into `article.body`.

    Where the page told no day, the article's own words may (`published_basis` is then "text", else
    "unknown"); a `published_basis` of null means that the landed day stands.
    """
    published_on, basis = article.published_on, None
    if published_on is None:
        published_on = infer_published_on(article)
        basis = "text" if published_on else "unknown"
    dated = replace(article, published_on=published_on)
    return Reading(
        published_on=published_on,
        published_basis=basis,
        claims=read_claims(dated, lexicon_of(vocabulary)),
        meetings=read_meetings(article, published_on),
    )
