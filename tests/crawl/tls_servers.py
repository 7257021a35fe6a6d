"""Portals behind TLS on loopback: their certificates, and clients that reach them by a public name."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from include.crawl.answers import Answer, Trouble
from include.crawl.clock import SYSTEM_CLOCK
from include.crawl.http import Limits, PortalClient, Reach
from include.crawl.pace import HostPaces
from include.portals.portal import Portal

HOST = "baosuoitra.vn"
GREETING = "Chào bạn đọc"
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Identity:
    """A key with its certificate, and who signed it (None: itself)."""

    key: PrivateKey
    certificate: x509.Certificate
    issuer: Identity | None = None

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def write(self, path: Path, *above: Identity) -> Path:
        """Key, certificate and the certificates `above` it, as a server loads them."""
        private = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + self.pem() + b"".join(each.pem() for each in above))
        return path


def identity(
    name: str, issuer: Identity | None = None, *, is_authority: bool = False, rsa_bits: int | None = None
) -> Identity:
    """A new identity for the host or authority `name`; rsa_bits: an RSA key of that size instead of P-256."""
    key: PrivateKey
    if rsa_bits:
        key = rsa.generate_private_key(public_exponent=65537, key_size=rsa_bits)
    else:
        key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signer = issuer.key if issuer else key
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=is_authority, crl_sign=is_authority, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    authority_key = signer.public_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return Identity(key, certificate, issuer)


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """The greeting; at /down a redirect to it over plain http."""
        body = GREETING.encode()
        self.send_response(302 if self.path == "/down" else 200)
        self.send_header("Location", f"http://{HOST}/a")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None: ...


@contextmanager
def served(certificate: Path, weaken: Callable[[ssl.SSLContext], None] | None = None) -> Iterator[int]:
    """A greeting behind TLS with the key and chain in `certificate`; yields the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if weaken:
        weaken(context)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def client_of(portal: Portal, port: int, limits: Limits | None = None) -> PortalClient:
    """A client to which every name is public and every connection leads to `port` on loopback."""

    def dial(_: str, __: int, timeout: float | None, *___: Any) -> httpcore.NetworkStream:
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", port, timeout)

    reach = Reach(resolve=lambda *_: ["203.162.4.191"], dial=dial)
    return PortalClient(portal, frozenset(), HostPaces(SYSTEM_CLOCK), limits or Limits(), reach)


def ask(portal: Portal, port: int, path: str = "/a") -> Answer | Trouble:
    """One request to the portal at `port`."""
    client = client_of(portal, port)
    try:
        return client.get(f"https://{HOST}{path}")
    finally:
        client.close()
