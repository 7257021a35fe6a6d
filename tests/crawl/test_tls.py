"""TLS: verified by name, although the connection goes to a vetted address."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from include.crawl.answers import Answer, Trouble
from include.crawl.clock import SYSTEM_CLOCK
from include.crawl.http import Limits, PortalClient, Reach
from include.crawl.pace import HostPaces
from include.portals.portal import Portal


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = "Chào bạn đọc".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None: ...


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for baosuoitra.vn with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "baosuoitra.vn")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("baosuoitra.vn")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "portal.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tls_port(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def get(make_portal: Callable[..., Portal], host: str, port: int) -> Answer | Trouble:
    def dial(_: str, __: int, timeout: float | None, *___: Any) -> httpcore.NetworkStream:
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", port, timeout)

    portal = make_portal(f"https://{host}", allow_private=False)
    reach = Reach(resolve=lambda *_: ["203.162.4.191"], dial=dial)
    client = PortalClient(portal, frozenset(), HostPaces(SYSTEM_CLOCK), Limits(), reach)
    return client.get(f"https://{host}/a")


def trust(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr("include.crawl.network._tls_context", lambda: context)


def test_a_trusted_certificate_of_the_right_name_is_read(
    tls_port: int, certificate: Path, make_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(monkeypatch, certificate)
    answer = get(make_portal, "baosuoitra.vn", tls_port)
    assert isinstance(answer, Answer), answer
    assert answer.body.decode() == "Chào bạn đọc"


def test_a_certificate_of_another_name_is_a_tls_trouble(
    tls_port: int, certificate: Path, make_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(monkeypatch, certificate)
    answer = get(make_portal, "baokhac.vn", tls_port)
    assert isinstance(answer, Trouble)
    assert answer.reason == "tls"


def test_a_certificate_that_nobody_vouches_for_is_a_tls_trouble(
    tls_port: int, make_portal: Callable[..., Portal]
) -> None:
    answer = get(make_portal, "baosuoitra.vn", tls_port)
    assert isinstance(answer, Trouble)
    assert answer.reason == "tls"
