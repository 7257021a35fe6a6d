"""Airflow under `make up` asks for no login: only this machine's own programs and pages may speak to it."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from include.operations.request_guard import LoopbackOnly, is_own

HERE = "http://127.0.0.1:8080"


def headers(**sent: str) -> list[tuple[bytes, bytes]]:
    return [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()]


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("GET", {"host": "127.0.0.1:8080"}),  # a program, such as a task or curl
        ("POST", {"host": "localhost:8080"}),
        ("POST", {"host": "[::1]:8080"}),
        ("POST", {"host": "127.0.0.1:8080", "origin": HERE, "sec_fetch_site": "same-origin"}),  # its own page
        ("GET", {"host": "127.0.0.1:9000", "sec_fetch_site": "none", "sec_fetch_mode": "navigate"}),  # typed
        ("GET", {"host": "127.0.0.1:8080", "sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}),
    ],
)
def test_what_is_this_machines_own_passes(method: str, sent: dict[str, str]) -> None:
    assert is_own(method, headers(**sent))


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("GET", {"host": "xau.test:8080"}),  # a name that was rebound to 127.0.0.1
        ("GET", {"host": "127.0.0.1.xau.test"}),
        ("GET", {"host": "xau.test@127.0.0.1:8080", "origin": HERE}),
        ("GET", {"host": "[::1"}),
        ("GET", {}),
        ("POST", {"host": "127.0.0.1:8080", "origin": "https://xau.test"}),
        ("POST", {"host": "127.0.0.1:8080", "origin": "null"}),
        ("POST", {"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:3000"}),  # another program's page
        ("POST", {"host": "127.0.0.1:8080", "sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}),
        ("GET", {"host": "127.0.0.1:8080", "sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}),
        ("GET", {"host": "127.0.0.1:8080", "sec_fetch_site": "same-site", "sec_fetch_mode": "cors"}),
    ],
)
def test_what_a_page_of_another_host_sends_is_refused(method: str, sent: dict[str, str]) -> None:
    assert not is_own(method, headers(**sent))


def test_a_refusal_is_an_answer_and_what_is_asked_does_not_hear_of_it() -> None:
    asked: list[str] = []

    def hear(request: object) -> PlainTextResponse:
        asked.append("once")
        return PlainTextResponse("đã chạy")

    app = LoopbackOnly(Starlette(routes=[Route("/", hear, methods=["POST"])]))

    async def ask(host: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
            return await client.post("/", headers={"Host": host})

    refused = asyncio.run(ask("xau.test"))
    assert (refused.status_code, asked) == (403, [])
    assert "http://127.0.0.1" in refused.text
    assert asyncio.run(ask("127.0.0.1:8080")).text == "đã chạy"
