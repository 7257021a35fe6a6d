"""Which locked releases have known weaknesses, as a public service tells; never "none" where none was asked.

Two services are tried in turn, OSV (https://google.github.io/osv.dev/post-v1-querybatch/) and the index's own
(https://docs.pypi.org/api/json/). Each has to find something first in a release that is known to be weak:
an index that mirrors packages alone answers too, and knows of no weakness in anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import httpx

from audit.finding import CouldNotAskError, Finding
from audit.locks import Locked

OSV: Final = "https://api.osv.dev"
INDEX: Final = "https://pypi.org"
# CVE-2019-10906, a way out of the sandbox; OSV has it as GHSA-462w-v97r-4m45.
KNOWN_WEAK: Final = Locked("jinja2", "2.10", (), "known to be weak")
_AT_ONCE: Final = 500  # OSV takes 1,000 queries in one request
_TIMEOUT_S: Final = 30.0

Service = Callable[[httpx.Client, Sequence[Locked]], Iterator[Finding]]


def advisories_for(pins: Iterable[Locked], client: httpx.Client | None = None) -> tuple[str, list[Finding]]:
    """The service that answered, and a finding for each weakness that it knows of in `pins`.

    client: to be asked with (a test's), null for one with the proxies of the environment. Raises
    CouldNotAskError where no service could be asked, or answered as one that knows advisories.
    """
    releases: dict[tuple[str, str], Locked] = {}
    for pin in pins:
        releases.setdefault((pin.name, pin.version), pin)
    wanted = [releases[release] for release in sorted(releases)]
    troubles: list[str] = []
    with client or httpx.Client(timeout=_TIMEOUT_S, follow_redirects=True) as asked:
        for name, service in SERVICES.items():
            try:
                if not list(service(asked, [KNOWN_WEAK])):
                    troubles.append(f"{name} knows of nothing in {KNOWN_WEAK.name} {KNOWN_WEAK.version}")
                    continue
                return name, list(service(asked, wanted))
            except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as problem:
                troubles.append(f"{name}: {_told(problem)}")
    raise CouldNotAskError("; ".join(troubles))


def _told(problem: Exception) -> str:
    if isinstance(problem, httpx.HTTPStatusError):
        return f"answered {problem.response.status_code}"
    return f"{type(problem).__name__}: {problem}"


def from_osv(client: httpx.Client, pins: Sequence[Locked]) -> Iterator[Finding]:
    """Weaknesses as OSV knows them; raises httpx.HTTPError, ValueError for what is no answer."""
    for start in range(0, len(pins), _AT_ONCE):
        asked = pins[start : start + _AT_ONCE]
        queries = [
            {"package": {"name": pin.name, "ecosystem": "PyPI"}, "version": pin.version} for pin in asked
        ]
        results = _json(client.post(f"{OSV}/v1/querybatch", json={"queries": queries}))["results"]
        for pin, result in zip(asked, results, strict=True):
            for known in result.get("vulns", []):
                told = _json(client.get(f"{OSV}/v1/vulns/{known['id']}"))
                if not told.get("withdrawn"):
                    yield _finding(pin, known["id"], str(told.get("summary") or told.get("details") or ""))


def from_index(client: httpx.Client, pins: Sequence[Locked]) -> Iterator[Finding]:
    """Weaknesses as the package index knows them; raises as `from_osv`."""
    for pin in pins:
        told = _json(client.get(f"{INDEX}/pypi/{pin.name}/{pin.version}/json"))
        for known in told["vulnerabilities"]:
            if not known.get("withdrawn"):
                yield _finding(pin, known["id"], str(known.get("summary") or known.get("details") or ""))


SERVICES: Final[dict[str, Service]] = {"OSV": from_osv, "the package index": from_index}


def _json(answer: httpx.Response) -> dict[str, Any]:
    told = answer.raise_for_status().json()
    if not isinstance(told, dict):
        raise ValueError("an answer that is no JSON object")  # noqa: TRY004 - one kind of trouble for callers
    return told


def _finding(pin: Locked, key: str, summary: str) -> Finding:
    first = " ".join(summary.split())[:120]
    return Finding("advisory", key, pin.where, f"{pin.name} {pin.version}: {key} {first}".rstrip())
