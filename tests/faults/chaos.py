"""Many portals, each with its own rate of random faults, over some nights; then a night of calm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults.fault import EVERYWHERE
from tests.faults.matrix import FAULTS
from tests.faults.names import NAME_FAULTS, TLS_FAULTS
from tests.faults.script import chaos
from tests.faults.sites import Site, site
from tests.faults.storm import Records, storm_over
from tests.faults.tls import Authority

RATES: Final = (0.05, 0.2, 0.5, 0.9)
# At each rate a quarter of the portals is on https, and half of them hang up after every answer, so that
# names are looked up and hands are shaken again and again.
_TLS_EVERY: Final = 4
# A page taken for no story is looked at again after 1, 3 and 7 days (include.crawl.revisit).
_DAYS_OF_CALM: Final = 31


@dataclass(frozen=True, slots=True)
class Mixture:
    """One portal with the rate at which its requests fail."""

    site: Site
    rate: float


@dataclass(frozen=True, slots=True)
class Chaos:
    """What was run: nights with faults, then one without. seed: the same seed makes the same faults."""

    mixtures: Sequence[Mixture]
    nights: int
    seed: int
    records: Records

    def by_rate(self) -> dict[float, list[Site]]:
        """The portals of each rate."""
        found = defaultdict(list)
        for mixture in self.mixtures:
            found[mixture.rate].append(mixture.site)
        return dict(found)


def random_faults() -> Mapping[str, Sequence[Any]]:
    """What the dice choose from, by room."""
    by_room: dict[str, Sequence[Any]] = {
        room: [fault for fault in FAULTS if room in fault.rooms] for room in EVERYWHERE
    }
    return by_room | {"name": NAME_FAULTS, "tls": TLS_FAULTS}


def run_chaos(
    folder: Path,
    authority: Authority,
    *,
    portals: int,
    nights: int,
    seed: int,
    rates: Sequence[float] = RATES,
) -> Chaos:
    """`portals` mixtures side by side, `nights` with faults and a last one without."""
    mixtures = [
        Mixture(_site(number, number // len(rates), authority), rates[number % len(rates)])
        for number in range(portals)
    ]
    rate_of = {mixture.site.host: mixture.rate for mixture in mixtures}
    with storm_over(folder, [mixture.site for mixture in mixtures], authority) as storm:
        script = chaos(random_faults(), rate_of, seed, nights)
        for _ in range(nights):
            storm.night(script)
            storm.pass_days(1)
        storm.pass_days(_DAYS_OF_CALM)
        storm.night()
        return Chaos(mixtures, nights, seed, storm.records())


def _site(number: int, group: int, authority: Authority) -> Site:
    is_tls = group // 2 % _TLS_EVERY == 0
    return site(number, ca_file=authority.ca_file if is_tls else None, hangs_up=group % 2 == 1)
