"""What a chart is before it is drawn: a specification without words, and what each of its marks leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from include.site.shown import Shown

Spec: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands behind one mark of a chart.

    title: its words, shown where a pointer rests and read to those who do not see the chart. path, anchor:
    a page of the site and a place in it; url: where that page is not there. Without either it is no link.
    """

    title: str
    path: str | None = None
    anchor: str = ""
    url: str | None = None


class Drawable(Protocol):
    """Something that a page shows as a chart.

    It is drawn once for both languages: the specification holds numbers, periods in figures and proper names
    alone. Words stand around it, in the page.
    """

    def spec(self) -> Spec:
        """A Vega-Lite specification whose marks have `mark_address(number)` as their href."""
        ...

    def marks(self, shown: Shown) -> Sequence[Mark]:
        """What stands behind the marks, by number, in the language of `shown`."""
        ...

    def label(self, shown: Shown) -> str:
        """What the chart shows, as its name for those who do not see it."""
        ...


def mark_address(number: int) -> str:
    """The href of a mark in a specification: by its number, so that no text of an article gets in there."""
    return f"https://mark.invalid/{number}"


def claim_mark(row: Mapping[str, Any], title: str) -> Mark:
    """The mark of a figure, which leads to its sentence.

    row: article_id, statement_id, source_url, and is_standing: whether the article still says it, so that its
    page has the sentence.
    """
    if not row["is_standing"]:
        return Mark(title, url=row["source_url"])
    return Mark(
        title, f"articles/{row['article_id']}.html", f"#c-{row['statement_id']}", url=row["source_url"]
    )
