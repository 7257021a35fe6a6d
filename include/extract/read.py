"""The door of the room: one article in, everything read from it out."""

from __future__ import annotations

from dataclasses import replace

from include.extract.calendar import infer_published_on
from include.extract.claims import read_claims
from include.extract.home import home_province
from include.extract.lexicon import lexicon_of
from include.extract.meetings import read_meetings
from include.extract.model import ArticleText, Reading
from include.extract.vocabulary import Vocabulary

# Raised by hand with every change of rules that can change a row.
RULES_VERSION = "6"


def extractor_version(vocabulary: Vocabulary) -> str:
    """Which rules and which vocabulary make a row: "1+3f2a9c01"."""
    return f"{RULES_VERSION}+{vocabulary.digest[:8]}"


def read_article(article: ArticleText, vocabulary: Vocabulary) -> Reading:
    """Read one article. Deterministic; offsets in the result are into `article.body`.

    Where the page told no day, the article's own words may (`published_basis` is then "text", else
    "unknown"); a `published_basis` of null means that the landed day stands. Where the portal speaks
    for no province, the one that the article is about is named with each claim and meeting.
    """
    lexicon = lexicon_of(vocabulary)
    published_on, basis = article.published_on, None
    if published_on is None:
        published_on = infer_published_on(article)
        basis = "text" if published_on else "unknown"
    home = None if article.province_name else home_province(article, lexicon.places)
    told = replace(article, published_on=published_on, province_name=article.province_name or home)
    reading = Reading(
        published_on=published_on,
        published_basis=basis,
        claims=read_claims(told, lexicon),
        meetings=read_meetings(told, published_on),
    )
    return reading if home is None else _at_home(reading, home)


def _at_home(reading: Reading, home: str) -> Reading:
    """Name the province that the article's own words tell with whatever names no other."""
    return replace(
        reading,
        claims=tuple(replace(claim, province_name=claim.province_name or home) for claim in reading.claims),
        meetings=tuple(replace(one, province_name=one.province_name or home) for one in reading.meetings),
    )
