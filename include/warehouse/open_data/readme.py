"""The page that lies beside the open data of a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from include.warehouse.manifest import Manifest
from include.warehouse.open_data.package import RIGHTS_EN, RIGHTS_VI, TITLE
from include.warehouse.open_data.tables import OpenTable

README_FILE: Final = "README.md"
CSV_LINE: Final = (
    "- `csv/`: the same for spreadsheets: UTF-8 with a byte order mark, commas, RFC 4180. Text that a"
    " spreadsheet would run as a formula has an apostrophe in front; numbers and dates have none."
)


def readme(manifest: Manifest, tables: Sequence[OpenTable]) -> str:
    """What the release holds, whose it is and how to cite it, in Markdown."""
    name = manifest.release or manifest.run_id
    lines = [f"| `{t.mart}` | {t.row_count:,} | {_first_sentence(t.comment)} |" for t in tables]
    return "\n".join(
        [
            f"# Sotinh, release {name}",
            "",
            f"{TITLE}. Published {manifest.published_at} (UTC); this release never changes.",
            "",
            "- `sotinh.duckdb`: everything, schema `marts`; open it read-only.",
            "- `parquet/`: a file a table, text as it was printed.",
            CSV_LINE,
            "- `datapackage.json`: columns with their meaning, keys, sizes and SHA-256 (Frictionless, v1).",
            "",
            "Parquet and CSV hold quotations with their links, never the articles' whole texts.",
            "",
            "## Rights · Quyền sử dụng",
            "",
            RIGHTS_EN,
            "",
            RIGHTS_VI,
            "",
            "## Cite · Trích dẫn",
            "",
            f"> Sotinh, release {name}, table `<table>`; SHA-256 of sotinh.duckdb {manifest.sha256[:16]}…",
            "",
            "## Tables · Các bảng",
            "",
            "| table | rows | one row |",
            "|---|---:|---|",
            *lines,
            "",
        ]
    )


def _first_sentence(comment: str) -> str:
    return " ".join(comment.split()).partition(". ")[0].rstrip(".").replace("|", "\\|")
