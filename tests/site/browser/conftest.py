"""One Chromium a file and one built site for all of them; without a browser these tests skip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from include.site.build import build_site
from tests.site.browser.chromium import ARGUMENTS, chromium_path
from tests.site.browser.rich import rich
from tests.site.browser.watching import Watcher

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make setup-dev")


# Playwright keeps an event loop running in its thread, with which no other test may meet: a browser a file.
@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium found: apt install chromium, or name one in SOTINH_CHROMIUM")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def watcher(browser: playwright.Browser) -> Iterator[Watcher]:
    made = Watcher(browser)
    yield made
    made.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with something on every page."""
    folder = rich(tmp_path_factory.mktemp("rich"))
    build_site(folder)
    return folder / "site"
