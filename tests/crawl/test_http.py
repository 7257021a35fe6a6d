"""The client stays within its bounds of reach, time and size, whatever a server does."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import pytest

from include.crawl.answers import Answer, Trouble, retry_after_s
from include.crawl.clock import SYSTEM_CLOCK
from include.crawl.http import Limits, PortalClient, Reach, user_agent
from include.crawl.pace import HostPaces
from include.portals.portal import Portal

PUBLIC = "203.162.4.191"
QUICK = Limits(connect_s=1, read_s=0.5, total_s=1.0)


@pytest.fixture
def client(server: Any, make_portal: Callable[..., Portal]) -> PortalClient:
    return client_of(make_portal(server.origin))


def client_of(portal: Portal, limits: Limits = QUICK, reach: Reach | None = None) -> PortalClient:
    return PortalClient(portal, frozenset(), HostPaces(SYSTEM_CLOCK), limits, reach or Reach())


def trouble(answer: Answer | Trouble) -> Trouble:
    assert isinstance(answer, Trouble), answer
    return answer


def answered(answer: Answer | Trouble) -> Answer:
    assert isinstance(answer, Answer), answer
    return answer


class FakeInternet:
    """Names with addresses of our choosing; whatever address is dialled leads to the test's server."""

    def __init__(self, port: int, **addresses: list[str]) -> None:
        self._port = port
        self.addresses = {name.replace("_", "."): found for name, found in addresses.items()}
        self.dialled: list[str] = []
        self.reach = Reach(self._resolve, self._dial)

    def _resolve(self, host: str, port: int) -> list[str]:
        return self.addresses[host]

    def _dial(
        self, host: str, port: int, timeout: float | None, local_address: str | None, socket_options: Any
    ) -> httpcore.NetworkStream:
        self.dialled.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port, timeout)


def public_portal(make_portal: Callable[..., Portal]) -> Portal:
    return make_portal("http://baosuoitra.vn", allow_private=False)


def test_the_body_comes_both_as_sent_and_unpacked(server: Any, client: PortalClient) -> None:
    packed = gzip.compress("Chè búp tươi".encode())
    server.put("/a", packed, {"Content-Encoding": "gzip"})
    answer = answered(client.get(server.origin + "/a"))
    assert (answer.wire, answer.body) == (packed, "Chè búp tươi".encode())
    assert answer.header("content-encoding") == "gzip"


def test_it_says_who_asks_and_how_to_reach_them(
    server: Any, make_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTINH_CONTACT", "mailto:may.chu@baosuoitra.vn")
    client_of(make_portal(server.origin)).get(server.origin + "/a")
    agent = server.asked[0].headers["user-agent"]
    assert agent.startswith("Sotinh/")
    assert "mailto:may.chu@baosuoitra.vn" in agent


def test_a_contact_that_cannot_stand_in_a_header_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTINH_CONTACT", "a\r\nX-Evil: 1")
    with pytest.raises(ValueError, match="SOTINH_CONTACT"):
        user_agent()


def test_cookies_are_neither_kept_nor_sent(server: Any, client: PortalClient) -> None:
    server.put("/a", b"x", {"Set-Cookie": "D1N=abc; Path=/"})
    client.get(server.origin + "/a")
    client.get(server.origin + "/a")
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None]


def test_proxies_of_the_environment_are_not_used(
    server: Any, client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.html("/a")
    assert answered(client.get(server.origin + "/a")).status == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_name_with_a_private_address_is_never_connected_to(
    server: Any, make_portal: Callable[..., Portal], address: str
) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=[address])
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert trouble(client.get("http://baosuoitra.vn/a")).reason == "private_address"
    assert internet.dialled == []
    assert server.asked == []


def test_a_name_without_an_address_is_not_told_as_private(
    server: Any, make_portal: Callable[..., Portal]
) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=[])
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert trouble(client.get("http://baosuoitra.vn/a")).reason == "dns"


def test_the_vetted_address_is_the_one_connected_to(server: Any, make_portal: Callable[..., Portal]) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=["10.0.0.5", PUBLIC])
    server.html("/a")
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert answered(client.get("http://baosuoitra.vn/a")).status == 200
    assert internet.dialled == [PUBLIC]
    assert server.asked[0].headers["host"] == "baosuoitra.vn"


def test_a_name_that_turns_private_for_the_next_connection_is_caught(
    server: Any, make_portal: Callable[..., Portal]
) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=[PUBLIC])
    server.put("/a", b"x", {"Connection": "close"})
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert answered(client.get("http://baosuoitra.vn/a")).status == 200
    internet.addresses["baosuoitra.vn"] = ["127.0.0.1"]
    assert trouble(client.get("http://baosuoitra.vn/a")).reason == "private_address"


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/secret", "http://2130706433:{port}/secret"],
)  # fmt: skip
def test_a_redirect_to_loopback_is_not_followed(
    server: Any, make_portal: Callable[..., Portal], target: str
) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=[PUBLIC])
    server.redirect("/a", target.format(port=server.port))
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert trouble(client.get("http://baosuoitra.vn/a")).reason == "private_address"
    assert server.paths() == ["/a"]


