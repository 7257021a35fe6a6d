"""The sample server behaves as real portals do."""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import yaml

from include.settings import PROJECT_ROOT
from tests.sample_portals.answers import SamplePortalsError
from tests.sample_portals.placeholders import UnknownOriginError, fill
from tests.sample_portals.serve import SamplePortals

HERE: Final = Path(__file__).parent
PORTALS: Final = ("cong-tin-dong-ha", "bao-song-lam", "bao-bien-dong")
WEEKDAYS: Final = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@pytest.fixture(scope="module")
def samples():
    with SamplePortals(HERE / "pages") as served:
        yield served


@pytest.fixture
def portal(tmp_path):
    """A maker of one small portal: files by path, and its behaviours."""
    opened: list[SamplePortals] = []

    def serve(
        files: dict[str, str], behaviours: dict[str, Any] | None = None, log: Path | None = None
    ) -> str:
        folder = tmp_path / "pages" / "bao-thu"
        for path, text in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "behaviour.yml").write_text(yaml.safe_dump(behaviours or {}), encoding="utf-8")
        opened.append(SamplePortals(tmp_path / "pages", log=log).__enter__())
        return opened[-1].origins["bao-thu"]

    yield serve
    for served in opened:
        served.close()


CLIENT: Final = httpx.Client(timeout=10, trust_env=False)


def get(url: str, **headers: str) -> httpx.Response:
    return httpx.get(
        url, headers={key.replace("_", "-"): value for key, value in headers.items()}, timeout=10
    )


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for first in range(28901, 60000, 100):
        try:
            for port in range(first, first + count):
                with socket.socket() as trial:
                    trial.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports in a row")


def golden_pages(portals: tuple[str, ...] = PORTALS) -> list[Any]:
    return [
        pytest.param(portal, page, id=f"{portal}:{page['path'].rpartition('/')[2][-30:]}")
        for portal in portals
        for page in json.loads((HERE / "golden" / f"{portal}.json").read_text(encoding="utf-8"))["pages"]
    ]


def test_the_masthead_shows_the_day_of_the_request_in_vietnamese(portal):
    origin = portal({"tin.html": "<b>{{now:weekday, %d/%m/%Y}}</b>"})
    today = datetime.now(UTC) + timedelta(hours=7)
    assert get(f"{origin}/tin.html").text == f"<b>{WEEKDAYS[today.weekday()]}, {today:%d/%m/%Y}</b>"


def test_the_origin_is_the_one_asked(portal):
    origin = portal({"robots.txt": "Sitemap: {{origin}}/sitemap.xml"})
    assert get(f"{origin}/robots.txt").text == f"Sitemap: {origin}/sitemap.xml"


@pytest.mark.parametrize(("portal_id", "page"), golden_pages())
def test_no_two_fetches_of_a_story_are_equal_and_no_placeholder_is_left(samples, portal_id, page):
    url = samples.origins[portal_id] + page["path"]
    fetched = {get(url).text for _ in range(4)}
    assert len(fetched) > 1
    assert not [text for text in fetched if "{{" in text]


@pytest.mark.parametrize("path", ["robots.txt", "rss/home.rss", "sitemap.xml"])
def test_robots_feeds_and_sitemaps_answer_conditional_requests(portal, path):
    url = f"{portal({path: 'nội dung'})}/{path}"
    first = get(url)
    by_tag = get(url, If_None_Match=first.headers["ETag"])
    by_date = get(url, If_Modified_Since=first.headers["Last-Modified"])
    assert [first.status_code, by_tag.status_code, by_date.status_code] == [200, 304, 304]
    assert by_tag.content == b""
    assert get(url, If_None_Match='"another"').status_code == 200
    assert get(url, If_Modified_Since="Thu, 01 Jan 1998 00:00:00 GMT").status_code == 200


def test_a_story_is_never_unchanged(portal):
    answer = get(f"{portal({'tin.html': 'x'})}/tin.html", If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_paths_name_files_folders_and_queries(portal):
    origin = portal(
        {"index.html": "nhà", "muc/index.html": "mục", "Default.aspx__q__sid=5": "năm", "tin.html": "tin"}
    )
    answers = {
        path: get(origin + path).text
        for path in ("/", "/muc", "/muc/", "/muc?page=2", "/Default.aspx?sid=5", "/tin.html?utm_source=rss")
    }
    assert list(answers.values()) == ["nhà", "mục", "mục", "mục", "năm", "tin"]
    assert [get(origin + path).status_code for path in ("/khong-co", "/Default.aspx?sid=6")] == [404, 404]


def test_nothing_outside_the_portal_is_served(portal, tmp_path):
    origin = portal({"tin.html": "tin"})
    (tmp_path / "pages" / "secret.txt").write_text("x", encoding="utf-8")
    for path in ("/%2e%2e/secret.txt", "/..%2fsecret.txt", "//etc/passwd", "/behaviour.yml"):
        with socket.create_connection(("127.0.0.1", int(origin.rpartition(":")[2]))) as raw:
            raw.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            assert b" 404 " in raw.recv(200), path


def test_behaviours_change_status_headers_body_and_type(portal):
    origin = portal(
        {"tin.html": "tin"},
        {
            "/tin.html": {"status": 503, "headers": {"Retry-After": 120}},
            "/di": {"redirect": "{{origin}}/tin.html", "headers": {"Set-Cookie": "D1N=ab"}},
            "/di-han": {"redirect": "/tin.html", "status": 301},
            "/thay": {
                "body": "Từ chối {{rand}}",
                "content_type": "text/plain; charset=utf-16",
                "charset": "utf-16",
            },
            "/trang-*": {"file": "/tin.html"},
        },
    )
    assert (get(f"{origin}/tin.html").status_code, get(f"{origin}/tin.html").headers["Retry-After"]) == (
        503,
        "120",
    )
    moved = get(f"{origin}/di")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"{origin}/tin.html")
    assert moved.headers["Set-Cookie"] == "D1N=ab"
    assert get(f"{origin}/di-han").status_code == 301
    assert re.fullmatch(r"Từ chối \d{3}", get(f"{origin}/thay").content.decode("utf-16"))
    assert get(f"{origin}/trang-999").text == "tin"


