"""One number said again for the same thing is one claim (data contract, rulings)."""

from __future__ import annotations

from collections.abc import Sequence

from include.extract.model import Claim
from include.extract.text import fold


def _figure(claim: Claim) -> tuple[object, ...]:
    return claim.indicator_code, claim.measure, claim.value, claim.unit_code, claim.time_period


def _lacks_period(claim: Claim, lead_end: int) -> bool:
    return claim.period_type == "unknown" or claim.value_start < lead_end


def told_once(prose: Sequence[Claim], tables: Sequence[Claim] = (), lead_end: int = 0) -> tuple[Claim, ...]:
    """The claims, in the order of the text, each where it is first said with its period.

    lead_end: where the text first names a period; what stands before has it from there.
    A figure of a table that the prose tells for the same time is the prose's, however each words the part.
    """
    in_prose = {_figure(claim) for claim in prose}
    rows = [claim for claim in tables if _figure(claim) not in in_prose]
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in sorted([*prose, *rows], key=lambda claim: claim.value_start):
        name = claim.indicator_code or fold(claim.indicator_name)
        value = (claim.value, claim.value_high, claim.out_of, claim.unit_code)
        part = fold(claim.breakdown) if claim.breakdown else ""
        place = None
        if claim.indicator_code is None and claim.out_of is not None:
            # "41/60 xã đạt tiêu chí giao thông", "41/60 xã đạt tiêu chí trường học": one name, two things.
            place = claim.quote_start
        thing = (name, part, claim.measure, *value, claim.province_name, claim.place_name, place)
        first = kept.get(thing)
        if first is None or (_lacks_period(first, lead_end) and not _lacks_period(claim, lead_end)):
            kept[thing] = claim
        elif first.quote_start == claim.quote_start and fold(first.indicator_name) != fold(
            claim.indicator_name
        ):
            # Two things of one code in one sentence: "đàn trâu bằng 94% kế hoạch, đàn bò bằng 94%".
            kept[(*thing, claim.value_start)] = claim
        elif claim.period_type != "unknown" and claim.time_period != first.time_period:
            kept[(*thing, claim.time_period)] = claim
    return tuple(sorted(kept.values(), key=lambda claim: claim.value_start))
