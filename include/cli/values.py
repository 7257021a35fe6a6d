"""Values of the marts as JSON and as text."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from include.untrusted import visible

# Raised when a key of a JSON document is renamed or goes, never when one is added.
SCHEMA_VERSION: Final = 1
_LARGEST_PLAIN: Final = 1e15  # beyond, a float is not exact to the unit


def json_text(document: object, *, indent: int | None = 2) -> str:
    """A JSON text that is safe on a terminal: what cannot be seen stands as an escape (\\u202e)."""
    text = json.dumps(json_value(document), ensure_ascii=False, allow_nan=False, indent=indent)
    return "\n".join(line if line.isprintable() else _escaped(line) for line in text.split("\n"))


def _escaped(line: str) -> str:
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)


def json_value(value: Any) -> Any:
    """A value of DuckDB as JSON has it: days and times in ISO 8601, in UTC; NaN and infinity are null."""
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else plain(key): json_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(one) for one in value]
    return _as_text(value)


def plain(value: Any) -> str:
    """A value as one piece of text, as it is: nothing for null, numbers without groups or exponents."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        whole = math.isfinite(value) and value.is_integer() and abs(value) < _LARGEST_PLAIN
        return str(int(value)) if whole else repr(value)
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(json_value(value), ensure_ascii=False)
    return _as_text(value)


def shown(value: Any) -> str:
    """A value for people, on one line, every character seen."""
    return visible(" ".join(plain(value).split()), keep="")


def grouped(value: float | None) -> str:
    """A number for people: 5,406,000,000,000 or 26.4; nothing for null."""
    if value is None or not math.isfinite(value):
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6f}".rstrip("0")


def counted(count: int, plural: str) -> str:
    """A count with what is counted: "1 page", "1,200 pages"."""
    return f"{count:,} {plural.removesuffix('s') if count == 1 else plural}"


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        utc = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return utc.isoformat() + ("Z" if value.tzinfo else "")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, timedelta | uuid.UUID | Decimal):
        return str(value)
    return str(value)