def test_behaviours_delay_repeat_and_cut_short(portal):
    origin = portal(
        {"tin.html": "0123456789"},
        {
            "/cham": {"body": "x", "delay_s": 0.3},
            "/to": {"repeat-bytes": 300_000},
            "/dut": {"file": "/tin.html", "truncate": 4},
        },
    )
    started = time.monotonic()
    assert get(f"{origin}/cham").text == "x"
    assert time.monotonic() - started >= 0.3
    big = get(f"{origin}/to")
    assert (big.status_code, len(big.content)) == (200, 300_000)
    with pytest.raises(httpx.RemoteProtocolError):
        get(f"{origin}/dut")


def test_a_gz_path_sends_the_stored_text_compressed(portal):
    origin = portal({"sitemap-1.xml": "<loc>{{origin}}/tin.html</loc>"})
    answer = get(f"{origin}/sitemap-1.xml.gz")
    assert answer.headers["Content-Type"] == "application/gzip"
    assert gzip.decompress(answer.content).decode() == f"<loc>{origin}/tin.html</loc>"
    assert get(f"{origin}/sitemap-1.xml.gz", If_None_Match=answer.headers["ETag"]).status_code == 304


def test_head_tells_the_length_without_the_body(portal):
    answer = CLIENT.head(f"{portal({'tin.html': 'tin'})}/tin.html")
    assert (answer.headers["Content-Length"], answer.content) == ("3", b"")


def test_the_log_has_a_line_for_each_request(portal, tmp_path):
    origin = portal({"tin.html": "tin"}, log=tmp_path / "requests.tsv")
    get(f"{origin}/tin.html?a=1", User_Agent="Sotinh\t1")
    get(f"{origin}/khong-co")
    lines = [
        line.split("\t") for line in (tmp_path / "requests.tsv").read_text(encoding="utf-8").splitlines()
    ]
    assert [line[:3] for line in lines] == [
        ["bao-thu", "/tin.html?a=1", "200"],
        ["bao-thu", "/khong-co", "404"],
    ]
    assert {len(line) for line in lines} == {5}
    assert datetime.fromisoformat(lines[0][4]).utcoffset() == timedelta(hours=7)


def test_a_text_is_repeated_with_its_number(portal):
    origin = portal({"tin.html": "<ul>{{times 3}}<li>{{origin}}/#</li>{{end}}</ul>"})
    items = "".join(f"<li>{origin}/{number}</li>" for number in (1, 2, 3))
    assert get(f"{origin}/tin.html").text == f"<ul>{items}</ul>"


def test_a_page_names_the_origin_of_another_portal(tmp_path):
    for portal_id, text in (("bao-cu", '<base href="{{origin:bao-moi}}/">'), ("bao-moi", "mới")):
        (tmp_path / "pages" / portal_id).mkdir(parents=True)
        (tmp_path / "pages" / portal_id / "index.html").write_text(text, encoding="utf-8")
    with SamplePortals(tmp_path / "pages") as served:
        new = served.origins["bao-moi"]
        assert get(served.origins["bao-cu"]).text == f'<base href="{new}/">'


def test_an_origin_that_is_not_served_is_named():
    with pytest.raises(UnknownOriginError, match="bao-moi is not served"):
        fill("{{origin:bao-moi}}", "http://127.0.0.1:1", {})


def test_the_second_edition_shows_what_it_has_and_the_first_for_the_rest(tmp_path):
    later = tmp_path / "second_edition" / "bao-thu"
    later.mkdir(parents=True)
    (later / "sua.html").write_text("mới", encoding="utf-8")
    (later / "behaviour.yml").write_text("/rut.html: {status: 404}", encoding="utf-8")
    pages = {"sua.html": "cũ", "rut.html": "rút", "con.html": "còn", "di.html": "đi"}
    for path, text in pages.items():
        file = tmp_path / "pages" / "bao-thu" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with SamplePortals(tmp_path / "pages") as served:
        origin = served.origins["bao-thu"]
        assert {path: get(f"{origin}/{path}").text for path in pages} == pages
        served.show_second_edition()
        assert get(f"{origin}/sua.html").text == "mới"
        assert get(f"{origin}/rut.html").status_code == 404
        assert get(f"{origin}/con.html").text == "còn"
    with SamplePortals(tmp_path / "pages", second_edition=True) as served:
        assert get(served.origins["bao-thu"] + "/sua.html").text == "mới"


