"""The tables of docs/reliability.md: what was injected, and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.faults import checks
from tests.faults.chaos import Chaos
from tests.faults.fault import DOCUMENTS
from tests.faults.ledger import Served
from tests.faults.matrix import Cell
from tests.faults.sites import ROOMS, Site
from tests.faults.storm import Records

# Outcomes told for one kind of fault; below HTTP there are more than a table bears.
_TOLD: Final = 4
Hit = tuple[int, str, str]


@dataclass(slots=True)
class Row:
    """One kind of fault in one room. hits: the nights and URLs that it was the last fault of."""

    injected: int = 0
    hits: list[Hit] = field(default_factory=list)
    seconds: float = 0.0


def rows_of(records: Records) -> dict[tuple[str, str], Row]:
    """By name of the fault and room, from the server's ledger alone."""
    asked: dict[Hit, list[Served]] = defaultdict(list)
    for one in records.served:
        asked[one.night, one.host, one.path].append(one)
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    for hit, answers in asked.items():
        room = room_of(hit[2])
        faulty = [one for one in answers if one.fault]
        for one in faulty:
            assert one.fault
            rows[one.fault, room].injected += 1
        if faulty:
            row = rows[faulty[-1].fault or "", room]
            row.hits.append(hit)
            row.seconds = max(row.seconds, _seconds(answers, room))
    return dict(rows)


def room_of(path: str) -> str:
    """Which kind of thing was asked for at a path of the ledger."""
    return path if path in ("name", "tls") else ROOMS.get(path, "page")


def _seconds(answers: Sequence[Served], room: str) -> float:
    """From the first request for a URL in a night to the end of its last answer; of robots.txt and of what
    lies below HTTP, which both stages ask for, the longest answer.
    """
    if room in ("robots", "name", "tls"):
        return max(one.own_ended - one.own_at for one in answers)
    return answers[-1].own_ended - answers[0].own_at


def became(records: Records, hits: Iterable[Hit]) -> Counter[str]:
    """Outcome with its reason of the URLs and documents at `hits`; below HTTP of every page of the night."""
    pages = {(one.night, one.host, one.path): one for one in records.outcomes}
    of_night: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in records.outcomes:
        of_night[one.night, one.host].append(_told(one.outcome, one.reason))
    documents = {(one.night, one.host, one.kind): one for one in records.documents}
    found: Counter[str] = Counter()
    for night, host, path in hits:
        room = room_of(path)
        if room in ("name", "tls"):
            found.update(of_night[night, host])
        elif room == "page":
            page = pages.get((night, host, path))
            found[_told(page.outcome, page.reason) if page else "not its own URL"] += 1
        else:
            document = documents.get((night, host, room))
            found[_told(document.outcome, document.reason) if document else "not asked in discovery"] += 1
    return found


def _told(outcome: str, reason: str | None) -> str:
    return outcome if reason is None or outcome in ("loaded", "unchanged") else f"{outcome} ({reason})"


def matrix_table(matrix: Sequence[Cell], records: Records, truth: checks.Texts) -> str:
    """One row a fault at pages and one at documents, injected each on a portal of its own."""
    rows = rows_of(records)
    cells: dict[tuple[str, bool], list[Cell]] = defaultdict(list)
    for cell in matrix:
        cells[cell.fault.name, cell.room in DOCUMENTS].append(cell)
    lines = [
        "| fault | where | injected | what became of it | lost | doubled | torn | seconds at most |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (name, _), places in cells.items():
        rooms = list(dict.fromkeys(cell.room for cell in places))
        met = [rows.get((name, room), Row()) for room in rooms]
        sites = [cell.site for cell in places]
        counts = " | ".join(str(len(found)) for found in checks.texts(within(records, sites), sites, truth))
        told = _listed(became(records, [hit for row in met for hit in row.hits]))
        injected, seconds = sum(row.injected for row in met), max(row.seconds for row in met)
        lines.append(f"| {name} | {', '.join(rooms)} | {injected} | {told} | {counts} | {seconds:.1f} |")
    return "\n".join(lines)


def _listed(counted: Counter[str]) -> str:
    common = counted.most_common()
    told = [f"{count} {name}" for name, count in common[:_TOLD]]
    rest = sum(count for _, count in common[_TOLD:])
    return ", ".join(told + ([f"{rest} others"] if rest else [])) or "–"


def within(records: Records, sites: Iterable[Site]) -> Records:
    """What the records tell of these portals."""
    hosts = {site.host for site in sites}
    return Records(
        landed=records.landed,
        outcomes=[one for one in records.outcomes if one.host in hosts],
        documents=[one for one in records.documents if one.host in hosts],
        versions=[one for one in records.versions if one.host in hosts],
        served=[one for one in records.served if one.host in hosts],
    )


def chaos_table(chaos: Chaos, truth: checks.Texts) -> str:
    """One row a rate: requests and faults, how the nights' attempts ended, and what was left at the end."""
    lines = [
        (
            "| rate | portals | requests | faults | attempts | loaded | unchanged | other |"
            " lost | doubled | torn |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rate, sites in chaos.by_rate().items():
        part = within(chaos.records, sites)
        ended = Counter(one.outcome for one in part.outcomes)
        other = ended.total() - ended["loaded"] - ended["unchanged"]
        faults = sum(one.fault is not None for one in part.served)
        figures: list[object] = [
            f"{rate:.0%}", len(sites), len(part.served), faults, ended.total(), ended["loaded"],
            ended["unchanged"], other, *(len(found) for found in checks.texts(part, sites, truth)),
        ]  # fmt: skip
        lines.append("| " + " | ".join(str(figure) for figure in figures) + " |")
    return "\n".join(lines)


def outcomes_line(records: Records) -> str:
    """discovered = the outcomes, over all nights."""
    discovered = sum(batch.discovered for batch in records.landed)
    ended: Counter[str] = sum((Counter(batch.outcomes) for batch in records.landed), Counter())
    told = " + ".join(f"{ended[name]} {name.replace('_', ' ')}" for name in _IN_ORDER)
    return f"{discovered} discovered = {told}"


_IN_ORDER: Final = ("loaded", "unchanged", "blocked", "not_allowed", "empty", "quarantined", "failed")
Findings = Mapping[str, Sequence[str]]


def findings(records: Records, sites: Sequence[Site], truth: checks.Texts) -> dict[str, list[str]]:
    """Everything that does not hold, by check."""
    lost, doubled, torn = checks.texts(records, sites, truth)
    return {
        "accounting": checks.accounting(records),
        "against the server's ledger": checks.against_the_server(records),
        "manners": checks.manners(records),
        "lost": lost,
        "doubled": doubled,
        "torn": torn,
    }
