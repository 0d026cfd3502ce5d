"""The whole of intake: what a user can point it at, and every kind of bad input."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.intake import DateError, Problem, Progress, reports

from .conftest import SAVED, Read, read_paths

TEXT = "Shells fell on the harbour on Friday, the port authority said."
DATED = f"date 2022-02-25\n{TEXT}"
ROW = json.dumps({"text": TEXT, "date": "2022-02-25"}) + "\n"


def write(folder, **files: str):
    """Write files, ``a_txt="…"`` as a.txt, ``sub__a_txt`` in a folder."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def names(found: Read, folder) -> list[str]:
    return [report.origin.removeprefix(f"{folder}{os.sep}") for report in found.reports]


def test_folders_are_searched_through_in_the_order_of_names(tmp_path):
    write(tmp_path, b_txt=DATED, a__z_txt=DATED, a__y__x_txt=DATED, c_txt=DATED)
    assert names(read_paths([tmp_path]), tmp_path) == ["a/y/x.txt", "a/z.txt", "b.txt", "c.txt"]


def test_paths_are_read_in_the_order_given(tmp_path):
    write(tmp_path, a_txt=DATED, b_txt=DATED)
    assert names(read_paths([tmp_path / "b.txt", str(tmp_path / "a.txt")]), tmp_path) == ["b.txt", "a.txt"]


def test_every_kind_is_read_out_of_one_folder(tmp_path):
    write(tmp_path, a_txt=DATED, b_jsonl=ROW, c_csv=f'text\n"{TEXT}"\n')
    for saved in SAVED.iterdir():
        (tmp_path / saved.name).write_bytes(saved.read_bytes())
    assert len(read_paths([tmp_path]).reports) == 3 + 1 + 2 + 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".hidden.txt", "is hidden"),
        (".git", "is hidden"),
        ("~$report.txt", "is a lock file"),
        (".~lock.report.txt#", "is a lock file"),
        ("report.pdf", "is of no kind that is read"),
        ("photo.JPG", "is of no kind that is read"),
    ],
)
def test_what_is_left_out_of_a_folder_is_told(tmp_path, name, words):
    write(tmp_path, a_txt=DATED)
    (tmp_path / name).write_bytes(b"x")
    found = read_paths([tmp_path])
    assert (len(found.reports), found.skipped) == (1, [True])
    assert words in found.told


def test_a_hidden_folder_is_told_once_and_not_searched(tmp_path):
    write(tmp_path, _git__a_txt=DATED, _git__b_txt=DATED)
    found = read_paths([tmp_path])
    assert found.told.count("is hidden") == 1


def test_a_hidden_file_or_an_unknown_kind_is_read_when_named(tmp_path):
    for name in (".hidden.txt", "report.wire"):
        (tmp_path / name).write_text(DATED)
        assert read_paths([tmp_path / name]).texts == [TEXT]


def test_a_missing_path_is_told_and_the_others_are_read(tmp_path):
    write(tmp_path, a_txt=DATED)
    found = read_paths([tmp_path / "nowhere.txt", tmp_path / "a.txt"])
    assert (found.texts, found.told) == ([TEXT], "nowhere.txt: is not there; check the path")


def test_an_empty_folder_is_told(tmp_path):
    assert read_paths([tmp_path]).told.endswith(": is an empty folder")


def test_a_loop_of_links_ends_and_is_told(tmp_path):
    write(tmp_path, sub__a_txt=DATED)
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "sub" / "self").symlink_to("self")
    (tmp_path / "sub" / "nothing").symlink_to("nowhere")
    found = read_paths([tmp_path])
    assert found.texts == [TEXT]
    assert [problem.words.split(";")[0] for problem in found.problems] == [
        "leads to a folder that has been read already",
        "is a link to nothing",
        "cannot be read: Too many levels of symbolic links",
    ]


