"""Divides the URLs of a batch among workers, so that no host is ever asked by two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from include.landing import DiscoveredUrl


def shards_of(rows: Sequence[DiscoveredUrl], most: int) -> list[list[DiscoveredUrl]]:
    """At most `most` shards of `rows`, the largest first; a row stands in one, in the order of `rows`.

    Rows of one portal stay together, since its archive files bear its name, and so do rows of one host, which
    wants its pauses kept. Of what is left the largest goes to the shard that is smallest so far. The same
    rows give the same shards. Raises ValueError for `most` below 1.
    """
    if most < 1:
        raise ValueError(f"{most} shards: a batch has at least one")
    groups = _groups(rows)
    shards: list[list[int]] = [[] for _ in range(min(most, len(groups)))]
    for group in sorted(groups, key=lambda group: (-len(group), group[0])):
        min(shards, key=len).extend(group)
    return [[rows[index] for index in sorted(shard)] for shard in shards]


def _groups(rows: Iterable[DiscoveredUrl]) -> list[list[int]]:
    """Indices of rows that share a portal or a host, directly or through others."""
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while leaders.setdefault(name, name) != name:
            leaders[name] = leaders[leaders[name]]
            name = leaders[name]
        return name

    names = [(f"portal {row.source_id}", f"host {urlsplit(row.url).netloc}") for row in rows]
    for portal, host in names:
        leaders[leader(host)] = leader(portal)
    groups: dict[str, list[int]] = {}
    for index, (portal, _) in enumerate(names):
        groups.setdefault(leader(portal), []).append(index)
    return list(groups.values())
