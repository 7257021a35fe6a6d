"""Every trait of real portals is shown: traits.yml names the pages, and the served answers bear it out."""

from __future__ import annotations

import gzip
import importlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import yaml

from include.clean.article import CleanedArticle
from include.clean.page import clean_page
from tests.sample_portals.serve import SamplePortals

HERE: Final = Path(__file__).parent
TRAITS: Final = yaml.safe_load((HERE / "traits.yml").read_text(encoding="utf-8"))
KEYS: Final = {
    "at", "has", "has_not", "status", "headers", "bytes", "charset", "count", "twice", "changes",
    "is_story_of",
}  # fmt: skip
FAMILIES: Final = {
    entry["id"]: entry.get("family")
    for entry in yaml.safe_load((HERE / "portals.yml").read_text(encoding="utf-8"))["portals"]
}


def shown(kind: str) -> list[Any]:
    return [
        pytest.param(one, id=f"{number}:{one[kind][-40:]}")
        for number, trait in TRAITS.items()
        for one in trait["shown"]
        if kind in one
    ]


@pytest.fixture(scope="module")
def served():
    with SamplePortals(HERE / "pages") as portals:
        yield portals


def ask(served: SamplePortals, portal: str, path: str, **headers: str) -> httpx.Response:
    return httpx.get(served.origins[portal] + path, headers=headers, timeout=10, trust_env=False)


def text_of(answer: httpx.Response, charset: str) -> str:
    return gzip.decompress(answer.content).decode() if charset == "gzip" else answer.content.decode(charset)


def body_of(answer: httpx.Response, portal: str) -> str:
    article = clean_page(
        answer.content,
        url=str(answer.url),
        content_type=answer.headers["content-type"],
        family=FAMILIES[portal],
    )
    assert isinstance(article, CleanedArticle), article
    return article.body


def test_all_26_traits_are_named_and_each_is_shown() -> None:
    assert list(TRAITS) == list(range(1, 27))
    assert all(trait["trait"] and trait["shown"] for trait in TRAITS.values())


def test_the_readme_names_each_trait_once() -> None:
    table = (HERE / "README.md").read_text(encoding="utf-8").partition("## Which trait is where")[2]
    assert re.findall(r"^\| (\d+) \|", table, re.MULTILINE) == [str(number) for number in TRAITS]


@pytest.mark.parametrize("claim", shown("at"))
def test_the_answer_bears_the_trait(served: SamplePortals, claim: dict[str, Any]) -> None:
    assert set(claim) <= KEYS
    assert set(claim) - {"at", "charset"}, "it claims nothing"
    portal, path = claim["at"].split(" ")
    answer = ask(served, portal, path)
    assert answer.status_code == claim.get("status", answer.status_code if answer.is_success else 200)
    for name, pattern in claim.get("headers", {}).items():
        assert re.search(pattern, answer.headers[name]), answer.headers[name]
    least, most = claim.get("bytes", (0, len(answer.content)))
    assert least <= len(answer.content) <= most
    text = text_of(answer, claim.get("charset", "utf-8"))
    today = f"{datetime.now(UTC) + timedelta(hours=7):%d/%m/%Y}"
    for pattern in claim.get("has", []):
        assert re.search(pattern.replace("TODAY", today), text, re.DOTALL), pattern
    assert "has_not" not in claim or not re.search(claim["has_not"], text, re.DOTALL)
    assert {part: text.count(part) for part in claim.get("count", {})} == claim.get("count", {})
    assert text.count(claim["twice"]) >= 2 if "twice" in claim else True
    if claim.get("changes"):
        assert len({ask(served, portal, path).content for _ in range(4)}) > 1
    if "is_story_of" in claim:
        assert body_of(answer, portal) == body_of(ask(served, portal, claim["is_story_of"]), portal)


@pytest.mark.parametrize("claim", shown("proof"))
def test_what_needs_more_than_one_answer_has_its_test(claim: dict[str, Any]) -> None:
    module, _, name = claim["proof"].partition(".")
    assert callable(getattr(importlib.import_module(f"tests.sample_portals.{module}"), name))


def test_a_story_is_the_same_under_its_www_and_mobile_hosts(served: SamplePortals) -> None:
    path = "/kinh-te/vinh-long-xuat-khau-va-thu-ngan-sach-ve-dich-som-a45120.html"
    own = body_of(ask(served, "bao-cu-lao", path), "bao-cu-lao")
    for host in ("www.cu-lao.invalid", "cu-lao.invalid", "m.cu-lao.invalid"):
        assert body_of(ask(served, "bao-cu-lao", path, Host=host), "bao-cu-lao") == own
