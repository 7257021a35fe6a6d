"""TLS: verified by name, although the connection goes to a vetted address; loosened only by the registry."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from include.crawl.answers import Answer, Trouble
from include.crawl.tls import tls_context
from include.portals.portal import Portal
from tests.crawl.tls_servers import GREETING, HOST, Identity, ask, identity, served

ROOT = identity("goc.suoitra", is_authority=True)
MIDDLE = identity("giua.suoitra", ROOT, is_authority=True)
LEAF = identity(HOST, MIDDLE)


@pytest.fixture
def pem(tmp_path: Path) -> Callable[..., Path]:
    """A file with the certificates given."""

    def write(*identities: Identity) -> Path:
        path = tmp_path / "trusted.pem"
        path.write_bytes(b"".join(each.pem() for each in identities))
        return path

    return write


def portal_at(make_portal: Callable[..., Portal], **fields: object) -> Portal:
    return make_portal(f"https://{HOST}", allow_private=False, **fields)


def test_a_certificate_vouched_for_is_read(
    tmp_path: Path, pem: Callable[..., Path], make_portal: Callable[..., Portal]
) -> None:
    with served(LEAF.write(tmp_path / "server.pem", MIDDLE)) as port:
        answer = ask(portal_at(make_portal, ca_file=pem(ROOT)), port)
    assert isinstance(answer, Answer), answer
    assert answer.body.decode() == GREETING


def test_a_missing_intermediate_is_a_trouble_until_the_registry_adds_it(
    tmp_path: Path, pem: Callable[..., Path], make_portal: Callable[..., Portal]
) -> None:
    with served(LEAF.write(tmp_path / "server.pem")) as port:
        refused = ask(portal_at(make_portal, ca_file=pem(ROOT)), port)
        assert isinstance(refused, Trouble)
        assert (refused.reason, "ca_file may add" in refused.detail) == ("tls", True)
        # Another file, since contexts are kept by the name of the file.
        added = tmp_path / "added.pem"
        added.write_bytes(ROOT.pem() + MIDDLE.pem())
        assert isinstance(ask(portal_at(make_portal, ca_file=added), port), Answer)


def test_the_missing_intermediate_alone_completes_the_chain_to_a_usual_root(
    tmp_path: Path,
    pem: Callable[..., Path],
    make_portal: Callable[..., Portal],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roots, added = pem(ROOT), tmp_path / "added.pem"
    added.write_bytes(MIDDLE.pem())
    monkeypatch.setattr("certifi.where", lambda: str(roots))
    with served(LEAF.write(tmp_path / "server.pem")) as port:
        answer = ask(portal_at(make_portal, ca_file=added), port)
    assert isinstance(answer, Answer), answer


def test_a_certificate_of_another_name_is_refused_whatever_is_trusted(
    tmp_path: Path, pem: Callable[..., Path], make_portal: Callable[..., Portal]
) -> None:
    other = identity("baokhac.vn", ROOT)
    with served(other.write(tmp_path / "server.pem")) as port:
        answer = ask(portal_at(make_portal, ca_file=pem(ROOT), tls="legacy"), port)
    assert isinstance(answer, Trouble)
    assert (answer.reason, "for another host" in answer.detail) == ("tls", True)


def test_a_certificate_that_nobody_vouches_for_is_refused_even_as_legacy(
    tmp_path: Path, make_portal: Callable[..., Portal]
) -> None:
    with served(LEAF.write(tmp_path / "server.pem", MIDDLE)) as port:
        answers = [ask(portal_at(make_portal, tls=tls), port) for tls in ("modern", "legacy")]
    assert [isinstance(answer, Trouble) and answer.reason for answer in answers] == ["tls", "tls"]


def _weak_key(context: ssl.SSLContext) -> None:
    context.set_ciphers("DEFAULT:@SECLEVEL=0")


def _old_protocol(context: ssl.SSLContext) -> None:
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
@pytest.mark.parametrize(("weaken", "rsa_bits"), [(_weak_key, 1024), (_old_protocol, None)])
def test_old_cryptography_is_accepted_only_where_the_registry_says_legacy(
    tmp_path: Path,
    pem: Callable[..., Path],
    make_portal: Callable[..., Portal],
    weaken: Callable[[ssl.SSLContext], None],
    rsa_bits: int | None,
) -> None:
    leaf, trusted = identity(HOST, ROOT, rsa_bits=rsa_bits), pem(ROOT)
    with served(leaf.write(tmp_path / "server.pem"), weaken) as port:
        refused = ask(portal_at(make_portal, ca_file=trusted), port)
        accepted = ask(portal_at(make_portal, ca_file=trusted, tls="legacy"), port)
    assert isinstance(refused, Trouble)
    assert (refused.reason, "`tls: legacy`" in refused.detail) == ("tls", True)
    assert isinstance(accepted, Answer), accepted


def test_contexts_are_made_once_for_what_the_registry_says(pem: Callable[..., Path]) -> None:
    trusted = pem(ROOT)
    contexts = [
        tls_context(ca_file, is_legacy=is_legacy)
        for ca_file in (None, trusted, Path(str(trusted)))
        for is_legacy in (False, True)
    ]
    assert len(set(map(id, contexts))) == 4
    assert all(each.verify_mode is ssl.CERT_REQUIRED and each.check_hostname for each in contexts)


def test_a_portal_on_https_is_not_followed_down_to_http(
    tmp_path: Path, pem: Callable[..., Path], make_portal: Callable[..., Portal]
) -> None:
    with served(LEAF.write(tmp_path / "server.pem", MIDDLE)) as port:
        answer = ask(portal_at(make_portal, ca_file=pem(ROOT)), port, "/down")
    assert isinstance(answer, Trouble)
    assert (answer.reason, "base_url has to say http://" in answer.detail) == ("redirect_to_plain_http", True)
