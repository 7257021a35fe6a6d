"""How much of hand-labelled articles a reading has right, field by field, each from 0 to 1.

`value`, `strict`, `meetings` and `participants` are F1: what is missed and what is too much both
count. A claim is right in `value` where number, unit and measure agree, in `strict` where everything
else does that its label states. All other fields are the share that is right of what labels state.
Labels with `must: false` are neither asked for nor held against anybody.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from include.extract.model import Claim, Meeting, Participant, Reading
from include.extract.text import fold
from include.vocabulary import load_vocabulary
from tests.extract.labelled import Label, Labelled

Pairs = list[tuple[int, int]]
# An approximate number is still the number; where a claim is placed is no part of what it says.
_NOT_STRICT = frozenset({"approximation", "place", "breakdown"})


class Tally:
    """Counts of what is right and wrong by field; a share counts a fault as missed and as too much."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()

    def right(self, field: str) -> None:
        self._right[field] += 1

    def wrong(self, field: str, times: int = 1) -> None:
        """Something missed, or something too much."""
        self._wrong[field] += times

    def hold(self, field: str, is_right: bool) -> None:
        """A field that a label states and a reading has."""
        if is_right:
            self.right(field)
        else:
            self.wrong(field, 2)

    def scores(self) -> dict[str, float]:
        """By field, cut to four digits."""
        fields = sorted({*self._right, *self._wrong})
        return {
            field: math.floor(20_000 * self._right[field] / (2 * self._right[field] + self._wrong[field]))
            / 10_000
            for field in fields
        }


def score(labelled: Iterable[Labelled], read: Callable[[Labelled], Reading]) -> dict[str, float]:
    """The scores of `read` on labelled articles; only fields that some label states."""
    tally = Tally()
    for one in labelled:
        reading = read(one)
        if one.told_on is not None:
            tally.hold("published_on", str(reading.published_on or "") == one.told_on)
        if one.claims is not None:
            _count_claims(one.claims, reading.claims, one.article.body, tally)
        if one.meetings is not None:
            _count_meetings(one.meetings, reading.meetings, tally)
    return tally.scores()


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)


def _within(part: str, whole: str | None) -> bool:
    return fold(part) in fold(whole or "")


def _same_unit(one: str, other: str) -> bool:
    """Things that are counted may be counted under the neighbouring code."""
    kinds = {row["unit_code"]: row["kind"] for row in load_vocabulary().units}
    return one == other or kinds[one] == kinds[other] == "counted"


def _days(*days: date | None) -> list[str | None]:
    return [str(day) if day else None for day in days]


