"""What a suite is: one query, one frame, the checks on it; and the SQL that keeps text out of frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from include.quality.judge import Check

# For a check that tells of what is missing or unusual and stops nothing.
WARN: Final[dict[str, Any]] = {"severity": "warn"}


@dataclass(frozen=True, slots=True)
class Suite:
    """Checks on the rows of one query.

    query: selects `key` and only ids, codes, numbers and yes/no columns; parameters: bound by name.
    """

    name: str
    key: str
    query: str
    checks: tuple[Check, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)


def code(column: str) -> str:
    """SQL for a column that should hold a short code: whatever else it holds becomes `not_a_code`."""
    return (
        f"case when {column} is null or regexp_full_match({column}, '[a-z0-9_]{{1,64}}') then {column}"
        " else 'not_a_code' end"
    )


def identity(column: str) -> str:
    """SQL for a column that should hold an id: whatever else it holds becomes a hash of it."""
    return (
        f"case when {column} is null or regexp_full_match({column}, '[A-Za-z0-9_.:-]{{1,128}}') then {column}"
        f" else 'malformed:' || left(sha256({column}), 16) end"
    )


def must_be_true(name: str, column: str, reason: str, **tolerance: Any) -> Check:
    """A check on a yes/no column computed in SQL (cast to integer, so that nulls stay nulls)."""
    arguments = {"column": column, "value_set": [1]}
    return Check(name, "ExpectColumnValuesToBeInSet", arguments, reason, **tolerance)


def must_be_between(
    name: str, column: str, low: float | None, high: float | None, reason: str, **tolerance: Any
) -> Check:
    """A check that numbers lie within bounds, both included; None leaves a side open."""
    arguments = {"column": column, "min_value": low, "max_value": high}
    return Check(name, "ExpectColumnValuesToBeBetween", arguments, reason, **tolerance)


def must_be_in(name: str, column: str, values: tuple[str, ...], reason: str) -> Check:
    """A check that a code is in its closed list."""
    arguments = {"column": column, "value_set": list(values)}
    return Check(name, "ExpectColumnValuesToBeInSet", arguments, reason)


def must_match(name: str, column: str, pattern: str, reason: str) -> Check:
    """A check on the whole form of an id or hash."""
    arguments = {"column": column, "regex": f"^(?:{pattern})$"}
    return Check(name, "ExpectColumnValuesToMatchRegex", arguments, reason)
