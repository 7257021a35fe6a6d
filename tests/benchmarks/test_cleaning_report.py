"""From labelled pages to the printed table: each fault of a tool shows in its row."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass, field
from datetime import date

import pytest
from rich.console import Console

from benchmarks import timing
from benchmarks.cleaning import comparison
from benchmarks.cleaning.__main__ import main
from benchmarks.cleaning.comparison import compare, misses_of
from benchmarks.cleaning.evaluation import evaluation_sets
from benchmarks.cleaning.own import family_pages, sample_portals
from benchmarks.cleaning.pages import LabelError, Page, PageSet, truth_of
from benchmarks.cleaning.report import Report, show
from benchmarks.cleaning.scoring import Answer
from benchmarks.cleaning.tools import Ours, Trafilatura
from include.portals.family_names import KNOWN_FAMILIES

LEAD = "Xã Pa Tần Mới mở phiên chợ nông sản đầu tiên."
REST = "Doanh thu phiên đầu ước đạt 215 triệu đồng."
CAPTION = "Một gian bán mật ong. Ảnh: Lù Minh"
DAY = date(2024, 6, 4)
RIGHT = Answer("Mở chợ", f"{LEAD}\n{REST}", DAY)


def page(name: str, published_on: date | None = DAY) -> Page:
    truth = truth_of(
        name,
        title="Mở chợ",
        published_on=published_on,
        body=[LEAD, REST],
        captions=[CAPTION],
        others=["Cầu treo thông xe"],
    )
    return Page(name, f"https://vd.test/{name}", "<html><body><p>Chợ.</p></body></html>", truth)


TWO = PageSet("two pages", (page("a"), page("b", published_on=None)))


@pytest.fixture(autouse=True)
def no_clock(monkeypatch):
    """Every pass takes a second."""

    def seconds(those, items_of, rounds, forget):
        return {one.name: [1.0] * rounds for one in those}

    monkeypatch.setattr(comparison, "interleaved", seconds)


@dataclass
class Fixed:
    """A tool with an answer for each page; an exception is raised."""

    answers: dict[str, Answer | Exception]
    name: str = "fixed"
    reads_dates: bool = True
    asked: list[str] = field(default_factory=list)

    def read(self, page: Page) -> Answer:
        self.asked.append(page.name)
        answer = self.answers[page.name]
        if isinstance(answer, Exception):
            raise answer
        return answer


def row_of(*answers: Answer | Exception, reads_dates: bool = True) -> dict[str, str]:
    """The tool's row as printed, by column."""
    tool = Fixed(dict(zip("ab", answers, strict=True)), reads_dates=reads_dates)
    printed = text_of(Report("a machine", (), (compare([tool, Trafilatura()], TWO, rounds=1),)))
    cells = next(line for line in printed.splitlines() if "fixed" in line and "raised" not in line)
    columns = ["tool", "mean", "worst", "empty", "leads", "captions", "others", "titles", "dates"]
    return dict(zip(columns, [cell.strip() for cell in cells.strip("│").split("│")], strict=False))


def text_of(report: Report) -> str:
    stream = io.StringIO()
    show(report, Console(file=stream, width=120))
    return stream.getvalue()


UNDATED = Answer(RIGHT.title, RIGHT.body, None)


def test_two_right_answers():
    assert row_of(RIGHT, UNDATED) == {
        "tool": "fixed",
        "mean": "1.0000",
        "worst": "1.0000",
        "empty": "0",
        "leads": "0",
        "captions": "0",
        "others": "0",
        "titles": "2",
        "dates": "2",
    }


