"""Serve the sample portals on loopback, one port for each, as real portals behave.

    python -m tests.sample_portals.serve [--first-port 18901] [--log FILE] [--registry FILE]

Each folder of pages/ is a portal; README.md says how files become answers. Prints one `portal origin`
line for each portal and then `serving N portals`, and serves until it is interrupted.
"""

from __future__ import annotations

import argparse
import errno
import os
import ssl
import sys
import threading
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import yaml

from tests.sample_portals.answers import Answer, Behaviour, PortalFolder, SamplePortalsError, is_unchanged
from tests.sample_portals.certificates import Certificates
from tests.sample_portals.placeholders import LOCAL

FOLDER: Final = Path(__file__).resolve().parent
HOST: Final = "127.0.0.1"
_PARENT_POLL_S: Final = 1.0
# First byte of a TLS record that opens a connection (RFC 8446, 5.1: handshake).
_TLS_HELLO: Final = b"\x16"
# How long a connection that its reader has closed may take to end here.
_CLOSING_S: Final = 0.2


class _RequestLog:
    """Tab-separated lines: portal, path as asked, status, user agent, time. Appends, so that runs add up."""

    def __init__(self, file: Path | None) -> None:
        self._lock = threading.Lock()
        self._stream = file.open("a", encoding="utf-8") if file else None

    def write(self, *columns: str) -> None:
        line = "\t".join(" ".join(column.split()) for column in columns)
        with self._lock:
            if self._stream and not self._stream.closed:
                self._stream.write(f"{line}\t{datetime.now(LOCAL).isoformat(timespec='milliseconds')}\n")
                self._stream.flush()

    def close(self) -> None:
        with self._lock:
            if self._stream:
                self._stream.close()


