"""Serve the sample portals on loopback, one port for each, as real portals behave.

    python tests/sample_portals/serve.py [--first-port 18901] [--log FILE] [--registry FILE]

Each folder of pages/ is a portal; README.md says how files become answers. Prints one `portal origin`
line for each portal and then `serving N portals`, and serves until it is interrupted.
"""

from __future__ import annotations

import argparse
import difflib
import errno
import fnmatch
import gzip
import hashlib
import os
import re
import secrets
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, timezone
from email.message import Message
from email.utils import formatdate, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import yaml

FOLDER: Final = Path(__file__).resolve().parent
HOST: Final = "127.0.0.1"
BEHAVIOURS: Final = "behaviour.yml"
_LOCAL: Final = timezone(timedelta(hours=7))
_WEEKDAYS: Final = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_TYPES: Final = {
    "txt": "text/plain",
    "rss": "application/rss+xml",
    "xml": "application/xml",
    "gz": "application/gzip",
    "json": "application/json",
}
_NOT_FOUND: Final = "<html><head><title>404</title></head><body><h1>Không tìm thấy trang</h1></body></html>"
_PARENT_POLL_S: Final = 1.0


class SamplePortalsError(RuntimeError):
    """The portals cannot be served; the message names the file or the port and what to do."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a path does beside sending its file; one entry of behaviour.yml.

    status: of the answer. headers: added to it. redirect: target (status 302 unless said). delay_s:
    wait before the first byte. repeat_bytes: size of a generated body. content_type: replaces the one
    told from the file's ending. charset: of the bytes sent, whatever content_type says. truncate: close
    the connection after so many bytes of what Content-Length promises. body: sent in place of a file.
    file: path whose file is sent.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    redirect: str | None = None
    delay_s: float = 0
    repeat_bytes: int | None = None
    content_type: str | None = None
    charset: str = "utf-8"
    truncate: int | None = None
    body: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    content_type: str
    headers: dict[str, str]


def fill(text: str, origin: str) -> str:
    """Fill `{{now:format}}` (strftime, with the word weekday in Vietnamese), `{{rand}}`, `{{origin}}`."""
    now = datetime.now(_LOCAL)
    weekday = _WEEKDAYS[now.weekday()]
    text = re.sub(
        r"\{\{now:(.*?)\}\}", lambda found: now.strftime(found[1].replace("weekday", weekday)), text
    )
    text = re.sub(r"\{\{rand\}\}", lambda _: str(100 + secrets.randbelow(900)), text)
    return text.replace("{{origin}}", origin)


class _PortalFolder:
    """The files and behaviours of one portal, turned into answers."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder = folder.resolve()
        self.origin = origin
        self.behaviours = _read_behaviours(folder / BEHAVIOURS)

    def behaviour(self, path: str) -> Behaviour:
        """The entry of the whole path, else of the path without its query, else the first pattern."""
        bare = path.partition("?")[0]
        for exact in (path, bare):
            if exact in self.behaviours:
                return self.behaviours[exact]
        for pattern, behaviour in self.behaviours.items():
            if "*" in pattern and fnmatch.fnmatchcase(path, pattern):
                return behaviour
        return Behaviour()

    def answer(self, path: str, behaviour: Behaviour) -> _Answer:
        """The answer to a GET of `path`, before conditional requests are looked at."""
        headers = {name: fill(str(value), self.origin) for name, value in behaviour.headers.items()}
        if behaviour.redirect is not None:
            headers["Location"] = fill(behaviour.redirect, self.origin)
            return _Answer(behaviour.status or 302, b"", "text/html; charset=utf-8", headers)
        if behaviour.body is not None:
            body = fill(behaviour.body, self.origin).encode(behaviour.charset)
            content_type = behaviour.content_type or "text/html; charset=utf-8"
            return _Answer(behaviour.status or 200, body, content_type, headers)
        file = self.file_of(behaviour.file or path)
        if file is None:
            status = behaviour.status or (404 if behaviour.repeat_bytes is None else 200)
            content_type = behaviour.content_type or "text/html; charset=utf-8"
            return _Answer(status, _NOT_FOUND.encode(), content_type, headers)
        content_type = behaviour.content_type or _content_type(file, path)
        body = self._body(file, path, behaviour.charset)
        if content_type.startswith(("text/plain", "application/")):
            headers.setdefault("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"')
            headers.setdefault("Last-Modified", formatdate(file.stat().st_mtime, usegmt=True))
        return _Answer(behaviour.status or 200, body, content_type, headers)

    def file_of(self, path: str) -> Path | None:
        """The file behind a path: with its query as `__q__`, else without it; a folder's index.html."""
        with_query, bare = path.lstrip("/").replace("?", "__q__"), path.lstrip("/").partition("?")[0]
        for name in (with_query, bare, bare.removesuffix(".gz")):
            file = (self.folder / name).resolve()
            file = file / "index.html" if file.is_dir() else file
            if file.is_file() and file.is_relative_to(self.folder) and file.name != BEHAVIOURS:
                return file
        return None

    def _body(self, file: Path, path: str, charset: str) -> bytes:
        stored = file.read_bytes()
        try:
            body = fill(stored.decode("utf-8"), self.origin).encode(charset)
        except UnicodeDecodeError:
            return stored
        # A .gz is stored as the text it holds, since that names the origin.
        return gzip.compress(body, mtime=0) if path.partition("?")[0].endswith(".gz") else body


def _content_type(file: Path, path: str) -> str:
    ending = path.partition("?")[0].rpartition(".")[2] if path.endswith(".gz") else file.suffix.lstrip(".")
    kind = _TYPES.get(ending, "text/html")
    return kind if ending == "gz" else f"{kind}; charset=utf-8"


def _read_behaviours(file: Path) -> dict[str, Behaviour]:
    if not file.is_file():
        return {}
    known = {part.name for part in fields(Behaviour)}
    behaviours = {}
    for path, entry in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
        settings = {str(key).replace("-", "_"): value for key, value in (entry or {}).items()}
        for key in settings.keys() - known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(sorted(known))}"
            raise SamplePortalsError(f"{file}: {path}: unknown key {key}; {hint}")
        behaviours[str(path)] = Behaviour(**settings)
    return behaviours