@pytest.mark.parametrize(
    ("answer", "column", "count"),
    [
        (Answer("Mở chợ", f"{LEAD}\n{REST}\n{CAPTION}", DAY), "captions", "1"),
        (Answer("Mở chợ", f"{LEAD}\n{REST}\nCầu treo thông xe", DAY), "others", "1"),
        (Answer("Mở chợ", REST, DAY), "leads", "1"),
        (Answer("Mở chợ | Báo Pa Tần", RIGHT.body, DAY), "titles", "1"),
        (Answer("Mở chợ", RIGHT.body, date(2024, 4, 6)), "dates", "1"),
        (Answer("Mở chợ", RIGHT.body, None), "dates", "1"),
        (Answer("Mở chợ", "", DAY), "empty", "1"),
        (Answer("Mở chợ", "", DAY), "worst", "0.0000"),
        (Answer("Mở chợ", "", DAY), "mean", "0.5000"),
    ],
)
def test_a_fault_shows_in_its_column(answer, column, count):
    right = row_of(RIGHT, UNDATED)
    assert right[column] != count
    assert row_of(answer, UNDATED)[column] == count


def test_a_day_where_the_page_tells_none_is_wrong():
    assert row_of(RIGHT, RIGHT)["dates"] == "1"


def test_a_tool_that_reads_no_dates_has_a_dash():
    assert row_of(RIGHT, UNDATED, reads_dates=False)["dates"] == "–"


def test_pages_that_a_tool_raised_on_are_counted_below_the_table():
    tool = Fixed({"a": ValueError("too many [bodies]"), "b": UNDATED})
    printed = text_of(Report("a machine", (), (compare([tool, Trafilatura()], TWO, rounds=1),)))
    assert "fixed raised on 1 of 2 pages of two pages" in " ".join(printed.split())
    assert "ValueError: too many [bodies]" in " ".join(printed.split())


def test_times_are_a_page_and_beside_trafilatura_in_the_same_round(monkeypatch):
    traf = Trafilatura()
    seconds = {"fixed": [0.3, 0.8, 0.8], traf.name: [0.1, 0.2, 0.4]}
    monkeypatch.setattr(comparison, "interleaved", lambda *given: seconds)
    ours, theirs = compare([Fixed({"a": RIGHT, "b": UNDATED}), traf], TWO, rounds=3).rows
    assert ours.milliseconds == pytest.approx(400)  # 0.8 s for two pages
    assert ours.to_trafilatura == pytest.approx(3)  # of 3, 4 and 2
    assert theirs.to_trafilatura == 1


def test_every_round_reads_every_page_and_forgets_first(monkeypatch):
    forgotten = []
    monkeypatch.setattr(comparison, "interleaved", timing.interleaved)
    monkeypatch.setattr(comparison, "forget", lambda: forgotten.append(1))
    tool = Fixed({"a": RIGHT, "b": UNDATED})
    compare([tool, Trafilatura()], TWO, rounds=2)
    assert tool.asked == ["a", "b"] * 4  # one round thrown away, two measured, one scored
    assert len(forgotten) == 3 * 2


def test_times_need_the_baseline():
    with pytest.raises(ValueError, match="trafilatura"):
        compare([Ours()], TWO, rounds=1)


def test_misses_name_the_page_and_what_is_wrong():
    tool = Fixed({"a": Answer("Mở chợ", f"{LEAD}\n{REST}\n{CAPTION}", date(2024, 4, 6)), "b": UNDATED})
    missed = misses_of(tool, TWO)
    assert [miss.page for miss in missed] == ["a"]
    printed = text_of(Report("a machine", (), (), tuple(missed)))
    for line in ("two pages: a", f"caption leaked: {CAPTION}", "date: 2024-04-06, wanted 2024-06-04"):
        assert line in printed
    assert "nothing wrong" in text_of(Report("a machine", (), (), ()))
    assert "nothing wrong" not in text_of(Report("a machine", (), ()))


def test_the_report_is_json():
    compared = compare([Trafilatura()], TWO, rounds=1)
    plain = json.loads(json.dumps(Report("a machine", ("a note",), (compared,)).to_json_ready()))
    assert plain["comparisons"][0]["rows"][0]["score"]["empty"] in (0, 1, 2)
    assert plain["notes"] == ["a note"]


