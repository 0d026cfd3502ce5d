"""Linking on several processes gives what linking on one does."""

from __future__ import annotations

import pytest

from dateline.link import link
from dateline.records import Verdict
from dateline.relinking import link_all
from tests.link.test_invariants import REPORTS

EVENTS = [f"{report.id}:e0" for report, reading in REPORTS if reading.events]
MERGED = Verdict(one=(EVENTS[0], EVENTS[-1]))


@pytest.mark.parametrize("processes", [1, 2])
def test_the_links_are_the_same_with_verdicts_and_what_was_rejected(processes):
    verdicts, rejected = [MERGED], frozenset([EVENTS[1]])
    assert link_all(REPORTS, verdicts, rejected, processes=processes) == link(REPORTS, verdicts, rejected)


def test_events_that_people_merged_are_one_incident_whatever_matters_they_were_of():
    (incident,) = [i for i in link(REPORTS, [MERGED]).incidents if EVENTS[0] in i.events]
    assert EVENTS[-1] in incident.events
