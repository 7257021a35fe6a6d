"""Content hashes of marts, one column a way in which they were made, shown when a lane ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from include.warehouse.manifest import MANIFEST_FILE, RUN_MARTS, load_manifest


@dataclass
class SideBySide:
    """columns: by title, the content of each thing by its name."""

    columns: dict[str, dict[str, str]] = field(default_factory=dict)

    def add_published(self, title: str, data: Path) -> dict[str, str]:
        """A column of what `data` has published; marts that tell how runs went are left out."""
        manifest = load_manifest(data / MANIFEST_FILE)
        assert manifest is not None, f"nothing is published in {data}"
        self.columns[title] = {
            name: content for name, content in sorted(manifest.content.items()) if name not in RUN_MARTS
        }
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
