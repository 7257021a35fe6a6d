"""Whom to trust and which cryptography to accept, as the registry says of each portal; always verified."""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path
from typing import Final

import httpx

# OpenSSL's default level 2 refuses keys below 112 bits of security (RSA and DH of 1024 bits), SHA-1
# signatures and TLS 1.0 and 1.1; level 0 takes them. DEFAULT still leaves out ciphers without
# encryption or without authentication.
_LEGACY_CIPHERS: Final = "DEFAULT:@SECLEVEL=0"
_LEGACY_ADVICE: Final = "the host may know old cryptography only; `tls: legacy` accepts it"
# X509_V_ERR_* of OpenSSL: self-signed, no issuer found, expired, other name or address, key of the host or
# of an authority too small, signature too weak.
_ADVICE_BY_CODE: Final = {
    18: "nobody known vouches for it; ca_file may name its authority",
    19: "nobody known vouches for it; ca_file may name its authority",
    20: "the chain is incomplete or its authority unknown; ca_file may add the missing certificate",
    21: "the chain is incomplete or its authority unknown; ca_file may add the missing certificate",
    10: "the certificate has expired; only the portal can mend that",
    62: "the certificate is for another host; correct base_url",
    64: "the certificate is for another host; correct base_url",
    66: _LEGACY_ADVICE,
    67: _LEGACY_ADVICE,
    68: _LEGACY_ADVICE,
}
_LEGACY_REASONS: Final = (
    "KEY_TOO_SMALL", "MD_TOO_WEAK", "UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION", "HANDSHAKE_FAILURE",
    "NO_PROTOCOLS_AVAILABLE", "LEGACY_SIGALG", "WRONG_SIGNATURE_TYPE", "NO_CIPHERS_AVAILABLE",
)  # fmt: skip


@lru_cache(maxsize=64)
def tls_context(ca_file: Path | None, *, is_legacy: bool) -> ssl.SSLContext:
    """A context that verifies certificates and host names; made once, since reading the roots takes 0.1 s.

    ca_file: certificates trusted besides the usual roots. is_legacy: accept small keys, SHA-1 and
    TLS 1.0 and 1.1.
    """
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    if is_legacy:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers(_LEGACY_CIPHERS)
    return context


def tls_advice(error: ssl.SSLError) -> str | None:
    """What the operator may do about a failed handshake, or None where nothing is known to help."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _ADVICE_BY_CODE.get(error.verify_code)
    if any(reason in (error.reason or "") for reason in _LEGACY_REASONS):
        return _LEGACY_ADVICE
    return None
