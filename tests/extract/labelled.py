"""Hand-labelled articles: those of the sample portals, and those kept beside the project, if any."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from include.extract.model import ArticleText
from include.portals.provinces import resolve_province
from include.settings import PROJECT_ROOT
from include.vocabulary import load_vocabulary

SAMPLES: Final = PROJECT_ROOT / "tests" / "sample_portals"
GOLD: Final = PROJECT_ROOT.parent / "shared" / "gold"
SETS: Final = ("samples", "seeds", "dev")

Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article as landed, with its labels; the form is that of tests/sample_portals/README.md.

    claims, meetings: null where the article is not labelled for them. told_on: the day that the text
    alone has to tell, "" where it tells none; null where the page gives the day or nobody labelled it.
    """

    article: ArticleText
    claims: Sequence[Label] | None
    meetings: Sequence[Label] | None
    told_on: str | None


def is_here(name: str) -> bool:
    """Whether the articles of a set are on this machine; those of the samples always are."""
    return name == "samples" or GOLD.is_dir()


def articles_of(name: str) -> list[Labelled]:
    """The articles of a set of SETS. Raises FileNotFoundError where `is_here` is false."""
    return _samples() if name == "samples" else _gold(name)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _samples() -> list[Labelled]:
    rows = load_vocabulary().provinces
    names = {row["province_id"]: row["name_vi"] for row in rows}
    portals = yaml.safe_load((SAMPLES / "portals.yml").read_text(encoding="utf-8"))["portals"]
    return [
        _sample(page, names[resolve_province(portal["province"], rows)])
        for portal in portals
        for page in json.loads((SAMPLES / "golden" / f"{portal['id']}.json").read_text("utf-8"))["pages"]
    ]


def _sample(page: Label, province: str) -> Labelled:
    printed = page["published_on"] if page["published_basis"] in ("metadata", "page") else None
    article = ArticleText(page["path"], page["title"], "\n".join(page["body"]), _day(printed), province)
    told_on = None if printed else page["published_on"] or ""
    return Labelled(article, page.get("indicators"), page.get("meetings"), told_on)


def _gold(name: str) -> list[Labelled]:
    pages = json.loads((GOLD / f"{name.removesuffix('s')}_pages.json").read_text(encoding="utf-8"))
    labels = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["articles"]
    names = {row["province_id"]: row["name_vi"] for row in load_vocabulary().provinces}
    return [_gold_article(label, pages[label["id"]], names) for label in labels]


def _gold_article(label: Label, page: Label, names: Mapping[str, str]) -> Labelled:
    captions = set(page.get("captions") or [])
    body = "\n".join(paragraph for paragraph in page["body"] if paragraph not in captions)
    province = names.get(f"{label['province']}-2008")
    article = ArticleText(label["id"], page["title"], body, _day(page["published"]), province)
    told_on = None if page["published"] else label.get("published")
    return Labelled(article, label["indicators"], label["meetings"], told_on)
