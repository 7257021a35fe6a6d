"""Every fault alone, on a portal of its own: a night in which every request meets it, a night in which the
first does, a night of calm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults.answers import ANSWERS
from tests.faults.fault import Fault
from tests.faults.names import NAME_FAULTS, TLS_FAULTS
from tests.faults.script import Planned, Script, after_first, always, every_other, once, planned
from tests.faults.sites import IN_FEED, Site, site, story_path
from tests.faults.storm import Records, storm_over
from tests.faults.tls import Authority
from tests.faults.transport import TRANSPORT

FAULTS: Final[tuple[Fault, ...]] = (*TRANSPORT, *ANSWERS)
ALWAYS_NIGHT: Final = 1
ONCE_NIGHT: Final = 2
# The story that meets the faults of pages.
HIT: Final = story_path(IN_FEED[1])
# From one night to the next. A host that asked for a century is asked again after a day, and a page that was
# twice taken for no story is looked at again after three (include.crawl.revisit).
_DAYS_BETWEEN: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One fault at one place of one portal. rooms of faults below HTTP: name, tls."""

    fault: Any
    room: str
    site: Site
    when: tuple[Callable[[int], bool], Callable[[int], bool]]

    @property
    def place(self) -> str:
        """What the script calls it."""
        return HIT if self.room == "page" else self.room


def cells(authority: Authority, is_wanted: Callable[[str], bool] = lambda _: True) -> list[Cell]:
    """The matrix, or of it what `is_wanted` says of "room: fault"."""
    wanted = [(fault, room, when) for fault, room, when in _pairs() if is_wanted(f"{room}: {fault.name}")]
    return [
        Cell(fault, room, _site_for(number, room, authority), when)
        for number, (fault, room, when) in enumerate(wanted)
    ]


def _pairs() -> Iterator[tuple[Any, str, tuple[Callable[[int], bool], Callable[[int], bool]]]]:
    for fault in FAULTS:
        for room in fault.rooms:
            yield fault, room, (always, once)
    for name_fault in NAME_FAULTS:
        yield name_fault, "name", (always, after_first)
        yield name_fault, "name", (every_other, once)
    for tls_fault in TLS_FAULTS:
        yield tls_fault, "tls", (always, once)


def _site_for(number: int, room: str, authority: Authority) -> Site:
    return site(number, ca_file=authority.ca_file if room == "tls" else None, hangs_up=room == "name")


def script_of(matrix: list[Cell]) -> Script:
    """Both nights of faults."""
    plan = {}
    for cell in matrix:
        for night, when in zip((ALWAYS_NIGHT, ONCE_NIGHT), cell.when, strict=True):
            plan[night, cell.site.host, cell.place] = Planned(cell.fault, when)
    return planned(plan)


def run_matrix(
    folder: Path,
    authority: Authority,
    matrix: list[Cell],
    *,
    nights: Sequence[int] = (ALWAYS_NIGHT, ONCE_NIGHT),
    workers: int = 2,
    untouched: Sequence[Site] = (),
) -> Records:
    """These nights over the whole matrix, all of its portals side by side, and one of calm.

    untouched: portals beside them that no fault meets.
    """
    with storm_over(folder, [*(cell.site for cell in matrix), *untouched], authority, workers) as storm:
        for _ in nights:
            storm.night(script_of(matrix))
            storm.pass_days(_DAYS_BETWEEN)
        storm.night()
        return storm.records()


def unexpected(
    matrix: list[Cell], records: Records, nights: Sequence[int] = (ALWAYS_NIGHT, ONCE_NIGHT)
) -> list[str]:
    """Pages, and robots.txt behind faults below HTTP, that ended otherwise than their fault says."""
    became = {(one.night, one.host, one.path): one for one in records.outcomes}
    found = []
    robots = {one.host: one for one in records.documents if (one.night, one.kind) == (ALWAYS_NIGHT, "robots")}
    for cell in matrix:
        if cell.room in ("name", "tls") and cell.when[0] is always:
            told_of = robots[cell.site.host]
            if told_of.reason != cell.fault.reason:
                found.append(f"{cell.fault.name}: {told_of}, not {cell.fault.reason}")
        if cell.room != "page":
            continue
        expected = {ALWAYS_NIGHT: cell.fault.always, ONCE_NIGHT: (cell.fault.once, None)}
        for night in nights:
            wanted = expected[night]
            one = became[night, cell.site.host, HIT]
            told = (_read(one.outcome), one.reason if night == ALWAYS_NIGHT else None)
            if told != (_read(wanted[0]), wanted[1]):
                found.append(f"{cell.fault.name}, night {night}: {one.outcome} ({one.reason}), not {wanted}")
    return found


def _read(outcome: str) -> str:
    """A text known from a night before is unchanged where it else were loaded."""
    return "read" if outcome in ("loaded", "unchanged") else outcome


def calm_truth(folder: Path, authority: Authority) -> dict[str, tuple[str | None, str]]:
    """Title and body of every story by path, as a night without any fault lands them."""
    with storm_over(folder, [site(0)], authority, workers=1) as storm:
        storm.night()
        return texts_of(storm.records(), site(0))


def texts_of(records: Records, where: Site) -> dict[str, tuple[str | None, str]]:
    """Title and body by path, as they were landed from that portal."""
    return {one.path: (one.title, one.body) for one in records.versions if one.host == where.host}
