"""Which URL is which article: canonical URLs and the ids made from them."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# Set by advertisers and by those who share a link; they never choose what a portal answers.
# zarsrc, zanpid and gidzl are Zalo's.
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl"
    r"|zarsrc|zanpid|gidzl|fb_action_\w+|fb_comment_id)",
    re.IGNORECASE,
)
_SESSION_IN_PATH: Final = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
_KEPT_IN_PATH: Final = "/%:@!$&'()*+,;=~-._[]|"
# Letters, digits, dots and hyphens (RFC 1123), and the underscore that some name servers take.
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?")
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")


def canonical_url(url: str) -> str:
    """The one spelling of `url` that names an article.

    As `normal_url`, and without tracking parameters and session ids. The rest of the query stays in
    its order, because on ASPX, Liferay and SharePoint portals it is the identity; the case of the
    path stays, because some portals tell paths apart by it. Raises ValueError for anything but a
    plain http(s) URL.
    """
    parts = urlsplit(normal_url(url))
    path = _SESSION_IN_PATH.sub("", parts.path) or "/"
    kept = [piece for piece in parts.query.split("&") if piece and not _is_tracking(piece)]
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(kept), ""))


def normal_url(url: str) -> str:
    """`url` in one spelling that asks for exactly the same: what a redirect's target is compared by.

    Lower-case scheme and host, no default port, no fragment, spaces and letters beyond ASCII
    percent-encoded, in upper-case hexadecimal (RFC 3986, 6.2.2.1). Raises ValueError for anything but
    a plain http(s) URL.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"not a web address: {url[:200]!r}")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"carries a user name or password: {parts.hostname}")
    port = "" if parts.port in (None, _DEFAULT_PORTS[scheme]) else f":{parts.port}"
    path = _escaped(parts.path, _KEPT_IN_PATH) or "/"
    query = _escaped(parts.query, _KEPT_IN_PATH + "?")
    return urlunsplit((scheme, _ascii_host(parts.hostname) + port, path, query, ""))


def article_id_of(url: str) -> str:
    """ "a" and the first 16 hexadecimal digits of the SHA-256 of the canonical URL."""
    return "a" + hashlib.sha256(canonical_url(url).encode()).hexdigest()[:16]


def _escaped(text: str, kept: str) -> str:
    return _ESCAPE.sub(lambda escape: escape[0].upper(), quote(text, safe=kept))


def _is_tracking(piece: str) -> bool:
    return _TRACKING.fullmatch(piece.partition("=")[0]) is not None


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host.lower()}]"
    try:
        name = host.lower().encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise ValueError(f"not a host name: {host[:100]!r}")
    return name
