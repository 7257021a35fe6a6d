"""Scores of one tool on labelled pages. Pure: truth and answers in, counts out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from benchmarks.cleaning.pages import Page, flat

_RUN: Final = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool read off a page; raised: the error that it gave in place of an answer."""

    title: str | None
    body: str
    published_on: date | None
    raised: str | None = None


@dataclass(frozen=True, slots=True)
class PageScore:
    """One answer beside its truth; captions, others: the stretches that leaked into the body."""

    page: str
    f1: float
    empty: bool
    lead_lost: bool
    captions: tuple[str, ...]
    others: tuple[str, ...]
    title_right: bool
    date_right: bool
    raised: str | None


@dataclass(frozen=True, slots=True)
class SetScore:
    """Counts over one set of pages; f1_mean, f1_worst: of bodies, 0 to 1.

    empty: pages whose body came out without text. raised: pages on which the tool gave an error, each of
    them scored as an empty answer. dates: null for a tool that reads none. first_raised: the first of
    these errors with its page.
    """

    f1_mean: float
    f1_worst: float
    empty: int
    leads_lost: int
    captions_leaked: int
    others_leaked: int
    titles: int
    dates: int | None
    raised: int
    first_raised: str | None


def words_in_order(text: str) -> list[str]:
    r"""Runs of `\w` of the NFC text in lower case."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def words(text: str) -> Counter[str]:
    """How often each word stands in the text."""
    return Counter(words_in_order(text))


def word_f1(one: str, other: str) -> float:
    """F1 of the two texts' words, each as often as it stands there, in any order: 0 to 1."""
    found, wanted = words(one), words(other)
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def _runs(text: str) -> set[tuple[str, ...]]:
    listed = words_in_order(text)
    size = min(_RUN, len(listed))
    return {tuple(listed[at : at + size]) for at in range(len(listed) - size + 1)} if size else set()


def lead_is_lost(lead: str, body: str) -> bool:
    """Whether the body lacks more than half of the lead's runs of four words.

    Runs, since the words alone stand in any long story; half, since a lead without its "(Đài X) –" or
    with a link cut out is no lost one.
    """
    asked = _runs(lead)
    size = len(next(iter(asked), ()))
    listed = words_in_order(body)
    held = {tuple(listed[at : at + size]) for at in range(len(listed) - size + 1)}
    return 2 * len(asked & held) < len(asked)


def score_page(page: Page, answer: Answer) -> PageScore:
    """Score one answer. A title is right to the letter, but for blanks and Unicode form."""
    truth, body = page.truth, flat(answer.body)
    title = flat(answer.title or "") or None
    return PageScore(
        page=page.name,
        f1=word_f1(answer.body, truth.text),
        empty=not body,
        lead_lost=lead_is_lost(truth.body[0], answer.body),
        captions=tuple(one for one in truth.captions if one in body),
        others=tuple(one for one in truth.others if one in body),
        title_right=title == (None if truth.title is None else flat(truth.title)),
        date_right=answer.published_on == truth.published_on,
        raised=answer.raised,
    )


def total(scores: Sequence[PageScore], *, reads_dates: bool) -> SetScore:
    """The scores of one or more pages as one. An error is no right answer, not even where none is due."""
    answered = [one for one in scores if one.raised is None]
    errors = [f"{one.page}: {one.raised}" for one in scores if one.raised is not None]
    return SetScore(
        f1_mean=sum(one.f1 for one in scores) / len(scores),
        f1_worst=min(one.f1 for one in scores),
        empty=sum(one.empty for one in scores),
        leads_lost=sum(one.lead_lost for one in scores),
        captions_leaked=sum(len(one.captions) for one in scores),
        others_leaked=sum(len(one.others) for one in scores),
        titles=sum(one.title_right for one in answered),
        dates=sum(one.date_right for one in answered) if reads_dates else None,
        raised=len(errors),
        first_raised=next(iter(errors), None),
    )


def faults(page: Page, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer, one line each; nothing where all is right."""
    score, truth = score_page(page, answer), page.truth
    lacking, strange = _differing(truth.text, answer.body)
    if answer.raised is not None:
        yield f"raised: {answer.raised}"
    if lacking:
        yield f"body lacks: {lacking}"
    if strange:
        yield f"body has too much: {strange}"
    if score.lead_lost:
        yield f"lead lost: {truth.body[0]}"
    yield from (f"caption leaked: {one}" for one in score.captions)
    yield from (f"leaked: {one}" for one in score.others)
    if not score.title_right:
        yield f"title: {answer.title!r}, wanted {truth.title!r}"
    if not score.date_right:
        yield f"date: {answer.published_on}, wanted {truth.published_on}"


def _differing(truth: str, body: str) -> tuple[str, str]:
    """The runs of words that the body lacks and those it has too much of, in their order."""
    wanted, found = words_in_order(truth), words_in_order(body)
    lacking, strange = [], []
    for kind, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind != "equal":
            lacking.append(" ".join(wanted[a:b]))
            strange.append(" ".join(found[c:d]))
    return " … ".join(filter(None, lacking)), " … ".join(filter(None, strange))