def _is_unchanged(answer: _Answer, asked: Message) -> bool:
    """Whether a conditional request may be answered with 304 (RFC 9110: the ETag goes before the date)."""
    if answer.status != 200 or "ETag" not in answer.headers:
        return False
    if asked.get("If-None-Match"):
        tags = {tag.strip().removeprefix("W/") for tag in asked["If-None-Match"].split(",")}
        return bool(tags & {answer.headers["ETag"], "*"})
    try:
        since = parsedate_to_datetime(asked.get("If-Modified-Since") or "")
        return parsedate_to_datetime(answer.headers["Last-Modified"]) <= since
    except (TypeError, ValueError):
        return False


class _RequestLog:
    """Tab-separated lines: portal, path as asked, status, user agent, time. Appends, so that runs add up."""

    def __init__(self, file: Path | None) -> None:
        self._lock = threading.Lock()
        self._stream = file.open("a", encoding="utf-8") if file else None

    def write(self, *columns: str) -> None:
        line = "\t".join(" ".join(column.split()) for column in columns)
        with self._lock:
            if self._stream and not self._stream.closed:
                self._stream.write(f"{line}\t{datetime.now(_LOCAL).isoformat(timespec='milliseconds')}\n")
                self._stream.flush()

    def close(self) -> None:
        with self._lock:
            if self._stream:
                self._stream.close()


class _PortalServer(ThreadingHTTPServer):
    def __init__(self, portal: str, folder: Path, port: int, log: _RequestLog) -> None:
        self.portal, self.log, self.stopping = portal, log, threading.Event()
        try:
            super().__init__((HOST, port), _RequestHandler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise SamplePortalsError(
                f"port {port} on {HOST}, which {portal} needs, is taken ({error.strerror}); stop the program"
                " that holds it (perhaps another sample server), or choose other ports with --first-port"
            ) from error
        self.origin = f"http://{HOST}:{self.server_address[1]}"
        try:
            self.pages = _PortalFolder(folder, self.origin)
        except SamplePortalsError:
            self.server_close()
            raise


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the reader's delayed ACK
    server: _PortalServer

    def do_GET(self) -> None:
        path = unquote(self.path)
        behaviour = self.server.pages.behaviour(path)
        self.server.stopping.wait(behaviour.delay_s)
        answer = self.server.pages.answer(path, behaviour)
        if _is_unchanged(answer, self.headers):
            answer = _Answer(304, b"", answer.content_type, answer.headers)
        self.server.log.write(
            self.server.portal, self.path, str(answer.status), self.headers.get("User-Agent", "")
        )
        try:
            self._send(answer, behaviour)
        except ConnectionError:
            self.close_connection = True  # the reader had enough: a size limit, a time limit

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _send(self, answer: _Answer, behaviour: Behaviour) -> None:
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
    None takes free ports. log: request log, appended to. Raises SamplePortalsError where a port is
    taken, a folder is in no registry entry, or a behaviour is misspelt.
    """

    def __init__(self, pages: Path, first_port: int | None = None, log: Path | None = None) -> None:
        self._pages = Path(pages)
        self._registry = self._pages.parent / "portals.yml"
        self._first_port = first_port
        self._log_file = log
        self._servers: list[_PortalServer] = []
        self._log: _RequestLog | None = None

    def __enter__(self) -> SamplePortals:
        folders = sorted(folder for folder in self._pages.iterdir() if folder.is_dir())
        if not folders:
            raise SamplePortalsError(f"no portal folders in {self._pages}")
        ports = self._ports([folder.name for folder in folders])
        self._log = _RequestLog(self._log_file)
        try:
            for folder in folders:
                server = _PortalServer(folder.name, folder, ports[folder.name], self._log)
                # How soon a stop is noticed, in seconds: tests start and stop servers by the dozen.
                poll = {"poll_interval": 0.05}
                threading.Thread(target=server.serve_forever, kwargs=poll, daemon=True).start()
                self._servers.append(server)
        except SamplePortalsError:
            self.close()
            raise
        return self

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
        return {server.portal: server.origin for server in self._servers}

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
    options.add_argument("--until-parent-ends", action="store_true", help="leave no orphan behind")
    chosen = options.parse_args()
    try:
        with SamplePortals(FOLDER / "pages", first_port=chosen.first_port, log=chosen.log) as served:
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
