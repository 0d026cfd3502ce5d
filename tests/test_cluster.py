"""Readings made elsewhere come into a ledger as if it had read the reports itself."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dateline.cli import main
from dateline.ledger import open_ledger

ARTICLES = [
    {
        "id": "a",
        "text": "Shelling killed two people in Sumy on Friday, the mayor said.",
        "date": "2022-02-25",
        "more": 1,
    },
    {"id": "b", "text": "No one was hurt, a spokesman said.", "outlet": "The Sumy Lamp"},
]


@pytest.fixture
def annotated(tmp_path):
    """What ``dateline annotate`` wrote."""
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)) + "\n", encoding="utf-8")
    target = tmp_path / "out.jsonl"
    assert CliRunner().invoke(main, ["annotate", str(tmp_path / "in.jsonl"), str(target)]).exit_code == 0
    return target


def load(path, ledger):
    return CliRunner().invoke(main, ["load", str(path), "--ledger", str(ledger)])


def test_loaded_readings_are_those_the_ledger_would_have_made(annotated, tmp_path):
    assert "2 reports loaded" in load(annotated, tmp_path / "loaded.db").output
    CliRunner().invoke(main, ["read", str(tmp_path / "in.jsonl"), "--ledger", str(tmp_path / "read.db")])
    with open_ledger(tmp_path / "loaded.db") as loaded, open_ledger(tmp_path / "read.db") as read:
        assert [(report.id, reading) for report, reading in loaded.readings()] == [
            (report.id, reading) for report, reading in read.readings()
        ]
        assert loaded.linked()


def test_loading_twice_changes_nothing(annotated, tmp_path):
    load(annotated, tmp_path / "one.db")
    assert "0 reports loaded" in load(annotated, tmp_path / "one.db").output


def test_a_line_without_a_reading_costs_itself_alone(annotated, tmp_path):
    annotated.write_bytes(b'{"text": "It rained."}\n[]\n' + annotated.read_bytes())
    result = load(annotated, tmp_path / "one.db")
    assert result.exit_code == 1
    assert "2 reports loaded" in result.output
    assert result.output.count("skipped") == 2
