"""What pages ask of a ledger: windows, names, keys to go on behind."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select

from dateline.ledger import Filters, LedgerError, latest, named, open_ledger, order_of
from dateline.ledger.schema import T
from dateline.link import link
from dateline.records import Actor, Claim, Dispute, Incident, Reading, Report, Side
from tests.ledger.made import made

UNDATED = Reading(
    actors=(Actor(id="a0", name="Ana Vélez", kind="person", mentions=((9, 12, "name"),)),),
    claims=(Claim(start=9, end=18, source="a0", content=((13, 18),), cue="speak", mode="indirect", stance="asserts"),),
)


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


def test_a_name_that_nobody_has_any_more_is_in_no_list(ledger):
    ledger.rename_actor("Ana Vélez", "Eva Vélez", who="R", why="misspelt")
    assert ledger.browse.names() == ["eva velez", "ruritania"]
    assert ledger.browse.names_from("ana", limit=9) == []


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("events", {"place": "kyiv"}),
        ("events", {"place": "POL"}),
        ("events", {"place": "kyiv", "type": "ASSAULT", "certainty": "1.5"}),
        ("events", {"actor": "ruritania", "since": "2022-02-26", "until": "2022-03-05"}),
        ("events", {"actor": "ruritania", "place": "łódź", "source": "wire"}),
        ("events", {"source": "velez"}),
        ("events", {"source": "velez", "place": "nowhere"}),
        ("claims", {"source": "velez"}),
        ("claims", {"source": "velez", "until": "2022-02-28"}),
        ("claims", {"source": "velez", "since": "2022-02-28"}),
        ("claims", {"source": "herald", "actor": "VÉLEZ"}),
        ("unknowns", {"source": "herald"}),
    ],
)
def test_rows_read_off_from_the_index_of_names_are_those_of_the_whole_list(ledger, monkeypatch, kind, filters):
    ledger.add(Report(text="Undated: Ana spoke.", outlet="The Herald"), UNDATED, 1)
    few = [list(ledger.rows(kind, Filters(**filters, limit=n))) for n in (1, 5)]
    short, seen, after = list(ledger.rows(kind, Filters(**filters))), [], None
    while page := list(ledger.rows(kind, Filters(**filters, limit=2, after=after))):
        seen += page
        after = tuple(page[-1][name] for name in order_of(kind))
    monkeypatch.setattr(named, "_SEVERAL", -1)
    assert short == seen == list(ledger.rows(kind, Filters(**filters)))
    assert few == [short[:1], short[:5]]
    assert bool(short) == (filters.get("place") != "nowhere")


@pytest.mark.parametrize(
    "filters",
    [
        {"place": "kyiv"},
        {"actor": "ruri"},
        {"place": "POL", "actor": "ruritania"},
        {"actor": "ruri", "since": "2022-02-25"},
    ],
)
def test_incidents_read_off_from_the_index_of_names_are_those_of_the_whole_list(ledger, monkeypatch, filters):
    short = ledger.browse.latest(Incident, limit=100, filters=Filters(**filters))
    (_, key), *_ = ledger.browse.latest(Incident, limit=1, filters=Filters(**filters))
    behind = ledger.browse.latest(Incident, limit=100, after=key, filters=Filters(**filters))
    monkeypatch.setattr(latest, "_COMMON", 0)  # as where most rows bear the name
    assert short == ledger.browse.latest(Incident, limit=100, filters=Filters(**filters))
    monkeypatch.setattr(named, "_SEVERAL", -1)
    assert short == ledger.browse.latest(Incident, limit=100, filters=Filters(**filters))
    assert [short[0], *behind] == short


@pytest.mark.parametrize("more", [{}, {"type": "assault"}, {"certainty": "happened"}, {"until": "2022-03-04"}])
def test_events_from_a_moment_on_are_those_of_the_whole_list(ledger, more):
    filters = {"since": "2022-02-24", **more}
    whole = [row["id"] for row in ledger.rows("events", Filters(**filters))]
    assert len(whole) > 2
    ledger.review(whole[1], "reject", who="Ana", why="not so")
    del whole[1]
    seen, after = [], None
    while page := list(ledger.rows("events", Filters(**filters, limit=2, after=after))):
        seen += [row["id"] for row in page]
        after = tuple(page[-1][name] for name in order_of("events"))
    assert whole == seen


def test_a_sum_that_was_kept_is_read_and_not_reckoned_until_the_ledger_changes(ledger):
    kept = ledger.browse.outlets(), ledger.browse.types(), ledger.browse.by_hour("reports"), ledger.counts()
    assert dict(kept[0]) == {"The Herald": 6, "Wire": 6}
    with ledger._write() as connection:  # behind its back
        connection.execute(delete(T.incidents))
        last = connection.scalar(select(func.max(T.reports.c.number)))
        connection.execute(delete(T.reports).where(T.reports.c.number < last))
    assert kept == (ledger.browse.outlets(), ledger.browse.types(), ledger.browse.by_hour("reports"), ledger.counts())
    ledger.add(*made(40), 1)
    assert ledger.browse.outlets() == [("The Herald", 1), ("Wire", 1)]
    assert ledger.counts()["incidents"] == 0


def test_the_state_changes_with_a_correction(ledger):
    before = ledger.browse.state()
    (report, *_) = ledger.reports()
    made = ledger.review(f"{report.id}:e0", "accept", who="R", why="seen")
    after = ledger.browse.state()
    ledger.undo(made, who="R")
    assert len({before, after, ledger.browse.state()}) == 3
