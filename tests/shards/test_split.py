"""How a batch is divided."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.landing import DiscoveredUrl
from include.shards.split import shards_of

ROWS = st.lists(
    st.builds(
        lambda portal, host, page: DiscoveredUrl(f"p{portal}", f"https://h{host}/{page}", f"a{page}", "feed"),
        st.integers(0, 6),
        st.integers(0, 6),
        st.integers(0, 99),
    ),
    max_size=40,
)


@given(ROWS, st.integers(1, 9))
def test_every_row_is_in_one_shard_and_no_portal_or_host_in_two(rows, most):
    shards = shards_of(rows, most)
    assert len(shards) <= most
    assert all(shards)
    assert sorted(repr(row) for shard in shards for row in shard) == sorted(map(repr, rows))
    for names in (lambda row: row.source_id, lambda row: urlsplit(row.url).netloc):
        held = [set(map(names, shard)) for shard in shards]
        assert sum(map(len, held)) == len(set().union(*held))


@given(ROWS, st.integers(1, 9))
def test_the_order_of_rows_is_kept_and_the_division_the_same_each_time(rows, most):
    shards = shards_of(rows, most)
    assert shards == shards_of(list(rows), most)
    for shard in shards:
        places = iter(rows)
        assert all(any(row is other for other in places) for row in shard)


def rows_of(**pages: int) -> list[DiscoveredUrl]:
    return [
        DiscoveredUrl(portal, f"https://{portal}/{number}", "a", "feed")
        for portal, count in pages.items()
        for number in range(count)
    ]


def test_large_portals_do_not_meet_in_one_shard():
    shards = shards_of(rows_of(a=50, b=3, c=50, d=4), 2)
    assert sorted(len(shard) for shard in shards) == [53, 54]


def test_as_many_shards_as_hosts_at_most():
    assert len(shards_of(rows_of(a=50, b=3), 8)) == 2
    assert shards_of([], 8) == []


def test_no_shards_at_all_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        shards_of(rows_of(a=1), 0)
