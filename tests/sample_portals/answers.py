"""Turns the folder of a portal into answers: which file, with which behaviour, in which edition."""

from __future__ import annotations

import difflib
import fnmatch
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from email.message import Message
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Final

import yaml

from tests.sample_portals.certificates import TLS_WAYS
from tests.sample_portals.placeholders import fill

BEHAVIOURS: Final = "behaviour.yml"
_TLS_KEY: Final = "tls"
_TYPES: Final = {
    "txt": "text/plain",
    "rss": "application/rss+xml",
    "xml": "application/xml",
    "gz": "application/gzip",
    "json": "application/json",
}
_HTML: Final = "text/html; charset=utf-8"
_NOT_FOUND: Final = "<html><head><title>404</title></head><body><h1>Không tìm thấy trang</h1></body></html>"


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
class Answer:
    """Status, whole body, and headers besides Content-Type and Content-Length."""

    status: int
    body: bytes
    content_type: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Edition:
    """One folder of files, with the behaviours that stand in it."""

    folder: Path
    behaviours: Mapping[str, Behaviour]


class PortalFolder:
    """The files and behaviours of one portal.

    folder: the first edition. second: what the second edition has otherwise, by the same paths; it need
    not be there. origins: origin by portal id, as far as they are known at the time of a request.
    """

    def __init__(self, portal: str, folder: Path, second: Path, origins: Mapping[str, str]) -> None:
        self._portal = portal
        self._origins = origins
        settings = _read_settings(folder / BEHAVIOURS)
        self.tls = _tls_of(settings.pop(_TLS_KEY, None), folder / BEHAVIOURS)
        self._first = (_Edition(folder.resolve(), _behaviours(settings, folder / BEHAVIOURS)),)
        changed = _behaviours(_read_settings(second / BEHAVIOURS), second / BEHAVIOURS)
        self._second = (_Edition(second.resolve(), changed), *self._first)
        self.shows_second = False

    @property
    def _editions(self) -> Sequence[_Edition]:
        return self._second if self.shows_second else self._first

    def behaviour(self, path: str) -> Behaviour:
        """The entry of the whole path, else of the path without its query, else the first pattern."""
        for edition in self._editions:
            found = _entry_of(path, edition.behaviours)
            if found is not None:
                return found
        return Behaviour()

    def answer(self, path: str, behaviour: Behaviour) -> Answer:
        """The answer to a GET of `path`, before conditional requests are looked at."""
        headers = {name: self._fill(str(value)) for name, value in behaviour.headers.items()}
        if behaviour.redirect is not None:
            headers["Location"] = self._fill(behaviour.redirect)
            return Answer(behaviour.status or 302, b"", _HTML, headers)
        if behaviour.body is not None:
            body = self._fill(behaviour.body).encode(behaviour.charset)
            return Answer(behaviour.status or 200, body, behaviour.content_type or _HTML, headers)
        file = self.file_of(behaviour.file or path)
        if file is None:
            status = behaviour.status or (404 if behaviour.repeat_bytes is None else 200)
            return Answer(status, _NOT_FOUND.encode(), behaviour.content_type or _HTML, headers)
        content_type = behaviour.content_type or _content_type(file, path)
        body = self._body(file, path, behaviour.charset)
        if content_type.startswith(("text/plain", "application/")):
            headers.setdefault("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"')
            headers.setdefault("Last-Modified", formatdate(file.stat().st_mtime, usegmt=True))
        return Answer(behaviour.status or 200, body, content_type, headers)

    def file_of(self, path: str) -> Path | None:
        """The file behind a path: with its query as `__q__`, else without it; a folder's index.html."""
        with_query, bare = path.lstrip("/").replace("?", "__q__"), path.lstrip("/").partition("?")[0]
        for name in (with_query, bare, bare.removesuffix(".gz")):
            for edition in self._editions:
                file = (edition.folder / name).resolve()
                file = file / "index.html" if file.is_dir() else file
                if file.is_file() and file.is_relative_to(edition.folder) and file.name != BEHAVIOURS:
                    return file
        return None

    def _fill(self, text: str) -> str:
        return fill(text, self._origins[self._portal], self._origins)

    def _body(self, file: Path, path: str, charset: str) -> bytes:
        stored = file.read_bytes()
        try:
            body = self._fill(stored.decode("utf-8")).encode(charset)
        except UnicodeDecodeError:
            return stored
        # A .gz is stored as the text it holds, since that names the origin.
        return gzip.compress(body, mtime=0) if path.partition("?")[0].endswith(".gz") else body


def is_unchanged(answer: Answer, asked: Message) -> bool:
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


def _entry_of(path: str, behaviours: Mapping[str, Behaviour]) -> Behaviour | None:
    for exact in (path, path.partition("?")[0]):
        if exact in behaviours:
            return behaviours[exact]
    for pattern, behaviour in behaviours.items():
        if "*" in pattern and fnmatch.fnmatchcase(path, pattern):
            return behaviour
    return None


def _content_type(file: Path, path: str) -> str:
    ending = path.partition("?")[0].rpartition(".")[2] if path.endswith(".gz") else file.suffix.lstrip(".")
    kind = _TYPES.get(ending, "text/html")
    return kind if ending == "gz" else f"{kind}; charset=utf-8"


def _read_settings(file: Path) -> dict[str, object]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")) or {}) if file.is_file() else {}


def _behaviours(written: Mapping[str, object], file: Path) -> dict[str, Behaviour]:
    known = {part.name for part in fields(Behaviour)}
    behaviours = {}
    for path, entry in written.items():
        if not isinstance(entry, dict):
            raise SamplePortalsError(f"{file}: {path}: write what the path does, as `status: 503`")
        settings = {str(key).replace("-", "_"): value for key, value in entry.items()}
        for key in settings.keys() - known:
            raise SamplePortalsError(f"{file}: {path}: unknown key {key}; {_hint(key, known)}")
        behaviours[str(path)] = Behaviour(**settings)
    return behaviours


def _tls_of(written: object, file: Path) -> str | None:
    if written is None or written in TLS_WAYS:
        return written if isinstance(written, str) else None
    raise SamplePortalsError(f"{file}: tls: unknown way {written}; {_hint(str(written), TLS_WAYS)}")


def _hint(written: str, known: Sequence[str] | set[str]) -> str:
    close = difflib.get_close_matches(written, sorted(known), n=1)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(sorted(known))}"
