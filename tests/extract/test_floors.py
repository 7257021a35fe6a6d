"""No field of the golden articles is read worse than before, and the floors cannot sink unseen.

Labels were made by hand, not by this code. Sets kept beside the project are skipped where they are absent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from include.extract.model import Reading
from tests.extract import floors
from tests.extract.labelled import SETS, Labelled, articles_of, is_here
from tests.extract.scoring import score

EACH_SET = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            not is_here(name), reason="the labelled articles are not beside the project"
        ),
    )
    for name in SETS
]


@cache
def readings(name: str) -> list[tuple[Labelled, Reading]]:
    """The articles of a set, each with what is read from it; read once for all tests."""
    return [(one, floors.read_labelled(one)) for one in articles_of(name)]


def measured_after(
    name: str, spoil: Callable[[Reading], Reading] = lambda reading: reading
) -> dict[str, float]:
    """The scores of a set whose readings were spoilt."""
    read = {one.article.article_id: reading for one, reading in readings(name)}
    scores = score([one for one, _ in readings(name)], lambda one: spoil(read[one.article.article_id]))
    return {f"{name}.{field}": figure for field, figure in scores.items()}


@pytest.mark.parametrize("name", EACH_SET)
def test_no_field_is_read_worse_than_its_floor(name: str) -> None:
    pinned, scores = floors.load(), measured_after(name)
    assert floors.fallen(pinned, scores) == {}
    assert sorted(set(scores) - set(pinned)) == [], "pin these: python -m tests.extract.floors"


@pytest.mark.parametrize("name", EACH_SET)
def test_every_claim_stands_in_its_sentence(name: str) -> None:
    claims = [(one.article.body, claim) for one, reading in readings(name) for claim in reading.claims]
    assert len(claims) > 50
    for body, claim in claims:
        assert body[claim.value_start : claim.value_end] == claim.value_text
        assert claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end


def claims_with(**change: Any) -> Callable[[Reading], Reading]:
    return lambda reading: replace(reading, claims=tuple(replace(one, **change) for one in reading.claims))


def meetings_with(**change: Any) -> Callable[[Reading], Reading]:
    return lambda reading: replace(
        reading, meetings=tuple(replace(one, **change) for one in reading.meetings)
    )


def with_one_too_many(reading: Reading) -> Reading:
    return replace(
        reading, claims=reading.claims + tuple(replace(one, value=-1.5) for one in reading.claims[:1])
    )


def with_people_unled(reading: Reading) -> Reading:
    return replace(
        reading,
        meetings=tuple(
            replace(
                one, participants=tuple(replace(p, role="host", person_title=None) for p in one.participants)
            )
            for one in reading.meetings
        ),
    )


# A worse reading, and the fields that have to fall with it.
WORSE = [
    (lambda reading: replace(reading, claims=reading.claims[1:]), {"value", "strict"}),
    (with_one_too_many, {"value", "strict"}),
    (claims_with(unit_code="KILOMETRE"), {"value", "unit"}),
    (claims_with(measure="rank"), {"value", "measure"}),
    (claims_with(indicator_code=None), {"indicator", "strict"}),
    (claims_with(period_start=None), {"period", "strict"}),
    (claims_with(comparison_end=None), {"comparison", "strict"}),
    (claims_with(status="target"), {"status", "strict"}),
    (claims_with(approximation="under"), {"approximation"}),
    (claims_with(out_of=None, value_high=None), {"out_of", "value_high", "strict"}),
    (claims_with(price_basis=None), {"price_basis", "strict"}),
    (claims_with(breakdown=None, place_name=None), {"breakdown", "place"}),
    (lambda reading: replace(reading, meetings=()), {"meetings", "participants"}),
    (lambda reading: replace(reading, meetings=reading.meetings * 2), {"meetings"}),
    (meetings_with(meeting_date=None, session=None), {"meeting_date", "meeting_session"}),
    (meetings_with(meeting_kind="congress", lead_name=None), {"meeting_kind", "meeting_lead"}),
    (meetings_with(topic=None, host_organization=None), {"meeting_topic", "meeting_host"}),
    (meetings_with(directives=()), {"deadline"}),
    (meetings_with(participants=()), {"participants"}),
    (with_people_unled, {"participant_role", "participant_title"}),
    (lambda reading: replace(reading, published_on=date(2020, 5, 1)), {"published_on"}),
]


@pytest.mark.parametrize(("spoil", "expected"), WORSE, ids=["+".join(sorted(one[1])) for one in WORSE])
def test_a_planted_worse_reading_falls_in_its_fields(
    spoil: Callable[[Reading], Reading], expected: set[str]
) -> None:
    fell = floors.fallen(measured_after("samples"), measured_after("samples", spoil))
    assert {f"samples.{field}" for field in expected} <= set(fell)


def test_every_field_is_shown_to_fall() -> None:
    shown = {f"samples.{field}" for _, fields in WORSE for field in fields}
    assert set(measured_after("samples")) == shown


PINNED = {"dev.value": 0.7, "samples.period": 0.5, "samples.value": 0.9}
NOW = {"samples.period": 0.4, "samples.status": 1.0, "samples.value": 0.95}


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(PINNED), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "below the floor: samples.period (0.5 -> 0.4)"),
        (["--lower", "samples.value"], "below the floor: samples.period"),
        (["--lower", "samples.period", "--lower", "samples.value"], "not below the floor: samples.value"),
    ],
)
def test_a_floor_is_lowered_only_by_its_name(
    pinned: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    before = pinned.read_text(encoding="utf-8")
    assert floors.main(arguments, path=pinned, scores=NOW) == 1
    assert complaint in capsys.readouterr().err
    assert pinned.read_text(encoding="utf-8") == before


def test_a_named_floor_is_lowered_and_the_others_rise(pinned: Path) -> None:
    assert floors.main(["--lower", "samples.period"], path=pinned, scores=NOW) == 0
    assert floors.load(pinned) == {**PINNED, **NOW}


def test_a_field_that_is_measured_no_more_has_fallen() -> None:
    assert floors.fallen(PINNED, {"samples.value": 0.9}) == {"samples.period": (0.5, None)}
    with pytest.raises(floors.FloorsFallError, match=r"samples\.period \(0\.5 -> None\)"):
        floors.renewed(PINNED, {"samples.value": 0.9}, [])
    assert floors.renewed(PINNED, {"samples.value": 0.9}, ["samples.period"]) == {
        "dev.value": 0.7,
        "samples.value": 0.9,
    }
