"""HTTP/2 where the server chooses it: the same answers, troubles and archives as over HTTP/1.1."""

from __future__ import annotations

import gzip
import io
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import httpcore
import pytest
from warcio.archiveiterator import ArchiveIterator

from include.crawl.answers import Answer, Trouble, trouble_of
from include.crawl.archive import BatchArchive, Capture
from include.crawl.http import Limits
from include.portals.portal import Portal
from tests.crawl.tls_servers import GREETING, HOST, client_of, identity

ROOT = identity("goc.suoitra", is_authority=True)
# Returns None to go on, or bytes that follow the answer before the server hangs up.
Answering = Callable[[h2.connection.H2Connection, int, dict[str, str]], bytes | None]


def plain(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    body = GREETING.encode() + asked["user-agent"].encode()
    headers = [(":status", "200"), ("content-type", "text/html"), ("content-length", str(len(body)))]
    connection.send_headers(stream, headers)
    connection.send_data(stream, body, end_stream=True)


def compressed(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-encoding", "gzip")])
    connection.send_data(stream, gzip.compress(GREETING.encode()), end_stream=True)


def moved(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    if asked[":path"] == "/b":
        plain(connection, stream, asked)
    else:
        connection.send_headers(stream, [(":status", "302"), ("location", "/b")], end_stream=True)


def reset(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.reset_stream(stream, error_code=11)


def gone(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.close_connection(error_code=2)


def short(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-length", "10")])
    connection.send_data(stream, b"12345", end_stream=True)


def strange(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.send_headers(stream, [(":status", "abc")], end_stream=True)


def out_of_range(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.send_headers(stream, [(":status", "99999")], end_stream=True)


def injecting(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    """A header value that would end the head of the archived record."""
    _send_unchecked(connection, stream, ("x-note", "a\r\n\r\n<p>Tin khác</p>"))


def misnamed(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    _send_unchecked(connection, stream, ("x-note: a", "b"))


def _send_unchecked(connection: h2.connection.H2Connection, stream: int, header: tuple[str, str]) -> None:
    connection.config.validate_outbound_headers = connection.config.normalize_outbound_headers = False
    connection.send_headers(stream, [(":status", "200"), header], end_stream=True)


def broken_later(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> bytes:
    """The head of an answer; what is no frame comes once the body is being read."""
    connection.send_headers(stream, [(":status", "200")])
    return b"\xff" * 64


def large(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    """At /large all that the client's windows take of an endless body; else a page."""
    if asked[":path"] != "/large":
        plain(connection, stream, asked)
        return
    connection.send_headers(stream, [(":status", "200")])
    while window := connection.local_flow_control_window(stream):
        connection.send_data(stream, b"x" * min(window, connection.max_outbound_frame_size))


def leaving(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> bytes:
    """A page, and the word that this connection takes no more requests, as nginx says it when idle."""
    plain(connection, stream, asked)
    connection.close_connection(last_stream_id=stream)
    return b""


def dropping(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> bytes:
    """A page, and the connection is gone without a word."""
    plain(connection, stream, asked)
    return b""


def silent(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> None:
    connection.send_headers(stream, [(":status", "200")])


class H2Server:
    """Speaks HTTP/2 to whoever offers it; counts the connections that were made."""

    def __init__(self, certificate: Path, answering: Answering) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.set_alpn_protocols(["h2"])
        self._answering = answering
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._context = context
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                raw, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=[raw], daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with (
            suppress(OSError, h2.exceptions.ProtocolError),
            self._context.wrap_socket(raw, server_side=True) as stream,
        ):
            connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
            connection.initiate_connection()
            stream.sendall(connection.data_to_send())
            last: bytes | None = None
            while last is None and (data := stream.recv(65536)):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        asked = {_text(name): _text(value) for name, value in event.headers or ()}
                        last = self._answering(connection, event.stream_id or 0, asked)
                stream.sendall(connection.data_to_send())
            time.sleep(0.05)  # so that the client is at the body
            stream.sendall(last or b"")


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


@pytest.fixture
def portal(tmp_path: Path, make_portal: Callable[..., Portal]) -> Portal:
    (tmp_path / "root.pem").write_bytes(ROOT.pem())
    return make_portal(f"https://{HOST}", allow_private=False, ca_file=tmp_path / "root.pem")


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Callable[[Answering], H2Server]]:
    running: list[H2Server] = []

    def start(answering: Answering) -> H2Server:
        pem = identity(HOST, ROOT).write(tmp_path / "server.pem")
        running.append(H2Server(pem, answering))
        return running[-1]

    yield start
    for server in running:
        server.close()


@contextmanager
def asking(portal: Portal, server: H2Server) -> Iterator[Callable[[str], Answer | Trouble]]:
    client = client_of(portal, server.port, Limits(read_s=1, total_s=2))
    yield lambda path: client.get(f"https://{HOST}{path}")
    client.close()


def test_two_pages_come_over_one_connection(
    portal: Portal, speaking: Callable[[Answering], H2Server]
) -> None:
    server = speaking(plain)
    with asking(portal, server) as ask:
        answers = [ask("/a"), ask("/b")]
    for answer in answers:
        assert isinstance(answer, Answer), answer
        assert answer.http_version == "HTTP/2"
        assert answer.body.decode().startswith(GREETING + "Sotinh/")
    assert server.connections == 1


def test_redirects_and_compression(portal: Portal, speaking: Callable[[Answering], H2Server]) -> None:
    with asking(portal, speaking(moved)) as ask:
        answer = ask("/a")
    assert isinstance(answer, Answer)
    assert answer.final_url == f"https://{HOST}/b"
    with asking(portal, speaking(compressed)) as ask:
        answer = ask("/a")
    assert isinstance(answer, Answer)
    assert answer.body.decode() == GREETING


@pytest.mark.parametrize(
    ("answering", "reason"),
    [
        (reset, "connection_broken"),
        (gone, "connection_broken"),
        (silent, "timeout"),
        (short, "connection_broken"),
        (strange, "connection_broken"),
        (out_of_range, "connection_broken"),
        (injecting, "connection_broken"),
        (misnamed, "connection_broken"),
        (broken_later, "connection_broken"),
    ],
)
def test_a_stream_that_breaks_is_a_trouble(
    portal: Portal, speaking: Callable[[Answering], H2Server], answering: Answering, reason: str
) -> None:
    with asking(portal, speaking(answering)) as ask:
        trouble = ask("/a")
    assert isinstance(trouble, Trouble), trouble
    assert trouble.reason == reason


def test_a_body_too_large_does_not_stand_in_the_way_of_the_next_page(
    portal: Portal, speaking: Callable[[Answering], H2Server]
) -> None:
    server = speaking(large)
    with asking(portal, server) as ask:
        refused, page = ask("/large"), ask("/a")
    assert isinstance(refused, Trouble)
    assert refused.reason == "too_large"
    assert isinstance(page, Answer), page
    assert server.connections == 2


@pytest.mark.parametrize("answering", [leaving, dropping])
def test_a_server_that_hung_up_between_two_pages_is_called_again(
    portal: Portal, speaking: Callable[[Answering], H2Server], answering: Answering
) -> None:
    server = speaking(answering)
    with asking(portal, server) as ask:
        first = ask("/a")
        time.sleep(0.3)
        second = ask("/b")
    assert [isinstance(answer, Answer) for answer in (first, second)] == [True, True], (first, second)
    assert server.connections == 2


def test_a_server_that_hangs_up_on_a_request_is_no_trouble_of_tls() -> None:
    cause = ssl.SSLEOFError("EOF occurred in violation of protocol")
    cause.reason = "UNEXPECTED_EOF_WHILE_READING"
    hung_up, refused = httpcore.WriteError(), httpcore.ConnectError()
    hung_up.__cause__ = refused.__cause__ = cause
    assert [trouble_of(error).reason for error in (hung_up, refused)] == ["connection_broken", "tls"]


@pytest.mark.parametrize("seed", range(20))
def test_damaged_frames_end_as_an_answer_or_a_trouble(
    portal: Portal, speaking: Callable[[Answering], H2Server], seed: int
) -> None:
    def damaged(connection: h2.connection.H2Connection, stream: int, asked: dict[str, str]) -> bytes:
        plain(connection, stream, asked)
        sent = bytearray(connection.data_to_send())
        chance = random.Random(seed)  # noqa: S311 - the same damage in every run
        for _ in range(4):
            sent[chance.randrange(len(sent))] = chance.randrange(256)
        return bytes(sent)

    with asking(portal, speaking(damaged)) as ask:
        answer = ask("/a")
    assert isinstance(answer, Answer) or answer.reason in ("connection_broken", "timeout", "too_large")


def test_the_archive_of_such_an_answer_is_read_back(tmp_path: Path) -> None:
    capture = Capture(
        url=f"https://{HOST}/a",
        captured_at=datetime(2026, 7, 11, 19, tzinfo=UTC),
        http_version="HTTP/2",
        status=200,
        reason_phrase="",
        headers=(("content-type", "text/html"),),
        payload=GREETING.encode(),
    )
    (tmp_path / "b").mkdir()
    with BatchArchive(tmp_path / "b", "landing/b") as archive:
        archive.write("baosuoitra", capture)
    stored = (tmp_path / "b" / "warc" / "baosuoitra-001.warc.gz").read_bytes()
    (record,) = ArchiveIterator(io.BytesIO(stored))
    assert record.http_headers.get_statuscode() == "200"
    assert gzip.decompress(stored).split(b"\r\n\r\n")[1].startswith(b"HTTP/1.1 200 \r\n")
    assert record.http_headers.get_header("content-type") == "text/html"
    assert record.rec_headers.get_header("WARC-Protocol") == "h2"
