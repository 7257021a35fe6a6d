"""Targets of extraction: figures, days, names, and whole articles."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final

from include.extract import calendar, periods
from include.extract.lexicon import Lexicon, lexicon_of
from include.extract.mentions import Now, find_mentions, resolve
from include.extract.model import ArticleText, Claim, Meeting, Organization, Reading
from include.extract.number_words import find_fractions, find_multiples, read_number_words
from include.extract.numbers import Amount, parse_digits, read_amount
from include.extract.organizations import organization_named
from include.extract.people import find_people
from include.extract.periods import Period
from include.extract.posts import posts_held
from include.extract.quantities import find_quantities
from include.extract.read import read_article
from include.extract.reported_years import reported_years
from include.extract.text import Span, clauses, fold, paragraphs, sentences, without_inner_stops
from include.extract.timeline import year_told
from include.extract.titles import organization_of
from include.vocabulary import load_vocabulary
from tests.fuzz.draw import Draw
from tests.fuzz.target import LONG_LIMIT_S, Target
from tests.fuzz.vietnamese import ALL, DIGIT_WORDS, FIGURES, PEOPLE_WORDS, TIMES, long_text, told

_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\w+")
_RUN_OF_DIGITS: Final = re.compile(r"\d+(?:[., ]\d+)*")
_MOST_PLACES: Final = 12  # positions of one text that a reader of one position is asked about
_DAYS_OF_PUBLICATION: Final = (
    None, date(2024, 2, 29), date(2023, 1, 1), date(2025, 12, 31), date(2020, 7, 15), date(1997, 3, 3),
    date(2100, 12, 31),
)  # fmt: skip
# What a whole article of that many characters may cost: 100 KB is far beyond any article's length.
_LONG_ARTICLE_S: Final = 10.0


@cache
def lexicon() -> Lexicon:
    """The vocabulary of the seeds."""
    return lexicon_of(load_vocabulary())


def _is_within(start: int, end: int, text: str) -> bool:
    return 0 <= start < end <= len(text)


def _is_trimmed(printed: str) -> bool:
    return printed == printed.strip() != ""


def _check_amount(amount: Amount, text: str) -> None:
    assert _is_within(amount.start, amount.end, text), amount
    assert _is_trimmed(text[amount.start : amount.end]), amount
    assert math.isfinite(amount.value), amount
    assert amount.value >= 0, amount
    assert math.isfinite(amount.scale), amount
    assert amount.scale >= 1, amount
    assert amount.high is None or (math.isfinite(amount.high) and amount.high > amount.value), amount
    assert amount.out_of is None or (math.isfinite(amount.out_of) and amount.out_of >= amount.value), amount


def _figures(text: str) -> None:
    folded = fold(text)
    for found in list(_DIGIT.finditer(folded))[:_MOST_PLACES]:
        amount = read_amount(folded, found.start())
        assert amount is not None, "a digit always starts an amount"
        assert amount.start == found.start(), amount
        _check_amount(amount, folded)
    for found in _RUN_OF_DIGITS.finditer(folded):
        if found.group().count(".") + found.group().count(",") <= 1:
            assert parse_digits(found.group().replace(" ", "")) >= 0


def _number_words(text: str) -> None:
    folded = fold(text)
    for found in list(_WORD.finditer(folded))[:_MOST_PLACES]:
        amount = read_number_words(folded, found.start())
        if amount is not None:
            assert amount.start == found.start(), amount
            assert amount == read_number_words(folded, found.start()), "not the same twice"
            _check_amount(amount, folded)
            assert amount.value > 0, amount
    for amount in find_multiples(folded, 0, len(folded)):
        _check_amount(amount, folded)
    for amount in find_fractions(folded, 0, len(folded)):
        _check_amount(amount, folded)
        assert 0 < amount.value < 100, amount


def _spans_are_ordered(spans: list[Span], within: Span) -> None:
    assert all(within.start <= span.start < span.end <= within.end for span in spans), spans
    assert all(before.end <= after.start for before, after in pairwise(spans)), spans


def _units_of_text(body: str) -> None:
    folded = fold(body)
    assert len(folded) == len(body), "offsets moved"
    assert fold(folded) == folded, "folding twice is not folding once"
    whole = Span(0, len(body))
    parts = paragraphs(body)
    _spans_are_ordered(parts, whole)
    for part in parts:
        found = sentences(body, part)
        _spans_are_ordered(found, part)
        assert "".join("".join(one.of(body).split()) for one in found) == "".join(part.of(body).split())
        for sentence in found:
            _spans_are_ordered(clauses(body, sentence), sentence)
    assert len(without_inner_stops(folded, _sentences(body))) == len(folded)


def _quantities(body: str) -> None:
    text, units = fold(body), lexicon().units
    for part in paragraphs(body):
        for sentence in sentences(body, part):
            found = find_quantities(text, body, sentence, units)
            assert all(sentence.start <= one.start < one.end <= sentence.end for one in found), found
            assert all(before.end <= after.start for before, after in pairwise(found)), found
            for one in found:
                assert one.start < one.unit_start <= one.end, one
                assert math.isfinite(one.value), one
                assert one.high is None or (math.isfinite(one.high) and one.high >= one.value), one
                assert one.out_of is None or math.isfinite(one.out_of), one
                assert one.unit_code in units.kinds, one
                assert _is_trimmed(text[one.start : one.end]), one


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text, and the day on which it may have been published."""

    text: str
    published_on: date | None


