"""Derived records: replaced as a whole or in part, exactly as they were given."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline.records import (
    Dispute,
    Incident,
    OpenQuestion,
    Reversal,
    Side,
    Thread,
    ThreadMove,
    Toll,
    TollEntry,
)
from tests.ledger.made import DAY, made

KEPT = ("incidents", "disputes", "reversals", "threads", "questions")


def derived(number: int):
    """An incident and what hangs on it, over reports ``number`` and ``number`` + 1."""
    one, two = made(number)[0].id, made(number + 1)[0].id
    entry = TollEntry(quantity=f"{one}:q0", report=one, published="2022-02-24", source="Ana Vélez", low=2.0, high=None,
                      claim=f"{one}:c0")  # fmt: skip
    incident = Incident(
        id=f"i{number}", type="ASSAULT", title="Shelling", events=(f"{one}:e0", f"{two}:e0"), reports=(one, two),
        sources=2, earliest=DAY, place="Kyiv", lat=50.4, lon=30.5, country="UKR", initiators=("Ruritania", "others"),
        tolls=(Toll(kind="killed", low=1, best=2, high=2, entries=(entry, replace(entry, low=1.0))),),
    )  # fmt: skip
    sides = (
        Side(label="two died", records=(f"{one}:q0", f"{one}:c0"), sources=("Ana Vélez",)),
        Side(label="nobody died", records=(f"{two}:c0",), sources=("A", "B")),
    )
    dispute = Dispute(id=f"d{number}", kind="toll", about="how many died", sides=sides, incident=incident.id)
    reversal = Reversal(id=f"r{number}", source="Ruritania", before=f"{one}:c0", after=f"{two}:e0", about="shelling")
    moves = tuple(
        ThreadMove(record=f"{r}:c0", move=m, by="R", published=None) for r, m in ((one, "offer"), (two, "reject"))
    )
    thread = Thread(id=f"t{number}", matter="talks", parties=("R", "S"), moves=moves, state="rejected")
    question = OpenQuestion(id=f"q{number}", words="who gave the order", unknowns=(f"{one}:u0", f"{two}:u0"),
                            answer=f"{two}:c0", answered="2022-02-25")  # fmt: skip
    return [incident], [dispute], [reversal], [thread], [question]


def both(*numbers: int):
    """The derived records of several numbers, kind by kind."""
    return [[record for part in parts for record in part] for parts in zip(*map(derived, numbers), strict=True)]


def kept(ledger):
    return [getattr(ledger, name)() for name in KEPT]


@pytest.fixture
def filled(ledger, run):
    ledger.add_many((made(i) for i in range(4)), run)
    return ledger


def test_derived_records_come_back_as_they_were_given(filled):
    filled.replace_linked(*both(0, 2))
    assert kept(filled) == both(0, 2)
    assert filled.linked()


def test_linking_anew_replaces_all_that_was_there(filled):
    filled.replace_linked(*both(0, 2))
    filled.replace_linked(*both(2))
    assert kept(filled) == both(2)
    assert len(list(filled.rows("tolls"))) == 2


def test_linking_a_part_anew_leaves_the_rest(filled):
    filled.replace_linked(*both(0, 2))
    filled.replace_linked(*both(1), only={"i0", "d0", "r0", "t0", "q0"})
    assert kept(filled) == both(1, 2)


def test_a_changed_record_is_written_anew_under_its_id(filled):
    incidents, *others = both(0)
    filled.replace_linked(incidents, *others)
    changed = [replace(incidents[0], title="Shelling of Kyiv", tolls=())]
    filled.replace_linked(changed, *others)
    assert filled.incidents() == changed
    assert list(filled.rows("tolls")) == []


def test_a_new_report_makes_the_derived_records_stale(filled, run):
    filled.replace_linked(*both(0))
    filled.add(*made(9), run)
    assert not filled.linked()


@pytest.mark.parametrize(
    ("kind", "columns", "rows"),
    [
        ("incidents", ("title", "place", "sources", "reports", "initiators"),
         [("Shelling", "Kyiv", 2, 2, "Ruritania; others")]),
        ("tolls", ("kind", "low", "best", "high", "source", "source_low", "words"),
         [("killed", 1, 2, 2, "Ana Vélez", 2.0, "1"), ("killed", 1, 2, 2, "Ana Vélez", 1.0, "1")]),
        ("disputes", ("kind", "about", "label", "sources"),
         [("toll", "how many died", "two died", "Ana Vélez"), ("toll", "how many died", "nobody died", "A; B")]),
        ("reversals", ("source", "before_published", "after_published", "after_words"),
         [("Ruritania", "2022-02-24", "2022-02-25", "Friday soldiers of Ruritania shelled Minsk")]),
        ("threads", ("matter", "parties", "state", "move"),
         [("talks", "R; S", "rejected", "offer"), ("talks", "R; S", "rejected", "reject")]),
        ("questions", ("words", "reports", "answered"), [("who gave the order", 2, "2022-02-25")]),
    ],
)  # fmt: skip
def test_derived_records_as_rows(filled, kind, columns, rows):
    filled.replace_linked(*both(0))
    assert [tuple(row[c] for c in columns) for row in filled.rows(kind)] == rows
