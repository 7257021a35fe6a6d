"""What servers said of robots.txt, feeds and sitemaps, kept for conditional requests."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its validators: the body as unpacked, ETag and Last-Modified as sent."""

    url: str
    etag: str | None
    last_modified: str | None
    content_type: str | None
    body: bytes

    def condition(self) -> dict[str, str]:
        """The headers that ask for the document only if it changed."""
        headers = {}
        if self.etag:
            headers["If-None-Match"] = self.etag
        if self.last_modified:
            headers["If-Modified-Since"] = self.last_modified
        return headers


class ValidatorCache:
    """One file a URL, named by the URL's SHA-256 alone: a line of JSON, then the body."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, url: str) -> StoredDocument | None:
        """What is stored of `url`; None where nothing is, or where the file is not whole."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            fields = json.loads(head)
            if fields["url"] != url or fields["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            return StoredDocument(url, fields["etag"], fields["last_modified"], fields["content_type"], body)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, document: StoredDocument) -> None:
        """Store `document`, whole or not at all. Without validators there is nothing to store."""
        path = self._path(document.url)
        if not document.condition():
            self.drop(document.url)
            return
        head = {
            "url": document.url,
            "etag": document.etag,
            "last_modified": document.last_modified,
            "content_type": document.content_type,
            "sha256": hashlib.sha256(document.body).hexdigest(),
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(json.dumps(head).encode() + b"\n" + document.body)
        Path(temporary).replace(path)

    def drop(self, url: str) -> None:
        """Forget `url`: it is asked for without a condition the next time."""
        self._path(url).unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()
