"""Harm: how many were killed and wounded, by one report and by all of an incident; which figures differ."""

from __future__ import annotations

import pytest

from dateline.codebook.linking import load_weights
from dateline.link.harm import evidence, harm, harm_of_all, killed_parts, numbers, wounded_parts
from dateline.link.tolls import differ
from tests.link.told import Telling


def all_of(*tellings: Telling) -> tuple[int | None, int | None]:
    return tuple(harm_of_all(evidence(t.report, t.reading) for t in tellings))


def dead_and_hurt(outlet: str = "one") -> Telling:
    text = f"Two people were killed and three wounded in a shooting in Chur. Told by {outlet}."
    return (
        Telling(text)
        .counts("Two people", 2)
        .counts("three", 3, "wounded")
        .event("killed", quantities=(0,))
        .event("wounded", quantities=(1,))
    )


def test_the_figures_given_are_the_harm():
    telling = dead_and_hurt()
    assert tuple(harm(telling.report, telling.reading)) == (2, 3)


def test_reports_of_one_incident_count_together():
    assert all_of(dead_and_hurt(), dead_and_hurt("two"), Telling("The street in Chur was closed.")) == (2, 3)


def test_a_report_that_tells_of_no_harm_has_none():
    assert all_of(Telling("The council met on Friday.")) in ((None, None), (0, 0))


def test_a_death_that_is_told_counts_as_one():
    telling = Telling("A man was shot dead in Altdorf.").event("shot").event("dead")
    assert harm(telling.report, telling.reading).killed == 1


def test_no_reports_tell_of_nothing():
    assert all_of() == (None, None)


def test_a_triple_murder_is_three_dead():
    telling = Telling("A triple murder shook the town.").event("murder")
    assert evidence(telling.report, telling.reading).killed == (3,)


def test_numbers_worth_weighing_hold_what_follows_from_others():
    telling = Telling("Five people were shot, two of whom died.").counts("Five people", 5, "casualties")
    assert 3 in numbers([evidence(telling.report, telling.reading)], "wounded", 2)


@pytest.mark.parametrize(("kind", "of"), [("killed", killed_parts), ("wounded", wounded_parts)])
def test_weights_are_of_parts_that_exist(kind, of):
    telling = dead_and_hurt()
    told = [evidence(telling.report, telling.reading)]
    names = {name for n in (0, 1, 2) for name in of(n, told, 1)}
    assert set(load_weights(kind)) <= names


@pytest.mark.parametrize(("one", "other", "unlike"), [(2, 2, False), (2, 3, True)])
def test_reports_differ_where_their_figures_do(one, other, unlike):
    told = [Telling(f"{n} people died in Altdorf.").counts(f"{n} people", n) for n in (one, other)]
    assert differ([(t.report, t.reading) for t in told], "killed") is unlike


def test_a_single_victim_told_far_down_is_no_other_toll():
    first = Telling("3 people died in Altdorf.").counts("3 people", 3)
    later = Telling("The street was closed. " * 20 + "A woman died there.").counts("A woman", 1)
    assert not differ([(t.report, t.reading) for t in (first, later)], "killed")
