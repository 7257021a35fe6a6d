"""HTTP/2 where the server chooses it: the same answers, troubles and archives as over HTTP/1.1."""

from __future__ import annotations

import gzip
import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import pytest
from warcio.archiveiterator import ArchiveIterator

from include.crawl.answers import Answer, Trouble
from include.crawl.archive import BatchArchive, Capture
from include.crawl.http import Limits
from include.portals.portal import Portal
from tests.crawl.tls_servers import GREETING, HOST, client_of, identity

ROOT = identity("goc.suoitra", is_authority=True)
Answering = Callable[[h2.connection.H2Connection, int, dict[str, str]], None]


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
            while data := stream.recv(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        asked = {_text(name): _text(value) for name, value in event.headers or ()}
                        self._answering(connection, event.stream_id or 0, asked)
                stream.sendall(connection.data_to_send())


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
    [(reset, "connection_broken"), (gone, "connection_broken"), (silent, "timeout")],
)
def test_a_stream_that_breaks_is_a_trouble(
    portal: Portal, speaking: Callable[[Answering], H2Server], answering: Answering, reason: str
) -> None:
    with asking(portal, speaking(answering)) as ask:
        trouble = ask("/a")
    assert isinstance(trouble, Trouble), trouble
    assert trouble.reason == reason


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
    assert record.http_headers.get_header("content-type") == "text/html"
    assert record.rec_headers.get_header("WARC-Protocol") == "h2"