def test_connections_that_are_open_together_are_counted(tmp_path):
    (tmp_path / "pages" / "bao-thu").mkdir(parents=True)
    (tmp_path / "pages" / "bao-thu" / "tin.html").write_text("tin", encoding="utf-8")
    with SamplePortals(tmp_path / "pages") as served:
        url = served.origins["bao-thu"] + "/tin.html"
        for _ in range(3):
            get(url)
        assert served.most_at_once == {"bao-thu": 1}
        with httpx.Client(trust_env=False) as one, httpx.Client(trust_env=False) as other:
            assert (one.get(url).text, other.get(url).text) == ("tin", "tin")
        assert served.most_at_once == {"bao-thu": 2}


def test_a_misspelt_behaviour_is_named_with_its_file(portal):
    with pytest.raises(
        SamplePortalsError, match=r"behaviour\.yml: /tin: unknown key redirct; did you mean redirect"
    ):
        portal({}, {"/tin": {"redirct": "/"}})


def test_ports_keep_the_distances_of_the_registry(tmp_path):
    first = free_ports(4)
    entries = [
        {"id": "b", "base_url": "http://127.0.0.1:18901"},
        {"id": "a", "base_url": "http://127.0.0.1:18904"},
    ]
    (tmp_path / "portals.yml").write_text(yaml.safe_dump({"portals": entries}), encoding="utf-8")
    for portal_id in ("a", "b"):
        (tmp_path / "pages" / portal_id).mkdir(parents=True)
    with SamplePortals(tmp_path / "pages", first_port=first) as served:
        assert served.origins == {"a": f"http://127.0.0.1:{first + 3}", "b": f"http://127.0.0.1:{first}"}


def test_a_taken_port_is_named_with_the_portal_and_a_way_out(tmp_path):
    (tmp_path / "pages" / "bao-thu").mkdir(parents=True)
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(SamplePortalsError, match=f"port {port} .*bao-thu.*--first-port"):
            SamplePortals(tmp_path / "pages", first_port=port).__enter__()


def test_a_folder_without_a_registry_entry_is_named(tmp_path):
    (tmp_path / "portals.yml").write_text(
        "portals: [{id: a, base_url: 'http://127.0.0.1:18901'}]", encoding="utf-8"
    )
    (tmp_path / "pages" / "la").mkdir(parents=True)
    with pytest.raises(SamplePortalsError, match="la is a portal without an entry"):
        SamplePortals(tmp_path / "pages", first_port=18901).__enter__()


def test_the_registry_is_written_with_the_origins_as_served(samples, tmp_path):
    written = yaml.safe_load(samples.write_registry(tmp_path / "own.yml").read_text(encoding="utf-8"))[
        "portals"
    ]
    kept = yaml.safe_load((HERE / "portals.yml").read_text(encoding="utf-8"))["portals"]
    assert {entry["id"]: entry["base_url"] for entry in written} == samples.origins
    without_origin = [
        [{key: value for key, value in entry.items() if key != "base_url"} for entry in entries]
        for entries in (written, kept)
    ]
    assert without_origin[0] == without_origin[1]


def test_every_portal_of_the_registry_has_its_folder_and_its_own_port():
    entries = yaml.safe_load((HERE / "portals.yml").read_text(encoding="utf-8"))["portals"]
    assert {entry["id"] for entry in entries} == {folder.name for folder in (HERE / "pages").iterdir()}
    assert [entry["base_url"].partition("://")[2] for entry in entries] == [
        f"127.0.0.1:{18901 + place}" for place in range(len(entries))
    ]


def test_the_program_ends_with_the_one_that_started_it():
    count = len(list((HERE / "pages").iterdir()))
    first = free_ports(count)
    command = ["-m", "tests.sample_portals.serve", "--first-port", str(first), "--until-parent-ends"]
    starter = "\n".join(
        (
            "import subprocess, sys",
            f"server = subprocess.Popen([sys.executable, *{command!r}], stdout=subprocess.PIPE, text=True)",
            "for line in server.stdout:",
            "    print(line, end='', flush=True)",
            "    if line.startswith('serving'):",
            "        break",
        )
    )
    shown = subprocess.run(
        [sys.executable, "-c", starter], capture_output=True, text=True, timeout=30, cwd=PROJECT_ROOT
    ).stdout
    assert f"cong-tin-dong-ha http://127.0.0.1:{first}\n" in shown
    assert f"serving {count} portals" in shown
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", first)):
                return
        time.sleep(0.2)
    raise AssertionError("the server outlived the program that started it")
