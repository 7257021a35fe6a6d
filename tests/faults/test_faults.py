"""Some kinds of fault through the real stages, and every check shown what it has to find.

The whole matrix and the mixtures are `make faults`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from include.crawl.http import Limits
from include.warehouse.land import LandedBatch
from tests.faults import checks, report
from tests.faults.fault import DOCUMENTS
from tests.faults.ledger import Served
from tests.faults.matrix import ALWAYS_NIGHT, FAULTS, Cell, cells, run_matrix, texts_of, unexpected
from tests.faults.script import chaos
from tests.faults.sites import FEED, FORBIDDEN, ROBOTS, STORIES, Site, site, story_html, story_path
from tests.faults.storm import DELAY_S, Asked, Outcome, Records, Version
from tests.faults.tls import Authority

# One of each way to be torn, to be told to wait, and to lead elsewhere; none that is waited for in real time.
SOME = (
    "page: reset in the body",
    "page: no length, and cut",
    "robots: no length, and cut",
    "feed: no length, and cut",
    "listing: HTTP/1.0, and cut",
    "page: Content-Length too short",
    "page: a second answer behind the first",
    "page: half of it as 206",
    "page: gzip cut short",
    "sitemap: empty body",
    "page: charset: ISO-8859-1 declared",
    "page: 429, Retry-After in seconds",
    "feed: 429, Retry-After as a date",
    "listing: 503, Retry-After absurd",
    "page: redirect to a private address",
    "name: name: private address",
    "tls: TLS: certificate of another host",
)


@dataclass(frozen=True)
class Nights:
    matrix: list[Cell]
    calm: Site
    records: Records
    truth: checks.Texts


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    folder = tmp_path_factory.mktemp("faults")
    authority = Authority(folder)
    matrix = cells(authority, lambda name: name in SOME)
    calm = site(len(matrix))
    with pytest.MonkeyPatch.context() as patch:
        # None of these faults is waited for, so that a machine in trouble may take its time.
        patch.setattr("tests.faults.storm.LIMITS", Limits())
        records = run_matrix(folder, authority, matrix, nights=[ALWAYS_NIGHT], workers=1, untouched=[calm])
    return Nights(matrix, calm, records, texts_of(records, calm))


def test_the_truth_is_the_whole_story(nights: Nights) -> None:
    assert set(nights.truth) == {story_path(number) for number in STORIES}
    for number in STORIES:
        title, body = nights.truth[story_path(number)]
        html = story_html(number).decode()
        assert title is not None
        assert f"<h1>{title}</h1>" in html
        assert "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n")) in html


def test_every_chosen_fault_was_injected(nights: Nights) -> None:
    assert {f"{cell.room}: {cell.fault.name}" for cell in nights.matrix} == set(SOME)
    injected = report.rows_of(nights.records)
    missing = [cell.fault.name for cell in nights.matrix if (cell.fault.name, cell.room) not in injected]
    assert missing == []


def test_each_fault_ends_in_its_outcome(nights: Nights) -> None:
    assert unexpected(nights.matrix, nights.records, [ALWAYS_NIGHT]) == []


def test_whatever_the_network_did_everything_holds(nights: Nights) -> None:
    sites = [*(cell.site for cell in nights.matrix), nights.calm]
    found = report.findings(nights.records, sites, nights.truth)
    assert [line for lines in found.values() for line in lines] == []
    assert report.outcomes_line(nights.records).startswith(f"{len(nights.records.outcomes)} discovered = ")


def test_the_table_has_a_row_a_fault_and_room(nights: Nights) -> None:
    table = report.matrix_table(nights.matrix, nights.records, nights.truth).splitlines()
    rows = {(cell.fault.name, cell.room in DOCUMENTS) for cell in nights.matrix}
    assert len(table) == 2 + len(rows)
    assert "| no length, and cut | page | 3 | 1 failed (cut_short) | 0 | 0 | 0 |" in "\n".join(table)


HERE = site(1)
TRUTH: checks.Texts = {story_path(number): (f"Tin {number}", "Nội dung") for number in STORIES}


def good() -> Records:
    """A night of calm at one portal, as it should have been recorded."""
    paths = list(TRUTH)
    served = [
        Served(1, HERE.host, path, at=DELAY_S * number, status=200, whole=True)
        for number, path in enumerate([ROBOTS, FEED, *paths])
    ]
    return Records(
        landed=[LandedBatch("crawl-1", len(paths), 0, {"loaded": len(paths)})],
        discovered={1: [(HERE.host, path) for path in paths]},
        outcomes=[Outcome(1, HERE.host, path, "loaded", None, True) for path in paths],
        documents=[Asked(1, HERE.host, "feed", "read", None)],
        versions=[Version(HERE.host, path, *TRUTH[path]) for path in paths],
        served=served,
        dialled={HERE.address},
    )


def found_in(records: Records) -> list[str]:
    """The checks that found something."""
    return [check for check, lines in report.findings(records, [HERE], TRUTH).items() if lines]


def test_a_good_night_gives_no_finding() -> None:
    assert found_in(good()) == []


def test_a_url_without_an_outcome_or_with_two_is_found() -> None:
    records = good()
    records.outcomes.append(records.outcomes[0])
    assert "accounting" in found_in(records)
    records = good()
    del records.outcomes[0]
    assert "accounting" in found_in(records)
    records = good()
    records.landed = [replace(records.landed[0], discovered=9)]
    assert "accounting" in found_in(records)


def test_a_broken_answer_that_counts_as_read_is_found() -> None:
    for number in (1, 3):  # the feed, a story
        records = good()
        records.served[number].whole = False
        assert found_in(records) == ["against the server's ledger"]


def test_a_whole_answer_that_came_to_nothing_is_found() -> None:
    records = good()
    records.outcomes[2] = replace(records.outcomes[2], outcome="failed")
    assert "against the server's ledger" in found_in(records)


def test_an_answer_to_a_redirect_is_not_the_answer_to_its_own_page() -> None:
    records = good()
    other, page = records.served[3], records.served[2]
    led = replace(other, at=records.served[-1].at + DELAY_S, whole=False, status=302, leads_to=page.path)
    records.served += [led, replace(page, at=led.at + DELAY_S, whole=False, status=304)]
    records.outcomes[1] = replace(records.outcomes[1], outcome="failed")
    assert "against the server's ledger" not in found_in(records)


def test_an_outcome_that_nobody_asked_for_is_found() -> None:
    records = good()
    del records.served[4]
    assert "against the server's ledger" in found_in(records)


def test_a_story_lost_doubled_or_torn_is_found() -> None:
    records = good()
    del records.versions[0]
    assert found_in(records) == ["lost"]
    records = good()
    records.versions.append(records.versions[0])
    assert found_in(records) == ["doubled"]
    records = good()
    records.versions[0] = replace(records.versions[0], body="Nội d")
    assert found_in(records) == ["lost", "torn"]
    records = good()
    records.versions.append(Version(HERE.host, "/khac.html", None, "Nội dung"))
    assert found_in(records) == ["torn"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        (3, {"at": 2 * DELAY_S + 1.9}),
        (2, {"status": 429, "retry_after_s": 3.0}),
        (2, {"status": 503, "retry_after_s": 1e14}),
        (4, {"path": FORBIDDEN}),
    ],
)
def test_bad_manners_are_found(changed: int, fields: dict[str, object]) -> None:
    records = good()
    for name, value in fields.items():
        setattr(records.served[changed], name, value)
    assert checks.manners(records) != []


def test_too_many_tries_and_private_addresses_are_found() -> None:
    records = good()
    last = records.served[-1]
    records.served += [replace(last, at=last.at + DELAY_S * number) for number in (1, 2)]
    assert checks.manners(records) == []
    records.served.append(replace(last, at=last.at + DELAY_S * 3))
    assert checks.manners(records) != []
    records = good()
    records.dialled.add("169.254.169.254")
    assert checks.manners(records) != []


def test_the_same_seed_makes_the_same_faults() -> None:
    def drawn(seed: int, night: int = 1) -> list[str | None]:
        script = chaos({"page": FAULTS}, {HERE.host: 0.5}, seed, nights=2)
        faults = [script(night, HERE.host, story_path(0), number) for number in range(200)]
        return [fault.name if fault else None for fault in faults]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert 70 < drawn(1).count(None) < 130
    assert set(drawn(1, night=3)) == {None}


def test_no_two_faults_have_one_name() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))


def test_the_ledger_is_a_file_of_whole_lines(nights: Nights, tmp_path: Path) -> None:
    assert nights.records.served == sorted(nights.records.served, key=lambda one: one.at)
    assert {one.night for one in nights.records.served} == {1, 2}
