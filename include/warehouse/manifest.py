"""The manifest of a release: which run made it, what is in it, and how to know it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from include.warehouse.files import write_whole

MANIFEST_FILE: Final = "manifest.json"

# Marts that tell how a run went, not what the articles say: every run adds to them.
RUN_MARTS: Final = frozenset(
    {
        "fct_article_outcomes",
        "fct_discovery_requests",
        "fct_gate_results",
        "fct_pipeline_runs",
        "fct_portal_nights",
        "fct_province_freshness",
    }
)
# Left out of a mart's content hash: it moves with every visit to a page that stayed the same.
VISIT_COLUMNS: Final = frozenset({("dim_articles", "last_fetched_at")})


class ManifestError(ValueError):
    """A manifest that cannot be read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of one published file.

    published_at: ISO 8601 in UTC; replaces: run_id of the release it took the place of, null for
    the first; rows, content: by mart, `content` a number for the rows whatever their order and
    the layout of the file (`content.Content`); sha256, byte_count: of the file; release: name of its
    folder below releases/, by which it is cited, empty in manifests written before releases had one;
    rows_appended: how many rows stand behind those that were sorted when the file was last written anew.
    """

    run_id: str
    published_at: str
    replaces: str | None
    storage_version: str
    sha256: str
    byte_count: int
    rows: Mapping[str, int]
    content: Mapping[str, str]
    release: str = ""
    rows_appended: int = 0

    def write(self, folder: Path) -> None:
        """Write manifest.json into `folder`, whole."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        write_whole(folder / MANIFEST_FILE, f"{text}\n")


def load_manifest(path: Path) -> Manifest | None:
    """The manifest at `path`, None where there is none. Raises ManifestError for one that is not whole."""
    try:
        fields: Any = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**fields)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise ManifestError(f"{path} is not a manifest ({error}): delete it and publish again") from error


def changed_marts(before: Manifest, after: Manifest) -> list[str]:
    """Marts whose rows differ between two releases, by name; those that only log runs do not count."""
    names = (before.content.keys() | after.content.keys()) - RUN_MARTS
    return sorted(name for name in names if before.content.get(name) != after.content.get(name))


def same_rows(before: Manifest, after: Manifest) -> bool:
    """True when both releases say the same of every article, claim and meeting."""
    return not changed_marts(before, after)