def test_a_file_that_may_not_be_read_is_told_and_the_others_are_read(tmp_path, monkeypatch):
    write(tmp_path, a_txt=DATED, b_txt=DATED)
    _refuse(monkeypatch, "a.txt")
    found = read_paths([tmp_path])
    assert (found.texts, found.told) == ([TEXT], "a.txt: may not be read by you; check its permissions")


def test_a_file_that_breaks_off_while_it_is_read_is_told(tmp_path, monkeypatch):
    write(tmp_path, a_txt=DATED, b_txt=DATED)
    monkeypatch.setattr("dateline.intake.decode", _broken)
    found = read_paths([tmp_path / "a.txt"])
    assert found.told == "a.txt: cannot be read: Input/output error"


def _refuse(monkeypatch, name: str) -> None:
    """Permission denied, also for a test run as root."""
    opened = Path.open

    def refuse(path, *args, **kwargs):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)


def _broken(raw: bytes) -> tuple[str, bool]:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.html", "a.xml"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n\x00\x01", "is a PDF, not text"),
        (b"PK\x03\x04rest", "is a ZIP archive or an office document"),
        (b"\x1f\x8b\x08\x00rest", "is compressed (gzip)"),
        (bytes(range(256)) * 40, "is binary data"),
        (b"\x7fELF\x02\x01\x01" + bytes(5000), "is binary data"),
    ],
)
def test_empty_and_binary_files_are_told_whatever_their_name(read, name, content, words):
    found = read(name, content)
    assert (found.reports, found.skipped) == ([], [True])
    assert words in found.told


