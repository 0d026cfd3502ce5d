"""Linking on several processes, or step by step, gives what linking at once does; and it touches what it must."""

from __future__ import annotations

import pytest

from dateline import relinking
from dateline.ledger import open_ledger
from dateline.link import link, link_matter
from dateline.records import Verdict
from dateline.relinking import link_all, relink
from tests.link.test_invariants import REPORTS
from tests.link.told import Telling

EVENTS = [f"{report.id}:e0" for report, reading in REPORTS if reading.events]
VIOLIN = [
    Telling(f"Thieves stole a violin by Guarneri from the {where} in Brunnen.", f"2022-03-0{day}", f"Post {day}")
    .event("stole", "COERCE", at="Brunnen")
    .both
    for day, where in enumerate(("conservatory", "conservatory's hall", "old conservatory"), 1)
]
MERGED = Verdict(one=(EVENTS[0], EVENTS[-1]))


@pytest.mark.parametrize("processes", [1, 2])
def test_the_links_are_the_same_with_verdicts_and_what_was_rejected(processes):
    verdicts, rejected = [MERGED], frozenset([EVENTS[1]])
    assert link_all(REPORTS, verdicts, rejected, processes=processes) == link(REPORTS, verdicts, rejected)


def test_events_that_people_merged_are_one_incident_whatever_matters_they_were_of():
    (incident,) = [i for i in link(REPORTS, [MERGED]).incidents if EVENTS[0] in i.events]
    assert EVENTS[-1] in incident.events


def ledger_of(told):
    ledger = open_ledger("sqlite://")
    ledger.add_many(told, ledger.start_run(version="1", model="m", codebook="c"))
    relink(ledger)
    return ledger


def matters_linked(ledger, monkeypatch):
    """The reports of each matter that linking again works out."""
    linked = []

    def noted(told, *rest):
        linked.append({report.id for report, _ in told})
        return link_matter(told, *rest)

    monkeypatch.setattr(relinking, "link_matter", noted)
    relink(ledger)
    return linked


def test_new_reports_touch_their_own_matter_and_no_other(monkeypatch):
    new = VIOLIN[-1]
    with ledger_of([*REPORTS, *VIOLIN[:-1]]) as ledger:
        before = set(ledger.incidents())
        ledger.add(*new, ledger.start_run(version="1", model="m", codebook="c"))
        assert matters_linked(ledger, monkeypatch) == [{report.id for report, _ in VIOLIN}]
        after = set(ledger.incidents())
        assert {i for i in before ^ after if i.reports[0] not in {report.id for report, _ in VIOLIN}} == set()
        assert after == set(link([*REPORTS, *VIOLIN]).incidents)


def test_nothing_new_links_nothing_anew(monkeypatch):
    with ledger_of(VIOLIN) as ledger:
        assert matters_linked(ledger, monkeypatch) == []


def test_a_correction_links_its_matter_anew(monkeypatch):
    with ledger_of([*REPORTS, *VIOLIN]) as ledger:
        ledger.review(f"{VIOLIN[0][0].id}:e0", "reject", who="a", why="b")
        assert matters_linked(ledger, monkeypatch) == [{report.id for report, _ in VIOLIN}]
        assert set(ledger.incidents()) == set(link([*REPORTS, *VIOLIN], (), ledger.rejected()).incidents)


def test_what_another_version_kept_is_worked_out_anew(monkeypatch):
    with ledger_of([*REPORTS, *VIOLIN]) as ledger:
        before = set(ledger.incidents())
        monkeypatch.setattr(relinking, "version", lambda _: "another")
        assert sum(map(len, matters_linked(ledger, monkeypatch))) == len({r.id for r, _ in [*REPORTS, *VIOLIN]})
        assert set(ledger.incidents()) == before
        assert matters_linked(ledger, monkeypatch) == []
