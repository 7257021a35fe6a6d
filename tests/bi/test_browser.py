"""The dashboard in a headless Chromium: what it asks, what it shows, whom it speaks to.

Part of `make test-bi`. Pictures of its tabs are kept in SOTINH_BI_PICTURES where that is set.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Response, sync_playwright

from bi.write_bundle import read_definition
from tests.bi.nights import HOSTILE
from tests.bi.superset import Superset, ids_by_name
from tests.bi.test_bundle import CHARTS

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(
        os.environ.get("SOTINH_BI_PYTHON") is None,
        reason="make test-bi runs it, in Superset's own environment",
    ),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)
PATIENCE_MS = 120_000


@dataclass
class Visit:
    """What a walk over the dashboard met: questions by chart, hosts that answered, complaints, its texts."""

    asked: dict[int, dict[str, Any]] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ran: object = None

    def hear(self, response: Response) -> None:
        self.hosts.add(urlsplit(response.url).netloc)
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")
        chart = chart_of(response.request)
        if chart is not None:
            self.asked[chart] = json.loads(response.request.post_data or "")
            self.answered[chart] = response.status


def chart_of(request: Request) -> int | None:
    """The number of the chart that asks; None for other requests and for lists of filters."""
    if "/api/v1/chart/data" not in request.url or not request.post_data:
        return None
    number = json.loads(request.post_data)["form_data"].get("slice_id")
    return None if number is None else int(number)


@pytest.fixture(scope="module")
def visit(superset: Superset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    pictures = Path(os.environ.get("SOTINH_BI_PICTURES") or tmp_path_factory.mktemp("pictures"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        found = Visit()
        page.on("response", found.hear)
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: found.complaints.append(message.text) if message.type == "error" else None,
        )
        sign_in(page, superset)
        walk(page, superset, found, pictures)
        yield found
        browser.close()


def sign_in(page: Page, superset: Superset) -> None:
    page.goto(f"{superset.address}/login/")
    # The form is drawn twice while the page loads, the second time empty.
    page.wait_for_load_state("networkidle")
    page.fill("#username", "admin")
    page.fill("#password", superset.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/superset/welcome/")


def walk(page: Page, superset: Superset, found: Visit, pictures: Path) -> None:
    """Open every tab, wait for every chart on it, and keep a picture as tall as the tab."""
    definition = read_definition()
    with superset.client() as client:
        numbers = ids_by_name(client, "chart", "slice_name")
    page.goto(f"{superset.address}/superset/dashboard/so-tinh/")
    for tab in definition["tabs"]:
        page.locator("[role=tab]").filter(has_text=tab["title"]).first.click()
        wanted = {numbers[CHARTS[name]["slice_name"]] for row in tab["rows"] for name in row["charts"]}
        # Charts out of sight ask when they come into sight.
        page.set_viewport_size({"width": 1400, "height": 3000})
        for _ in range(PATIENCE_MS // 500):
            if wanted <= set(found.answered):
                break
            page.wait_for_timeout(500)
        drawn = page.locator(".slice_container:visible")
        for _ in range(PATIENCE_MS // 500):
            if drawn.count() == len(wanted) and not page.locator("[data-test=loading-indicator]").count():
                break
            page.wait_for_timeout(500)
        assert drawn.count() == len(wanted), tab["name"]
        # What is drawn moves into its place for a moment.
        page.wait_for_timeout(2000)
        end = page.locator(".grid-container:visible").first.bounding_box()
        assert end is not None
        page.set_viewport_size({"width": 1400, "height": int(end["y"] + end["height"]) + 40})
        page.wait_for_timeout(1000)
        found.texts.append(page.inner_text("body"))
        anchors = "anchors => anchors.map(a => a.getAttribute('href'))"
        found.links += page.eval_on_selector_all("td a[target=_blank]", anchors)
        page.screenshot(path=pictures / f"{tab['name']}.png", full_page=True)
    found.ran = page.evaluate("window.__pwn")


def test_every_chart_is_drawn_and_asks_what_is_stored_with_it(visit: Visit, superset: Superset) -> None:
    """The stored question is ours, this one Superset's own: programs and people get the same answer."""
    with superset.client() as client:
        numbers = ids_by_name(client, "chart", "slice_name")
    chosen = {one["column"] for one in read_definition()["filters"]}
    for chart in CHARTS.values():
        number = numbers[chart["slice_name"]]
        assert visit.answered[number] == 200
        (asked,) = visit.asked[number]["queries"]
        (stored,) = json.loads(chart["query_context"])["queries"]
        own = [one for one in asked["filters"] if one["col"] not in chosen]
        assert [{key: one[key] for key in one if one[key] is not None} for one in own] == [
            {key: one[key] for key in one if one[key] is not None} for one in stored["filters"]
        ]
        assert asked | {"filters": []} == stored | {"filters": []}, chart["slice_name"]


def test_the_indicator_that_most_provinces_have_is_chosen_at_first(visit: Visit, superset: Superset) -> None:
    with superset.client() as client:
        number = ids_by_name(client, "chart", "slice_name")[CHARTS["figures_over_time"]["slice_name"]]
    (asked,) = visit.asked[number]["queries"]
    assert [one["col"] for one in asked["filters"] if one["op"] == "IN"] == ["indicator", "province"]


def test_no_other_host_is_spoken_to_and_nothing_complains(visit: Visit, superset: Superset) -> None:
    assert visit.hosts == {f"127.0.0.1:{superset.port}"}
    # Superset's counter of visits is built into its pages; the policy of ours keeps it from being asked.
    others = [one for one in visit.complaints if "violates the following Content Security Policy" not in one]
    assert others == []
    assert all("scarf.sh" in one for one in visit.complaints)


def test_an_articles_markup_is_text_and_a_number_leads_to_its_sentence(visit: Visit) -> None:
    assert HOSTILE.replace("<", "‹") in " ".join(visit.texts[0].split())
    assert visit.ran is None
    assert len(visit.links) > 20
    assert all(link.startswith(("https://", "http://")) for link in visit.links)
    assert sum("#:~:text=" in link for link in visit.links) > 10
