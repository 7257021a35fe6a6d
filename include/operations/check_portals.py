"""`make check-portals`: ask each portal of a registry what its entry says, and say what to mend.

Robots.txt first, then, where it allows, each feed, sitemap and listing, and one article: through the
crawl's own client, at its pace. Nothing is stored. Exit codes: 0 every portal answered or is not
allowed; 1 some gave nothing; 2 the registry cannot be used; 130 stopped.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from include.clean.article import NoArticle
from include.crawl.stage import HOSTS_AT_ONCE, CrawlOptions, stage_of
from include.landing import DiscoveryRequest
from include.operations.portal_advice import advice_for, is_guessed, path_of
from include.operations.portal_check import PortalCheck, check_portal
from include.operations.summary import PIPED_WIDTH
from include.portals.portal import Portal
from include.portals.registry import Registry, RegistryError, load_registry
from include.settings import Settings
from include.untrusted import visible
from include.vocabulary import load_vocabulary


def check_portals(
    registry: Registry, portals: Sequence[Portal], options: CrawlOptions | None = None
) -> list[PortalCheck]:
    """Check `portals` of the registry side by side, in their order; nothing outlives the call.

    The registry's other portals may be redirected to, as in a night.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sotinh-check-") as folder,
        ThreadPoolExecutor(HOSTS_AT_ONCE) as pool,
    ):
        stage = stage_of(registry, Path(folder), options or CrawlOptions())
        try:
            return list(pool.map(lambda portal: check_portal(stage, portal), portals))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def print_checks(checks: Sequence[PortalCheck], console: Console) -> None:
    """Both tables, and below them what to do."""
    console.print(_documents_table(checks))
    console.print(_articles_table(checks))
    console.print("\nWhat to do", style="bold")
    for check in checks:
        for text in advice_for(check) or ["nothing: the entry holds as it is"]:
            console.print(f"  {check.portal.id}: {visible(text)}", markup=False, soft_wrap=True)
    _print_verdict(checks, console)


def _print_verdict(checks: Sequence[PortalCheck], console: Console) -> None:
    nothing = gave_nothing(checks)
    forbidden = sum(check.is_not_allowed for check in checks)
    answered = len(checks) - len(nothing) - forbidden
    console.print(
        f"\n{len(checks)} portals: {answered} answered, {forbidden} not allowed, {len(nothing)} gave nothing"
    )
    if nothing:
        console.print(f"Gave nothing: {', '.join(nothing)}", style="bold red", markup=False)


def gave_nothing(checks: Sequence[PortalCheck]) -> list[str]:
    """Ids of the portals that led to no article although robots.txt did not forbid it."""
    return [check.portal.id for check in checks if not (check.has_answered or check.is_not_allowed)]


def _documents_table(checks: Sequence[PortalCheck]) -> Table:
    table = Table(title="\nDocuments", title_justify="left", box=None)
    for heading in ("portal", "document", "answer", "robots.txt"):
        table.add_column(heading, overflow="fold")
    table.add_column("links", justify="right")
    table.add_column("registry")
    for check in checks:
        for number, request in enumerate(check.requests):
            table.add_row(
                check.portal.id if number == 0 else "",
                _plain(f"{request.document_kind} {path_of(request.url)}"),
                _plain(_answer(request)),
                _robots(check, request),
                "" if request.document_kind == "robots" else str(request.links_found),
                ""
                if request.document_kind == "robots"
                else ("guessed" if is_guessed(check, request) else "known"),
            )
    return table


def _answer(request: DiscoveryRequest) -> str:
    status = "" if request.http_status is None else f"{request.http_status} "
    return f"{status}{request.outcome}" + (f" ({request.reason})" if request.reason else "")


def _robots(check: PortalCheck, request: DiscoveryRequest) -> str:
    if request.document_kind == "robots":
        return f"pause {check.robots_delay_s:g} s" if check.robots_delay_s else ""
    if request.outcome != "not_allowed":
        return "allows"
    return "gave no answer" if request.reason == "robots_unreachable" else "forbids"


def _articles_table(checks: Sequence[PortalCheck]) -> Table:
    table = Table(title="\nOne article of each", title_justify="left", box=None)
    for heading in ("portal", "family declared", "detected", "title", "published", "characters"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        table.add_row(check.portal.id, check.family or "·", *map(_plain, _article_cells(check)))
    return table


def _article_cells(check: PortalCheck) -> tuple[str, str, str, str]:
    article = check.article
    if article is None:
        return "·", "no page found", "·", "·"
    if article.reading is None:
        return "·", f"{article.verdict.outcome} ({article.verdict.reason})", "·", "·"
    read, detected = article.reading.read, article.reading.detected or "·"
    if isinstance(read, NoArticle):
        return detected, f"{read.outcome} ({read.reason})", "·", "·"
    published = f"{read.published_on} ({read.published_basis})" if read.published_on else "unknown"
    return detected, read.title or "no title", published, str(len(read.body))


def _plain(text: str) -> str:
    """`text` with every character to be seen, and nothing in it that rich takes for markup."""
    return visible(text).replace("[", r"\[")


def main(arguments: Sequence[str] | None = None, options: CrawlOptions | None = None) -> int:
    """Check the registry that SOTINH_PORTALS names, or one portal of it (--only)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", metavar="ID", help="check this portal alone")
    only = parser.parse_args(arguments).only
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    try:
        registry = load_registry(Settings.from_environment().registry, load_vocabulary().provinces)
        portals = (registry.portal(only),) if only else registry.portals
        console.print(f"Asking {len(portals)} portals of {registry.path}; nothing is stored.", markup=False)
        checks = check_portals(registry, portals, options)
    except RegistryError as problem:
        console.print(f"The check cannot start.\n{problem}", style="bold red", markup=False)
        return 2
    except KeyboardInterrupt:
        console.print("\nStopped; nothing was stored.")
        return 130
    print_checks(checks, console)
    return 1 if gave_nothing(checks) else 0


if __name__ == "__main__":
    sys.exit(main())
