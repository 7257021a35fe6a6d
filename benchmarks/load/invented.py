"""Invented pages in any number: the sample portals' pages as templates of other stories.

A page keeps its template's markup, so that every family of content systems is in a load with all its traps.
Its title, address, day, people and amounts are new; of the paragraphs that tell no growth two of three are
another story's.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from benchmarks.load.varying import Variation, tells_growth
from benchmarks.samples import SampleStory, sample_origins, sample_stories
from tests.sample_portals.placeholders import fill

# Each portal tells one story in so many days, back from the last one: more pages are a longer past, not more
# reports of the same month, which real portals do not have either.
DAYS_APART: Final = 5
LAST_DAY: Final = date(2025, 12, 20)
_OTHERS_PARAGRAPH: Final = 0.7
# A page of shorter ones might have too little prose to be a story.
_LEAST_PARAGRAPH: Final = 120
# The part of an address that numbers the story in its family, else the place where a number can stand.
_NUMBERED: Final = re.compile(
    r"(?<=sid=)\d+|(?<=ItemID=)\d+|(?<=-post)\d+|(?<=-a)\d{5}|(?<=-)\d{2,8}(?=\.html)"
)
_HASHED: Final = re.compile(r"(?<=-)[0-9a-f]{7}(?=/$)")
_END: Final = re.compile(r"(?=\.html$|\?|$)")
_MONTH_FOLDER: Final = re.compile(r"(?<=/)20\d{4}(?=/)")
# Character references of letters, by which some templates print Vietnamese; "&lt;" and the like stay.
_LETTER: Final = re.compile(r"&(?:#x?[0-9A-Fa-f]+|[A-Za-z]{2,}(?<!lt)(?<!gt)(?<!amp)(?<!quot)(?<!nbsp));")
_MARKUP: Final = re.compile(r"(<script.*?</script>|<style.*?</style>|<!--.*?-->|<[^>]*>)", re.DOTALL)
# Shorter ones are menus, names and the line with the day.
_LONG_TEXT: Final = 60
_NOW: Final = re.compile(r"\{\{now:(.*?)\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A sample story; source: its page, in NFC and without character references; told_on: its day.

    told_on: for stories that tell no day, one in the middle of the others.
    """

    story: SampleStory
    source: str
    told_on: date
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedPage:
    """One page. title, published_on: null where its template prints none.

    paragraphs: of its story that are known word by word; others have markup within their lines.
    """

    portal_id: str
    url: str
    title: str | None
    published_on: date | None
    captured_at: datetime
    paragraphs: tuple[str, ...]
    html: str


