"""The registry refuses what cannot work, and says where and how to mend it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from include.portals.registry import Registry, RegistryError, load_registry
from include.settings import DEFAULT_REGISTRY
from include.vocabulary import load_vocabulary
from tests.crawl.tls_servers import identity

PROVINCES = [
    {"province_id": "00", "province_code": "00", "vintage": "", "name_vi": "Việt Nam"},
    {"province_id": "15-2008", "province_code": "15", "vintage": "2008", "name_vi": "Yên Bái"},
    {"province_id": "20-2008", "province_code": "20", "vintage": "2008", "name_vi": "Lạng Sơn"},
    {"province_id": "15-2025", "province_code": "15", "vintage": "2025", "name_vi": "Lào Cai"},
    {"province_id": "20-2025", "province_code": "20", "vintage": "2025", "name_vi": "Lạng Sơn"},
    {"province_id": "99-2025", "province_code": "99", "vintage": "2025", "name_vi": "Tỉnh Mới"},
]
GOOD = """
portals:
  - id: baosuoitra
    name: Báo Suối Trà
    province: "20"
    base_url: https://Baosuoitra.vn/
    feeds: [/rss/home.rss]
"""


def load(tmp_path: Path, text: str | bytes) -> Registry:
    path = tmp_path / "portals.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_registry(path, PROVINCES)


def faults_of(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(RegistryError) as caught:
        load(tmp_path, text)
    return str(caught.value).splitlines()


def test_a_good_entry_becomes_a_portal_with_absolute_urls_and_polite_defaults(tmp_path: Path) -> None:
    portal = load(tmp_path, GOOD).portal("baosuoitra")
    assert portal.base_url == "https://baosuoitra.vn"
    assert portal.feeds == ("https://baosuoitra.vn/rss/home.rss",)
    assert portal.province_id == "20-2008"
    assert portal.family is None
    assert portal.allow_private is False
    assert portal.crawl_delay_s >= 1


def test_a_portal_that_changed_its_cms_and_its_host(tmp_path: Path) -> None:
    more = (
        "    other_hosts: [tin.baochethom.vn]\n    listings: [https://tin.baochethom.vn/kinh-te/]\n"
        "    family: epi\n    former_families:\n      - {family: vhv, until: 2019-12-31}\n"
        "      - {family: onecms, until: 2023-06-30}\n"
    )
    portal = load(tmp_path, GOOD + more).portal("baosuoitra")
    days = {"2019-12-31": "vhv", "2020-01-01": "onecms", "2023-06-30": "onecms", "2023-07-01": "epi"}
    assert {day: portal.family_on(date.fromisoformat(day)) for day in days} == days
    assert portal.owns("https://tin.baochethom.vn/x-101.html")
    assert portal.owns("https://www.baosuoitra.vn/x-101.html")
    assert not portal.owns("https://baochethom.vn/x-101.html")


@pytest.mark.parametrize(
    ("written", "province_id"),
    [
        ('"15-2025"', "15-2025"),
        ("15-2008", "15-2008"),
        ("20", "20-2008"),
        ('"99"', "99-2025"),
        ("null", None),
        ("~", None),
    ],
)
def test_province_is_a_code_with_one_name_or_a_whole_id(
    tmp_path: Path, written: str, province_id: str | None
) -> None:
    registry = load(tmp_path, GOOD.replace('"20"', written))
    assert registry.portals[0].province_id == province_id


def test_a_code_that_names_two_provinces_is_refused_with_both(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GOOD.replace('"20"', '"15"'))
    assert ":5: portal baosuoitra: province: " in fault
    assert '"15-2008" for Yên Bái' in fault
    assert '"15-2025" for Lào Cai' in fault


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("feeds: [", "feds: [", 7, "did you mean `feeds`?"),
        ('province: "20"', 'province: "77"', 5, "'77' is unknown"),
        ('province: "20"', "province: Lạng Sơn", 5, 'write its id: "20-2'),
        ('province: "20"', 'province: "00"', 5, "province: null"),
        ("feeds: [/rss/home.rss]", "feeds: [/a]\n    family: nukevit", 8, "did you mean 'nukeviet'?"),
        ("https://Baosuoitra.vn/", "baosuoitra.vn", 6, "write http://host or https://host"),
        ("https://Baosuoitra.vn/", "ftp://baosuoitra.vn", 6, "write http://host or https://host"),
        ("https://Baosuoitra.vn/", "https://a:b@baosuoitra.vn", 6, "take user name and password out"),
        ("https://Baosuoitra.vn/", "https://baosuoitra.vn/vi", 6, "write scheme and host only"),
        ("https://Baosuoitra.vn/", "https://baosuoitra.vn:99999", 6, "is not a URL"),
        ("[/rss/home.rss]", "[rss/home.rss]", 7, "(/rss/home.rss)"),
        ("[/rss/home.rss]", "[https://other.vn/rss]", 7, "make it a portal of its own"),
        ("[/rss/home.rss]", "/rss/home.rss", 7, "write a list: [/rss/home.rss]"),
        ("feeds: [/rss/home.rss]", "feeds: [/a]\n    crawl_delay_s: -1", 8, "greater than or equal to 0"),
        ("feeds: [/rss/home.rss]", "feeds: [/a]\n    crawl_delay_s: .inf", 8, "crawl_delay_s"),
        ("feeds: [/rss/home.rss]", "feeds: [/a]\n    max_pages: 0", 8, "max_pages"),
        ("feeds: [/rss/home.rss]", "feeds: [/a]\n    feeds: [/b]", 8, "stands twice"),
        ("    feeds: [/rss/home.rss]\n", "", 3, "nothing leads to its articles"),
        ("https://Baosuoitra.vn/", "http://127.0.0.1:8900", 3, "allow_private: true"),
        ("https://Baosuoitra.vn/", "http://localhost", 3, "allow_private: true"),
        ("https://Baosuoitra.vn/", "http://2130706433", 3, "allow_private: true"),
        ("https://Baosuoitra.vn/", "http://[::ffff:10.0.0.8]", 3, "allow_private: true"),
        ("id: baosuoitra", "id: Báo/../x", 3, "lower-case letters"),
        ("    name: Báo Suối Trà\n", "", 3, "`name` is missing"),
        ("portals:", "portal:", 2, "did you mean `portals`?"),
        ("[/rss/home.rss]", "[/a]\n    other_hosts: [https://b.vn]", 8, "write a public host alone"),
        ("[/rss/home.rss]", "[/a]\n    other_hosts: [10.0.0.8]", 8, "write a public host alone"),
        ("[/rss/home.rss]", "[/a]\n    ca_file: nowhere.pem", 8, "name a PEM file"),
        ("[/rss/home.rss]", "[/a]\n    ca_file: portals.yml", 8, "holds no certificates"),
        ("[/rss/home.rss]", "[/a]\n    tls: none", 8, "'modern' or 'legacy'"),
        (
            "[/rss/home.rss]",
            "[/a]\n    former_families:\n      - {family: vhw, until: 2019-12-31}",
            9,
            "did you mean 'vhv'?",
        ),
        (
            "[/rss/home.rss]",
            "[/a]\n    former_families:\n      - {family: vhv, until: hôm qua}",
            9,
            "date",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_line_and_the_fix(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    faults = faults_of(tmp_path, GOOD.replace(old, new))
    matching = [fault for fault in faults if says in fault]
    assert matching, faults
    assert matching[0].startswith(f"{tmp_path / 'portals.yml'}:{line}: ")


def test_certificates_are_found_beside_the_registry_and_other_pem_blocks_are_none(tmp_path: Path) -> None:
    authority = identity("goc.suoitra", is_authority=True)
    day = datetime(2026, 7, 11, tzinfo=UTC)
    revoked = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    revoked = revoked.last_update(day).next_update(day + timedelta(days=1))
    listed = revoked.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    content = GOOD.replace("[/rss/home.rss]", "[/a]\n    ca_file: them.pem")
    (tmp_path / "them.pem").write_bytes(listed)
    (fault,) = faults_of(tmp_path, content)
    assert ":8: portal baosuoitra: ca_file: " in fault
    assert "it has other PEM blocks only" in fault
    (tmp_path / "them.pem").write_bytes(authority.pem())
    (portal,) = load(tmp_path, content).portals
    assert portal.ca_file == tmp_path / "them.pem"


def test_a_duplicate_id_names_the_line_that_has_it_already(tmp_path: Path) -> None:
    twice = GOOD + GOOD.replace("\nportals:\n", "").replace("Suối Trà", "Khác")
    (fault,) = faults_of(tmp_path, twice)
    assert ":8: portal baosuoitra: the id is taken by line 3" in fault


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    bad = GOOD.replace('"20"', '"15"').replace("/rss", "rss") + "  - id: b\n    nam: B\n"
    lines = [int(fault.split(":")[1]) for fault in faults_of(tmp_path, bad)]
    assert lines == sorted(lines)
    assert set(lines) == {5, 7, 8, 9}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"- id: a\n", "begin with `portals:`"),
        (b"portals:\n", "holds no entries"),
        (b"portals: []\n", "holds no entries"),
        (b"portals:\n  - id: [a\n  b: c\n", "not YAML"),
        (b"portals:\n  - id: \x00\n", "not YAML"),
        ("portals:\n  - name: Báo\n".encode("utf-16"), "not UTF-8"),
        (b"portals:\n  - just words\n", "not an entry"),
    ],
)
def test_a_file_that_is_no_registry_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    faults = faults_of(tmp_path, content)
    assert says in faults[0]
    assert faults[0].startswith(str(tmp_path / "portals.yml") + ":")


ALIASES = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9 if n else ['x'] * 9)}]" for n in range(9)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n".join([*ALIASES, GOOD]), "not YAML: more than 200000 values"),
        ("portals: &all [*all]", "or 20 levels, by aliases"),
        ("portals:\n- &a {b: *a}\n", "portals.yml:2: not YAML: more than 200000 values or 20 levels"),
        ("portals:\n" + "[" * 100_000, "portals.yml:2: not YAML: more than 20 brackets are open"),
        ("{a: [" * 11, "portals.yml:1: not YAML: more than 20 brackets are open"),
        ("- " * 3_000, "values stand in one another without end"),
    ],
)
def test_aliases_and_brackets_cannot_blow_a_registry_up(tmp_path: Path, text: str, says: str) -> None:
    """Nine lines stand for 400 million values; one inside of itself for any number."""
    (fault,) = faults_of(tmp_path, text)
    assert says in fault


def test_an_alias_that_repeats_a_value_is_read(tmp_path: Path) -> None:
    text = GOOD.replace("feeds: [", "feeds: &feeds [") + "    sitemaps: *feeds\n"
    portal = load(tmp_path, text).portal("baosuoitra")
    assert portal.sitemaps == portal.feeds


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"nowhere\.yml: cannot be read"):
        load_registry(tmp_path / "nowhere.yml", PROVINCES)


def test_asking_for_an_unknown_portal_suggests_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="did you mean 'baosuoitra'"):
        load(tmp_path, GOOD).portal("baosuoitre")


def test_the_shared_example_is_a_valid_registry() -> None:
    example = DEFAULT_REGISTRY.parents[3] / "shared" / "contract" / "portals.example.yml"
    if not example.exists():
        pytest.skip("the evaluation data is not beside the project")
    registry = load_registry(example, load_vocabulary().provinces)
    assert len(registry.portals) == 5
    assert {portal.province_id for portal in registry.portals} == {"20-2008", "10-2008", "12-2008"}
