"""What may be said of a host without asking the network: is it private, is it the portal's own."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052: IPv4 addresses behind a NAT64 gateway, written as IPv6; the last 32 bits are the target.
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# Of IPv6, IANA has given out this part alone for addresses of the public internet; outside of it stand the
# site-local ones (fec0::/10), NAT64 within a network (64:ff9b:1::/48, RFC 8215) and IPv4 in its old spellings
# (::127.0.0.1, ::ffff:0:127.0.0.1), which `is_global` takes for public or does from some Python release on.
_PUBLIC_IPV6: Final = ipaddress.IPv6Network("2000::/3")
# Documentation (RFC 9637) and the relays of 6to4 (RFC 7526), which `is_global` does not know everywhere.
_NOT_PUBLIC: Final = (ipaddress.IPv6Network("3fff::/20"), ipaddress.IPv4Network("192.88.99.0/24"))
_WEB_PORTS: Final = (None, 80, 443)
# One outlet's mobile, www and AMP hosts, as ePi portals have them.
_TWIN_PREFIXES: Final = ("www.", "m.", "amp.")


def is_public_address(address: IPAddress) -> bool:
    """Whether a crawler of public portals may connect to `address`.

    False for loopback, private, link-local (cloud metadata among them), carrier, reserved,
    multicast and unspecified addresses, also where IPv6 wraps such an IPv4 address (mapped, NAT64,
    6to4, Teredo). Source: the OWASP cheat sheet on server-side request forgery.
    """
    inner = _wrapped_ipv4(address)
    if inner is not None:
        return is_public_address(inner)
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_IPV6:
        return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


def _wrapped_ipv4(address: IPAddress) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def literal_address(host: str) -> IPAddress | None:
    """The address that `host` spells by itself, or None for a name.

    Resolvers also read the short, octal, hexadecimal and decimal spellings of IPv4 (`127.1`,
    `2130706433`), so these count as literals, too.
    """
    bare = host.strip("[]")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare))
    except (OSError, ValueError):
        return None


def is_private_by_name(host: str) -> bool:
    """Whether `host` is private as written: an address that is not public, or localhost."""
    address = literal_address(host)
    if address is not None:
        return not is_public_address(address)
    bare = host.rstrip(".").lower()
    return bare == "localhost" or bare.endswith(".localhost")


def is_twin_host(host: str, portal_host: str) -> bool:
    """Whether both are one outlet's host, with www, m or amp before it or without."""
    return _without_twin_prefix(host) == _without_twin_prefix(portal_host)


def is_same_site(host: str, portal_host: str) -> bool:
    """Whether `host` belongs to the portal at `portal_host`: itself, its www/m/amp twin or a sub-domain."""
    here, there = _without_twin_prefix(host), _without_twin_prefix(portal_host)
    return here == there or (literal_address(there) is None and here.endswith("." + there))


def is_own_url(url: str, base_url: str) -> bool:
    """Whether `url` belongs to the portal at `base_url`: its site, on the web's ports or its own port."""
    parts, base = urlsplit(url), urlsplit(base_url)
    if not is_same_site(parts.hostname or "", base.hostname or ""):
        return False
    return parts.port == base.port or parts.port in _WEB_PORTS


def _without_twin_prefix(host: str) -> str:
    bare = host.rstrip(".").lower()
    for prefix in _TWIN_PREFIXES:
        if bare.startswith(prefix) and "." in bare.removeprefix(prefix):
            return bare.removeprefix(prefix)
    return bare
