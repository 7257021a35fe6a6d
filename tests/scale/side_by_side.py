"""Content hashes of marts, one column a way in which they were made, shown when a lane ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from include.contract import MARTS_SCHEMA, PUBLISHED_FILE
from include.warehouse.content import content_of
from include.warehouse.manifest import MANIFEST_FILE, RUN_MARTS, load_manifest

# What belongs to one fetch of a page and not to what the page says: two loads of the same portals have each
# its own. Everything else of these marts is compared.
OF_A_FETCH = {
    "dim_articles": ("first_fetched_at",),
    "dim_article_versions": ("fetched_at", "warc_file", "warc_offset"),
}


@dataclass
class SideBySide:
    """columns: by title, the content of each thing by its name."""

    columns: dict[str, dict[str, str]] = field(default_factory=dict)

    def add_published(self, title: str, data: Path) -> dict[str, str]:
        """A column of what `data` has published; marts that tell how runs went are left out."""
        manifest = load_manifest(data / MANIFEST_FILE)
        assert manifest is not None, f"nothing is published in {data}"
        said = {name: content for name, content in manifest.content.items() if name not in RUN_MARTS}
        with duckdb.connect(str(data / PUBLISHED_FILE), read_only=True) as marts:
            marts.execute("set TimeZone = 'UTC'")
            for name, columns in OF_A_FETCH.items():
                rows = f"select * exclude ({', '.join(columns)}) from {MARTS_SCHEMA}.{name}"
                marts.execute(f"create temp view as_said_{name} as {rows}")
                said[name] = str(content_of(marts, name, f"as_said_{name}"))
        self.columns[title] = dict(sorted(said.items()))
        return self.columns[title]

    def lines(self) -> list[str]:
        """The table, twelve digits of each hash; a row in which they differ is marked."""
        names = sorted({name for column in self.columns.values() for name in column})
        width = max((len(name) for name in names), default=0)
        told = [" " * (width + 2) + "  ".join(f"{title[:14]:14}" for title in self.columns)]
        for name in names:
            hashes = [column.get(name, "-")[:12] for column in self.columns.values()]
            mark = "" if len(set(hashes)) == 1 else "  DIFFERENT"
            told.append(f"{name:{width}}  " + "  ".join(f"{one:14}" for one in hashes) + mark)
        return told
