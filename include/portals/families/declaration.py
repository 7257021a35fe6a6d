"""What is to be said of a CMS family so that its pages can be read.

All selectors are XPath 1.0 over the whole page. An empty tuple means: the family says nothing here,
and the cleaner's general rules decide.
"""

from __future__ import annotations

from dataclasses import dataclass


def having(*names: str, tag: str = "*") -> str:
    """XPath of the elements `tag` that bear every one of the class names."""
    conditions = "".join(
        f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]" for name in names
    )
    return f"//{tag}{conditions}"


@dataclass(frozen=True, slots=True)
class Family:
    """The markup of one CMS family.

    markers: any match names the family. title, lead, body, byline: tried in order, the first with
    text in it counts. typed_dates: elements or attributes that hold the publication time in a machine's
    notation. visible_dates: elements that print it beside the article. captions: what stands under a
    picture, whatever it is called elsewhere. noise: what else is cut out before the story is read.
    uses_general_metadata: false where JSON-LD, microdata and `article:published_time` of this family hold
    the time of the last edit or cannot be parsed.
    """

    name: str
    markers: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    typed_dates: tuple[str, ...] = ()
    visible_dates: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()
    uses_general_metadata: bool = True
