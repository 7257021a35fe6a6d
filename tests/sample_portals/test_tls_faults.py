"""The portals with TLS faults have just these faults: mended, each of them would be read."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.sample_portals.answers import SamplePortalsError
from tests.sample_portals.serve import SamplePortals

HERE: Final = Path(__file__).parent
CHAINLESS: Final = "/tin-tuc/na-chi-lang-vao-vu-thu-hoach-2201.html"
WRONG: Final = "/tin-tuc/cam-cao-phong-len-san-thuong-mai-dien-tu-1107.html"
PLAIN: Final = "/tin-tuc/lua-thu-dong-an-giang-xuong-giong-som-5530.html"


@pytest.fixture(scope="module")
def served():
    with SamplePortals(HERE / "pages") as portals:
        yield portals


def ask(url: str, *trusted: str) -> httpx.Response:
    context = ssl.create_default_context(cadata="\n".join(trusted)) if trusted else True
    return httpx.get(url, verify=context, timeout=10, trust_env=False)


def test_a_chain_without_its_intermediate_is_refused_and_whole_with_it(served: SamplePortals) -> None:
    url = served.origins["cong-tin-thieu-chuoi"] + CHAINLESS
    with pytest.raises(httpx.ConnectError, match="unable to get local issuer certificate"):
        ask(url, served.certificates.root_pem)
    whole = ask(url, served.certificates.root_pem, served.certificates.intermediate_pem)
    assert whole.status_code == 200
    assert "2.440 ha na" in whole.text


def test_the_certificate_of_another_host_is_refused_though_its_authority_is_trusted(
    served: SamplePortals,
) -> None:
    with pytest.raises(httpx.ConnectError, match="IP address mismatch"):
        ask(served.origins["cong-tin-sai-ten"] + WRONG, served.certificates.root_pem)


def test_where_only_http_is_spoken_https_fails_and_http_answers(served: SamplePortals) -> None:
    origin = served.origins["cong-tin-khong-khoa"]
    assert origin.startswith("https://")
    for _ in range(5):  # a hello has random bytes, a line's end among them or not
        with pytest.raises(httpx.ConnectError, match="SSL"):
            ask(origin + PLAIN, served.certificates.root_pem)
    assert ask(origin.replace("https://", "http://") + PLAIN).status_code == 200


def test_nobody_trusts_the_authority_of_the_samples_by_itself(served: SamplePortals) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(served.origins["cong-tin-thieu-chuoi"] + CHAINLESS)


def test_a_misspelt_way_is_named_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "pages" / "bao-thu"
    folder.mkdir(parents=True)
    (folder / "behaviour.yml").write_text("tls: wrong_nam\n", encoding="utf-8")
    with pytest.raises(
        SamplePortalsError, match=r"behaviour\.yml: tls: unknown way wrong_nam; did you mean wrong_name"
    ):
        SamplePortals(tmp_path / "pages").__enter__()