def test_the_projects_own_pages_are_all_there_as_served():
    families, portals = family_pages(), sample_portals()
    assert {one.name for one in families.pages} == set(KNOWN_FAMILIES)
    assert len(portals.pages) >= 31
    for one in (*families.pages, *portals.pages):
        assert "{{" not in one.html, one.name
    assert sum(len(one.truth.captions) for one in families.pages) >= 5
    assert sum(len(one.truth.others) for one in portals.pages) >= 100


def evaluation_folder(folder, gold: dict[str, object]):
    (folder / "gold").mkdir()
    (folder / "gold" / "seed_pages.json").write_text(json.dumps({"s1": gold}), encoding="utf-8")
    (folder / "portals" / "vd").mkdir(parents=True)
    html = "<html><body>{{now:%Y}} {{rand}} {{origin}}<p>Chợ phiên.</p></body></html>"
    (folder / "portals" / "vd" / "a__q__id=1").write_text(html, encoding="utf-8")
    return folder


GOLD = {
    "host": "vd",
    "url_path": "/a?id=1",
    "family": "epi",
    "title": "Mở chợ",
    "published": "2024-06-04",
    "body": ["Chợ phiên."],
    "captions": ["Ảnh chợ"],
    "tail": [["Cầu treo", "Tóm tắt"], []],
}


def test_labels_of_a_folder_are_read(tmp_path):
    (found,), notes = evaluation_sets(evaluation_folder(tmp_path, GOLD))
    (one,) = found.pages
    assert "{{" not in one.html
    assert (one.truth.title, one.truth.published_on, one.truth.body) == ("Mở chợ", DAY, ("Chợ phiên.",))
    assert (one.truth.captions, one.truth.others) == (("Ảnh chợ",), ("Cầu treo",))
    assert len(notes) == 1
    assert "saved pages" in notes[0]


def test_a_page_that_prints_neither_headline_nor_day(tmp_path):
    (found,), _ = evaluation_sets(evaluation_folder(tmp_path, GOLD | {"family": "aspx", "published": None}))
    assert (found.pages[0].truth.title, found.pages[0].truth.published_on) == (None, None)


def test_an_absent_folder_is_said_in_one_line_and_no_error(tmp_path):
    sets, notes = evaluation_sets(tmp_path / "nowhere")
    assert sets == []
    assert len(notes) == 1
    assert "nowhere" in notes[0]
    assert "--labels" in notes[0]


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        (GOLD | {"url_path": "/gone"}, "gone"),
        ({"host": "vd"}, "url_path"),
        (GOLD | {"captions": ["Chợ phiên"]}, "Chợ phiên"),
        (GOLD | {"published": "hôm qua"}, "hôm qua"),
        (["a list"], "seed_pages.json"),
    ],
)
def test_broken_labels_say_what_is_wrong(tmp_path, gold, said):
    with pytest.raises(LabelError, match=said):
        evaluation_sets(evaluation_folder(tmp_path, gold))


def test_the_command_ends_with_what_is_wrong_with_the_labels(tmp_path, monkeypatch):
    folder = evaluation_folder(tmp_path, GOLD | {"url_path": "/gone"})
    monkeypatch.setattr(sys, "argv", ["cleaning", "--labels", str(folder)])
    with pytest.raises(SystemExit, match=r"seed_pages\.json names .*gone, which is not there"):
        main()


def test_the_command_measures_without_further_labels(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        sys, "argv", ["cleaning", "--labels", str(tmp_path), "--rounds", "1", "--json", "--misses"]
    )
    main()
    told = json.loads(capsys.readouterr().out)
    assert [one["page_set"] for one in told["comparisons"]] == ["family pages", "sample portals"]
    ours = [one["rows"][0] for one in told["comparisons"]]
    assert [row["tool"] for row in ours] == ["Sotinh", "Sotinh"]
    assert all(row["score"]["f1_worst"] > 0.99 for row in ours)
    assert told["misses"] is not None
