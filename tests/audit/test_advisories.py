"""A service that cannot be asked, or that knows of nothing, never makes an all-clear."""

from __future__ import annotations

import json

import httpx
import pytest

from audit.advisories import advisories_for
from audit.finding import CouldNotAskError
from audit.locks import Locked

PINS = [
    Locked("urllib3", "1.26.4", ("sha256:x",), "requirements.lock:9"),
    Locked("urllib3", "1.26.4", ("sha256:x",), "requirements-dev.lock:9"),
    Locked("httpx", "0.28.1", ("sha256:x",), "requirements.lock:5"),
]
WEAK = {("jinja2", "2.10"): ["GHSA-462w-v97r-4m45"], ("urllib3", "1.26.4"): ["GHSA-q2q7-5pp4-w6pg", "GONE"]}


def osv(weak: dict[tuple[str, str], list[str]]) -> httpx.MockTransport:
    """OSV as documented, which knows what is in `weak`; GONE was withdrawn."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/querybatch":
            queries = json.loads(request.content)["queries"]
            assert all(query["package"]["ecosystem"] == "PyPI" for query in queries)
            asked = [(query["package"]["name"], query["version"]) for query in queries]
            found = [{"vulns": [{"id": one} for one in weak[key]]} if key in weak else {} for key in asked]
            return httpx.Response(200, json={"results": found})
        key = request.url.path.rpartition("/")[2]
        withdrawn = {"withdrawn": "2024-01-01T00:00:00Z"} if key == "GONE" else {}
        return httpx.Response(200, json={"id": key, "summary": "Told\nin  words", **withdrawn})

    return httpx.MockTransport(answer)


def index(known: dict[tuple[str, str], list[str]]) -> httpx.MockTransport:
    """A machine that reaches the package index alone, as documented."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "api.osv.dev":
            raise httpx.ConnectError("Name or service not known")
        _, _, name, version, _ = request.url.path.split("/")
        found = [
            {"id": one, "summary": None, "details": "Told.", "withdrawn": None}
            for one in known.get((name, version), [])
        ]
        return httpx.Response(200, json={"info": {}, "vulnerabilities": found})

    return httpx.MockTransport(answer)


def test_osv_tells_each_weakness_once_and_none_that_was_withdrawn() -> None:
    service, findings = advisories_for(PINS, httpx.Client(transport=osv(WEAK)))
    assert service == "OSV"
    assert [str(one) for one in findings] == [
        "advisory: requirements.lock:9: urllib3 1.26.4: GHSA-q2q7-5pp4-w6pg Told in words"
    ]


def test_the_index_is_asked_where_osv_cannot_be() -> None:
    service, findings = advisories_for(
        PINS, httpx.Client(transport=index({**WEAK, ("httpx", "0.28.1"): ["P"]}))
    )
    assert service == "the package index"
    assert {one.key for one in findings} == {"GHSA-q2q7-5pp4-w6pg", "GONE", "P"}


def test_nothing_weak_is_told_by_an_empty_list() -> None:
    known = {key: value for key, value in WEAK.items() if key[0] == "jinja2"}
    assert advisories_for(PINS, httpx.Client(transport=osv(known))) == ("OSV", [])


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda request: httpx.Response(404), "OSV: answered 404; the package index: answered 404"),
        (lambda request: httpx.Response(200, json={"results": [{}], "vulnerabilities": []}),
         "OSV knows of nothing in jinja2 2.10; the package index knows of nothing"),
        (lambda request: httpx.Response(200, text="<html>Sign in</html>"), "OSV: JSONDecodeError"),
        (lambda request: httpx.Response(200, json=[]), "no JSON object"),
        (lambda request: httpx.Response(200, json={"results": []}), "OSV: ValueError"),
        (lambda request: httpx.Response(200, json={"results": None}), "OSV: TypeError"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_trusted_is_no_all_clear(answer, told) -> None:
    """A mirror of packages without advisories, a captive portal, a service that changed its form."""
    with pytest.raises(CouldNotAskError) as caught:
        advisories_for(PINS, httpx.Client(transport=httpx.MockTransport(answer)))
    assert told in str(caught.value)


def test_a_batch_that_is_answered_in_part_is_no_all_clear() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/querybatch":
            return httpx.Response(200, json={"results": [{"vulns": [{"id": "GHSA-462w-v97r-4m45"}]}]})
        return httpx.Response(200 if "vulns" in request.url.path else 404, json={"summary": ""})

    with pytest.raises(CouldNotAskError, match="OSV: ValueError"):
        advisories_for(PINS, httpx.Client(transport=httpx.MockTransport(answer)))