def _any_of(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _stated(label: Label, claim: Claim) -> dict[str, bool]:
    """Which of the fields that a label states a claim has right, beyond number, unit and measure."""
    checks = {"status": claim.status in _any_of(label["status"])}
    if label["indicator"] is not None:
        checks["indicator"] = claim.indicator_code in {label["indicator"], *label.get("also", [])}
    if label.get("period"):
        checks["period"] = _days(claim.period_start, claim.period_end) == label["period"]
    if label.get("compared_with"):
        compared = _days(claim.comparison_start, claim.comparison_end)
        checks["comparison"] = compared == label["compared_with"]
    if (printed := label.get("approximation", "exact")) != "unscored":
        checks["approximation"] = claim.approximation == printed
    for field in ("value_high", "out_of"):
        if field in label:
            checks[field] = _near(label[field], getattr(claim, field))
    if "price_basis" in label:
        checks["price_basis"] = claim.price_basis == label["price_basis"]
    for field, said in (("place", claim.place_name or claim.province_name), ("breakdown", claim.breakdown)):
        if wanted := label.get(field):
            # "ngành may mặc" and "may mặc", "tỉnh Gia Lai" and "Gia Lai".
            checks[field] = bool(said) and (_within(wanted, said) or _within(said, wanted))
    return checks


def _is_strict(checks: dict[str, bool]) -> bool:
    return all(is_right for field, is_right in checks.items() if field not in _NOT_STRICT)


def _best_pairs(candidates: Iterable[tuple[Any, ...]]) -> Pairs:
    """One to one, the best first; a candidate ends in the numbers of its label and its claim."""
    pairs: Pairs = []
    for *_, left, right in sorted(candidates, reverse=True):
        if all(left != i and right != j for i, j in pairs):
            pairs.append((left, right))
    return pairs


def _count_claims(labels: Sequence[Label], claims: Sequence[Claim], body: str, tally: Tally) -> None:
    exact: list[tuple[Any, ...]] = []
    others: list[tuple[Any, ...]] = []
    for i, label in enumerate(labels):
        for j, claim in enumerate(claims):
            if not _near(label["value"], claim.value):
                continue
            in_quote = _within(label["quote"], body[claim.quote_start : claim.quote_end])
            checks = _stated(label, claim)
            fit = (label["must"], in_quote, _is_strict(checks), sum(checks.values()), -abs(i - j), i, j)
            if label["measure"] == claim.measure and _same_unit(label["unit"], claim.unit_code):
                exact.append(fit)
            elif in_quote:
                others.append(fit)
    pairs = _best_pairs(exact)
    labels_used, claims_used = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        if labels[i]["must"]:
            _count_found(labels[i], claims[j], tally)
    missed = sum(label["must"] for i, label in enumerate(labels) if i not in labels_used)
    for field in ("value", "strict"):
        tally.wrong(field, missed + len(claims) - len(pairs))
    # The number was seen in its sentence, as something else.
    left = [fit for fit in others if fit[0] and fit[-2] not in labels_used and fit[-1] not in claims_used]
    for i, j in _best_pairs(left):
        tally.hold("measure", labels[i]["measure"] == claims[j].measure)
        tally.hold("unit", _same_unit(labels[i]["unit"], claims[j].unit_code))


def _count_found(label: Label, claim: Claim, tally: Tally) -> None:
    checks = _stated(label, claim)
    for field in ("value", "measure", "unit"):
        tally.right(field)
    tally.hold("strict", _is_strict(checks))
    for field, is_right in checks.items():
        tally.hold(field, is_right)


def _nearest(label: Label, left: Sequence[Meeting]) -> Meeting | None:
    return max(
        left,
        key=lambda one: (one.lead_name in (label.get("lead") or []), _is_dated(label, one)),
        default=None,
    )


def _is_dated(label: Label, meeting: Meeting) -> bool:
    return str(meeting.meeting_date or None) == str(label.get("date"))


def _count_meetings(labels: Sequence[Label], meetings: Sequence[Meeting], tally: Tally) -> None:
    left = list(meetings)
    for label in sorted(labels, key=lambda one: not one.get("must", True)):
        best = _nearest(label, left)
        if not label.get("must", True):
            if best and (best.lead_name in (label.get("lead") or []) or _is_dated(label, best)):
                left.remove(best)
        elif best is None:
            tally.wrong("meetings")
            tally.wrong("participants", len(label["participants"]))
        else:
            left.remove(best)
            tally.right("meetings")
            _count_meeting_fields(label, best, tally)
            _count_people(label["participants"], best.participants, tally)
    tally.wrong("meetings", len(left))


def _count_meeting_fields(label: Label, meeting: Meeting, tally: Tally) -> None:
    if "date" in label:
        tally.hold("meeting_date", _is_dated(label, meeting))
    if "session" in label:
        tally.hold("meeting_session", meeting.session == label["session"])
    if "kind" in label:
        tally.hold("meeting_kind", meeting.meeting_kind in _any_of(label["kind"]))
    if (leads := label.get("lead")) is not None:
        named = fold(meeting.lead_name or "")
        tally.hold("meeting_lead", named in [fold(one) for one in leads] if leads else not named)
    if "topic_contains" in label:
        tally.hold("meeting_topic", _within(label["topic_contains"], meeting.topic))
    if "host_contains" in label:
        tally.hold("meeting_host", _within(label["host_contains"], meeting.host_organization))
    for day in label.get("deadlines", []):
        tally.hold("deadline", any(str(one.deadline_on) == day for one in meeting.directives))


def _count_people(labels: Sequence[Label], people: Sequence[Participant], tally: Tally) -> None:
    named = {fold(one.person_name): one for one in reversed(people)}
    for label in labels:
        person = named.pop(fold(label["name"]), None)
        if not label.get("must", True):
            continue
        if person is None:
            tally.wrong("participants")
            continue
        tally.right("participants")
        if label.get("title_contains"):
            tally.hold("participant_title", _within(label["title_contains"], person.person_title))
        if label.get("role"):
            tally.hold("participant_role", person.role == label["role"])
    tally.wrong("participants", len(named))
