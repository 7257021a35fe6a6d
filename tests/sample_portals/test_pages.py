"""Golden and page of each sample portal say the same: neither can drift away from the other."""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from include.contract import MEASURES, STATUSES, UNIT_CODES
from include.settings import PROJECT_ROOT

HERE: Final = Path(__file__).parent
PORTALS: Final = sorted(path.stem for path in (HERE / "golden").glob("*.json"))
UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b"))
ETH: Final = {0xF0: "đ", 0xD0: "Đ"}


def golden(portal: str) -> dict[str, Any]:
    return json.loads((HERE / "golden" / f"{portal}.json").read_text(encoding="utf-8"))


def stories() -> list[Any]:
    return [
        pytest.param(portal, page | {"edition": edition}, id=f"{edition}:{portal}:{page['path'][-40:]}")
        for portal in PORTALS
        for edition in ("pages", "second_edition")
        for page in golden(portal).get(edition, [])
    ]


def page_file(portal: str, path: str, edition: str = "pages") -> Path:
    file = HERE / edition / portal / path.lstrip("/").replace("?", "__q__")
    return file / "index.html" if file.is_dir() else file


def markup_of(portal: str, page: dict[str, Any]) -> str:
    return page_file(portal, page["path"], page["edition"]).read_text(encoding="utf-8")


def seen(markup: str) -> str:
    """What a reader sees of a page, as one line in NFC."""
    bare = re.sub(r"<!--.*?-->|<(script|head)\b.*?</\1>|<[^<>]*>", "", markup, flags=re.DOTALL)
    text = html.unescape(bare).translate(UNSEEN).translate(ETH)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def digits_of(text: str) -> set[str]:
    """Figures of each number in a text, without separators and the zeros at both ends.

    "25 nghìn 430 tỷ" is one number.
    """
    whole = re.sub(r"(\d) (?:nghìn|triệu|tỷ) (?=\d)", r"\1", text)
    return {re.sub(r"\D", "", number).strip("0") for number in re.findall(r"\d[\d.,]*", whole)}


def printed_digits(value: float) -> str:
    """The figures that print a value, whatever its unit: 28650000000000 is printed as 28.650 tỷ."""
    return f"{abs(value):.4f}".replace(".", "").strip("0")


def registry() -> dict[str, dict[str, Any]]:
    entries = yaml.safe_load((HERE / "portals.yml").read_text(encoding="utf-8"))["portals"]
    return {entry["id"]: entry for entry in entries}


def test_there_are_stories_enough() -> None:
    assert len(PORTALS) >= 18
    assert len(stories()) >= 42


@pytest.mark.parametrize(("portal", "page"), stories())
def test_paragraphs_stand_in_the_page_in_their_order(portal: str, page: dict[str, Any]) -> None:
    text, start = seen(markup_of(portal, page)), 0
    for paragraph in page["body"]:
        if " | " in paragraph:  # a row: words that span cells are printed once, on the page as well
            cells = paragraph.split("|")
            assert all(cell.strip() in text for cell in cells), paragraph
            continue
        found = text.find(paragraph, start)
        assert found >= 0, f"not in the page, or out of order: {paragraph[:60]}"
        start = found + len(paragraph)


@pytest.mark.parametrize(("portal", "page"), stories())
def test_title_and_byline_stand_in_the_page(portal: str, page: dict[str, Any]) -> None:
    text = seen(markup_of(portal, page))
    for part in (page["title"], page["byline"]):
        assert part is None or part in text
        assert part not in page["body"]


@pytest.mark.parametrize(("portal", "page"), stories())
def test_what_is_not_the_story_is_a_temptation_on_the_page(portal: str, page: dict[str, Any]) -> None:
    markup = markup_of(portal, page)
    text = seen(markup) + html.unescape(markup)  # summaries may wait in attributes
    assert page["must_not_contain"]
    for temptation in page["must_not_contain"]:
        assert temptation in text, f"{temptation} tempts nobody: it is not on the page"
        assert not any(temptation in paragraph for paragraph in page["body"]), temptation


@pytest.mark.parametrize(("portal", "page"), stories())
def test_day_and_basis_agree(portal: str, page: dict[str, Any]) -> None:
    assert page["published_basis"] in ("metadata", "page", "unknown")
    assert (page["published_on"] is None) == (page["published_basis"] == "unknown")
    markup = markup_of(portal, page)
    if page["published_on"]:
        day = date.fromisoformat(page["published_on"])
        printed = (f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}")
        assert any(form in markup for form in printed)
    if page["published_basis"] == "page":
        assert any(form in seen(markup) for form in printed[:2])


