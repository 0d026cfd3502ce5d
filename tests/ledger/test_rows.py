"""Rows to show: the columns they have and what the filters leave in."""

from __future__ import annotations

from typing import get_args

import pytest

from dateline.ledger import Filters, Kind, LedgerError, columns_of, open_ledger
from dateline.ledger.rows import certainty
from dateline.records import Reading, Report
from tests.ledger.made import made


@pytest.fixture(scope="module")
def shown(new_place):
    """A function that returns the rows of twelve reports left in by filters; the tests of it change nothing."""
    with open_ledger(new_place()) as ledger:
        run = ledger.start_run(version="1", model="none", codebook="none")
        ledger.add_many([*(made(i) for i in range(12)), (Report(text="Undated."), Reading())], run)
        yield lambda kind, **filters: list(ledger.rows(kind, Filters(**filters)))


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_takes_every_filter(shown, kind):
    everything = dict.fromkeys(("place", "actor", "type", "source", "certainty", "report"), "1")
    assert shown(kind, since="2022-02-01", until="2022-02-02", **everything, limit=5) == []
    assert all(tuple(row) == columns_of(kind) for row in shown(kind))


@pytest.mark.parametrize(
    ("kind", "filters", "number"),
    [
        ("reports", {}, 13),
        ("reports", {"since": "2022-02-26", "until": "2022-02-28"}, 3),
        ("reports", {"source": "herald"}, 6),
        ("events", {}, 12),
        ("events", {"since": "2022-02-26", "until": "2022-02-28"}, 3),
        ("events", {"since": "2022-02-26T12:00+00:00", "until": "2022-02-27T00:00+00:00"}, 1),
        ("events", {"until": "2022-02-23"}, 0),
        ("events", {"place": "kyi"}, 4),
        ("events", {"place": "ŁÓDŹ"}, 4),
        ("events", {"place": "POL"}, 4),
        ("events", {"actor": "RURI"}, 12),
        ("events", {"actor": "velez"}, 0),
        ("events", {"type": "assault"}, 12),
        ("events", {"type": "PROTEST"}, 0),
        ("events", {"source": "velez"}, 12),
        ("events", {"source": "Wire"}, 6),
        ("events", {"certainty": "certain"}, 3),
        ("events", {"certainty": "1.5"}, 6),
        ("events", {"certainty": "happened"}, 12),
        ("events", {"limit": 4}, 4),
        ("claims", {"actor": "Vélez", "type": "asserts", "source": "herald"}, 6),
        ("claims", {"certainty": "denies"}, 0),
        ("claims", {"place": "kyiv"}, 12),  # without meaning for claims
        ("unknowns", {"since": "2022-03-07"}, 1),
        ("actors", {}, 2),
        ("actors", {"actor": "velez"}, 1),
        ("places", {}, 3),
        ("places", {"place": "lodz"}, 0),  # ł is a letter, not an accented l
        ("places", {"place": "łodz"}, 1),
    ],
)
def test_filters_leave_in(shown, kind, filters, number):
    assert len(shown(kind, **filters)) == number


def test_an_event_tells_when_what_who_says_so_and_where(shown):
    row = shown("events", limit=1)[0]
    wanted = {
        "earliest": "2022-02-24T00:00:00+00:00", "latest": "2022-02-25T00:00:00+00:00", "type": "ASSAULT",
        "edtf": "2022-02-24", "date_prec": 1,
        "initiators": "Ruritania", "recipients": None, "source": "Ana Vélez", "outlet": "The Herald",
        "status": "happened", "factuality": 3.0, "certainty": "certain", "place": "Kyiv", "lat": 50.45, "lon": 30.52,
        "where_prec": 1, "words": "Friday soldiers of Ruritania shelled Kyiv",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_rows_come_in_order_of_time_the_undated_last(shown):
    days = [row["published"] for row in shown("reports")]
    assert days == [*sorted(day for day in days if day), None]


def test_actors_and_places_are_counted_over_all_reports(shown):
    assert [(row["name"], row["reports"], row["claims"]) for row in shown("actors")] == [
        ("Ana Vélez", 12, 12), ("Ruritania", 12, 0),
    ]  # fmt: skip
    assert [row["events"] for row in shown("places")] == [4, 4, 4]


@pytest.mark.parametrize(("kind", "filters"), [("news", {}), ("events", {"since": "yesterday"})])
def test_nonsense_is_refused_in_plain_words(ledger, kind, filters):
    with pytest.raises(LedgerError, match=r"choose one of|is no date"):
        list(ledger.rows(kind, Filters(**filters)))


@pytest.mark.parametrize(
    ("factuality", "word"),
    [(3, "certain"), (2.5, "certain"), (2, "probable"), (1, "possible"), (0, "unknown"), (-1, "possibly not"),
     (-2, "probably not"), (-3, "certainly not")],
)  # fmt: skip
def test_factuality_in_words(factuality, word):
    assert certainty(factuality) == word
