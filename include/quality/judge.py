"""The one place that knows Great Expectations: frames and checks in, results out.

DataFrames, because its SQL route fails every expectation on DuckDB (1.24). No Data Docs, because
they print values unescaped. A native DuckDB engine could replace the inside of `judge`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from include.lazy_modules import lazily

if TYPE_CHECKING:
    import pandas as pd

# Ids, codes and hashes look like this; a sentence does not. Values of a failing row are in the
# result that Great Expectations makes, and an article's text once ran as script out of one.
CODE_LIKE: Final = re.compile(r"[A-Za-z0-9_.:|+-]{0,200}")
KEYS_KEPT: Final = 5

# A check that stops keeps what failed it from readers; one that warns tells of it, and the release goes on.
Severity = Literal["stop", "warn"]


class JudgeError(RuntimeError):
    """A check could not be judged at all; a gate treats that as a failure."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation on one column of a frame.

    expectation: class name in great_expectations.expectations, one that judges row by row;
    arguments: its parameters; reason: what is wrong with a row that fails and what to do;
    tolerated_share, tolerated_rows: the check fails only where the failing rows are more than
    both, so that a slip on one page does not hold up a night and a broken rule does; severity: what
    failing means.
    """

    name: str
    expectation: str
    arguments: Mapping[str, Any]
    reason: str
    tolerated_share: float = 0.0
    tolerated_rows: int = 0
    severity: Severity = "stop"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended; keys: up to five of the failing rows, as the frame's key column names them."""

    check_name: str
    passed: bool
    failing_rows: int
    keys: tuple[str, ...]
    reason: str
    severity: Severity = "stop"


def judge(frame: pd.DataFrame, checks: Sequence[Check], *, key: str) -> list[CheckResult]:
    """Judge every check on `frame`, results in the order of the checks.

    key: column that names a row. A null passes every check but ExpectColumnValuesToNotBeNull.
    Raises JudgeError where a check cannot be judged (a column that is not there) or where a column
    of the frame holds free text.
    """
    _refuse_free_text(frame)
    # Two checks may ask the same and differ in what they tolerate; Great Expectations keeps one of the two.
    asked = {_question(check): check for check in reversed(checks)}
    validated = _validate(frame, list(asked.values()), key)
    results: list[CheckResult] = []
    for check in checks:
        outcome = validated[asked[_question(check)].name]
        failing = int(outcome["unexpected_count"])
        tolerated = max(check.tolerated_rows, check.tolerated_share * int(outcome["element_count"]))
        rows = outcome.get("unexpected_index_list") or []
        keys = sorted({str(row[key]) for row in rows})[:KEYS_KEPT]
        passed = failing <= tolerated
        results.append(CheckResult(check.name, passed, failing, tuple(keys), check.reason, check.severity))
    return results


def _question(check: Check) -> str:
    return f"{check.expectation} {json.dumps(check.arguments, sort_keys=True)}"


def _refuse_free_text(frame: pd.DataFrame) -> None:
    for column in frame.columns:
        for value in frame[column].dropna().unique():
            if isinstance(value, str) and not CODE_LIKE.fullmatch(value):
                raise JudgeError(
                    f"column {column} holds free text: select its length, a code or a yes/no in SQL instead"
                )


def _validate(frame: pd.DataFrame, checks: Sequence[Check], key: str) -> dict[str, Mapping[str, Any]]:
    """Run Great Expectations once over the frame; its result mapping by check name."""
    # Read when the library is imported, which costs 5 s and therefore happens here.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # Its tests of distributions and their pictures, which no suite asks for: a third of the import.
    with lazily("scipy.stats", "altair"):
        import great_expectations as gx
        import great_expectations.expectations as kinds
        from great_expectations.data_context.types import base

    in_memory = base.DataContextConfig(
        store_backend_defaults=base.InMemoryStoreBackendDefaults(),  # without a Data Docs site
        progress_bars=base.ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=in_memory)
    suite = context.suites.add(gx.ExpectationSuite(name="gate"))
    for check in checks:
        suite.add_expectation(
            getattr(kinds, check.expectation)(**check.arguments, meta={"check": check.name})
        )
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    validation = batch.validate(
        suite, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": [key]}
    )
    results: dict[str, Mapping[str, Any]] = {}
    for result in validation.results:
        configuration = result.expectation_config
        name = configuration.meta["check"] if configuration and configuration.meta else "without a name"
        if "unexpected_count" not in result.result:
            raise JudgeError(f"check {name} could not be judged: {_problem(result.exception_info)}")
        results[name] = result.result
    return results


def _problem(exception_info: Any) -> str:
    """The last line of what Great Expectations caught; its traceback is of no use to the reader."""
    entries = exception_info.values() if isinstance(exception_info, Mapping) else []
    said = [entry["exception_message"] for entry in entries if isinstance(entry, Mapping)]
    return "; ".join(sorted({str(line).strip() for line in said})) or "the expectation does not judge rows"
