"""What a page of the site is before it is drawn: an address, a template and what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from include.site.charts.chart import Drawable


@dataclass(frozen=True, slots=True)
class Page:
    """One page, drawn once in each language.

    path: where it lies in the folder of a language, with forward slashes. template: its file in templates/.
    titles: in Vietnamese and in English, without the site's name. shows: what the template gets, the same
    in both languages. charts: what it shows as charts, drawn together before the pages are.
    """

    path: str
    template: str
    titles: tuple[str, str]
    shows: Mapping[str, Any] = field(default_factory=dict)
    charts: Sequence[Drawable] = ()
