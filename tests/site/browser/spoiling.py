"""Spoils a published file: every text that comes from outside becomes one that attacks a page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb

from include.contract import PUBLISHED_FILE
from include.warehouse.files import sha256_of
from include.warehouse.manifest import MANIFEST_FILE, load_manifest

SCRIPT: Final = "<script>window.__pwned=1</script>"
LONG_WORD: Final = "Nghiêng" * 1430
# Numbered, so that one that ran would tell which it was.
TEXTS: Final = (
    SCRIPT,
    '<img src=x onerror="window.__pwned=2">',
    "</script><script>window.__pwned=3</script>",
    '" onmouseover="window.__pwned=4" x="',
    "'><svg onload=window.__pwned=5><a href=javascript:window.__pwned=6>",
    "javascript:window.__pwned=7",
    '=HYPERLINK("https://attacker.example/";"x")',
    "{{7*7}} {% include 'base.html.jinja' %} {# x",
    "${window.__pwned=8} datum['x'] || (window.__pwned=9)",
    "</style><style>body{display:none}</style><base href=//attacker.example/>",
    "--><iframe src=//attacker.example/></iframe><meta http-equiv=refresh content='99;url=//a.example'>",
    "\u202egpj.exe\u2066 \u200b\ufeff \x07",
)
TOGETHER: Final = " ".join(TEXTS)
ADDRESSES: Final = (
    "javascript:window.__pwned=10",
    "data:text/html,<script>window.__pwned=11</script>",
    '//attacker.example/"onmouseover="window.__pwned=12',
    'https://benlau.example/"onmouseover="window.__pwned=13" x="><script>window.__pwned=14</script>',
    "  vbscript:window.__pwned=15",
    "https://[",
)
# Keys, codes and what the pipeline writes by itself: no text of a portal gets there.
OURS: Final = re.compile(
    r".*_(id|ids|code|type|period|kind|by|reason|basis|version|file|order|severity)|measure|status|outcome"
    r"|result_status|reason|stage|stage_outcome|role|session|scope|gate|check_name|severity|topic_path|root_topic"
    r"|.*approximation|better|kind|parent_topic|family|name_folded|.*_name_vi"
)
ALSO_SPOILED: Final = {("fct_meetings", "topic")}
NOT_SPOILED: Final = {("dim_indicators", "topic"), ("dim_topics", "topic")}


def spoil(folder: Path) -> Path:
    """Spoil `folder`/sotinh.duckdb in place, with a manifest that fits, and return `folder`."""
    file = folder / PUBLISHED_FILE
    with duckdb.connect(str(file)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for mart, column in spoiled_columns(connection):
            texts = ADDRESSES if re.fullmatch(r"(source_)?url|base_url", column) else (TOGETHER,)
            count = len(texts)
            cases = " ".join(f"when {n} then ?" for n in range(count))
            word = "''" if texts is ADDRESSES else f"case when rowid % 5 = 1 then ' {LONG_WORD}' else '' end"
            connection.execute(
                f"update marts.{mart} set {column} = case rowid % {count} {cases} end || {word}"
                f" where {column} is not null",
                list(texts),
            )
    manifest = load_manifest(folder / MANIFEST_FILE)
    assert manifest is not None
    replace(manifest, sha256=sha256_of(file), byte_count=file.stat().st_size).write(folder)
    return folder


def spoiled_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """(mart, column) of every text that comes, or may come, from outside."""
    columns = connection.execute(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'marts' and data_type = 'VARCHAR' order by all"
    ).fetchall()
    return [
        one
        for one in columns
        if one[0] != "dim_dates"
        and one not in NOT_SPOILED
        and (one in ALSO_SPOILED or not OURS.fullmatch(one[1]))
    ]
