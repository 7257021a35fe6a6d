"""What has to hold however bad the network was; each check returns its findings, a line each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from include.contract import OUTCOMES
from include.crawl.patience import RETRY_PAUSES_S
from tests.faults.ledger import Served
from tests.faults.sites import FORBIDDEN, ROOMS, STORIES, Site, story_path
from tests.faults.storm import DAY_S, DELAY_S, Outcome, Records

TRIES: Final = 1 + len(RETRY_PAUSES_S)
# A document is asked for in discovery; robots.txt in both stages, and twice where its end cannot be told.
TRIES_OF: Final = {"robots": 2 * (TRIES + 1)}
# The longest that a host is left alone because it asked for it (include.crawl.pace).
OBEYED_S: Final = DAY_S
_READ: Final = ("loaded", "unchanged")
_STORY_PATHS: Final = tuple(story_path(number) for number in STORIES)
Texts = Mapping[str, tuple[str | None, str]]


def accounting(records: Records) -> list[str]:
    """discovered = the sum of the outcomes, and every URL of a night has exactly one."""
    found = []
    for batch in records.landed:
        if batch.discovered != sum(batch.outcomes.values()):
            found.append(f"{batch.batch_id}: {batch.discovered} discovered, outcomes {batch.outcomes}")
    for night, urls in records.discovered.items():
        told = Counter((one.host, one.path) for one in records.outcomes if one.night == night)
        if told != Counter(urls) or any(count != 1 for count in told.values()):
            found.append(
                f"night {night}: URLs and outcomes differ: {(told - Counter(urls)) or (Counter(urls) - told)}"
            )
    strange = {one.outcome for one in records.outcomes} - set(OUTCOMES)
    return found + [f"an outcome outside the contract: {name}" for name in sorted(strange)]


def against_the_server(records: Records) -> list[str]:
    """A page counts as read exactly where the server's last answer to it in that night went out whole.

    And a document that was broken at every request of its night was not read.
    """
    asked_for = without_hops(records.served)
    last = {(one.night, one.host, one.path): one for one in asked_for}
    below = {(one.night, one.host) for one in records.served if one.path in ("name", "tls")}
    whole = {(one.night, one.host, ROOMS.get(one.path)) for one in records.served if one.whole}
    asked = {(one.night, one.host, ROOMS.get(one.path)) for one in records.served}
    found = []
    for one in records.outcomes:
        answer = last.get((one.night, one.host, one.path))
        if (answer is not None) != one.was_asked and (one.night, one.host) not in below:
            found.append(f"{_named(one)}: asked {one.was_asked}, the server has {answer}")
        was_whole = answer is not None and answer.whole
        redirected = answer is not None and answer.status == 302
        if (one.outcome in _READ) != was_whole and not redirected:
            found.append(f"{_named(one)}: {one.outcome} ({one.reason}), the server's last answer: {answer}")
    for document in records.documents:
        place = document.night, document.host, document.kind
        if document.outcome in ("read", "not_modified") and place in asked - whole:
            told = f"broken {document.kind} was {document.outcome}"
            found.append(f"night {document.night}, {document.host}: {told}")
    return found


def without_hops(served: Iterable[Served]) -> list[Served]:
    """Requests that were made for their own sake, and not because the one before them was led there."""
    found = []
    before: dict[str, Served] = {}
    for one in served:
        previous = before.get(one.host)
        if previous is None or previous.leads_to != one.path:
            found.append(one)
        if one.path not in ("name", "tls"):
            before[one.host] = one
    return found


def texts(records: Records, sites: Iterable[Site], truth: Texts) -> tuple[list[str], list[str], list[str]]:
    """Stories lost, doubled and torn: `host path`, each at most once. truth: title and body by path."""
    landed: dict[tuple[str, str], list[tuple[str | None, str]]] = defaultdict(list)
    for one in records.versions:
        landed[one.host, one.path].append((one.title, one.body))
    wanted = {(site.host, path) for site in sites for path in _STORY_PATHS}
    lost = [place for place in wanted if truth[place[1]] not in landed[place]]
    doubled = [place for place, versions in landed.items() if len(versions) > 1]
    torn = [
        place for place, versions in landed.items()
        if any(place not in wanted or version != truth[place[1]] for version in versions)
    ]  # fmt: skip
    first, second, third = (sorted(" ".join(place) for place in places) for places in (lost, doubled, torn))
    return first, second, third


def manners(records: Records) -> list[str]:
    """The pause at each host, Retry-After, the number of tries, robots.txt, and addresses."""
    found = [f"connected to {address}" for address in records.dialled if not address.startswith("14.225.")]
    found += [f"{one.host}: {one.path} was asked for" for one in records.served if one.path == FORBIDDEN]
    by_host = defaultdict(list)
    for one in records.served:
        if one.path != "name":
            by_host[one.host].append(one)
    for host, answers in by_host.items():
        for before, after in pairwise(answers):
            if after.at - before.at < DELAY_S and before.path != "tls":
                found.append(f"{host}: {after.at - before.at:.3f} s between {before.path} and {after.path}")
        for number, one in enumerate(answers[:-1]):
            wait = min(one.retry_after_s or 0.0, OBEYED_S)
            if wait and answers[number + 1].at - one.at < wait - 0.001:
                passed = answers[number + 1].at - one.at
                found.append(
                    f"{host}: asked to wait {wait:.0f} s at {one.path}, asked again after {passed:.1f}"
                )
    tries = Counter((one.night, one.host, one.path) for one in without_hops(records.served))
    for (night, host, path), count in tries.items():
        room = ROOMS.get(path, "page")
        if path not in ("name", "tls") and count > TRIES_OF.get(room, TRIES):
            found.append(f"night {night}, {host}: {path} was asked for {count} times")
    return found


def _named(one: Outcome) -> str:
    return f"night {one.night}, {one.host}{one.path}"
