"""Which hosts are private, and which belong to a portal."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from include.portals.hosts import is_own_url, is_private_by_name, is_public_address, is_same_site


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - a judged value, nothing binds to it
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "2002:a00:1::",
        "::127.0.0.1", "::ffff:0:10.0.0.1", "fec0::1", "64:ff9b:1::a00:1", "5f00::1", "3fff::1", "100::1",
        "192.88.99.1",
    ],
)  # fmt: skip
def test_private_addresses_in_every_disguise(address: str) -> None:
    assert not is_public_address(ip_address(address))


@pytest.mark.parametrize(
    "address", ["203.162.4.191", "8.8.8.8", "2405:4800::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    assert is_public_address(ip_address(address))


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True), ("api.localhost", True), ("LOCALHOST.", True), ("127.1", True), ("0x7f.1", True),
        ("2130706433", True), ("[::1]", True), ("8.8.8.8", False), ("baosuoitra.vn", False),
        ("localhost.vn", False),
    ],
)  # fmt: skip
def test_private_as_written(host: str, private: bool) -> None:
    assert is_private_by_name(host) is private


@pytest.mark.parametrize(
    ("host", "portal_host", "same"),
    [
        ("www.baosuoitra.vn", "baosuoitra.vn", True), ("baosuoitra.vn", "www.baosuoitra.vn", True),
        ("m.baosuoitra.vn", "baosuoitra.vn", True), ("kinhte.baosuoitra.vn", "baosuoitra.vn", True),
        ("BAOSUOITRA.VN", "baosuoitra.vn", True), ("xbaosuoitra.vn", "baosuoitra.vn", False),
        ("baosuoitra.vn.evil.test", "baosuoitra.vn", False), ("vn", "baosuoitra.vn", False),
        ("127.0.0.1", "127.0.0.1", True), ("127.0.0.2", "127.0.0.1", False),
    ],
)  # fmt: skip
def test_same_site(host: str, portal_host: str, same: bool) -> None:
    assert is_same_site(host, portal_host) is same


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:8901/a", True),
        ("http://127.0.0.1:8902/a", False),
        ("https://127.0.0.1/a", True),
        ("http://127.0.0.2:8901/a", False),
    ],
)
def test_another_port_is_another_portal(url: str, own: bool) -> None:
    assert is_own_url(url, "http://127.0.0.1:8901") is own