def _dated(draw: Draw) -> DatedText:
    return DatedText(published_on=draw.pick(_DAYS_OF_PUBLICATION), text=told(draw, TIMES, 30))


def _days(told_on: DatedText) -> None:
    folded = fold(told_on.text)
    found = calendar.find_days(folded)
    assert found == calendar.find_days(folded), "not the same twice"
    assert found == sorted(found, key=lambda one: one.start)
    evidence = reported_years(folded)
    for one in found:
        assert _is_within(one.start, one.end, folded), one
        for published_on in (told_on.published_on, None):
            first = calendar.resolve_day(one, published_on, evidence)
            last = calendar.resolve_end(one, first)
            assert last is None or (first is not None and last >= first), (one, first, last)
            if first and published_on and one.year is None:
                assert first <= published_on, (one, first)
    year_told(folded)


def _check_period(period: Period) -> None:
    assert (period.start is None) == (period.end is None) == (period.time_period is None), period
    if period.start is not None and period.end is not None:
        assert period.start <= period.end, period


def _mentions(told_on: DatedText) -> None:
    folded = fold(told_on.text)
    found = find_mentions(folded, 0, len(folded))
    assert all(_is_within(one.start, one.end, folded) for one in found), found
    assert all(before.end <= after.start for before, after in pairwise(found)), found
    day = told_on.published_on
    section = month = None
    for one in found:
        now = Now(day, day.year if day else year_told(folded), section, month)
        period = resolve(one, now)
        assert period == resolve(one, now), "not the same twice"
        _check_period(period)
        for other in (period.shifted(-1), period.shifted(1), periods.last_month(period)):
            _check_period(other)
        if period.period_type in ("month", "quarter", "year"):
            _check_period(periods.previous(period))
        if before := periods.days_before(period):
            _check_period(before)
        section, month = period, period if period.period_type == "month" else month


@dataclass(frozen=True, slots=True)
class Named:
    """A text that names people, and a province that its portal may speak for."""

    body: str
    province: str | None


_PROVINCES: Final = (None, "Lào Cai", "Thành phố Hồ Chí Minh", "Việt Nam", "Huế")


def _people(named: Named) -> None:
    body, folded = named.body, fold(named.body)
    for part in paragraphs(body):
        for sentence in sentences(body, part):
            found = find_people(body, folded, sentence)
            for one in found:
                assert 0 <= one.begin <= one.start < one.end <= one.finish <= len(body), one
                assert one.name == " ".join(one.name.split()) != "", one
                printed = "".join(body[one.start : one.end].split())
                assert one.name.replace(" ", "").casefold() == printed.casefold(), one
                assert one.title is None or one.title.strip() == one.title != "", one
                for title in filter(None, (one.title, one.organization)):
                    _offices(title, named.province)


def _offices(title: str, province: str | None) -> None:
    for held in posts_held(title):
        assert held.post, held
    for office in (organization_of(title), title):
        if office:
            _check_office(organization_named(office, province))


def _check_office(office: Organization) -> None:
    assert isinstance(office.name, str), office


def _article(draw: Draw) -> ArticleText:
    published_on = draw.pick(_DAYS_OF_PUBLICATION)
    province = draw.pick(_PROVINCES)
    title = told(draw, ALL, 1 + draw.byte() % 12) if draw.byte() > 40 else None
    return ArticleText("a" * 17, title, told(draw, ALL, 30), published_on, province)


def _long_article(draw: Draw) -> ArticleText:
    published_on, province = draw.pick(_DAYS_OF_PUBLICATION), draw.pick(_PROVINCES)
    return ArticleText("a" * 17, None, long_text(draw, ALL), published_on, province)


def _articles(article: ArticleText) -> None:
    vocabulary = load_vocabulary()
    reading = read_article(article, vocabulary)
    if len(article.body) % 8 == 0:  # an article costs milliseconds: every eighth is read twice
        assert reading == read_article(article, vocabulary), "not the same twice"
    check_reading(article, reading)


def _articles_once(article: ArticleText) -> None:
    check_reading(article, read_article(article, load_vocabulary()))


