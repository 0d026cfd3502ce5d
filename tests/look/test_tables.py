"""What a terminal shows."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from dateline.ledger import Filters
from dateline.look.linked import LAYOUTS, counted
from dateline.look.tables import print_overview, print_report, print_rows


def test_the_overview_fits_and_names_the_dispute_with_both_voices(ledger, capsys):
    print_overview(ledger)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 100
    assert "Friday 25 February 2022" in out
    assert "Disputed" in out
    assert "Russia's military" in out
    assert "2 reports · 2 claims · 2 events" in out


@pytest.mark.parametrize(
    "kind", ["reports", "events", "claims", "unknowns", "actors", "places", "incidents", "disputes"]
)
def test_each_kind_prints_as_a_table_and_as_json(ledger, capsys, kind):
    print_rows(kind, ledger.rows(kind), None)
    table = capsys.readouterr().out
    print_rows(kind, ledger.rows(kind), "json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert len(table.splitlines()) >= 2 + len(rows)


def test_csv_has_a_header_and_a_line_a_row(ledger, capsys):
    print_rows("claims", ledger.rows("claims"), "csv")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("id,")
    assert len(lines) == 3


def test_nothing_found_is_said(ledger, capsys):
    print_rows("events", ledger.rows("events", Filters(type="PROTEST")), None)
    assert capsys.readouterr().out == "no events fit\n"


def test_a_reports_marks_stand_at_their_words(ledger, capsys):
    report = next(iter(ledger.reports()))
    print_report(ledger, report.id)
    out = " ".join(capsys.readouterr().out.split())
    assert "[e0 seized]" in out
    assert "c0 content" in out


def test_a_table_keeps_to_the_width_it_is_given_and_leaves_room_for_words(ledger, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    print_rows("events", ledger.rows("events"), None)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 110
    assert "it seized the airport at" in out


def test_a_question_that_nobody_is_named_for_is_the_reports_own():
    row = {"words": "who fired", "asked_by": None, "asked": "2022-02-25", "reports": 1, "answer": None}
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(*LAYOUTS["questions"]([row], {}))
    assert "(the report, 25 Feb)" in console.export_text()


@pytest.mark.parametrize(("kind", "victims", "words"), [
    ("killed", "UKR soldiers", "Ukrainian soldiers killed"),
    ("killed", "UKR", "killed (Ukrainian)"),
    ("casualties", "civilians", "civilians killed or wounded"),
    ("wounded", "", "wounded"),
])  # fmt: skip
def test_a_toll_says_whom_it_counts(kind, victims, words):
    assert counted(kind, victims).strip() == words


def test_the_figures_of_one_count_stand_together():
    row = {"incident": "i1", "title": "The mill was hit", "place": None, "low": 4, "best": 4, "high": 4,
           "source_high": 4, "source_low": 4, "outlet": "Post", "standing": "first", "words": "four"}  # fmt: skip
    told = [("killed", "2022-02-25"), ("wounded", "2022-02-25"), ("killed", "2022-02-26")]
    rows = [row | {"kind": kind, "victims": "", "published": day, "source": day} for kind, day in told]
    screen = Console(file=io.StringIO(), width=100)
    screen.print(*LAYOUTS["tolls"](rows, {}))
    out = screen.file.getvalue()
    assert out.count("killed: best 4") == 1
    assert out.index("killed: best") < out.index("26 Feb") < out.index("wounded: best")