def test_a_redirect_to_a_twin_host_with_a_private_address_is_not_followed(
    server: Any, make_portal: Callable[..., Portal]
) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=[PUBLIC], www_baosuoitra_vn=["127.0.0.1"])
    server.redirect("/a", "http://www.baosuoitra.vn/secret")
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert trouble(client.get("http://baosuoitra.vn/a")).reason == "private_address"
    assert server.paths() == ["/a"]


@pytest.mark.parametrize(
    "target", ["http://other.vn/a", "ftp://baosuoitra.vn/a", "http://baosuoitra.vn:6969/a"]
)
def test_a_redirect_off_the_site_is_not_followed(
    server: Any, make_portal: Callable[..., Portal], target: str
) -> None:
    internet = FakeInternet(server.port, baosuoitra_vn=[PUBLIC], other_vn=[PUBLIC])
    server.redirect("/a", target)
    client = client_of(public_portal(make_portal), reach=internet.reach)
    assert trouble(client.get("http://baosuoitra.vn/a")).reason == "redirect_off_site"
    assert server.paths() == ["/a"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://baokhac.vn/a", "redirect_to_plain_http"),
        ("http://baokhac.vn:8080/a", "redirect_off_site"),
        ("http://kinhte.baosuoitra.vn/a", "redirect_to_plain_http"),
        ("http://cu.vn/a", None),
        ("http://www.baosuoitra.vn/a", None),
    ],
)
def test_a_redirect_to_another_portal_keeps_to_the_scheme_of_its_entry(
    server: Any, make_portal: Callable[..., Portal], target: str, reason: str | None
) -> None:
    registry = frozenset(
        {
            ("https", "baokhac.vn", None),
            ("https", "kinhte.baosuoitra.vn", None),
            ("http", "cu.vn", None),
            ("http", "baosuoitra.vn", None),
        }
    )
    hosts = ("baosuoitra_vn", "baokhac_vn", "kinhte_baosuoitra_vn", "cu_vn", "www_baosuoitra_vn")
    internet = FakeInternet(server.port, **{host: [PUBLIC] for host in hosts})
    client = PortalClient(
        public_portal(make_portal), registry, HostPaces(SYSTEM_CLOCK), QUICK, internet.reach
    )
    server.redirect("/first", target)
    server.html("/a")
    answer = client.get("http://baosuoitra.vn/first")
    assert (answer.reason if isinstance(answer, Trouble) else None) == reason
    assert server.paths() == (["/first"] if reason else ["/first", "/a"])


def test_redirects_are_followed_with_the_last_url_told(server: Any, client: PortalClient) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", server.origin + "/c")
    server.html("/c")
    assert answered(client.get(server.origin + "/a")).final_url == server.origin + "/c"


def test_a_redirect_that_adds_a_tracking_parameter_is_no_loop(server: Any, client: PortalClient) -> None:
    server.redirect("/a", "/a?utm_source=cu")
    server.html("/a?utm_source=cu")
    assert answered(client.get(server.origin + "/a")).status == 200


def test_robots_has_its_word_on_every_hop(server: Any, client: PortalClient) -> None:
    server.redirect("/a", "/kin/b")
    refusal = {server.origin + "/kin/b": "robots_disallowed"}.get
    assert trouble(client.get(server.origin + "/a", refusal=refusal)).reason == "robots_disallowed"
    assert server.paths() == ["/a"]


@pytest.mark.parametrize(
    ("hops", "reason"),
    [
        ({"/a": "/b", "/b": "/a"}, "redirect_loop"),
        ({"/a": "/a"}, "redirect_loop"),
        ({f"/{n}": f"/{n + 1}" for n in range(9)} | {"/a": "/0"}, "too_many_redirects"),
        ({"/a": ""}, "redirect_without_location"),
    ],
)
def test_redirects_that_lead_nowhere(
    server: Any, client: PortalClient, hops: dict[str, str], reason: str
) -> None:
    for source, target in hops.items():
        server.redirect(source, target)
    assert trouble(client.get(server.origin + "/a")).reason == reason
    assert len(server.asked) <= 6


def test_a_redirect_to_itself_with_a_cookie_is_a_gate(server: Any, client: PortalClient) -> None:
    server.put("/a", b"", {"Location": "/a", "Set-Cookie": "gate=1"}, status=302)
    assert trouble(client.get(server.origin + "/a")).reason == "cookie_gate"


def test_fifty_announced_megabytes_are_not_read(server: Any, client: PortalClient) -> None:
    sent: list[int] = []
    server.put("/a", b"", {"Content-Length": str(50 * 2**20)}, write=pour(sent, 50 * 2**20))
    assert trouble(client.get(server.origin + "/a")).reason == "too_large"


def test_fifty_unannounced_megabytes_are_cut_off(server: Any, client: PortalClient) -> None:
    sent: list[int] = []
    server.put("/a", b"", {}, write=pour(sent, 50 * 2**20))
    assert trouble(client.get(server.origin + "/a")).reason == "too_large"
    time.sleep(0.1)
    assert sum(sent) < 25 * 2**20  # what the sockets' buffers took, beyond our 5 MiB


