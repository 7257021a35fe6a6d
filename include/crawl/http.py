"""One polite HTTP client a portal: bounded in time, size and reach, honest about who asks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from include.crawl.answers import REDIRECTS, Answer, Trouble, read_answer, retry_after_s, trouble_of
from include.crawl.network import (
    Deadline,
    Dial,
    NameNotResolvedError,
    PrivateAddressError,
    Resolve,
    VettedBackend,
    resolve_name,
)
from include.crawl.pace import HostAsksToWaitError, HostPaces
from include.crawl.tls import tls_context
from include.crawl.transport import VettedTransport
from include.portals.hosts import is_private_by_name
from include.portals.identity import normal_url
from include.portals.portal import Portal

ROBOTS_NAME: Final = "Sotinh"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes that one request may take; a page beyond max_bytes is not read to its end.

    5 MiB: saved pages of real portals have 0.1 to 0.4 MB, and cleaning one of 10 MB takes 17 s.
    """

    connect_s: float = 10
    read_s: float = 20
    total_s: float = 60
    max_bytes: int = 5 * 1024 * 1024
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """How this installation reaches the network; tests put their own resolver and dial here."""

    resolve: Resolve = resolve_name
    dial: Dial | None = None


Origin = tuple[str, str, int | None]
# Says why a URL may not be asked for (a code), or None.
Refusal = Callable[[str], str | None]


def user_agent() -> str:
    """Who asks: the project, and the operator's contact from SOTINH_CONTACT (an address or a page).

    Raises ValueError where the contact cannot stand in a header.
    """
    contact = os.environ.get("SOTINH_CONTACT", "").strip()
    if not re.fullmatch(r"[\x20-\x7e]*", contact):
        raise ValueError("SOTINH_CONTACT: write an e-mail address or a URL in plain ASCII")
    purpose = "reads provincial news for statistics"
    return f"{ROBOTS_NAME}/0.1 ({purpose}; {contact})" if contact else f"{ROBOTS_NAME}/0.1 ({purpose})"


@dataclass(slots=True)
class PortalClient:
    """Asks one portal's hosts. delay_s: seconds between two requests; robots.txt may raise it.

    registry_origins: scheme, host and port of all portals; a redirect may lead to those and to the
    portal's own site, nowhere else, and by plain http to none whose base_url is on https. Not for use by
    several threads at once.
    """

    portal: Portal
    registry_origins: frozenset[Origin]
    paces: HostPaces
    limits: Limits = field(default_factory=Limits)
    reach: Reach = field(default_factory=Reach)
    delay_s: float = 0
    _deadline: Deadline = field(default_factory=Deadline)
    _transport: VettedTransport = field(init=False)
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.delay_s = max(self.delay_s, self.portal.crawl_delay_s)
        is_legacy = self.portal.tls == "legacy"
        backend = VettedBackend(
            allow_private=self.portal.allow_private,
            deadline=self._deadline,
            resolve=self.reach.resolve,
            dial=self.reach.dial,
        )
        self._transport = VettedTransport(backend, tls_context(self.portal.ca_file, is_legacy=is_legacy))
        self._client = httpx.Client(
            transport=self._transport,
            headers={
                "User-Agent": user_agent(),
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "vi",
                "Accept-Encoding": "gzip, deflate",
            },
            # Cookie gates are not answered: no cookie is kept or sent.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(self.limits.read_s, connect=self.limits.connect_s),
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def slow_down(self, host: str, delay_s: float) -> None:
        """Take the Crawl-delay of `host`, seconds, where it is longer than the portal's own."""
        self.delay_s = max(self.delay_s, delay_s)
        self.paces.slow_down(host, self.delay_s)

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        cut: bool = False,
        refusal: Refusal = lambda _: None,
    ) -> Answer | Trouble:
        """Ask for `url` and follow its redirects, each hop judged before it is asked.

        cut: stop at max_bytes and answer with what there is, instead of the trouble `too_large`.
        refusal: robots.txt's word on each further hop.
        """
        seen = {url}
        for _ in range(self.limits.max_redirects + 1):
            answer = self._ask(url, headers or {}, max_bytes or self.limits.max_bytes, cut)
            if isinstance(answer, Trouble) or answer.status not in REDIRECTS:
                return answer
            step = self._next_hop(url, answer, seen, refusal)
            if isinstance(step, Trouble):
                return step
            url = step
            seen.add(url)
        return Trouble("too_many_redirects", f"more than {self.limits.max_redirects}, last to {url}")

    def _next_hop(self, url: str, answer: Answer, seen: set[str], refusal: Refusal) -> str | Trouble:
        location = answer.header("location")
        if not location:
            return Trouble("redirect_without_location", f"from {url}", answer.status)
        try:
            target = normal_url(urljoin(url, location))
        except ValueError as error:
            return Trouble("redirect_off_site", str(error), answer.status)
        if target == url and answer.header("set-cookie"):
            return Trouble("cookie_gate", "redirects to itself and sets a cookie", answer.status)
        if target in seen:
            return Trouble("redirect_loop", f"{url} leads back to {target}", answer.status)
        reason = self._reason_against(target) or refusal(target)
        return Trouble(reason, _redirect_told(target, reason), answer.status) if reason else target

    def _reason_against(self, target: str) -> str | None:
        parts = urlsplit(target)
        host = parts.hostname or ""
        if is_private_by_name(host) and not self.portal.allow_private:
            return "private_address"
        if (parts.scheme, host, parts.port) in self.registry_origins:
            return None
        if parts.scheme == "http" and ("https", host, parts.port) in self.registry_origins:
            return "redirect_to_plain_http"
        if not self.portal.owns(target):
            return "redirect_off_site"
        is_downgrade = parts.scheme == "http" and urlsplit(self.portal.base_url).scheme == "https"
        return "redirect_to_plain_http" if is_downgrade else None

    def _ask(self, url: str, headers: Mapping[str, str], max_bytes: int, cut: bool) -> Answer | Trouble:
        try:
            with self.paces.turn(urlsplit(url).netloc, self.delay_s) as leave_alone:
                answer = self._exchange(url, headers, max_bytes, cut)
                came = answer.answer if isinstance(answer, Trouble) else answer
                asked = retry_after_s(came, self.paces.now()) if came else None
                if asked is not None:
                    leave_alone(asked)
                return answer
        except HostAsksToWaitError as error:
            return Trouble("host_asks_to_wait", str(error))

    def _exchange(self, url: str, headers: Mapping[str, str], max_bytes: int, cut: bool) -> Answer | Trouble:
        self._deadline.start(self.limits.total_s)
        try:
            request = self._client.build_request("GET", url, headers=dict(headers))
            # Not through the client: it would judge redirects itself and raise at odd addresses.
            response = self._transport.handle_request(request)
            try:
                return read_answer(response, url, max_bytes, cut)
            finally:
                response.close()
        except (
            PrivateAddressError,
            NameNotResolvedError,
            httpcore.TimeoutException,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpx.InvalidURL,
        ) as error:
            return trouble_of(error)


def _redirect_told(target: str, reason: str) -> str:
    if reason != "redirect_to_plain_http":
        return f"redirect to {target}"
    return f"redirect to {target} (where the host speaks http only, its base_url has to say http://)"
