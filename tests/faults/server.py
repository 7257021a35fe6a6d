"""All portals behind two ports of loopback, one of them with TLS, each request met by the script."""

from __future__ import annotations

import re
import socket
import threading
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import httpcore

from include.crawl.http import Reach
from include.crawl.network import NameNotResolvedError
from tests.faults.clock import LeapingClock
from tests.faults.fault import Exchange, Fault
from tests.faults.ledger import Served, ServedLedger
from tests.faults.names import NameFault, TlsFault
from tests.faults.script import Script, calm
from tests.faults.sites import ROOMS, Page, Site
from tests.faults.tls import Authority, break_off, wanted_host
from tests.hostile.kinds import HTML
from tests.hostile.misdirection import hop
from tests.hostile.server import HostileServer, Wire, not_found

_HOP: Final = re.compile(r"/hop-\d+")
_PORTS: Final = {80: "plain", 443: "tls"}


class Internet:
    """Names, connections and answers of the portals. night, script: set by who runs the nights."""

    def __init__(
        self, sites: Iterable[Site], ledger: ServedLedger, clock: LeapingClock, authority: Authority
    ) -> None:
        self.sites = {site.host: site for site in sites}
        self.ledger = ledger
        self.clock = clock
        self.night = 0
        self.script: Script = calm
        self.dialled: set[str] = set()
        self.reach = Reach(self._resolve, self._dial)
        self._asked: Counter[tuple[int, str, str]] = Counter()
        self._readers: dict[str, int] = {}
        self._lock = threading.Lock()
        self._authority = authority
        self._good = {site.host: authority.context(site.host) for site in self.sites.values() if site.is_tls}
        self._servers = {"plain": _Server(self), "tls": _TlsServer(self)}

    def close(self) -> None:
        """Stop both servers."""
        for server in self._servers.values():
            server.close()

    def chosen(self, host: str, place: str, query: str = "") -> tuple[Any, int]:
        """The fault that meets this request, look-up or handshake, and its number in the night."""
        with self._lock:
            self._asked[self.night, host, place + query] += 1
            number = self._asked[self.night, host, place + query]
        return self.script(self.night, host, place, number), number

    def _resolve(self, host: str, _: int) -> list[str]:
        if host not in self.sites:
            raise NameNotResolvedError(f"{host}: no such portal")
        # Each host is read by one thread at a time, and every connection begins with its name.
        self._readers[host] = threading.get_ident()
        address = self.sites[host].address
        fault, _number = self.chosen(host, "name")
        if fault is None:
            return [address]
        assert isinstance(fault, NameFault)
        with self.ledger.entry(self.entry(host, "name", fault.name)) as entry:
            try:
                return fault.answer(address, self.clock.sleep)
            finally:
                self._end(entry)

    def _dial(
        self, host: str, port: int, timeout: float | None, local_address: str | None, socket_options: Any
    ) -> httpcore.NetworkStream:
        self.dialled.add(host)
        to = self._servers[_PORTS[port]].port
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", to, timeout, local_address, socket_options)

    def entry(self, host: str, path: str, fault: str | None) -> Served:
        """A line of the ledger, begun now."""
        own_at = self.clock.of_thread(self._readers[host])
        return Served(self.night, host, path, self.clock.monotonic(), fault, own_at=own_at)

    def _end(self, entry: Served) -> None:
        entry.ended = self.clock.monotonic()
        entry.own_ended = self.clock.of_thread(self._readers[entry.host])

    def answer(self, wire: Wire) -> None:
        """Answer one request as the script has it."""
        site = self.sites[wire.headers["host"]]
        path, _, query = wire.path.partition("?")
        fault, number = self.chosen(site.host, ROOMS.get(path, path), query)
        with self.ledger.entry(self.entry(site.host, path, fault.name if fault else None)) as entry:
            try:
                self._play(Exchange(wire, _page_of(site, path), site, entry, number, self.clock), fault)
            finally:
                self._end(entry)

    def _play(self, exchange: Exchange, fault: Fault | None) -> None:
        if fault is not None:
            fault.play(exchange)
            exchange.entry.whole = fault.readable
        elif _HOP.fullmatch(exchange.entry.path):
            hop(exchange.wire)
        elif exchange.page.body:
            exchange.send_good()
        else:
            exchange.entry.status = 404
            not_found(exchange.wire)

    def shake_hands(self, connection: socket.socket) -> socket.socket:
        """The connection under TLS; raises OSError where there is none to be had."""
        host = wanted_host(connection, list(self._good))
        if host is None:
            raise ConnectionAbortedError("no portal of that name")
        fault, _ = self.chosen(host, "tls")
        if fault is None:
            return self._good[host].wrap_socket(connection, server_side=True)
        assert isinstance(fault, TlsFault)
        with self.ledger.entry(self.entry(host, "tls", fault.name)) as entry:
            try:
                if fault.way in ("wrong_name", "self_signed"):
                    context = self._authority.context(host, fault.way)
                    return context.wrap_socket(connection, server_side=True)
                break_off(connection, fault.way)
                raise AssertionError(fault.way)
            finally:
                self._end(entry)


def _page_of(site: Site, path: str) -> Page:
    front = Page("<html><body><h1>Trang chủ</h1></body></html>".encode(), HTML)
    return site.pages.get(path, front if path == "/" else Page(b"", HTML))


class _Server(HostileServer):
    def __init__(self, internet: Internet) -> None:
        self.internet = internet
        super().__init__({}, 0)

    def answer(self, wire: Wire) -> None:
        self.internet.answer(wire)


class _TlsServer(_Server):
    def greet(self, connection: socket.socket) -> socket.socket:
        return self.internet.shake_hands(connection)
