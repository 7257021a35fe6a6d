"""WARC files inside a WACZ file (Web Archive Collection Zipped, https://specs.webrecorder.net/wacz/1.1.1/).

Nothing is unpacked to disk: members are read as streams, so no name in the zip reaches the file system.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from include.crawl.warc_part import UnreadableArchiveError, WarcPart

PACKAGE: Final = "datapackage.json"
# The WARC files stand directly in archive/; anything deeper, or elsewhere, is none of the format's.
_WARC_MEMBER: Final = re.compile(r"archive/[^/\\]+\.warc(?:\.gz)?", re.IGNORECASE)
# The format asks for members that are stored, and WARC text that somebody deflated has some 10:1.
# Chosen against zip bombs, whose members reach 1000:1.
MAX_RATIO: Final = 100
# The package lists some dozen files with their digests: a few kilobytes.
MAX_PACKAGE_BYTES: Final = 4 * 2**20
_READABLE: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Encrypted, patched, strongly encrypted (bits 0, 5 and 6 of the flags).
_UNREADABLE_FLAGS: Final = 0b1100001
_DIGESTS: Final = ("md5", "sha1", "sha256", "sha512")
_CHUNK: Final = 2**20


def wacz_parts(path: Path) -> Iterator[WarcPart]:
    """The WARC files of the WACZ file at `path`, in the order of its directory, each to be read at once.

    A member is read through first and held against the checksum of the zip and the digest in
    datapackage.json; what differs is the part's `damage`. Raises UnreadableArchiveError for what is no
    zip (or breaks off before its directory, which stands at its end), and for one whose members would
    unpack to far more than archives do.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableArchiveError(
            f"{path.name} is no WACZ file, or only the beginning of one ({error}); get it again"
        ) from error
    with archive:
        members = {
            info.filename: info for info in archive.infolist() if _WARC_MEMBER.fullmatch(info.filename)
        }
        size = path.stat().st_size
        if not all(0 <= info.header_offset < size for info in archive.infolist()):
            raise UnreadableArchiveError(f"{path.name}: its directory names places outside the file")
        if not members:
            raise UnreadableArchiveError(f"{path.name} has no WARC file in archive/: it is no WACZ file")
        _refuse_bombs(path, list(members.values()))
        digests, doubt = _digests(archive)
        for name, info in members.items():
            fault = _fault_of(archive, info, digests.get(name))
            known = "; ".join(said for said in (doubt, fault) if said) or None
            yield WarcPart(f"{path.name}/{name}", partial(_open, archive, info), known)
            doubt = None


def _refuse_bombs(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Raise UnreadableArchiveError where members unpack beyond all measure, or share their bytes."""
    for info in members:
        if info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise UnreadableArchiveError(
                f"{path.name}/{info.filename} unpacks {info.compress_size} bytes to {info.file_size}:"
                " more than web archives do, so nothing of the file was read"
            )
    packed, there = sum(info.compress_size for info in members), path.stat().st_size
    if packed > there:
        raise UnreadableArchiveError(
            f"{path.name}: its members claim {packed} bytes of {there}: they lie over one another,"
            " so nothing of the file was read"
        )


def _digests(archive: zipfile.ZipFile) -> tuple[dict[str, str], str | None]:
    """Digests by member as datapackage.json has them ("sha256:…"), and what is wrong with that file."""
    try:
        with archive.open(PACKAGE) as stream:
            text = stream.read(MAX_PACKAGE_BYTES + 1)
        if len(text) > MAX_PACKAGE_BYTES:
            return {}, f"{PACKAGE} is larger than {MAX_PACKAGE_BYTES} bytes: digests not checked"
        package: Any = json.loads(text)
        resources = package["resources"]
        return {str(item["path"]): str(item["hash"]) for item in resources if "hash" in item}, None
    except KeyError as error:
        return {}, f"{PACKAGE} is missing, or has no {error}: digests not checked"
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, TypeError) as error:
        return {}, f"{PACKAGE} cannot be read ({type(error).__name__}: {error}): digests not checked"


def _fault_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, digest: str | None) -> str | None:
    """What is wrong with the bytes of a member as a whole, or None."""
    kind, _, expected = (digest or "").rpartition(":")
    if digest and kind not in _DIGESTS:
        return f"{PACKAGE} has a digest of a kind unknown here: {digest[:60]!r}"
    checksum, hashed = 0, hashlib.new(kind, usedforsecurity=False) if digest else None
    try:
        with _open(archive, info) as stream:
            while chunk := stream.read(_CHUNK):
                checksum = zlib.crc32(chunk, checksum)
                if hashed:
                    hashed.update(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        return f"cannot be unpacked whole: {error}"
    if checksum != info.CRC:
        return "its checksum is not that of the zip's directory"
    if hashed and hashed.hexdigest() != expected.lower():
        return f"its {kind} is not the one in {PACKAGE}"
    return None


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """A member's bytes, also where their checksum is wrong: `_fault_of` tells that, for all of them at once.

    zipfile raises it in place of the last bytes, which would cost records that are whole. Raises BadZipFile.
    """
    if info.flag_bits & _UNREADABLE_FLAGS or info.compress_type not in _READABLE:
        raise zipfile.BadZipFile("encrypted, or packed in another way than stored or deflated")
    unchecked = copy.copy(info)
    del unchecked.CRC
    return cast(BinaryIO, archive.open(unchecked))
