"""Web archives as others hand them over: zipped, several at once, damaged, or made to harm."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from include.crawl.backfill import BackfillError, open_backfill_from_warc
from include.portals.portal import Portal
from include.portals.registry import Registry

STARTED = datetime(2026, 7, 11, 19, tzinfo=UTC)
ORIGIN = "https://baosuoitra.vn"
NOISE = "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(64))


def record(
    name: str, body: str = "", *, day: int = 1, packed: bool = True, kind: str = "response", **head: str
) -> bytes:
    """One record of the page `name`; head: fields of the WARC header."""
    payload = f"<html><p>{name} {body}</p></html>".encode()
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    # Without an id of its own making, so that damage falls on the same bytes in every run.
    fields = {"WARC-Date": f"2026-03-{day:02d}T08:00:00Z", "WARC-Record-ID": f"<urn:x:{name}>"}
    made = writer.create_warc_record(
        name if ":" in name else f"{ORIGIN}/{name}",
        kind,
        payload=io.BytesIO(payload),
        length=len(payload),
        warc_content_type="" if kind == "response" else head.pop("content_type", "text/html"),
        http_headers=None if kind == "resource" else answer,
        warc_headers_dict=fields | head,
    )
    writer.write_record(made)
    return buffer.getvalue()


def package(members: Mapping[str, bytes], *, kind: str = "sha256") -> bytes:
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"{kind}:{hashlib.new(kind, data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in members.items()
    ]
    return json.dumps({"profile": "data-package", "resources": resources}).encode()


def wacz(
    path: Path,
    members: Mapping[str, bytes],
    *,
    datapackage: bytes | None = None,
    compression: int = zipfile.ZIP_STORED,
) -> Path:
    """A WACZ file with these members; datapackage: in place of the right one, b"" for none."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        text = package(members) if datapackage is None else datapackage
        if text:
            archive.writestr("datapackage.json", text)
    return path


@pytest.fixture
def read(
    room: Any, make_portal: Callable[..., Portal], caplog: pytest.LogCaptureFixture
) -> Callable[[Path], dict[str, dict[str, Any]]]:
    """Opens a backfill from a path; gives its lines by the end of their URL."""
    caplog.set_level("INFO")
    registry = Registry(Path("portals.yml"), (make_portal(ORIGIN, allow_private=False),))

    def read(path: Path) -> dict[str, dict[str, Any]]:
        batch = open_backfill_from_warc(
            path, registry, landing=room.landing, data_dir=room.data_dir, started_at=STARTED
        )
        found = {row["url"]: row["found_in"] for row in room.rows(batch, "discovered.jsonl")}
        return {
            line["url"].removeprefix(f"{ORIGIN}/"): line | {"found_in": found[line["url"]]}
            for line in room.rows(batch, "fetched.jsonl")
        }

    return read


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_warc_in_the_archive_folder_is_read_and_nothing_else(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, compression: int
) -> None:
    path = wacz(
        tmp_path / "a.wacz",
        {
            "archive/one.warc.gz": record("a-1", day=2) + record("b-2"),
            "archive/two.warc": record("a-1", day=3, packed=False) + record("c-3", packed=False),
            "archive/deeper/three.warc.gz": record("d-4"),
            "../archive/four.warc.gz": record("e-5"),
            "/archive/five.warc.gz": record("f-6"),
            "indexes/six.warc.gz": record("g-7"),
            "pages/pages.jsonl": b"{}",
        },
        compression=compression,
    )
    lines = read(path)
    assert set(lines) == {"a-1", "b-2", "c-3"}
    assert lines["a-1"]["fetched_at"] == "2026-03-03T08:00:00+00:00"
    assert lines["b-2"]["found_in"] == "a.wacz/archive/one.warc.gz"
    assert "what is whole is kept" not in caplog.text
    assert {file.name for file in tmp_path.iterdir()} == {"a.wacz", "landing"}


def test_a_wacz_is_told_by_its_bytes_too(read: Any, tmp_path: Path) -> None:
    assert set(read(wacz(tmp_path / "download", {"archive/a.warc.gz": record("a-1")}))) == {"a-1"}


