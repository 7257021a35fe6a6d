"""Draws pages: templates that escape by default, in one language at a time."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import jinja2

from include.site.marts import Marts
from include.site.page import Page
from include.site.safe_text import is_web_address, without_unseen
from include.site.shown import Shown
from include.site.words import LANGUAGES, say

TEMPLATES: Final = Path(__file__).with_name("templates")


class SiteError(RuntimeError):
    """A page cannot be drawn from what the marts hold; the message names it."""


@dataclass(frozen=True)
class Renderer:
    """Draws the pages of one site.

    paths: of all its pages, so that nothing links to one that is not there.
    """

    marts: Marts
    paths: Collection[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_environments", {lang: self._environment(lang) for lang in LANGUAGES})

    def render(self, page: Page, language: str) -> str:
        """One page as HTML in one of LANGUAGES; raises SiteError naming the page."""
        environments: Mapping[str, jinja2.Environment] = self.__dict__["_environments"]
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        to = partial(_relative, f"{language}/{page.path}")
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

    def _environment(self, language: str) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
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
            "provinces": self.marts.provinces,
            "indicators": self.marts.indicators,
        }
        environment.filters |= {
            "number": shown.number,
            "amount": lambda row, column="value": shown.amount(row[column], row["unit_code"]),
            "unit": shown.unit,
            "day": shown.day,
            "moment": shown.moment,
            "period": shown.period,
            "name": lambda row: row["name_en"] if language == "en" else row.get("name_vi", row.get("name")),
        }
        environment.tests |= {"web_address": is_web_address, "a_page": lambda path: path in self.paths}
        return environment


def _say(language: str, key: str, **values: object) -> str:
    return say(key, language, **values)


def _relative(here: str, there: str) -> str:
    return posixpath.relpath(there, posixpath.dirname(here))


def _as_printed(value: Any) -> Any:
    """What a template prints: nothing as a dot, texts without unseen characters; numbers need a filter."""
    if value is None:
        return "·"
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return without_unseen(value)
    return value