@pytest.mark.parametrize("content", [" ", "\n\n\t\n", "\ufeff", "date 2022-02-25\n\n"])
def test_a_file_of_white_space_is_empty(read, content):
    found = read("a.txt", content)
    assert (found.reports, "is empty" in found.told) == ([], True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_text_is_read_in_its_encoding(read, encoding):
    text = TEXT + " “Café”, it said — twice."
    found = read("a.txt", f"date 2022-02-25\n{text}".encode(encoding))
    assert (found.texts, found.dates) == ([text], ["2022-02-25"])
    assert ("read as Windows-1252" in found.told) == (encoding == "cp1252")


def test_one_odd_byte_does_not_spoil_the_utf_8_round_it(read):
    found = read("a.txt", DATED.encode() + " “Café” caf".encode() + b"\xe9 \x81.")
    assert found.texts == [TEXT + " “Café” café \x81."]
    assert found.skipped == [False]


def test_nul_and_astral_characters_are_kept(read):
    text = TEXT + "\x00 🚢 𝔘\x00kraine"
    assert read("a.txt", "date 2022-02-25\n" + text).texts == [text]


def test_five_megabytes_of_one_line_are_one_report(read):
    text = TEXT + " " + "and so on " * 500_000
    (found,) = read("a.txt", "date 2022-02-25\n" + text).texts
    assert found == text.rstrip()


def test_ten_thousand_nested_quotes_are_one_report(read):
    text = "He said that " + "“" * 10_000 + "it is so" + "”" * 10_000 + " to all of them."
    assert read("a.txt", "date 2022-02-25\n" + text).texts == [text]


def test_a_report_without_a_date_is_read_and_told(read):
    found = read("a.txt", TEXT)
    assert (found.dates, found.skipped) == ([None], [False])
    assert "no date: relative times" in found.told


def test_a_date_in_the_future_is_kept_and_told(read):
    day = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()
    found = read("a.txt", f"date {day}\n{TEXT}")
    assert (found.dates, found.skipped) == ([day], [False])
    assert f"is dated in the future ({day})" in found.told


def test_tomorrow_is_no_future_for_it_may_be_today_elsewhere(read):
    day = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert read("a.txt", f"date {day}\n{TEXT}").problems == []


def test_a_text_that_is_not_english_is_told_and_skipped(read):
    german = "Die Fähre wurde am Freitag eingestellt, nachdem Granaten in der Nähe gefallen waren."
    found = read("a.jsonl", ROW.replace(TEXT, german) + ROW)
    assert found.texts == [TEXT]
    assert found.told == "a.jsonl:1: is not English; only English is read; skipped"


def test_a_date_given_by_the_user_must_be_one():
    with pytest.raises(DateError, match="soon"):
        reports([], problems=print, date="soon")


def test_the_order_of_day_and_month_can_be_said(read):
    content = f'text,date\n"{TEXT}",03/04/2022\n'
    assert read("a.csv", content).dates == [None]
    assert read("a.csv", content, order="dmy").dates == ["2022-04-03"]


@pytest.mark.parametrize("content", [DATED, ROW, " date 2022-02-25 " + TEXT])
def test_a_dash_is_standard_input_text_or_json_by_its_beginning(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    found = read_paths(["-"])
    assert (found.texts, found.dates) == ([TEXT], ["2022-02-25"])
    assert not sys.stdin.buffer.closed


@pytest.mark.parametrize("text", [f"[Updated] {TEXT}", "{In full}: " + TEXT, "<Tessel> " + TEXT])
def test_a_text_that_begins_with_a_bracket_is_no_json_and_no_page(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert read_paths(["-"], date="2022-02-25").texts == [text]


def test_a_saved_page_is_known_by_its_beginning(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((SAVED / "harbour.html").read_bytes())))
    assert read_paths(["-"]).reports[0].outlet == "The Harbour Gazette"


def test_a_named_pipe_is_read_when_named_and_left_out_of_folders(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "left out" in read_paths([tmp_path]).told
    if os.fork() == 0:
        (tmp_path / "pipe").write_text(DATED)
        os._exit(0)
    assert read_paths([tmp_path / "pipe"]).texts == [TEXT]
    os.wait()


def test_progress_grows_to_the_size_of_all_files(tmp_path):
    write(tmp_path, a_jsonl=ROW * 9000, b_txt=DATED, c_csv="text\n" + f'"{TEXT}"\n' * 9000, d_txt="")
    progress = Progress()
    found = [progress.done for _ in reports([tmp_path], problems=lambda _: None, progress=progress)]
    assert found == sorted(found)
    assert 0 < found[4000] < found[-1]
    assert progress.done == progress.total == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_the_size_of_a_pipe_is_not_known(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DATED.encode())))
    progress = Progress()
    assert len(list(reports(["-"], problems=print, progress=progress))) == 1
    assert progress.total is None


def test_the_same_file_gives_the_same_ids_and_another_place_does_not_matter(tmp_path):
    write(tmp_path, a__x_txt=DATED, b__y_txt=DATED)
    first, second = read_paths([tmp_path]).reports
    assert first.id == second.id
    assert [first.id, second.id] == [report.id for report in read_paths([tmp_path]).reports]


@pytest.mark.parametrize(("line", "words"), [(None, "a.txt: is odd"), (3, "a.txt:3: is odd")])
def test_a_problem_reads_as_a_line_that_editors_follow(line, words):
    assert str(Problem("a.txt", line, "is odd")) == words


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.html", "a.xml", "a.odd"])
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(alphabet='{}[]",:<>a \n\r\tdate2-é\x00', max_size=300).map(str.encode))
def test_no_bytes_make_an_error_and_something_is_always_said(read, name, content):
    found = read(name, content)
    assert found.reports or found.problems


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "date:" + " " * 300_000 + "x"),
        ("a.txt", "title:" + " x" * 150_000),
        ("a.txt", "date 2022-02-25\n" * 5_000),
        ("a.txt", "KYIV, " * 50_000),
        ("a.txt", " \n" * 150_000),
        ("a.jsonl", "[{}," * 30_000),
        ("a.jsonl", '{"text":' * 30_000),
        ("a.csv", "text,date\n" + '"' * 300_000),
        ("a.html", "<" * 300_000),
        ("a.html", "<div>" * 30_000),
        ("a.xml", "<" * 50_000),
        ("a.xml", "<![CDATA[" * 30_000),
    ],
)
def test_no_file_takes_more_time_than_its_length_allows(read, name, content):
    start = time.process_time()
    read(name, content)
    assert time.process_time() - start < 5
