"""Pictures of a built site for the README: a province's page on a desktop, a figure's sentence on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from include.contract import SITE_FOLDER
from include.site.build import build_site
from tests.site.browser.chromium import ARGUMENTS, chromium_path

LANGUAGE: Final = "en"
DESKTOP, PHONE = (1200, 1100), (390, 780)


def take(data_dir: Path, folder: Path) -> list[Path]:
    """Build the site of `data_dir` and write `folder`/site.png and site-phone.png, which are returned.

    Raises FileNotFoundError where nothing is published there or there is no Chromium.
    """
    chromium = chromium_path()
    if chromium is None:
        raise FileNotFoundError("no Chromium found: apt install chromium, or name one in SOTINH_CHROMIUM")
    build_site(data_dir)
    site = data_dir / SITE_FOLDER / LANGUAGE
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        pictures = [
            _picture(browser, richest(site / "provinces"), DESKTOP, folder / "site.png"),
            _picture(browser, richest(site / "articles"), PHONE, folder / "site-phone.png"),
        ]
        browser.close()
    return pictures


def richest(folder: Path) -> Path:
    """The page of a folder with the most charts, of those alike the one that says most."""
    return max(folder.glob("*.html"), key=lambda page: (_charts(page), page.stat().st_size, page.name))


def _charts(page: Path) -> int:
    return page.read_text(encoding="utf-8").count("<figure")


def _picture(browser: Browser, page: Path, size: tuple[int, int], target: Path) -> Path:
    width, height = size
    opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    opened.goto(page.as_uri())
    opened.screenshot(path=target)
    opened.close()
    return target
