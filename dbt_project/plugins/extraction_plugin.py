"""Gives dbt's connections the extraction: a function over rows, and the version of its rules.

SQL sees `read_article(article_id, title, body, published_on, province_name)`, which gives JSON text,
and `getvariable('extractor_version')`. Both exist only on dbt's connections, so whatever uses them
is materialised as a table.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pyarrow as pa
from article_reader import ARTICLE_SCHEMA, read_rows
from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection
from duckdb.sqltypes import DATE, VARCHAR
from lock_down import lock_down

from include.extract.read import extractor_version
from include.lake import Lake, lake_from_environment
from include.vocabulary import load_vocabulary


class Plugin(BasePlugin):
    """Configuration: `workers`, how many processes read articles. lake: the warehouse where it is one."""

    lake: Lake | None = None

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Take the settings and the version of rules and vocabulary, once a dbt process."""
        self.workers = int(plugin_config.get("workers", 1))
        self.extractor_version = extractor_version(load_vocabulary())
        self.lake = lake_from_environment(Path(os.environ["SOTINH_DATA_DIR"]))
        # DuckDB calls from several threads at once; one pool of workers at a time is what was asked for.
        self._one_at_a_time = threading.Lock()

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Register read_article and close the machine; both count for all cursors of the connection."""
        lock_down(conn, lake=self.lake)
        conn.create_function(
            "read_article",
            self._read_article,
            [VARCHAR, VARCHAR, VARCHAR, DATE, VARCHAR],
            VARCHAR,
            type="arrow",
            null_handling="special",  # title, date and province may be null
        )

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set extractor_version and name the lake; variables and the database in use are a cursor's."""
        cursor.execute(f"set variable extractor_version = '{self.extractor_version}'")
        if self.lake is not None:
            cursor.execute("use warehouse")

    # Named parameters, because DuckDB counts them when it registers the function.
    def _read_article(
        self,
        article_id: pa.ChunkedArray,
        title: pa.ChunkedArray,
        body: pa.ChunkedArray,
        published_on: pa.ChunkedArray,
        province_name: pa.ChunkedArray,
    ) -> pa.Array:
        table = pa.table([article_id, title, body, published_on, province_name], names=ARTICLE_SCHEMA.names)
        articles = pa.RecordBatch.from_struct_array(
            table.cast(ARTICLE_SCHEMA).to_struct_array().combine_chunks()
        )
        with self._one_at_a_time:
            return read_rows(articles, workers=self.workers)
