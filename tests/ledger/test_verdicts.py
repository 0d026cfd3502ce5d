"""What people add, merge and split: kept, laid over, undone, and true to their words after another reading."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline.desk import relink
from dateline.ledger import LedgerError
from dateline.link.verdicts import judged
from dateline.records import Verdict
from tests.ledger.made import made

WHO = {"who": "ann", "why": "read the report"}


@pytest.fixture
def report(ledger, run):
    report, reading = made(1, sentences=2)
    ledger.add(report, reading, run)
    return report


@pytest.fixture
def linked(ledger, run):
    """A ledger of three towns shelled, an incident each."""
    for number in range(3):
        ledger.add(*made(number), run)
    relink(ledger)
    return ledger


def test_a_record_people_add_is_shown_with_its_words(ledger, report):
    start = report.text.index("soldiers")
    values = {"start": start, "end": start + 8, "low": 2.0, "high": None, "precision": "at_least", "unit": "troops"}
    record = ledger.add_record(report.id, "quantities", values, **WHO)
    assert record == f"{report.id}:q2"
    assert ledger.reading(report.id).quantities[2].unit == "troops"
    assert [c.action for c in ledger.corrections(record=record)] == ["add"]


def test_an_added_record_can_be_corrected_and_taken_back(ledger, report):
    record = ledger.add_record(report.id, "unknowns", {"start": 0, "end": 6, "words": "Report"}, **WHO)
    ledger.correct(record, {"words": "Report 1"}, **WHO)
    assert ledger.reading(report.id).unknowns[-1].words == "Report 1"
    ledger.undo(ledger.corrections(record=record)[0].id, who="bo")
    assert len(ledger.reading(report.id).unknowns) == 2
    assert ledger.corrections(record=record)[1].lost


@pytest.mark.parametrize(("kind", "values"), [
    ("crimes", {}),
    ("unknowns", {"start": 3, "words": "x"}),
    ("unknowns", {"start": 0, "end": 10_000, "words": "x"}),
    ("unknowns", {"start": 0, "end": 6, "words": "x", "claim": 99}),
])  # fmt: skip
def test_what_is_no_record_is_refused_and_leaves_no_trace(ledger, report, kind, values):
    with pytest.raises(LedgerError):
        ledger.add_record(report.id, kind, values, **WHO)
    assert ledger.corrections() == []


def test_a_corrected_reference_follows_its_words_into_another_reading(ledger, report, run):
    machine = ledger.reading(report.id)
    ledger.correct(f"{report.id}:e0", {"place": 1}, **WHO)
    ledger.replace_reading(report.id, replace(machine, places=machine.places[1:], events=_without_places(machine)), run)
    assert ledger.reading(report.id).events[0].place == 0


def test_a_corrected_reference_to_words_no_longer_read_is_lost(ledger, report, run):
    machine = ledger.reading(report.id)
    ledger.correct(f"{report.id}:e0", {"place": 1}, **WHO)
    ledger.replace_reading(report.id, replace(machine, places=machine.places[:1], events=_without_places(machine)), run)
    assert ledger.corrections()[0].lost


def _without_places(reading):
    return tuple(replace(event, place=None, place_basis="none") for event in reading.events)


def test_merged_incidents_are_one_until_that_is_undone(linked):
    first, second, _ = linked.incidents()
    correction = linked.merge([first.id, second.id], **WHO)
    assert not linked.linked()
    relink(linked)
    assert sorted(len(i.events) for i in linked.incidents()) == [1, 2]
    linked.undo(correction, who="bo")
    relink(linked)
    assert {i.id for i in linked.incidents()} >= {first.id, second.id}


def test_split_events_are_an_incident_of_their_own(linked):
    linked.merge([i.id for i in linked.incidents()], **WHO)
    relink(linked)
    (one,) = linked.incidents()
    linked.split(one.id, one.events[:1], **WHO)
    relink(linked)
    assert sorted(len(i.events) for i in linked.incidents()) == [1, 2]


def test_a_verdict_on_words_no_longer_read_is_listed_as_lost(linked, run):
    first, second, _ = linked.incidents()
    linked.merge([first.id, second.id], **WHO)
    gone = first.reports[0]
    linked.replace_reading(gone, replace(linked.reading(gone), events=()), run)
    assert linked.verdicts() == []
    assert linked.corrections()[0].lost


@pytest.mark.parametrize("wrong", [lambda ledger, i: ledger.merge([i.id], **WHO),
                                   lambda ledger, i: ledger.merge([i.id, "none"], **WHO),
                                   lambda ledger, i: ledger.split(i.id, i.events, **WHO),
                                   lambda ledger, i: ledger.split(i.id, ["strange"], **WHO)])  # fmt: skip
def test_a_verdict_that_makes_no_sense_is_refused(linked, wrong):
    with pytest.raises(LedgerError):
        wrong(linked, linked.incidents()[0])


@pytest.mark.parametrize(("verdicts", "groups"), [
    ([Verdict(one=("a", "c"))], [["a", "b", "c"], ["d"]]),
    ([Verdict(one=("a",), other=("b",))], [["a"], ["b"], ["c"], ["d"]]),
    ([Verdict(one=("a",), other=("c",))], [["a", "b"], ["c"], ["d"]]),
    ([Verdict(one=("a", "c")), Verdict(one=("c",), other=("a",))], [["a", "b"], ["c"], ["d"]]),
    ([Verdict(one=("x", "y"))], [["a", "b"], ["c"], ["d"]]),
])  # fmt: skip
def test_the_later_verdict_wins(verdicts, groups):
    assert judged([["b", "a"], ["c"], ["d"]], verdicts) == groups


def test_many_records_are_judged_at_once(linked):
    events = [row["id"] for row in linked.rows("events")]
    made = linked.review_many(events, "reject", **WHO)
    assert len(made) == 3
    assert list(linked.rows("events")) == []


def test_spellings_of_one_name_are_joined_and_parted_again(linked):
    made = linked.rename_actor("Ana Vélez", "Anna Velez", **WHO)
    assert [row["name"] for row in linked.rows("actors")].count("Anna Velez") == 1
    linked.undo(made[0], who="bo")
    assert {"Anna Velez", "Ana Vélez"} <= {row["name"] for row in linked.rows("actors")}
    with pytest.raises(LedgerError, match="Nobody"):
        linked.rename_actor("Nobody at all", "x", **WHO)