def test_a_gzip_bomb_is_not_unpacked(server: Any, client: PortalClient) -> None:
    server.put("/a", gzip.compress(bytes(200 * 2**20), 6), {"Content-Encoding": "gzip"})
    assert trouble(client.get(server.origin + "/a")).reason == "too_large"


def test_cutting_gives_the_beginning(server: Any, client: PortalClient) -> None:
    server.put("/a", b"x" * 5000)
    answer = answered(client.get(server.origin + "/a", max_bytes=1000, cut=True))
    assert (answer.body, answer.is_cut) == (b"x" * 1000, True)


def test_a_body_that_drips_ends_at_the_deadline(server: Any, client: PortalClient) -> None:
    server.put("/a", headers={"Content-Length": "1000"}, write=dripping(b"<p>"))
    assert_ends_in_time(client, server)


def test_headers_that_drip_end_at_the_deadline(server: Any, client: PortalClient) -> None:
    def never_ending_headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        dripping(b"X-More: 1\r\n")(handler)

    server.put("/a", raw=never_ending_headers)
    assert_ends_in_time(client, server)


def assert_ends_in_time(client: PortalClient, server: Any) -> None:
    started = time.monotonic()
    assert trouble(client.get(server.origin + "/a")).reason == "timeout"
    assert 0.9 < time.monotonic() - started < 3


def test_silence_after_the_connection_is_a_timeout(server: Any, client: PortalClient) -> None:
    server.put("/a", b"", {"Content-Length": "10"}, write=lambda _: time.sleep(1))
    assert trouble(client.get(server.origin + "/a")).reason == "timeout"


def test_a_body_that_breaks_off_is_a_broken_connection(server: Any, client: PortalClient) -> None:
    server.put("/a", b"", {"Content-Length": "1000"}, write=lambda handler: handler.wfile.write(b"half"))
    assert trouble(client.get(server.origin + "/a")).reason == "connection_broken"


@pytest.mark.parametrize("pause_s", [0, 0.1])
def test_what_follows_an_answer_is_not_the_answer_to_the_next_request(
    server: Any, client: PortalClient, pause_s: float
) -> None:
    def twice(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = False
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
        handler.wfile.write(head + b"one" + (head + b"two" if not pause_s else b""))
        time.sleep(pause_s)
        handler.wfile.write(head + b"two" if pause_s else b"")

    server.put("/a", raw=twice)
    server.put("/b", b"three")
    assert answered(client.get(server.origin + "/a")).body == b"one"
    time.sleep(2 * pause_s)
    assert answered(client.get(server.origin + "/b")).body == b"three"


def test_bytes_that_do_not_unpack_are_handed_on_as_they_came(server: Any, client: PortalClient) -> None:
    server.put("/a", b"plain", {"Content-Encoding": "br"})
    problem = trouble(client.get(server.origin + "/a"))
    assert problem.reason == "bad_encoding"
    assert problem.answer is not None
    assert problem.answer.wire == b"plain"


def test_nobody_listening_and_names_unknown(server: Any, make_portal: Callable[..., Portal]) -> None:
    portal = make_portal(server.origin)
    server.close()
    assert trouble(client_of(portal).get(server.origin + "/a")).reason == "connection_refused"
    unknown = make_portal("http://khong-co.invalid")
    assert trouble(client_of(unknown).get("http://khong-co.invalid/")).reason == "dns"


def test_plain_http_behind_https_is_a_tls_trouble(server: Any, make_portal: Callable[..., Portal]) -> None:
    origin = server.origin.replace("http:", "https:")
    assert trouble(client_of(make_portal(origin)).get(origin + "/a")).reason == "tls"


def pour(sent: list[int], total: int) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(total // 65536):
            sent.append(handler.wfile.write(b"a" * 65536))

    return write


def dripping(piece: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(40):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.1)

    return write


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,a", "http://[::1", "http://0177.0.0.1/"]
)
def test_an_odd_redirect_is_a_trouble_with_its_reason(server: Any, client: PortalClient, target: str) -> None:
    server.redirect("/a", target)
    assert trouble(client.get(server.origin + "/a")).reason == "redirect_off_site"


@pytest.mark.parametrize("written", ["\xb2", "Sat, 11 Jul 99999999999 19:01:00 GMT"])
def test_a_retry_after_that_tells_no_time_is_passed_over(
    server: Any, client: PortalClient, written: str
) -> None:
    server.put("/a", headers={"Retry-After": written}, status=429)
    answer = answered(client.get(server.origin + "/a"))
    assert retry_after_s(answer, datetime(2026, 7, 11, tzinfo=UTC)) is None


@pytest.mark.parametrize(("written", "seconds"), [("0\x1c", 0.0), (" 7\x1f", 7.0), ("\u20033 ", 3.0)])
def test_seconds_between_blanks_of_any_kind_are_read(written: str, seconds: float) -> None:
    answer = Answer(429, "HTTP/1.1", "", (("Retry-After", written),), b"", b"", "https://vd.test/")
    assert retry_after_s(answer, datetime(2026, 7, 11, tzinfo=UTC)) == seconds
