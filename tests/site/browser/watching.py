"""Opens pages and keeps everything that must not happen on one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

DESKTOP, PHONE = (1280, 900), (390, 844)
PATIENCE = 10_000  # milliseconds
OWN = re.compile(r"(file|data|about):|http://127\.0\.0\.1[:/]")


@dataclass(frozen=True, slots=True)
class View:
    """How somebody looks: at which size in CSS pixels, in which colours."""

    size: tuple[int, int] = DESKTOP
    scheme: str = "light"
    scripts: bool = True
    # Lifts the pages' Content-Security-Policy, to see that they hold without it.
    unguarded: bool = False

    def __str__(self) -> str:
        return f"{'phone' if self.size == PHONE else 'desktop'}, {self.scheme}"


@dataclass(slots=True)
class Tab:
    """A page in one view; faults: what went wrong since the last `open`, in words."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def open(self, where: Path | str) -> Page:
        """Go there and wait until everything is loaded."""
        self.faults.clear()
        self.page.goto(where.as_uri() if isinstance(where, Path) else where, wait_until="load")
        return self.page

    def watch(self) -> None:
        """Keep what the page says, breaks, asks for and opens."""
        self.page.on("console", lambda said: self.faults.append(f"console {said.type}: {said.text}"))
        self.page.on("pageerror", lambda broken: self.faults.append(f"error: {broken}"))
        self.page.on("request", lambda sent: self._request(sent.url))
        self.page.on("requestfailed", lambda sent: self.faults.append(f"not loaded: {sent.url}"))
        self.page.on("popup", lambda opened: self.faults.append(f"popup: {opened.url}"))
        self.page.on("dialog", lambda asked: self._refuse(asked.message, asked.dismiss))

    def _request(self, url: str) -> None:
        if not OWN.match(url):
            self.faults.append(f"request to another host: {url}")

    def _refuse(self, message: str, dismiss: Callable[[], None]) -> None:
        self.faults.append(f"dialog: {message}")
        dismiss()


class Watcher:
    """One tab a view, made once and used again."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._tabs: dict[View, Tab] = {}
        self._contexts: list[BrowserContext] = []

    def tab(self, view: View = View()) -> Tab:
        """The tab of a view."""
        if view not in self._tabs:
            width, height = view.size
            context = self._browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=view.scheme,  # type: ignore[arg-type]
                has_touch=view.size == PHONE,
                is_mobile=view.size == PHONE,
                java_script_enabled=view.scripts,
                bypass_csp=view.unguarded,
            )
            self._contexts.append(context)
            context.set_default_timeout(PATIENCE)
            self._tabs[view] = Tab(context.new_page())
            self._tabs[view].watch()
        return self._tabs[view]

    def close(self) -> None:
        """Close every tab."""
        for context in self._contexts:
            context.close()


def kind_of(path: Path) -> str:
    """The kind of a page from where it lies in the folder of a language."""
    if len(path.parts) == 1:
        return path.stem
    month = path.parts[0] == "meetings" and re.fullmatch(r"\d{4}-\d\d", path.stem)
    return "month" if month else path.parts[0].removesuffix("s")


def of_each_kind(site: Path, language: str) -> dict[str, list[Path]]:
    """By kind the page that says most and the one that says least, by their length."""
    root = site / language
    kinds: dict[str, list[Path]] = {}
    for page in sorted(root.rglob("*.html"), key=lambda one: (one.stat().st_size, one)):
        kinds.setdefault(kind_of(page.relative_to(root)), []).append(page)
    return {kind: list(dict.fromkeys((pages[-1], pages[0]))) for kind, pages in kinds.items()}


def width_beyond(page: Page) -> int:
    """How many CSS pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def names(problems: Sequence[dict[str, Any]]) -> list[str]:
    """Rules of axe-core that are broken, each with the first place."""
    return [
        f"{one['id']} ({one['impact']}): {one['help']}; {one['nodes'][0]['html'][:200]}" for one in problems
    ]
