"""What pages ask of a ledger: windows, names, keys to go on behind."""

from __future__ import annotations

import pytest

from dateline.ledger import Filters, LedgerError, open_ledger, order_of
from dateline.link import link
from dateline.records import Dispute, Incident, Side
from tests.ledger.made import made


@pytest.fixture
def ledger(place):
    with open_ledger(place) as opened:
        opened.add_many((made(i) for i in range(12)), opened.start_run(version="0", model="m", codebook="c"))
        linked = link(opened.readings())
        first, second = sorted(report.id for report in opened.reports())[:2]
        sides = (Side(label="a", records=(f"{first}:c0",), sources=()), Side(label="b", records=(f"{second}:c0",),
                                                                              sources=()))  # fmt: skip
        dispute = Dispute(id="d", kind="toll", about="x", sides=sides, incident=linked.incidents[0].id)
        opened.replace_linked(linked.incidents, [dispute], [], [], [])
        yield opened


@pytest.mark.parametrize("kind", ["reports", "events", "claims", "unknowns", "incidents"])
def test_rows_go_on_behind_the_last_one_seen(ledger, kind):
    every = [row["id"] for row in ledger.rows(kind)]
    seen, after = [], None
    while page := list(ledger.rows(kind, Filters(limit=5, after=after))):
        seen += [row["id"] for row in page]
        after = tuple(page[-1][name] for name in order_of(kind))
    assert seen == every


def test_a_key_of_another_list_is_refused(ledger):
    with pytest.raises(LedgerError, match="no place in the list"):
        list(ledger.rows("events", Filters(after=("x",))))


def test_derived_records_come_latest_first_and_go_on(ledger):
    every = [i.id for i, _ in ledger.browse.latest(Incident, limit=100)]
    (_, key), *_ = reversed(ledger.browse.latest(Incident, limit=4))
    assert [i.id for i, _ in ledger.browse.latest(Incident, limit=100, after=key)] == every[4:]
    assert set(every) == {i.id for i in ledger.incidents()}


def test_a_dispute_is_found_from_its_incident_and_its_records(ledger):
    (dispute,) = ledger.disputes()
    record = dispute.sides[0].records[0]
    assert ledger.browse.over([dispute.incident]) == {dispute.incident: [dispute]}
    assert ledger.browse.disputes_of([record]) == {record: [dispute]}
    assert ledger.browse.disputed_in(record.partition(":")[0]) == ["c0"]


def test_a_record_is_told_with_whose_words_it_is(ledger):
    (report, *_) = ledger.reports()
    told = ledger.browse.told([f"{report.id}:{key}" for key in ("c0", "e0", "q0", "u0", "p0", "c99")])
    assert len(told) == 5
    assert told[f"{report.id}:c0"].source == "Ana Vélez"
    assert all(report.text[t.start : t.end] for t in told.values())


def test_names_are_found_without_their_accents_and_lead_to_what_they_said(ledger):
    assert ledger.browse.names_from("ana", limit=9) == ["ana velez"]
    deeds = ledger.browse.deeds("Ána Velez", limit=100)
    assert len(deeds) == 12
    assert ledger.browse.deeds("ana velez", limit=100, after=deeds[3][1]) == deeds[4:]
    assert [n.name for n in ledger.browse.namings("ana velez")] == ["Ana Vélez"]


@pytest.mark.parametrize(("part", "name", "kind"), [("place", "kyiv", "events"), ("actor", "ruritania", "events"),
                                                    ("speaker", "ana velez", "claims")])  # fmt: skip
def test_rows_by_a_name_are_those_of_the_long_way(ledger, part, name, kind):
    long = {"place": Filters(place=name), "actor": Filters(actor=name), "speaker": Filters(source=name)}[part]
    assert ledger.browse.rows_named(kind, part, [name], Filters()) == list(ledger.rows(kind, long))


def test_the_state_changes_with_a_correction(ledger):
    before = ledger.browse.state()
    (report, *_) = ledger.reports()
    made = ledger.review(f"{report.id}:e0", "accept", who="R", why="seen")
    after = ledger.browse.state()
    ledger.undo(made, who="R")
    assert len({before, after, ledger.browse.state()}) == 3
