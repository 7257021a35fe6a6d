"""`make new-portal`: a registry entry out of one saved page, and what the cleaner reads from that page.

The entry goes to the standard output, the reading to the error output. Exit codes: 0 printed; 2 the page
cannot be used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from include.clean.article import NoArticle
from include.crawl.saved_pages import read_saved_page
from include.operations.page_offers import offers_of
from include.operations.page_reading import PageReading, page_tree, read_page
from include.operations.portal_advice import GUIDE
from include.operations.portal_entry import entry_text
from include.portals.identity import canonical_url
from include.untrusted import visible
from include.vocabulary import load_vocabulary


class PageNotUsableError(ValueError):
    """No entry can be made from the page; the message says why and what to do."""


def new_portal(path: Path, url: str | None) -> tuple[str, str]:
    """The entry (YAML) and the report on the page at `path`; url: its address, null where the page tells it.

    Raises PageNotUsableError.
    """
    body, address = _page(path, url)
    reading = read_page(body, address, None, None)
    tree = page_tree(body, None)
    if tree is None:
        why = reading.read.reason if isinstance(reading.read, NoArticle) else "no_markup"
        raise PageNotUsableError(f"{path} is no page that can be read ({why}); save the page itself as HTML")
    entry = entry_text(address, reading.detected, offers_of(tree, address), load_vocabulary().provinces)
    return entry, "\n".join(_report(path, address, reading))


def _page(path: Path, url: str | None) -> tuple[bytes, str]:
    try:
        saved = read_saved_page(path)
        body = path.read_bytes()
    except OSError as error:
        raise PageNotUsableError(f"{path} cannot be read ({error.strerror}); name a saved page") from error
    if url is not None:
        try:
            return body, canonical_url(url)
        except ValueError as error:
            raise PageNotUsableError(f"URL: {error}; write the page's whole address, https://…") from error
    if saved is None:
        raise PageNotUsableError(
            f"nothing tells the address of {path}: no note of the browser on top, no rel=canonical, no og:url"
            f" and no {path.name}.url beside it; give it: make new-portal PAGE={path} URL=https://…"
        )
    return body, saved.url


def _report(path: Path, url: str, reading: PageReading) -> Iterator[str]:
    yield f"\nWhat a run would read from {path.name}, {url}"
    yield f"  family      {reading.detected or 'none recognised: general rules read the page'}"
    read = reading.read
    if isinstance(read, NoArticle):
        yield f"  no story    {read.outcome} ({read.reason})"
        yield f"If the page is a story, see “A family of its own” in {GUIDE}; else save a story's page."
        return
    paragraphs = read.body.split("\n")
    yield f"  title       {read.title or 'none'}"
    yield f"  published   {read.published_on or 'unknown'} ({read.published_basis})"
    if read.published_conflict:
        yield f"  conflict    {read.published_conflict}"
    yield f"  byline      {read.byline or 'none'}"
    yield f"  paragraphs  {len(paragraphs)}, {len(read.body)} characters"
    yield f"  first       {paragraphs[0]}"
    yield f"  last        {paragraphs[-1]}"
    yield f"Compare it with the page. Where it is wrong, see “A family of its own” in {GUIDE}."


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the entry and the reading of the page named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("page", type=Path, nargs="?", help="a saved page of the portal")
    parser.add_argument("--url", help="the page's address, where the page does not tell it")
    given = parser.parse_args(arguments)
    try:
        if given.page is None:
            raise PageNotUsableError("no page is named; save a story's page and name it: PAGE=saved.html")  # noqa: TRY301
        entry, report = new_portal(given.page, given.url)
    except PageNotUsableError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(visible(entry) if sys.stdout.isatty() else entry, end="")
    print(visible(report), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