def check_reading(article: ArticleText, reading: Reading) -> None:
    """What the data contract says of every claim, meeting and directive of an article."""
    json.dumps(reading.to_json_ready(), allow_nan=False)
    for claim in reading.claims:
        _check_claim(claim, article.body)
    for meeting in reading.meetings:
        _check_meeting(meeting, article.body)


def _check_claim(claim: Claim, body: str) -> None:
    assert 0 <= claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end <= len(body), (
        claim
    )
    assert body[claim.value_start : claim.value_end] == claim.value_text, claim
    assert math.isfinite(claim.value), claim
    if claim.value_high is not None:
        assert math.isfinite(claim.value_high), claim
        # Both ends as printed, and below zero where something fell: "giảm 15-20%" is -15 and -20.
        assert abs(claim.value_high) >= abs(claim.value), claim
        assert claim.value_high * claim.value >= 0, claim
    assert claim.out_of is None or math.isfinite(claim.out_of), claim
    assert claim.indicator_name.strip(), claim
    assert claim.unit_code in lexicon().units.kinds, claim
    for start, end in (
        (claim.period_start, claim.period_end),
        (claim.comparison_start, claim.comparison_end),
    ):
        assert (start is None) == (end is None), claim
        assert start is None or end is None or start <= end, claim


def _check_meeting(meeting: Meeting, body: str) -> None:
    assert _is_within(meeting.quote_start, meeting.quote_end, body), meeting
    assert (meeting.date_earliest or date.min) <= (meeting.date_latest or date.max), meeting
    if meeting.meeting_end_date is not None:
        assert meeting.meeting_date is not None, meeting
        assert meeting.meeting_end_date >= meeting.meeting_date, meeting
    if meeting.conclusion_start is not None:
        assert meeting.conclusion_end is not None, meeting
        assert _is_within(meeting.conclusion_start, meeting.conclusion_end, body), meeting
    for person in meeting.participants:
        assert person.person_name.strip(), person
        assert _is_within(person.quote_start, person.quote_end, body), person
    for directive in meeting.directives:
        assert _is_within(directive.quote_start, directive.quote_end, body), directive
        assert directive.action.strip(), directive
        assert directive.directive_kind in ("order", "promise", "request"), directive


def _long_figures(body: str) -> None:
    text = fold(body)
    for sentence in _sentences(body):
        find_quantities(text, body, sentence, lexicon().units)


def _long_days(body: str) -> None:
    text = fold(body)
    calendar.find_days(text)
    year_told(text)
    reported_years(text)


def _long_periods(body: str) -> None:
    text = fold(body)
    for sentence in _sentences(body):
        find_mentions(text, sentence.start, sentence.end)


def _long_people(body: str) -> None:
    text = fold(body)
    for sentence in _sentences(body):
        find_people(body, text, sentence)


def _sentences(body: str) -> list[Span]:
    return [sentence for part in paragraphs(body) for sentence in sentences(body, part)]


def _named(draw: Draw) -> Named:
    return Named(told(draw, PEOPLE_WORDS, 20), draw.pick(_PROVINCES))


def _worded(draw: Draw) -> str:
    return told(draw, (*DIGIT_WORDS, *FIGURES[-90:]), 10)


def _told(words: Sequence[str], most: int) -> Callable[[Draw], str]:
    return lambda draw: told(draw, words, most)


def _long(words: Sequence[str]) -> Callable[[Draw], str]:
    return lambda draw: long_text(draw, words)


TARGETS: Final = (
    Target("numbers", _told(FIGURES, 5), _figures, 600_000, most_bytes=48),
    Target("number words", _worded, _number_words, 500_000, most_bytes=96),
    Target("folding and sentences", _told(ALL, 12), _units_of_text, 300_000, most_bytes=96),
    Target("quantities", _told(FIGURES, 12), _quantities, 100_000, most_bytes=128),
    Target("days", _dated, _days, 100_000, most_bytes=192),
    Target("periods", _dated, _mentions, 100_000, most_bytes=192),
    Target("people and posts", _named, _people, 60_000, most_bytes=128),
    Target("articles", _article, _articles, 100_000, most_bytes=256, parts=3),
    Target("sentences of 100 KB", _long(ALL), _units_of_text, 500, LONG_LIMIT_S, most_bytes=96),
    Target("figures of 100 KB", _long(FIGURES), _long_figures, 500, LONG_LIMIT_S, most_bytes=96),
    Target("days of 100 KB", _long(TIMES), _long_days, 500, LONG_LIMIT_S, most_bytes=96),
    Target("periods of 100 KB", _long(TIMES), _long_periods, 500, LONG_LIMIT_S, most_bytes=96),
    Target("people of 100 KB", _long(PEOPLE_WORDS), _long_people, 500, LONG_LIMIT_S, most_bytes=96),
    Target("articles of 100 KB", _long_article, _articles_once, 200, _LONG_ARTICLE_S, most_bytes=128),
)
