"""The commands on the codebook, and reading with one's own codebook and gazetteer."""

from __future__ import annotations

import json
import sqlite3

import pytest
from click.testing import CliRunner

from dateline.cli import main

EVICT = "[types]\ntype\tquad\tscore\tabout\nEVICT\tMX\t-6\tsomebody is put out of a home\n"
EVICT += "[triggers]\ntriggers\tpos\ttype\nevict\tverb\tEVICT\n"
TEXT = "date 2022-03-04\n\nPolice evicted nine families near Zhovtyi Brid on Friday.\n"


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def files(tmp_path):
    """The path of a file with that name and text."""

    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_type_is_shown_with_its_modes_triggers_and_names_elsewhere(run):
    out = run("codebook", "show", "assault").output
    assert out.startswith("ASSAULT: ")
    for words in ("abduct", "CAMEO 181", "Explosions/Remote violence › Air/drone strike", "obj=hostage"):
        assert words in out


def test_without_a_type_all_are_listed(run):
    assert len(run("codebook", "show").output.splitlines()) == 21


def test_an_unknown_type_is_told_with_those_there_are(run):
    result = run("codebook", "show", "EVICT")
    assert result.exit_code == 1
    assert "there are ACCUSE" in result.output


def test_a_users_type_is_shown(run, files):
    assert "evict" in run("codebook", "show", "EVICT", "--codebook", files("own.tsv", EVICT)).output


def test_check_tells_every_fault_by_line(run, files):
    path = files("own.tsv", EVICT + "oust\tverbs\tEVICT\n[bodys]\n")
    result = run("codebook", "check", path)
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.output.splitlines()] == [f"{path}, line 7", f"{path}, line 8"]


def test_check_tells_what_a_good_file_holds(run, files):
    result = run("codebook", "check", files("own.tsv", EVICT))
    assert (result.exit_code, "1 in [triggers], 1 in [types]; all can be used" in result.output) == (0, True)


@pytest.mark.parametrize(("name", "text", "words"), [
    ("p.csv", "name,lat,lon\nZhovtyi Brid,50.1,31.2\n", "1 places"),
    ("p.csv", "name,lat,lon\nZhovtyi Brid,501,31.2\n", "line 2: 'Zhovtyi Brid' at 501.0, 31.2"),
    ("p.csv", "name;lat;lon\n", "no column name"),
    ("p.geojson", '{"features": [{"properties": {"name": "Brid"}}]}', "feature 1: no coordinates"),
    ("p.geojson", "{", "no JSON"),
])  # fmt: skip
def test_a_gazetteer_is_checked_too(run, files, name, text, words):
    assert words in run("codebook", "check", "--gazetteer", files(name, text)).output


def test_reports_are_read_with_ones_own_types_and_places_and_the_run_records_them(run, files, tmp_path):
    ledger, report = tmp_path / "x.db", files("report.txt", TEXT)
    book, places = files("own.tsv", EVICT), files("p.csv", "name,lat,lon\nZhovtyi Brid,50.1,31.2\n")
    assert run("read", report, "--ledger", ledger, "--codebook", book, "--gazetteer", places).exit_code == 0
    assert run("reread", "--ledger", ledger).exit_code == 0
    with sqlite3.connect(ledger) as connection:
        assert len({h for (h,) in connection.execute("select codebook from runs")}) == 2
    assert run("read", report, "--ledger", tmp_path / "y.db", "--codebook", book, "--gazetteer", places).exit_code == 0
    with sqlite3.connect(tmp_path / "y.db") as connection:
        [(kind, lat)] = connection.execute("select type, lat from events_table where trigger = 'evicted'")
    assert (kind, lat) == ("EVICT", 50.1)


def test_lines_are_annotated_with_ones_own_places(run, files, tmp_path):
    source = files("in.jsonl", json.dumps({"text": "A shell hit Zhovtyi Brid.", "date": "2022-03-04"}) + "\n")
    places = files("p.csv", "name,lat,lon\nZhovtyi Brid,50.1,31.2\n")
    assert run("annotate", source, tmp_path / "out.jsonl", "--gazetteer", places).exit_code == 0
    [place] = json.loads((tmp_path / "out.jsonl").read_text())["reading"]["places"]
    assert (place["name"], place["lat"]) == ("Zhovtyi Brid", 50.1)


def test_reading_with_a_bad_file_says_what_is_wrong_and_reads_nothing(run, files, tmp_path):
    report = files("report.txt", TEXT)
    for option, name in (("--codebook", "own.tsv"), ("--gazetteer", "p.csv")):
        bad = files(name, "[types]\ntype\tscore\nEVICT\tbad\n")
        result = run("read", report, "--ledger", tmp_path / "x.db", option, bad)
        assert result.exit_code == 1
        assert f"{bad}, line " in result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [["codebook"], ["codebook", "check"], ["codebook", "show"]])
def test_every_command_helps_with_an_example(run, command):
    assert "dateline codebook " in run(*command, "--help").output.split("Options:")[0].replace("Usage: ", "")
