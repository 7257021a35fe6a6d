"""One number said again for the same thing is one claim (data contract, rulings)."""

from __future__ import annotations

from include.extract.model import Claim
from include.extract.text import fold


def told_once(claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims, in the order of the text, each where it is first said with its period."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        name = claim.indicator_code or fold(claim.indicator_name)
        value = (claim.value, claim.value_high, claim.out_of, claim.unit_code)
        part = fold(claim.breakdown) if claim.breakdown else ""
        thing = (name, part, claim.measure, *value, claim.province_name, claim.place_name)
        first = kept.get(thing)
        if first is None or (first.period_type == "unknown" and claim.period_type != "unknown"):
            kept[thing] = claim
        elif claim.period_type != "unknown" and claim.time_period != first.time_period:
            kept[(*thing, claim.time_period)] = claim
    return tuple(sorted(kept.values(), key=lambda claim: claim.value_start))
