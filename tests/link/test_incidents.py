"""Incidents: which events are one happening, and why."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from dateline.link import link
from dateline.link.incidents import explain, grouped, incidents
from dateline.link.likeness import Frames, apart, same_incident
from dateline.link.pairs import candidates
from dateline.link.tellings import Tellings
from dateline.records.geodesy import distance_km
from tests.link.told import Telling, happenings_of

STRUCK = "A rocket struck the bakery on Mill Street in {town} at dawn, the mayor of {town} wrote."


def strike(town: str, trigger: str = "struck", day: str = "2022-02-25", **fields: object) -> Telling:
    text = STRUCK.format(town=town).replace("struck", trigger) + f" Told by {fields.pop('outlet', 'one')}."
    return Telling(text, day).event(trigger, at=town, **fields)


@pytest.mark.parametrize(("one", "other", "same"), [
    (strike("Altdorf"), strike("Altdorf", "hit", outlet="another"), True),
    (strike("Altdorf"), strike("Chur", outlet="another"), False),
    (strike("Altdorf", on="Ruritania"), strike("Altdorf", on="Sylvania", outlet="another"), False),
])  # fmt: skip
def test_one_strike_told_twice_is_one_incident_and_two_strikes_are_two(one, other, same):
    assert len(grouped(happenings_of(one, other))) == (1 if same else 2)


def test_unlike_acts_of_one_state_in_a_report_stay_apart():
    telling = (
        Telling("Ruritania refused the talks.\n\nRuritania shelled the bakery.")
        .event("refused", "REJECT", by="Ruritania")
        .event("shelled", by="Ruritania")
    )
    assert len(grouped(happenings_of(telling))) == 2


def test_every_link_can_say_why():
    found = happenings_of(strike("Altdorf"), strike("Altdorf", "hit", outlet="another"))
    (members,) = grouped(found)
    (ref, other, why), *_ = explain(members, found)
    assert {ref, other} == {h.ref for h in found}
    assert why["place"] > 0 < why["near"]


def test_the_parts_sum_to_the_score():
    found = happenings_of(strike("Altdorf"), strike("Chur", outlet="another"))
    score, why = same_incident(Tellings(found), Frames(found), np.array([0]), np.array([1]))
    assert score == pytest.approx(sum(why.values()))
    assert apart(*found)


def test_a_pair_scores_the_same_alone_and_among_others():
    found = happenings_of(*(strike(town, how, outlet=how) for town in ("Altdorf", "Chur") for how in ("hit", "struck")))
    tellings, frames, (i, j) = Tellings(found), Frames(found), np.array(list(combinations(range(4), 2))).T
    together, _ = same_incident(tellings, frames, i, j)
    alone = [same_incident(tellings, frames, i[n : n + 1], j[n : n + 1])[0][0] for n in range(len(i))]
    assert together.tolist() == alone
    assert len(set(alone)) > 1


def test_a_report_of_another_matter_changes_no_incident():
    two = [strike("Altdorf"), strike("Altdorf", "hit", outlet="another")]
    other = Telling("Ruritania signed a grain treaty, negotiators wrote from their hotel.").event("signed", "AGREE")
    alone, beside = link(t.both for t in two), link(t.both for t in (*two, other))
    assert set(alone.incidents) < set(beside.incidents)


def test_copies_count_once_as_sources():
    one, other = strike("Altdorf"), strike("Altdorf", outlet="another")
    found = happenings_of(one, other)
    ids = sorted(t.report.id for t in (one, other))
    (incident,) = incidents(found, {ids[0]: ids[0], ids[1]: ids[0]})
    assert incident.sources == 1
    assert len(incident.reports) == 2


def test_pairs_grow_with_the_events_not_with_their_square():
    def pairs(count: int) -> int:
        found = happenings_of(*(strike("Altdorf", outlet=f"paper {i}") for i in range(count)))
        return len(candidates(found)[0])

    assert pairs(400) < 3 * pairs(200)


def test_a_degree_of_latitude_is_111_kilometres():
    assert distance_km(46, 8, 47, 8) == pytest.approx(111.2, abs=0.1)
