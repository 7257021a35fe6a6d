"""A warehouse that several processes write: where its catalog and its data are, by the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

CATALOG: Final = "SOTINH_CATALOG"
DATA: Final = "SOTINH_LAKE_DATA"
_FORM: Final = "postgresql://user:password@host:5432/database"
_SCHEMES: Final = ("postgresql", "postgres")
_REMOTE: Final = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w./=-]*)?")


@dataclass(frozen=True, slots=True)
class Lake:
    """A DuckLake: a catalog in PostgreSQL, rows as Parquet in a folder or below an s3:// address.

    password: empty where libpq finds it itself (PGPASSWORD, ~/.pgpass); never shown. data: an absolute path
    or s3://…, always ending in a slash. parent: the folder of the installation, as a file's would be.
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    data: str
    parent: Path

    @property
    def is_remote(self) -> bool:
        """True where the rows lie in an object store."""
        return self.data.startswith("s3://")

    def __str__(self) -> str:
        """For messages: without the password."""
        return f"the lake postgresql://{self.user}@{self.host}:{self.port}/{self.database}"


# The pipeline's own database: a file of one writer, or a lake of several.
Warehouse = Path | Lake


def lake_from_environment(data_dir: Path, environment: Mapping[str, str] = os.environ) -> Lake | None:
    """The lake that SOTINH_CATALOG and SOTINH_LAKE_DATA name; None where neither is set.

    Raises ValueError saying which variable is wrong and how it is to look; a password is never in it.
    """
    catalog, data = (environment.get(name, "").strip() for name in (CATALOG, DATA))
    if not catalog and not data:
        return None
    if not catalog or not data:
        missing, given = (DATA, CATALOG) if catalog else (CATALOG, DATA)
        raise ValueError(f"{given} is set and {missing} is not: a lake needs its catalog and its data")
    host, port, database, user, password = _parsed_catalog(catalog)
    return Lake(host, port, database, user, password, _parsed_data(data), data_dir)


def _parsed_catalog(catalog: str) -> tuple[str, int, str, str, str]:
    try:
        parts = urlsplit(catalog)
        port = parts.port or 5432
    except ValueError:
        raise ValueError(f"{CATALOG} is no address: write {_FORM}") from None
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or not parts.hostname or not parts.username:
        raise ValueError(f"{CATALOG} does not name PostgreSQL, a user and a host: write {_FORM}")
    if not re.fullmatch(r"[\w.-]+", database):
        raise ValueError(f"{CATALOG} does not name one database after the host: write {_FORM}")
    if parts.query or parts.fragment:
        raise ValueError(f"{CATALOG} takes no ?options; PGSSLMODE and the like are read as ever")
    return parts.hostname, port, database, unquote(parts.username), unquote(parts.password or "")


def _parsed_data(data: str) -> str:
    if "://" in data:
        if not _REMOTE.fullmatch(data):
            raise ValueError(f"{DATA} is {data[:60]!r}: write a folder, or s3://bucket/prefix")
        return data.rstrip("/") + "/"
    if not Path(data).is_absolute():
        raise ValueError(f"{DATA} is {data[:60]!r}: write the whole path, the same on every machine")
    return os.path.normpath(data).rstrip("/") + "/"
