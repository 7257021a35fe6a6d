"""Secrets that an installation makes for itself and keeps, one to a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_SHORTEST = 32


def kept_secret(path: Path) -> str:
    """The secret in `path`, 43 letters and digits of 256 random bits; made where there is none yet.

    A file that is empty or cut short, as a killed start or a full disk leaves it, counts as none: nothing is
    ever signed with it. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = _read(path)
    if found is not None:
        return found
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    secret = secrets.token_urlsafe(32)
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret + "\n")
            file.flush()
            os.fsync(handle)
        return secret if _give_name(aside, path) else kept_secret(path)
    finally:
        aside.unlink(missing_ok=True)


def _read(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    if len(text) < _SHORTEST:
        path.unlink(missing_ok=True)
        return None
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return text


def _give_name(aside: Path, path: Path) -> bool:
    """Call the file at `aside` also `path`; False where another process was first, whose secret counts."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        aside.replace(path)
    return True
