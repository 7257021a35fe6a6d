"""Certificates for portals on loopback, made anew at each start and valid for as long as nobody keeps them.

A root that nobody but a test trusts, an intermediate below it, and a portal's own certificate below that.
"""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# How a portal speaks TLS. not_spoken: its address says https, and plain HTTP answers there.
TLS_WAYS: Final = ("missing_intermediate", "wrong_name", "not_spoken")
_WRONG_NAME: Final = "may-chu-cu.invalid"
_LIFETIME: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Holder:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


class Certificates:
    """The authority of one start. root_pem, intermediate_pem: what a reader may choose to trust."""

    def __init__(self) -> None:
        self._root = _issue("Sample Root", None)
        self._intermediate = _issue("Sample Intermediate", self._root)
        self.root_pem = self._root.pem
        self.intermediate_pem = self._intermediate.pem

    def server_context(self, way: str, host: str) -> ssl.SSLContext | None:
        """The context that a portal at the address `host` serves with; None where it speaks no TLS."""
        if way == "not_spoken":
            return None
        name = x509.DNSName(_WRONG_NAME) if way == "wrong_name" else x509.IPAddress(ip_address(host))
        own = _issue(host, self._intermediate, name)
        chain = [own] if way == "missing_intermediate" else [own, self._intermediate]
        return _context(own.key, chain)


def _issue(common_name: str, issuer: _Holder | None, subject: x509.GeneralName | None = None) -> _Holder:
    """A certificate signed by `issuer` (by itself if none); subject: null for an authority's own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    signer = issuer.key if issuer else key
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.BasicConstraints(ca=subject is None, path_length=None), critical=True)
        # Verifiers that are strict about RFC 5280 (Python 3.13 and later) ask for both identifiers.
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if subject is None:
        builder = builder.add_extension(_signs_certificates(), critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName([subject]), critical=False)
    return _Holder(builder.sign(signer, hashes.SHA256()), key)


def _signs_certificates() -> x509.KeyUsage:
    others = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(key_cert_sign=True, crl_sign=True, **dict.fromkeys(others, False))


def _context(key: ec.EllipticCurvePrivateKey, chain: Sequence[_Holder]) -> ssl.SSLContext:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # The ssl module reads keys and certificates from files only.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "portal.pem"
        file.write_text(private + "".join(holder.pem for holder in chain), encoding="ascii")
        context.load_cert_chain(file)
    return context
