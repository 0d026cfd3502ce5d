"""The commands of linking as a user meets them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from dateline.cli import main
from dateline.desk import relink
from dateline.ledger import open_ledger
from tests.test_as_of import REPORTS

KINDS = ["incidents", "tolls", "disputes", "questions"]


@pytest.fixture
def run(tmp_path):
    """Run a command over a small ledger; what it prints and how it ends."""
    with open_ledger(tmp_path / "x.db") as ledger:
        ledger.add_many(REPORTS, ledger.start_run(version="1", model="m", codebook="c"))
        relink(ledger)
    return lambda *args: CliRunner().invoke(main, [*args, "--ledger", str(tmp_path / "x.db")])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_laid_out_and_given_as_csv_and_json_lines(run, kind):
    text, table, lines = run(kind), run(kind, "--csv"), run(kind, "--json")
    assert text.exit_code == table.exit_code == lines.exit_code == 0
    rows = [json.loads(line) for line in lines.output.splitlines()]
    assert rows
    assert len(list(csv.DictReader(io.StringIO(table.output)))) == len(rows)


@pytest.mark.parametrize(
    "command", [*KINDS, "reversals", "threads", "changes --since 2022-02-26", "disputes --type toll", "tolls --type x"]
)
def test_nothing_is_wider_than_a_hundred_columns_and_nothing_found_is_said(run, command):
    out = run(*command.split()).output
    assert out.strip()
    assert max(map(len, out.splitlines())) <= 100


def test_as_of_leaves_out_what_was_published_later(run):
    now, then = run("incidents", "--json").output, run("incidents", "--json", "--as-of", "2022-02-25").output
    assert 0 < len(then.splitlines()) < len(now.splitlines())


def test_show_knows_as_of_too(run):
    assert len(run("show", "reports", "--json", "--as-of", "2022-02-25T10:00+02:00").output.splitlines()) == 1


@pytest.mark.parametrize("command", ["incidents --as-of", "changes --since"])
def test_what_is_no_date_is_refused_without_a_traceback(run, command):
    out = run(*command.split(), "yesterday")
    assert out.exit_code == 1
    assert "is no date" in out.output


def test_changes_name_what_is_disputed_and_what_is_new(run):
    out = run("changes", "--since", "2022-02-26").output
    assert out.index("Disputed") < out.index("New")
    kinds = {
        json.loads(line)["change"] for line in run("changes", "--since", "2022-02-26", "--json").output.splitlines()
    }
    assert {"disputed", "new"} <= kinds


def test_an_incident_is_explained_by_the_first_letters_of_its_id(run):
    rows = [json.loads(line) for line in run("incidents", "--json").output.splitlines()]
    told = max(rows, key=lambda row: row["events"])
    out = run("explain", told["id"][:8])
    assert out.exit_code == 0
    assert told["title"].split()[0] in out.output
    assert run("explain", "none").exit_code == 1


def test_filters_pick_by_sources_dispute_and_answer(run):
    assert "no incidents fit" in run("incidents", "--sources", "9").output
    disputed = [json.loads(line) for line in run("incidents", "--disputed", "--json").output.splitlines()]
    assert all(row["disputes"] for row in disputed)
    assert "no questions fit" in run("questions", "--answered").output