def test_a_folder_of_archives_is_read_by_name(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "archives"
    (folder / "sub").mkdir(parents=True)
    (folder / "1.warc.gz").write_bytes(record("a-1", day=2))
    (folder / "2.warc").write_bytes(record("b-2", packed=False))
    wacz(folder / "3.WACZ", {"archive/a.warc.gz": record("a-1", day=1) + record("c-3")})
    (folder / "4.warc").write_bytes(b"khong phai WARC")
    (folder / "5.wacz").write_bytes(b"PK\x03\x04 dau cua mot tep")
    (folder / "notes.txt").write_text("ghi chú", encoding="utf-8")
    (folder / "sub" / "6.warc.gz").write_bytes(record("d-4"))
    lines = read(folder)
    assert set(lines) == {"a-1", "b-2", "c-3"}
    assert lines["a-1"]["fetched_at"] == "2026-03-02T08:00:00+00:00"
    assert "4.warc is not a WARC file" in caplog.text
    assert "5.wacz is no WACZ file, or only the beginning of one" in caplog.text


def test_a_resource_is_a_page_and_a_revisit_is_none(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        record("a-1", kind="resource", content_type="text/html; charset=utf-8")
        + record("b-2", kind="resource", content_type="image/png")
        + record(f"urn:text:{ORIGIN}/c-3", kind="resource")
        + record("d-4", kind="revisit")
        + record("e-5", **{"WARC-Date": "hôm qua"})
        + gzip.compress(record("f-6", packed=False).replace(b"\nWARC-Type:", b"\nX-Lost:"))
    )
    (line,) = read(path).values()
    assert (line["http_status"], line["content_type"]) == (200, "text/html; charset=utf-8")
    assert (line["outcome"], line["fetched_at"]) == ("fetched", "2026-03-01T08:00:00+00:00")
    for said in (
        "1 not HTML",
        "1 no web address",
        "1 revisit record",
        "1 without a date",
        "1 untyped record",
    ):
        assert said in caplog.text


@pytest.mark.parametrize("kind", ["sha256", "md5"])
def test_digests_of_the_package_are_checked(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    members = {"archive/a.warc.gz": record("a-1"), "archive/b.warc.gz": record("b-2")}
    told = package(members | {"archive/b.warc.gz": b"another file"}, kind=kind)
    assert set(read(wacz(tmp_path / "a.wacz", members, datapackage=told))) == {"a-1", "b-2"}
    assert f"a.wacz/archive/b.warc.gz: its {kind} is not the one in datapackage.json" in caplog.text
    assert "a.warc.gz: its" not in caplog.text


@pytest.mark.parametrize(
    ("datapackage", "says"),
    [
        (b"", "datapackage.json is missing"),
        (b"{", "datapackage.json cannot be read"),
        (b"[]", "datapackage.json cannot be read"),
        (b"{}", "has no 'resources'"),
        (b" " * (4 * 2**20 + 1), "datapackage.json is larger than"),
        (
            b'{"resources": [{"path": "archive/a.warc.gz", "hash": "crc9:12"}]}',
            "digest of a kind unknown here: 'crc9:12'",
        ),
    ],
)
def test_without_digests_the_pages_are_kept_and_it_is_told(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, datapackage: bytes, says: str
) -> None:
    path = wacz(tmp_path / "a.wacz", {"archive/a.warc.gz": record("a-1")}, datapackage=datapackage)
    assert set(read(path)) == {"a-1"}
    assert says in caplog.text


@pytest.mark.parametrize("packed", [True, False])
def test_of_a_corrupted_member_what_is_whole_is_kept(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, packed: bool
) -> None:
    first, torn = record("a-1", packed=packed), record("b-2", NOISE, packed=packed)
    ending = "warc.gz" if packed else "warc"
    path = wacz(
        tmp_path / "a.wacz",
        {f"archive/a.{ending}": first + torn, f"archive/b.{ending}": record("c-3", packed=packed)},
    )
    data = bytearray(path.read_bytes())
    data[data.index(torn) + len(torn) // 2] ^= 0x55
    path.write_bytes(data)
    assert set(read(path)) == {"a-1", "c-3"}
    assert f"archive/a.{ending}: its checksum is not that of the zip's directory" in caplog.text


def flip_in_the_middle(data: bytearray, start: int, size: int) -> None:
    data[start + size * 3 // 4 : start + size * 3 // 4 + 64] = bytes.fromhex(NOISE[:128])


def forbid_the_first_block(data: bytearray, start: int, size: int) -> None:
    """RFC 1951, 3.2.3: a block of type 11 is an error."""
    data[start] |= 0b110


@pytest.mark.parametrize(
    ("harm", "says", "kept"),
    [
        # Record ids are chance, so where the bytes stop making sense differs from run to run.
        (flip_in_the_middle, "(its checksum is not|cannot be unpacked whole)", {"a-0", "z-1"}),
        (forbid_the_first_block, "cannot be unpacked whole", {"z-1"}),
    ],
)
def test_a_deflated_member_that_is_broken_gives_what_comes_before(
    read: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[bytearray, int, int], None],
    says: str,
    kept: set[str],
) -> None:
    many = b"".join(
        record(f"a-{number}", hashlib.sha512(bytes([number])).hexdigest() * 9, packed=False)
        for number in range(20)
    )
    members = {"archive/a.warc": many, "archive/b.warc.gz": record("z-1")}
    path = wacz(tmp_path / "a.wacz", members, compression=zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("archive/a.warc")
    data = bytearray(path.read_bytes())
    harm(data, info.header_offset + 30 + len(info.filename), info.compress_size)
    path.write_bytes(data)
    names = set(read(path))
    assert kept <= names
    assert "a-19" not in names
    assert re.search(f"archive/a.warc: {says}", caplog.text)


def test_an_encrypted_member_is_told_and_the_others_are_read(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = wacz(tmp_path / "a.wacz", {"archive/a.warc.gz": record("a-1"), "archive/b.warc.gz": record("b-2")})
    data = bytearray(path.read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    path.write_bytes(data)
    assert set(read(path)) == {"b-2"}
    assert "a.warc.gz: cannot be unpacked whole: encrypted" in caplog.text


def bomb(path: Path) -> None:
    wacz(path, {"archive/a.warc": b"\0" * 10_000_000}, compression=zipfile.ZIP_DEFLATED)


def overlapping(path: Path) -> None:
    """Two entries of the directory that name one and the same member's bytes."""
    wacz(path, {"archive/a.warc.gz": record("a-1", NOISE), "archive/b.warc.gz": record("b-2")})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("archive/a.warc.gz").compress_size
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    for at in (20, 24):
        data[second + at : second + at + 4] = (size * 9).to_bytes(4, "little")
    path.write_bytes(data)


def outside(path: Path) -> None:
    """The directory says that a member begins behind the end of the file."""
    wacz(path, {"archive/a.warc.gz": record("a-1")})
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 42 : entry + 46] = (2**31).to_bytes(4, "little")
    path.write_bytes(data)


def not_a_collection(path: Path) -> None:
    wacz(path, {"archive/deeper/a.warc.gz": record("a-1")})


def torn(path: Path) -> None:
    wacz(path, {"archive/a.warc.gz": record("a-1")})
    path.write_bytes(path.read_bytes()[:-80])


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (bomb, "unpacks .* bytes to 10000000: more than web archives do"),
        (overlapping, "they lie over one another"),
        (outside, "names places outside the file"),
        (not_a_collection, "has no WARC file in archive/"),
        (torn, "is no WACZ file, or only the beginning of one"),
    ],
)
def test_what_cannot_or_must_not_be_read_is_refused(
    read: Any, room: Any, tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    harm(tmp_path / "a.wacz")
    with pytest.raises(BackfillError, match=says):
        read(tmp_path / "a.wacz")
    assert list(room.landing.iterdir()) == []


@pytest.mark.parametrize("lost", ["WARC-Target-URI", "Content-Length"])
def test_a_record_that_lost_a_header_is_damage(
    read: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, lost: str
) -> None:
    path = tmp_path / "a.warc"
    broken = record("b-2", packed=False).replace(f"\n{lost}:".encode(), b"\nX-Lost:", 1)
    path.write_bytes(record("a-1", packed=False) + broken)
    assert "a-1" in read(path)
    assert "what is whole is kept" in caplog.text


def test_a_bomb_inside_a_record_costs_no_more_than_a_large_page(read: Any, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    payload = gzip.compress(bytes(50_000_000))
    answer = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    made = writer.create_warc_record(
        f"{ORIGIN}/a-1",
        "response",
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=StatusAndHeaders("200 OK", answer, protocol="HTTP/1.1"),
    )
    writer.write_record(made)
    (line,) = read(wacz(tmp_path / "a.wacz", {"archive/a.warc.gz": buffer.getvalue()})).values()
    assert (line["outcome"], line["reason"], line["warc_file"]) == ("quarantined", "too_large", None)