class _PortalServer(ThreadingHTTPServer):
    """One portal. most_at_once: the most connections that were open at one time."""

    def __init__(self, portal: str, port: int, pages: PortalFolder, log: _RequestLog) -> None:
        self.portal, self.pages, self.log, self.stopping = portal, pages, log, threading.Event()
        self.tls: ssl.SSLContext | None = None
        self.most_at_once = self._open = 0
        self._counting = threading.Lock()
        try:
            super().__init__((HOST, port), _RequestHandler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise SamplePortalsError(
                f"port {port} on {HOST}, which {portal} needs, is taken ({error.strerror}); stop the program"
                " that holds it (perhaps another sample server), or choose other ports with --first-port"
            ) from error
        self.origin = f"{'https' if pages.tls else 'http'}://{HOST}:{self.server_address[1]}"

    def get_request(self) -> Any:
        connection, address = super().get_request()
        if self.tls:
            # The handshake comes with the first read, in the connection's own thread.
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def process_request(self, request: Any, client_address: Any) -> None:
        deadline = time.monotonic() + _CLOSING_S
        while self._open and time.monotonic() < deadline:
            time.sleep(0.005)
        with self._counting:
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._counting:
            self._open -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ssl.SSLError | ConnectionError):
            super().handle_error(request, client_address)


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the reader's delayed ACK
    server: _PortalServer

    def handle_one_request(self) -> None:
        if self.server.tls is None and self.rfile.peek(1)[:1] == _TLS_HELLO:  # type: ignore[attr-defined]
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        else:
            super().handle_one_request()

    def do_GET(self) -> None:
        path = unquote(self.path)
        behaviour = self.server.pages.behaviour(path)
        self.server.stopping.wait(behaviour.delay_s)
        answer = self.server.pages.answer(path, behaviour)
        if is_unchanged(answer, self.headers):
            answer = Answer(304, b"", answer.content_type, answer.headers)
        self.server.log.write(
            self.server.portal, self.path, str(answer.status), self.headers.get("User-Agent", "")
        )
        try:
            self._send(answer, behaviour)
        except ConnectionError:
            self.close_connection = True  # the reader had enough: a size limit, a time limit

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _send(self, answer: Answer, behaviour: Behaviour) -> None:
        size = behaviour.repeat_bytes if behaviour.repeat_bytes is not None else len(answer.body)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if answer.status != 304:
            self.send_header("Content-Length", str(size))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = self.close_connection or self.server.stopping.is_set()
        if self.command == "HEAD" or answer.status == 304:
            return
        if behaviour.truncate is not None:
            size, self.close_connection = min(size, behaviour.truncate), True
        self._send_bytes(answer.body, size)

    def _send_bytes(self, body: bytes, size: int) -> None:
        """Send the first `size` bytes; the body begins anew where it is shorter than that."""
        block = body * max(1, 65536 // max(1, len(body)))
        sent = 0
        while sent < size and block and not self.server.stopping.is_set():
            sent += self.wfile.write(block[: size - sent])

    def log_message(self, *_: Any) -> None:
        """Keep quiet: the request log says it all."""


class SamplePortals:
    """Portals served while the block runs.

    pages: folder of portal folders. first_port: the lowest port; the others follow at the distances of
    the registry `portals.yml` beside `pages`, or one by one in the order of ids without a registry.
    None takes free ports. log: request log, appended to. second_edition: show it from the start.
    Raises SamplePortalsError where a port is taken, a folder is in no registry entry, or a behaviour is
    misspelt.
    """

    def __init__(
        self,
        pages: Path,
        first_port: int | None = None,
        log: Path | None = None,
        *,
        second_edition: bool = False,
    ) -> None:
        self._pages = Path(pages)
        self._registry = self._pages.parent / "portals.yml"
        self._first_port = first_port
        self._log_file = log
        self._shows_second = second_edition
        self._servers: list[_PortalServer] = []
        self._origins: dict[str, str] = {}
        self._log: _RequestLog | None = None
        self.certificates = Certificates()

    def __enter__(self) -> SamplePortals:
        folders = sorted(folder for folder in self._pages.iterdir() if folder.is_dir())
        if not folders:
            raise SamplePortalsError(f"no portal folders in {self._pages}")
        ports = self._ports([folder.name for folder in folders])
        self._log = _RequestLog(self._log_file)
        try:
            for folder in folders:
                server = self._server(folder, ports[folder.name], self._log)
                # How soon a stop is noticed, in seconds: tests start and stop servers by the dozen.
                poll = {"poll_interval": 0.05}
                threading.Thread(target=server.serve_forever, kwargs=poll, daemon=True).start()
                self._servers.append(server)
        except SamplePortalsError:
            self.close()
            raise
        if self._shows_second:
            self.show_second_edition()
        return self

    def _server(self, folder: Path, port: int, log: _RequestLog) -> _PortalServer:
        second = self._pages.parent / "second_edition" / folder.name
        pages = PortalFolder(folder.name, folder, second, self._origins)
        server = _PortalServer(folder.name, port, pages, log)
        if pages.tls:
            server.tls = self.certificates.server_context(pages.tls, HOST)
        self._origins[folder.name] = server.origin
        return server

    def show_second_edition(self) -> None:
        """Answer from now on as the portals do later: stories corrected, withdrawn, and published anew."""
        for server in self._servers:
            server.pages.shows_second = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop all portals and end the request log."""
        for server in self._servers:
            server.stopping.set()
            server.shutdown()
            server.server_close()
        self._servers.clear()
        if self._log:
            self._log.close()

    @property
    def origins(self) -> dict[str, str]:
        """Portal id → origin (`http://127.0.0.1:18901`), in the order of ids."""
        return dict(self._origins)

    @property
    def most_at_once(self) -> dict[str, int]:
        """Portal id → the most connections that were open at one time."""
        return {server.portal: server.most_at_once for server in self._servers}

    def write_registry(self, path: Path) -> Path:
        """Write the registry with the origins as served (portals without a folder left out) to `path`."""
        entries = [
            entry | {"base_url": self.origins[entry["id"]]}
            for entry in _registry_entries(self._registry)
            if entry["id"] in self.origins
        ]
        path.write_text(
            yaml.safe_dump({"portals": entries}, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
        return path

    def _ports(self, portals: list[str]) -> dict[str, int]:
        if self._first_port is None:
            return dict.fromkeys(portals, 0)
        if not self._registry.is_file():
            return {portal: self._first_port + place for place, portal in enumerate(portals)}
        fixed = {entry["id"]: urlsplit(entry["base_url"]).port for entry in _registry_entries(self._registry)}
        for portal in portals:
            if portal not in fixed:
                raise SamplePortalsError(
                    f"{self._pages / portal} is a portal without an entry in {self._registry}; add one"
                )
        lowest = min(fixed.values())
        return {portal: self._first_port + fixed[portal] - lowest for portal in portals}


def _registry_entries(registry: Path) -> list[dict[str, Any]]:
    try:
        return yaml.safe_load(registry.read_text(encoding="utf-8"))["portals"]
    except FileNotFoundError:
        raise SamplePortalsError(f"{registry} is missing: it says which portals there are") from None


def _wait(until_parent_ends: bool) -> None:
    parent = os.getppid()
    while not until_parent_ends or os.getppid() == parent:
        threading.Event().wait(_PARENT_POLL_S)


def main() -> None:
    """Serve until interrupted, or until the program that started this one has ended, if asked."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--first-port", type=int, default=18901, help="port of the first portal")
    options.add_argument("--log", type=Path, help="request log, appended to")
    options.add_argument("--registry", type=Path, help="write portals.yml with the addresses served here")
    options.add_argument("--second-edition", action="store_true", help="stories as they are later")
    options.add_argument("--until-parent-ends", action="store_true", help="leave no orphan behind")
    chosen = options.parse_args()
    try:
        with SamplePortals(
            FOLDER / "pages", chosen.first_port, chosen.log, second_edition=chosen.second_edition
        ) as served:
            if chosen.registry:
                served.write_registry(chosen.registry)
            for portal, origin in served.origins.items():
                print(portal, origin)
            print(f"serving {len(served.origins)} portals; Ctrl+C ends it", flush=True)
            _wait(chosen.until_parent_ends)
    except SamplePortalsError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
