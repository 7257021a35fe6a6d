"""Draws pages: templates that escape by default, in one language at a time."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any, Final

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from include.site.charts.chart import Drawable, Mark, Spec
from include.site.charts.draw import Drawings
from include.site.charts.look import KINDS, SHAPES
from include.site.charts.svg import ChartError, inlined
from include.site.marts import Marts
from include.site.page import Page
from include.site.shown import Shown
from include.site.worded_figures import cadence, comparison, figure, short_quote, when
from include.site.words import LANGUAGES, say
from include.untrusted import is_web_address, visible

TEMPLATES: Final = Path(__file__).with_name("templates")


class _Compiled(jinja2.BytecodeCache):
    """Keeps templates as compiled, for both languages and every site of the process.

    The code does not depend on the language: no template gives a constant to a filter (a test sees to it).
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of the same source, where it was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = _Compiled()


class SiteError(RuntimeError):
    """A page cannot be drawn from what the marts hold; the message names it."""


@dataclass(frozen=True)
class Renderer:
    """Draws the pages of one site.

    paths: of all its pages, so that nothing links to one that is not there. drawings: of its charts; one that
    is not among them yet is drawn when its page is.
    """

    marts: Marts
    paths: Collection[str]
    drawings: Drawings = field(default_factory=lambda: Drawings(None))

    def __post_init__(self) -> None:
        object.__setattr__(self, "_environments", {lang: self._environment(lang) for lang in LANGUAGES})

    def render(self, page: Page, language: str) -> str:
        """One page as HTML in one of LANGUAGES; raises SiteError naming the page."""
        environments: Mapping[str, jinja2.Environment] = self.__dict__["_environments"]
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        to = partial(_relative, posixpath.dirname(f"{language}/{page.path}"))
        try:
            template = environments[language].get_template(page.template)
            return template.render(
                page=page,
                title=page.titles[LANGUAGES.index(language)],
                to=lambda path: to(f"{language}/{path}"),
                asset=lambda name: to(f"assets/{name}"),
                in_other_language=to(f"{other}/{page.path}"),
                other_language=other,
                **page.shows,
            )
        except (jinja2.TemplateError, LookupError, TypeError, ValueError) as problem:
            raise SiteError(
                f"{language}/{page.path} ({page.template}): {type(problem).__name__}: {problem}"
            ) from problem

    def prepare(self, pages: Iterable[Page]) -> int:
        """Draw the pages' charts together; returns how many were not drawn before. Raises SiteError."""
        try:
            return self.drawings.prepare(spec for page in pages for spec in _specs(page))
        except ChartError as problem:
            raise SiteError(f"a chart: {problem}") from problem

    def _chart(self, shown: Shown, to: Callable[[str], str], drawable: Drawable) -> Markup:
        """A chart of the page whose links `to` makes."""
        drawing = self.drawings.get(drawable.spec())
        address = partial(self._address, to)
        return inlined(drawing, drawable.label(shown), drawable.marks(shown), address, shown.language)

    def _address(self, to: Callable[[str], str], mark: Mark) -> str | None:
        """Where a mark leads: to the page of the site that tells of it, else to the source."""
        if mark.path is not None and mark.path in self.paths:
            return to(mark.path) + mark.anchor
        return mark.url if is_web_address(mark.url) else None

    def _environment(self, language: str) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=COMPILED,
            finalize=_as_printed,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        shown = Shown(language, self.marts.units)
        tell: Callable[..., str] = partial(_say, language)
        environment.globals |= {
            "lang": language,
            "t": tell,
            "manifest": self.marts.manifest,
            "published_at": datetime.fromisoformat(self.marts.manifest.published_at),
            "provinces": self.marts.provinces,
            "indicators": self.marts.indicators,
            "chart_kinds": KINDS,
            "chart_shapes": SHAPES,
            "chart": jinja2.pass_context(lambda context, one: self._chart(shown, context["to"], one)),
        }
        environment.filters |= {
            "number": shown.number,
            "amount": lambda row, column="value": shown.amount(row[column], row["unit_code"]),
            "unit": shown.unit,
            "unit_name": lambda code: _unit_name(shown, code),
            "day": shown.day,
            "moment": shown.moment,
            "period": shown.period,
            "figure": partial(figure, shown),
            "when": partial(when, shown),
            "cadence": partial(cadence, shown),
            "comparison": partial(comparison, shown),
            "short_quote": short_quote,
            "axis": lambda one: one.axis(shown),
            "name": lambda row: row["name_en"] if language == "en" else row.get("name_vi", row.get("name")),
        }
        # By the context, so that it is asked at each drawing: of a constant the compiled code would keep the
        # answer that held for the first site of the process.
        is_page = jinja2.pass_context(lambda context, path: path in self.paths)
        environment.tests |= {"web_address": is_web_address, "a_page": is_page}
        return environment


def _specs(page: Page) -> Iterator[Spec]:
    """The specifications of the page's charts; raises SiteError naming the page."""
    for chart in page.charts:
        try:
            yield chart.spec()
        except (LookupError, ValueError) as problem:
            told = f"{type(chart).__name__}: {type(problem).__name__}: {problem}"
            raise SiteError(f"{page.path}: {told}") from problem


def _say(language: str, key: str, **values: object) -> str:
    return say(key, language, **values)


def _unit_name(shown: Shown, code: str | None) -> str:
    """The whole name of a unit, also of those that stand behind a number as a sign or not at all."""
    return (
        say("text.unknown", shown.language)
        if code is None
        else str(shown.units[code][f"name_{shown.language}"])
    )


# The menu, provinces and indicators are linked from every page of a folder in the same words.
@lru_cache(maxsize=100_000)
def _relative(folder: str, there: str) -> str:
    return posixpath.relpath(there, folder)


def _as_printed(value: Any) -> Any:
    """What a template prints: nothing as a dot, texts without unseen characters; numbers need a filter."""
    if value is None:
        return "·"
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return visible(value)
    return value
