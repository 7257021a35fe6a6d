"""Where a run reads and writes, taken from the environment once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from include.contract import PUBLISHED_FILE, SITE_FOLDER, WAREHOUSE_FILE
from include.lake import Lake, Warehouse, lake_from_environment

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DEFAULT_REGISTRY = PROJECT_ROOT / "include" / "portals" / "registry.yml"

ENGINES: Final = ("local", "spark")
# One master, or several of which one leads: spark://a:7077,b:7077.
_MASTER: Final = re.compile(r"spark://[A-Za-z0-9.-]+:[0-9]{1,5}(?:,[A-Za-z0-9.-]+:[0-9]{1,5})*")


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs cleaning and extraction: processes of this machine, or a Spark cluster.

    spark_master: address of the cluster's master, spark://host:port; None for this machine.
    """

    spark_master: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Engine:
        """Read SOTINH_ENGINE and SOTINH_SPARK_MASTER; empty is this machine.

        Raises ValueError naming the variable that is wrong.
        """
        name = environment.get("SOTINH_ENGINE", "").strip() or "local"
        if name not in ENGINES:
            raise ValueError(f"SOTINH_ENGINE is {name[:40]!r}; write local or spark, or leave it out")
        if name == "local":
            return cls()
        master = environment.get("SOTINH_SPARK_MASTER", "").strip()
        if not _MASTER.fullmatch(master):
            raise ValueError(
                f"SOTINH_SPARK_MASTER is {master[:80]!r}, and SOTINH_ENGINE=spark needs a master's address:"
                " write spark://host:7077, as its log and its page show it"
            )
        return cls(master)


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths and limits of one installation.

    data_dir: everything a run writes; registry: the portal registry file; releases_kept: how many
    published files stay for a roll-back; workers: processes that clean and extract; full_text_of: portals
    (ids of the registry) whose texts the site may show whole; store: folder or URL where workers of a cluster
    hand in what they fetch and clean, None where one machine does it all; shards: parts of a batch, at most;
    lake: the warehouse of several writers, None for a file of one.
    """

    data_dir: Path
    registry: Path
    releases_kept: int = 7
    workers: int = 2
    full_text_of: frozenset[str] = frozenset()
    store: str | None = None
    shards: int = 8
    lake: Lake | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Read SOTINH_DATA_DIR and the like, as docs/deploy.md lists them.

        Empty is default. Raises ValueError naming the variable that is no count, or names no lake or engine.
        """
        Engine.from_environment()  # told when a run starts, not when cleaning begins
        data_dir = Path(os.environ.get("SOTINH_DATA_DIR") or PROJECT_ROOT / "data").resolve()
        return cls(
            data_dir=data_dir,
            registry=Path(os.environ.get("SOTINH_PORTALS") or DEFAULT_REGISTRY).resolve(),
            releases_kept=_count("SOTINH_RELEASES_KEPT", 7),
            workers=_count("SOTINH_WORKERS", min(os.cpu_count() or 1, 8)),
            full_text_of=frozenset(os.environ.get("SOTINH_FULL_TEXT_OF", "").replace(",", " ").split()),
            store=os.environ.get("SOTINH_STORE", "").strip() or None,
            shards=_count("SOTINH_SHARDS", 8),
            lake=lake_from_environment(data_dir),
        )

    @property
    def warehouse(self) -> Warehouse:
        """The pipeline's own database, a file where no lake is set; never opened by readers."""
        return self.lake or self.data_dir / WAREHOUSE_FILE

    @property
    def published(self) -> Path:
        """The database that analysts open."""
        return self.data_dir / PUBLISHED_FILE

    @property
    def landing(self) -> Path:
        """One folder a batch: what was discovered, fetched, archived and cleaned."""
        return self.data_dir / "landing"

    @property
    def http_cache(self) -> Path:
        """Validators and bodies of robots.txt, feeds and sitemaps, for conditional requests."""
        return self.data_dir / "http_cache"

    @property
    def site(self) -> Path:
        """The pages about the published file; its index.html is where to begin."""
        return self.data_dir / SITE_FOLDER

    @property
    def releases(self) -> Path:
        """Releases of the last nights, each in a folder named by its day, and `latest`."""
        return self.data_dir / "releases"


def _count(name: str, default: int) -> int:
    """The count that an environment variable gives; raises ValueError for anything but 1 to 9999."""
    written = os.environ.get(name, "").strip()
    if not written:
        return default
    if not re.fullmatch(r"[0-9]{1,4}", written) or int(written) == 0:
        raise ValueError(f"{name} is {written[:40]!r}; write a whole number from 1 to 9999, or leave it out")
    return int(written)
