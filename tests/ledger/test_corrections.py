"""People win: what they change is kept, laid over, survives a re-reading and can be undone (invariant 6)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline.ledger import ConflictError, LedgerError
from dateline.records import Reading
from tests.ledger.made import made

WHO = {"who": "Ed", "why": "the town is another"}


@pytest.fixture
def report(ledger, run):
    pair = made(1)
    ledger.add(*pair, run)
    return pair[0]


@pytest.fixture
def event(report):
    return f"{report.id}:e0"


def test_a_correction_is_laid_over_what_the_machine_read(ledger, report, event):
    ledger.correct(event, {"type": "PROTEST", "factuality": -3}, **WHO)
    assert ledger.reading(report.id).events[0].type == "PROTEST"
    assert ledger.reading(report.id, corrected=False) == made(1)[1]
    row = next(ledger.rows("events"))
    assert (row["type"], row["certainty"]) == ("PROTEST", "certainly not")


def test_history_says_who_when_why_and_what_was_there(ledger, event):
    ledger.correct(event, {"type": "PROTEST"}, **WHO)
    [made] = ledger.corrections()
    assert (made.record, made.field, made.old, made.new, made.who, made.why) == (
        event, "type", '"ASSAULT"', '"PROTEST"', "Ed", "the town is another",
    )  # fmt: skip
    assert made.words == "Friday soldiers of Ruritania shelled Minsk"
    assert made.at.startswith("20")


def test_undoing_brings_the_machines_reading_back_and_stays_in_history(ledger, report, event):
    [number] = ledger.correct(event, {"type": "PROTEST"}, **WHO)
    ledger.undo(number, who="Ann")
    assert ledger.reading(report.id) == made(1)[1]
    assert [c.undone_by for c in ledger.corrections()] == ["Ann"]
    with pytest.raises(ConflictError, match="undone already"):
        ledger.undo(number, who="Ann")


def test_the_newest_of_two_corrections_stands_and_undoing_it_shows_the_one_before(ledger, report, event):
    ledger.correct(event, {"type": "PROTEST"}, **WHO)
    [second] = ledger.correct(event, {"type": "COERCE"}, **WHO)
    assert ledger.reading(report.id).events[0].type == "COERCE"
    ledger.undo(second, who="Ann")
    assert ledger.reading(report.id).events[0].type == "PROTEST"


def test_fields_that_only_make_sense_together_are_changed_together(ledger, report, event):
    change = {"earliest": "2023-01-01T00:00:00Z", "latest": "2023-01-02T00:00:00Z"}
    ledger.correct(event, change, **WHO)
    assert next(ledger.rows("events"))["earliest"] == "2023-01-01T00:00:00+00:00"


def test_a_correction_survives_another_reading_that_moves_its_record(ledger, report, event, run):
    ledger.correct(event, {"type": "PROTEST"}, **WHO)
    old = made(1)[1]
    before = replace(old.events[0], start=0, end=6, type="NEW")
    ledger.replace_reading(report.id, replace(old, events=(before, *old.events)), run)
    assert [e.type for e in ledger.reading(report.id).events] == ["NEW", "PROTEST"]


def test_a_correction_whose_words_are_gone_is_listed_as_lost_and_found_again(ledger, report, event, run):
    ledger.correct(event, {"type": "PROTEST"}, **WHO)
    ledger.replace_reading(report.id, Reading(), run)
    assert [c.lost for c in ledger.corrections()] == [True]
    ledger.replace_reading(report.id, made(1)[1], run)
    assert [c.lost for c in ledger.corrections()] == [False]
    assert ledger.reading(report.id).events[0].type == "PROTEST"


def test_a_rejected_record_is_left_out_of_what_is_shown(ledger, report, event):
    number = ledger.review(event, "reject", who="Ed", why="a drill")
    assert list(ledger.rows("events")) == []
    assert ledger.rejected() == {event}
    ledger.undo(number, who="Ed")
    assert ledger.rejected() == frozenset()
    ledger.review(event, "accept", who="Ed", why="seen")
    assert next(ledger.rows("events"))["review"] == "accepted"


def test_the_second_of_two_reviewers_is_told(ledger, event):
    ledger.correct(event, {"type": "PROTEST"}, **WHO, seen={"type": "ASSAULT"})
    with pytest.raises(ConflictError, match=r'type is now "PROTEST", no longer "ASSAULT"'):
        ledger.correct(event, {"type": "COERCE"}, who="Ann", why="x", seen={"type": "ASSAULT"})
    assert len(ledger.corrections()) == 1


@pytest.mark.parametrize(
    ("record", "change", "words"),
    [
        ("e0", {"colour": "red"}, "colour cannot be changed"),
        ("a0", {"id": "a7"}, "id cannot be changed"),
        ("e0", {"status": "perhaps"}, "That cannot be"),
        ("e0", {"factuality": 9}, "not within"),
        ("e0", {"end": 10_000}, "no words from"),
        ("c0", {"content": [[0, 10_000]]}, "no words from"),
        ("e7", {"type": "PROTEST"}, "There is no record"),
        ("z0", {"type": "PROTEST"}, "names no record"),
    ],
)
def test_a_change_that_makes_no_record_is_refused_and_leaves_no_trace(ledger, report, record, change, words):
    with pytest.raises(LedgerError, match=words):
        ledger.correct(f"{report.id}:{record}", change, **WHO)
    assert ledger.corrections() == []
    assert ledger.reading(report.id) == made(1)[1]


def test_an_actors_name_is_corrected_wherever_it_is_shown(ledger, report):
    ledger.correct(f"{report.id}:a1", {"name": "Ana Vélez Ruiz", "public": False}, **WHO)
    assert next(ledger.rows("events"))["source"] == "Ana Vélez Ruiz"
    assert [row["name"] for row in ledger.rows("actors")] == ["Ana Vélez Ruiz", "Ruritania"]


def test_corrections_make_the_derived_records_stale(ledger, report, event):
    ledger.replace_linked([], [], [], [], [])
    assert ledger.linked()
    [number] = ledger.correct(event, {"type": "PROTEST"}, **WHO)
    assert not ledger.linked()
    ledger.replace_linked([], [], [], [], [])
    ledger.undo(number, who="Ed")
    assert not ledger.linked()