@pytest.mark.parametrize(("portal", "page"), stories())
def test_a_golden_is_plain_nfc(portal: str, page: dict[str, Any]) -> None:
    texts = [text for text in (page["title"], *page["body"]) if text is not None]
    assert all(text == unicodedata.normalize("NFC", text) == " ".join(text.split()) for text in texts)
    assert not set("\u00ad\u200b\u00a0ð").intersection("".join(texts))


@pytest.mark.parametrize(("portal", "page"), stories())
def test_labelled_claims_stand_once_in_the_body_and_keep_to_the_code_lists(
    portal: str, page: dict[str, Any]
) -> None:
    with (PROJECT_ROOT / "dbt_project" / "seeds" / "indicators.csv").open(encoding="utf-8") as file:
        indicators = {row["indicator_code"] for row in csv.DictReader(file)}
    body = "\n".join(page["body"])
    for claim in page.get("indicators", []):
        statuses = claim["status"] if isinstance(claim["status"], list) else [claim["status"]]
        assert body.count(claim["quote"]) == 1, claim["quote"]
        assert claim["measure"] in MEASURES
        assert claim["unit"] in UNIT_CODES
        assert set(statuses) <= set(STATUSES)
        assert {claim["indicator"], *claim.get("also", [])} - {None} <= indicators
        for period in filter(None, (claim["period"], claim.get("compared_with"))):
            assert period[0] <= period[1]
        # A number in words is labelled as one that may be missed; "vượt kế hoạch 5%" is 105 % of the plan,
        # and 106,9 % of the year before in a table is a change of 6,9 %.
        shift = {"plan_pct": -100, "change_pct": 100}.get(claim["measure"], 0)
        values = [claim["value"], *([claim["value"] + shift] if shift else [])]
        printed = {printed_digits(value) for value in values}
        assert not claim["must"] or printed & digits_of(claim["quote"]), claim


@pytest.mark.parametrize(("portal", "page"), stories())
def test_labelled_meetings_are_in_the_body(portal: str, page: dict[str, Any]) -> None:
    body = "\n".join(page["body"])
    for meeting in page.get("meetings", []):
        named = {person["name"] for person in meeting["participants"]}
        assert set(meeting["lead"]) <= named
        assert all(name in body for name in named)
        assert meeting["topic_contains"] in body
    absent = set(page.get("not_participants", []))
    present = {person["name"] for meeting in page.get("meetings", []) for person in meeting["participants"]}
    assert not absent & present


def test_claims_and_meetings_are_labelled_for_enough_stories() -> None:
    pages = [page for portal in PORTALS for page in golden(portal)["pages"]]
    assert sum("indicators" in page and "meetings" in page for page in pages) >= 10
    assert sum(len(page.get("indicators", [])) for page in pages) >= 150
    assert sum(len(page.get("meetings", [])) for page in pages) >= 8


@pytest.mark.parametrize("portal", PORTALS)
def test_every_story_is_linked_from_where_the_registry_says(portal: str) -> None:
    entry = registry()[portal]
    linked = " ".join(entry.get("urls", []))
    starts = [path for key in ("feeds", "sitemaps", "listings") for path in entry.get(key, [])]
    queue, known = list(starts), set(starts)
    assert all(page_file(portal, path).is_file() for path in starts), f"a start of {portal} is not served"
    while queue:
        markup = html.unescape(page_file(portal, queue.pop()).read_text(encoding="utf-8"))
        linked += markup
        # Parts of a sitemap (a .gz is stored as the text it holds) and further pages of a listing.
        for found in re.findall(r"\{\{origin\}\}(/sitemap[\w./-]*\.xml)|\"(/[\w-]+/page-\d+)\"", markup):
            following = next(filter(None, found))
            if following not in known:
                known.add(following)
                queue.append(following)
    wanted = golden(portal)
    paths = [page["path"] for page in wanted["pages"]] + wanted.get("not_allowed", [])
    paths += [fault["path"] for fault in wanted.get("not_articles", [])]
    assert paths
    assert [path for path in paths if path not in linked] == []


def test_one_meeting_is_told_by_two_portals_in_different_words() -> None:
    told = [
        (page, meeting["date"])
        for portal in ("so-cong-thuong-tay-son", "dai-truyen-hinh-cao-nguyen")
        for page in golden(portal)["pages"]
        for meeting in page.get("meetings", [])
        if meeting["lead"] == ["Kpă Đoan"]
    ]
    assert [day for _, day in told] == ["2025-11-12", "2025-11-12"]
    first, second = (set(page["body"]) for page, _ in told)
    assert not first & second


def test_pages_differ_from_fetch_to_fetch() -> None:
    for parameter in stories():
        portal, page = parameter.values
        assert "{{now:" in markup_of(portal, page)
