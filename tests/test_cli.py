"""The commands as a user meets them, good input and bad."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main
from dateline.ledger import open_ledger
from tests.conftest import ROOT, heed_ctrl_c

SAMPLES = ROOT / "samples" / "reports"
OWN_TYPE = "[types]\ntype\tabout\nEVICT\tsomebody is put out of a home\n"
HOSTOMEL = "date 2022-02-25\n\nRussia's military said on Friday that it had seized the airport at Hostomel.\n"


@pytest.fixture
def run(tmp_path):
    """Run a command in an empty folder; what it prints and how it ends."""

    def run(*args, ledger="x.db", stdin=None):
        needs = args[0] in ("read", "reread", "show", "export")
        where = ("--ledger", str(tmp_path / ledger)) if needs else ()
        return CliRunner().invoke(main, [str(a) for a in (*args, *where)], input=stdin)

    return run


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(HOSTOMEL, encoding="utf-8")
    return path


def test_a_second_run_over_the_same_files_changes_nothing(run, report, tmp_path):
    first = run("read", report)
    before = (tmp_path / "x.db").read_bytes() if not (tmp_path / "x.db-wal").exists() else None
    second = run("read", report)
    assert "1 new, 0 known" in first.output
    assert "0 new, 1 known" in second.output
    assert before is None or rows(tmp_path / "x.db", "reports") == 1


def rows(path: Path, table: str) -> int:
    with sqlite3.connect(path) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]


def test_the_table_fits_a_hundred_columns_and_names_source_and_place(run, report):
    out = run("read", report).output
    assert max(map(len, out.splitlines())) <= 100
    assert "Russia's military" in out
    assert "Friday 25 February 2022" in out


def test_json_prints_the_readings(run, report):
    (line,) = [line for line in run("read", report, "--json").stdout.splitlines() if line]
    read = json.loads(line)
    (claim,) = read["reading"]["claims"]
    content = " ".join(read["text"][a:b] for a, b in claim["content"])
    assert "seized the airport at Hostomel" in content


def test_a_report_on_standard_input_is_read(run):
    assert (
        "1 new, 0 known"
        in run("read", "-", "--date", "2022-02-25", stdin="The shells hit a school in Kharkiv, the mayor said.").output
    )


@pytest.mark.parametrize(("name", "content", "says"), [
    ("nodate.txt", b"The shells hit a school in Kharkiv on Friday, the mayor said.", "no date"),
    ("future.txt", b"date 2999-01-01\n\nThe shells hit a school in Kharkiv, the mayor said.", "future"),
    ("german.txt", "date 2022-02-25\n\nDie russischen Truppen haben am Freitag die Stadt angegriffen und sie ist nicht "
     "gefallen, wie der Bürgermeister sagte.".encode(), "not English"),
    ("empty.txt", b"", "empty"),
    ("binary.txt", bytes(range(256)) * 20, "binary"),
    ("latin.txt", "date 2022-02-25\n\nShells hit the café in Kharkiv on Friday.".encode("latin-1"), "latin.txt"),
    ("cut.jsonl", b'{"text": "The mayor said shells hit it.", "date": "2022-02-25"}\n{"text": "Shel', "cut.jsonl:2"),
    ("broken.html", b"<html><body><p>Shells hit", "broken.html"),
])  # fmt: skip
def test_bad_input_is_told_by_name_without_a_traceback(run, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    result = run("read", tmp_path / name)
    assert says in result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_the_rest_of_a_truncated_file_is_read(run, tmp_path):
    path = tmp_path / "cut.jsonl"
    path.write_text(
        '{"text": "The shells hit a school in Kharkiv, the mayor said.", "date": "2022-02-25"}\n{"text": "Shel'
    )
    assert "1 new, 0 known" in run("read", path).output


@pytest.mark.parametrize("text", [
    "\x00Shells hit a school\x00 in Kharkiv, the mayor said.",
    "\U0001f4a5 Shells \U0001f4a5 hit a school in Kharkiv, the mayor said.",
    "“" * 10_000 + "Shells hit a school in Kharkiv, the mayor said." + "”" * 10_000,
    "Shells hit a school in Kharkiv, the mayor said. " * 2_000,
    " \u0301\u0301 Shells hit a school in Kharkiv, \u202eroyam eht\u202c said.",
])  # fmt: skip
def test_offsets_stay_right_whatever_the_characters(tmp_path, text):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "1", "text": text, "date": "2022-02-25"}) + "\n")
    result = CliRunner().invoke(main, ["annotate", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")])
    assert result.exit_code == 0, result.output
    out = json.loads((tmp_path / "out.jsonl").read_text())
    assert out["text"] == text
    for unknown in out["reading"]["unknowns"]:
        assert text[unknown["start"] : unknown["end"]] == unknown["words"]
    assert all(
        0 <= r["start"] < r["end"] <= len(text) for k in ("claims", "events", "times") for r in out["reading"][k]
    )


def test_a_path_that_does_not_exist_is_named(run, tmp_path):
    result = run("read", tmp_path / "nowhere")
    assert "nowhere" in result.output
    assert result.exit_code == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder here in which nobody may make a file")
def test_a_read_only_folder_is_said(report):
    result = CliRunner().invoke(main, ["read", str(report), "--ledger", "/proc/x.db"])
    assert result.exit_code == 1
    assert "/proc/x.db" in result.output
    assert "Traceback" not in result.output


def test_a_ledger_in_a_folder_that_is_not_there_is_said(report, tmp_path):
    result = CliRunner().invoke(main, ["read", str(report), "--ledger", str(tmp_path / "no" / "x.db")])
    assert result.exit_code == 1
    assert "no" in result.output


def test_showing_from_no_ledger_makes_none(run, tmp_path):
    result = run("show", "events")
    assert result.exit_code == 1
    assert not (tmp_path / "x.db").exists()


def test_annotate_passes_everything_through_in_order(tmp_path):
    given = [{"id": f"r{i}", "text": f"Shells hit a school in Kharkiv, {i} people said.", "x": [i]} for i in range(30)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in given))
    args = ["annotate", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), "--processes", "2", "--quiet"]
    assert CliRunner().invoke(main, args).exit_code == 0
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [{k: v for k, v in row.items() if k != "reading"} for row in out] == given


def test_one_process_and_two_write_the_same_bytes(tmp_path):
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    lines = [json.dumps({"id": i, "text": text, "date": "2022-02-25"}) for i, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    for n in ("1", "2"):
        args = ["annotate", str(tmp_path / "in.jsonl"), str(tmp_path / n), "--processes", n, "--quiet"]
        assert CliRunner().invoke(main, args).exit_code == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_the_schema_names_all_lists_of_a_reading():
    schema = json.loads(CliRunner().invoke(main, ["schema"]).output)
    names = set(schema["$defs"]["Reading"]["properties"])
    assert names == {"times", "places", "actors", "quantities", "claims", "events", "unknowns"}


def test_help_loads_neither_spacy_nor_sqlalchemy():
    code = (
        "import sys; from dateline.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy', 'sqlalchemy', 'numpy', 'rich') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "parquet"])
def test_exports_are_written(run, report, tmp_path, form):
    run("read", report)
    result = run("export", form, tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert any(path.stat().st_size for path in [tmp_path / "out", *(tmp_path / "out").glob("*")] if path.is_file())


def test_a_report_is_shown_with_its_marks(run, report):
    run("read", report)
    listed = json.loads(run("show", "reports", "--json").output)
    out = run("show", "report", listed["id"]).output
    assert "[c0" in out
    assert "Russia's military" in out


@pytest.mark.parametrize(("filters", "found"), [
    (["--place", "Hostomel"], True),
    (["--place", "Lviv"], False),
    (["--source", "military"], True),
    (["--since", "2022-02-26"], False),
    (["--actor", "military"], True),
])  # fmt: skip
def test_events_are_filtered(run, report, filters, found):
    run("read", report)
    out = run("show", "events", "--json", *filters).output
    assert bool([line for line in out.splitlines() if line.startswith("{")]) is found


def test_interrupted_reading_keeps_what_is_finished(tmp_path):
    """Ctrl-C in the middle: finished reports stay, the message says how to go on, the next run completes."""
    lines = [
        json.dumps({"text": f"The shells hit school {i} in Kharkiv, the mayor said. " * 40, "date": "2022-02-25"})
        for i in range(200)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-m", "dateline", "read", tmp_path / "many.jsonl", "--ledger", tmp_path / "x.db",
               "--processes", "1"]  # fmt: skip
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509  # no threads here
    )
    for _ in range(600):
        time.sleep(0.1)
        if (tmp_path / "x.db").exists() and _count(tmp_path / "x.db"):
            break
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    kept = _count(tmp_path / "x.db")
    assert 0 < kept < 200
    assert "goes on" in said
    assert "Traceback" not in said


def _count(path: Path) -> int:
    try:
        return rows(path, "reports")
    except sqlite3.OperationalError:
        return 0


def test_reading_again_keeps_what_people_corrected(run, tmp_path):
    """Another codebook reads the same reports anew; the correction is still laid over it."""
    (tmp_path / "a.txt").write_text(HOSTOMEL)
    (tmp_path / "mine.tsv").write_text(OWN_TYPE)
    run("read", tmp_path / "a.txt")
    with open_ledger(tmp_path / "x.db") as ledger:
        event = next(ledger.rows("events"))
        ledger.correct(event["id"], {"mode": "air"}, who="ann", why="it is an airport")
    again = run("reread", "--codebook", tmp_path / "mine.tsv")
    assert (again.exit_code, again.output) == (0, "1 read again\n")
    with open_ledger(tmp_path / "x.db") as ledger:
        assert next(ledger.rows("events"))["mode"] == "air"
    assert run("reread", "--codebook", tmp_path / "mine.tsv").output == "0 read again\n"
