"""Harm: how many were killed and wounded, by one report and by all of an incident; which figures differ."""

from __future__ import annotations

import msgspec
import pytest

from dateline.codebook.linking import load_weights
from dateline.link.evidence import evidence
from dateline.link.harm import harm, harm_of_all, pairs, parts
from dateline.link.tolls import differ, incompatible
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


def told_by(telling: Telling):
    return evidence(telling.report, telling.reading)


def test_a_triple_murder_is_three_dead():
    assert told_by(Telling("A triple murder shook the town.").event("murder")).figures["killed"] == (3,)


def test_pairs_worth_weighing_hold_what_follows_from_all_who_were_hit():
    telling = Telling("Five people were shot, two of whom died.").counts("Five people", 5, "casualties")
    assert (2, 3) in pairs([told_by(telling)])


def test_a_sentence_told_twice_counts_once():
    text = "A photo of the scene in Chur, where two people died. The street is closed. "
    told = Telling(text + text).counts("two people", 2)
    again = told.reading.quantities[0]
    twice = msgspec.structs.replace(again, start=again.start + len(text), end=again.end + len(text))
    reading = msgspec.structs.replace(told.reading, quantities=(again, twice))
    assert evidence(told.report, reading).figures["killed"] == (2,)


def test_victims_told_one_by_one_in_a_sentence_add_up():
    telling = (
        Telling("A man shot his two sons and a neighbour in Chur, all of whom died.")
        .counts("two sons", 2)
        .counts("a neighbour", 1)
    )
    assert told_by(telling).sums["killed"] == {3}
    assert (3, 0) in pairs([told_by(telling)])


@pytest.mark.parametrize(("text", "ages"), [
    ("Ann Lee, 34, and her 5-year-old son died.", {"killed": 2, "wounded": 0, "casualties": 2}),
    ("A 19-year-old was wounded, another man, 20, hurt.", {"killed": 0, "wounded": 2, "casualties": 2}),
    ("A 19-year-old was shot.", {"killed": 0, "wounded": 0, "casualties": 1}),
    ("The driver, 40, was questioned.", {"killed": 0, "wounded": 0, "casualties": 0}),
])  # fmt: skip
def test_ages_are_counted_beside_deaths_wounds_and_any_harm(text, ages):
    assert told_by(Telling(text)).ages == ages


def test_weights_are_of_parts_that_exist():
    names = {name for spoken in parts([told_by(dead_and_hurt())]).values() for name in spoken}
    assert names <= set(load_weights("harm"))


@pytest.mark.parametrize(("one", "other", "unlike"), [(2, 2, False), (2, 3, True)])
def test_reports_differ_where_their_figures_do(one, other, unlike):
    told = [Telling(f"{n} people died in Altdorf.").counts(f"{n} people", n) for n in (one, other)]
    assert differ([(t.report, t.reading) for t in told], "killed") is unlike


def test_a_single_victim_told_far_down_is_no_other_toll():
    first = Telling("3 people died in Altdorf.").counts("3 people", 3)
    later = Telling("The street was closed. " * 20 + "A woman died there.").counts("A woman", 1)
    assert not differ([(t.report, t.reading) for t in (first, later)], "killed")


def test_no_further_wounded_told_far_down_is_no_other_toll():
    first = Telling("3 people were hurt in Altdorf.").counts("3 people", 3, "wounded")
    later = Telling("The street was closed. " * 20 + "Nobody else was hurt.").counts("Nobody", 0, "wounded")
    assert not differ([(t.report, t.reading) for t in (first, later)], "wounded")


@pytest.mark.parametrize(("high", "apart"), [(50, True), (None, False)])
def test_figures_that_differ_may_both_be_true(high, apart):
    first = Telling("More than 50 people died.").counts("50 people", 50, high=high)
    later = Telling("The dead are 51.").counts("51", 51)
    told = [(t.report, t.reading) for t in (first, later)]
    assert differ(told, "killed")
    assert incompatible(told, "killed") is apart
