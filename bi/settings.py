"""Where Superset keeps its own, what it listens on and how much it gives out, from the environment once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from include.settings import Settings

# Only this machine; a container, whose port is published on 127.0.0.1, says otherwise.
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class BiSettings:
    """Paths and limits of one Superset.

    published: the file that is read; folder: what Superset itself writes; rows: the most that one question
    gets; seconds: how long one request may take before its process is ended; workers: processes, each of
    which answers one request at a time.
    """

    published: Path
    folder: Path
    host: str
    port: int
    rows: int
    seconds: int
    workers: int

    @classmethod
    def from_environment(cls) -> BiSettings:
        """Read SOTINH_DATA_DIR and SOTINH_BI_DIR, _HOST, _PORT, _ROWS, _SECONDS, _WORKERS; empty: default."""
        settings = Settings.from_environment()
        return cls(
            published=settings.published,
            folder=Path(os.environ.get("SOTINH_BI_DIR") or settings.data_dir / "bi").resolve(),
            host=os.environ.get("SOTINH_BI_HOST") or LOOPBACK,
            port=_number("SOTINH_BI_PORT", 8088),
            rows=_number("SOTINH_BI_ROWS", 50_000),
            seconds=_number("SOTINH_BI_SECONDS", 120),
            workers=_number("SOTINH_BI_WORKERS", 2),
        )

    @property
    def metadata(self) -> Path:
        """Superset's own database: users, charts, dashboards."""
        return self.folder / "superset.db"

    @property
    def secret_key(self) -> Path:
        """What signs its sessions."""
        return self.folder / "secret_key"

    @property
    def password(self) -> Path:
        """The password that the user `admin` was made with."""
        return self.folder / "admin_password"

    @property
    def prepared(self) -> Path:
        """What the metadata were prepared for: version, bundle, published file."""
        return self.folder / "prepared.json"

    @property
    def database_uri(self) -> str:
        """The published file as SQLAlchemy names it, read-only; ValueError for a path that it cannot name."""
        if "?" in str(self.published):
            raise ValueError(
                f"{self.published}: Superset cannot name a file with a question mark in its path;"
                " choose another DATA_DIR"
            )
        return f"duckdb:///{self.published}?access_mode=read_only"


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{name} is {text!r}: wanted a whole number from 1")
    return int(text)