class Inventor:
    """Makes page `number` of a seed, each for itself: the same number and seed give the same page."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._origins = sample_origins()
        self._by_portal: dict[str, list[Template]] = defaultdict(list)
        for story in sample_stories():
            self._by_portal[story.portal["id"]].append(_template(story))
        self.portals: Sequence[str] = tuple(self._by_portal)
        templates = [one for those in self._by_portal.values() for one in those]
        self._others = [
            (one.told_on, text)
            for one in templates
            for text in one.paragraphs
            if len(text) >= _LEAST_PARAGRAPH and not tells_growth(text)
        ]
        self._titles = [one.story.golden["title"] for one in templates if one.story.golden["title"]]
        self._names = frozenset(name for one in templates for name in _people(one.story))

    def page(self, number: int) -> InventedPage:
        """The page of that number, from 0 on; portals take turns."""
        random = Random(f"{self._seed}/{number}")  # noqa: S311 - no secret hangs on an invented story
        turn, place = divmod(number, len(self.portals))
        template = random.choice(self._by_portal[self.portals[place]])
        day = LAST_DAY - timedelta(days=turn * DAYS_APART + place % DAYS_APART)
        variation = Variation(random, day, self._names)
        retold = self._retold(template, variation, random)
        title = self._title(template, variation, random)
        titles = {template.story.golden["title"]: title} if title else {}
        source = _with_texts(
            template.source, titles | retold, lambda text: variation.text(text, template.told_on)
        )
        source = variation.rendered_days(source, template.told_on)
        old_path = template.story.golden["path"]
        path = _other_path(old_path, number, day)
        source = source.replace(old_path, path).replace(html.escape(old_path), html.escape(path))
        captured_at = datetime.combine(day, time(19, 30), UTC) + timedelta(days=1)
        filled = self._filled(source, template, captured_at, random)
        dated = day if template.story.golden["published_on"] else None
        return InventedPage(
            portal_id=template.story.portal["id"],
            url=f"{template.story.portal['base_url']}{path}",
            title=title,
            published_on=dated,
            captured_at=captured_at,
            paragraphs=tuple(map(html.unescape, retold.values())),
            html=filled,
        )

    def _title(self, template: Template, variation: Variation, random: Random) -> str | None:
        if not template.story.golden["title"]:
            return None
        return f"{variation.text(random.choice(self._titles), template.told_on)} ở {variation.place}"

    def _retold(self, template: Template, variation: Variation, random: Random) -> dict[str, str]:
        """What is told in place of each known paragraph, both as text of a page.

        Paragraphs that tell growth stay their story's: two growths of one thing would contradict each other.
        """
        told = {}
        for paragraph in template.paragraphs:
            told_on, text = template.told_on, paragraph
            if not tells_growth(paragraph) and random.random() < _OTHERS_PARAGRAPH:
                told_on, text = random.choice(self._others)
            told[paragraph] = html.escape(variation.text(html.unescape(text), told_on), quote=False)
        return told

    def _filled(self, source: str, template: Template, moment: datetime, random: Random) -> str:
        source = _NOW.sub(lambda found: moment.strftime(found[1].replace("weekday", "Thứ hai")), source)
        source = source.replace("{{rand}}", str(random.randint(100, 999)))
        return fill(source, template.story.portal["base_url"], self._origins)


def invented_pages(count: int, seed: int) -> Iterator[InventedPage]:
    """The first `count` pages of a seed; a longer load begins with the pages of a shorter one."""
    inventor = Inventor(seed)
    return map(inventor.page, range(count))


def _template(story: SampleStory) -> Template:
    source = unicodedata.normalize("NFC", _LETTER.sub(lambda found: html.unescape(found[0]), story.stored))
    told = story.golden["published_on"]
    paragraphs = [html.escape(text, quote=False) for text in story.golden["body"]]
    here = tuple(text for text in dict.fromkeys(paragraphs) if text in source)
    return Template(story, source, date.fromisoformat(told) if told else date(2024, 6, 3), here)


def _with_texts(source: str, retold: Mapping[str, str], vary: Callable[[str], str]) -> str:
    """The page with `retold` in place of its keys, and its other long texts varied; markup stays."""
    parts = _MARKUP.split(source)
    for place, part in enumerate(parts):
        known = [old for old in retold if old in part]
        if known:
            parts[place] = _replaced(part, known, retold, in_text=place % 2 == 0)
        elif place % 2 == 0 and len(part) >= _LONG_TEXT:
            parts[place] = vary(part)
    return "".join(parts)


def _replaced(part: str, known: Sequence[str], retold: Mapping[str, str], *, in_text: bool) -> str:
    for old in known:
        # A lead stands in the head's description, too: in an attribute.
        part = part.replace(old, retold[old] if in_text else retold[old].replace('"', "&quot;"))
    return part


def _people(story: SampleStory) -> Iterator[str]:
    for meeting in story.golden.get("meetings", ()):
        yield from (person["name"] for person in meeting.get("participants", ()))


def _other_path(path: str, number: int, day: date) -> str:
    path = _MONTH_FOLDER.sub(f"{day:%Y%m}", path)
    if _HASHED.search(path):
        return _HASHED.sub(f"{0x1000000 + number:07x}", path)
    if _NUMBERED.search(path):
        return _NUMBERED.sub(str(100_000 + number), path, count=1)
    return _END.sub(f"-{100_000 + number}", path, count=1)
