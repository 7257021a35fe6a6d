"""Where the machines of a cluster meet: a folder that all of them see, or a bucket that speaks S3.

A file of the store is written once, whole or not at all, and never changed; nothing is ever listed, since a
receipt names what belongs to it. So the store may be anything that can put and get.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from include.warehouse.files import sync, whole_file

_SCHEME: Final = "://"


class StoreError(RuntimeError):
    """The store cannot be read or written; the message names it, says why and what to do."""


class Store(Protocol):
    """What workers and the warehouse's machine ask of the place where they meet. key: a relative path."""

    def put(self, key: str, data: bytes) -> bool:
        """Store `data` under `key`, whole, unless something is there: True where it was stored now."""

    def put_file(self, key: str, path: Path) -> None:
        """Store the bytes of a file under `key`, which nobody else writes."""

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, None where there are none."""

    def get_file(self, key: str, path: Path) -> None:
        """Write the bytes under `key` to `path`, whole. StoreError where there are none."""


def open_store(url: str) -> Store:
    """The store at `url`: a folder, or what fsspec knows by its scheme (s3://bucket/prefix).

    Raises StoreError for a scheme that nothing here speaks. Credentials and endpoint of S3 come from the
    environment, as its client reads it (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL).
    """
    return ObjectStore(url) if _SCHEME in url else FolderStore(Path(url))


class FolderStore:
    """A folder, on one machine or on a file system that several share."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, data: bytes) -> bool:
        """See Store."""
        try:
            with self._written(key) as aside:
                aside.write_bytes(data)
        except FileExistsError:
            return False
        return True

    def put_file(self, key: str, path: Path) -> None:
        """See Store."""
        with self._written(key) as aside:
            shutil.copyfile(path, aside)

    def get(self, key: str) -> bytes | None:
        """See Store."""
        path = self._path(key)
        with _told(f"{self._root} cannot be read"):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def get_file(self, key: str, path: Path) -> None:
        """See Store. On one file system the bytes are not written twice: no file of the store changes."""
        source = self._path(key)
        with _told(f"{self._root} cannot be read"), whole_file(path, replace=True) as aside:
            try:
                os.link(source, aside)
            except OSError:  # another file system, or one without links
                shutil.copyfile(source, aside)

    @contextmanager
    def _written(self, key: str) -> Iterator[Path]:
        path = self._path(key)
        with _told(f"{self._root} cannot be written"):
            _make_folders(path.parent)
            with whole_file(path, replace=False) as aside:
                yield aside

    def _path(self, key: str) -> Path:
        return self._root / checked_key(key)


class ObjectStore:
    """A bucket, through fsspec. An object is there when its upload has ended, and then whole."""

    def __init__(self, url: str) -> None:
        with _told(f"{url} cannot be opened (S3 needs the packages of requirements-compose.lock)"):
            from fsspec.core import url_to_fs

            self._files: Any
            # Another machine writes what is asked for here: nothing may be answered from a kept listing, nor
            # by a connection of the process that this one was forked from.
            self._files, self._root = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        self._url = url

    def put(self, key: str, data: bytes) -> bool:
        """See Store. Of two that put the same key at once the bucket takes one (If-None-Match)."""
        path = self._path(key)
        try:
            with _told(f"{self._url} cannot be written"):
                self._files.pipe_file(path, data, mode="create")
        except FileExistsError:
            return False
        return True

    def put_file(self, key: str, path: Path) -> None:
        """See Store."""
        target = self._path(key)
        with _told(f"{self._url} cannot be written"):
            self._files.put_file(str(path), target)

    def get(self, key: str) -> bytes | None:
        """See Store."""
        path = self._path(key)
        with _told(f"{self._url} cannot be read"):
            try:
                return bytes(self._files.cat_file(path))
            except FileNotFoundError:
                return None

    def get_file(self, key: str, path: Path) -> None:
        """See Store."""
        source = self._path(key)
        with _told(f"{self._url} cannot be read"), whole_file(path, replace=True) as aside:
            self._files.get_file(source, str(aside))

    def _path(self, key: str) -> str:
        return f"{self._root.rstrip('/')}/{checked_key(key)}"


def checked_key(key: str) -> str:
    """`key` as it is; raises ValueError for one that leads out of the folder that it is relative to."""
    parts = PurePosixPath(key).parts
    if not parts or ".." in parts or PurePosixPath(key).is_absolute():
        raise ValueError(f"{key!r} is no key of a store")
    return key


def _make_folders(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        # Not to be taken for another one's put that came first.
        raise NotADirectoryError(f"{folder} is a file") from error
    for one in missing:
        sync(one.parent)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Raise StoreError in the place of whatever a file system raises; each has errors of its own."""
    try:
        yield
    except (FileExistsError, StoreError):
        raise
    except Exception as error:
        raise StoreError(
            f"the store {what}: {type(error).__name__}: {str(error)[:300]}. Give the user of the"
            " workers the right to read and write there, or name another store in SOTINH_STORE"
        ) from error
