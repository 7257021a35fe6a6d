"""Opens every DuckDB file that Superset is told of as `include.warehouse.reading` does."""

from __future__ import annotations

from typing import Any, Final

from include.warehouse.reading import LOCKED_DOWN

# What a chart may use of the machine. Nothing is written beside the database where memory runs out.
LIMITS: Final[dict[str, Any]] = {"memory_limit": "2GB", "threads": 2, "temp_directory": ""}
CONNECT_ARGS: Final[dict[str, Any]] = {"read_only": True, "config": LOCKED_DOWN | LIMITS}


def lock_down(
    uri: Any, params: dict[str, Any], username: str | None, security_manager: Any, source: Any
) -> tuple[Any, dict[str, Any]]:
    """Superset's DB_CONNECTION_MUTATOR: the same `uri`, and engine parameters that open it locked.

    uri: SQLAlchemy's URL; params: keyword arguments of create_engine. A database in memory cannot be opened
    read-only: DuckDB refuses it. Other engines are left as they are.
    """
    if uri.get_backend_name() != "duckdb":
        return uri, params
    arguments = params.get("connect_args", {})
    # Dropped: what duckdb-engine would load past the lock (its words for extensions and file systems).
    locked = {"read_only": True, "config": arguments.get("config", {}) | CONNECT_ARGS["config"]}
    return uri.set(query={"access_mode": "read_only"}), params | {"connect_args": locked}
