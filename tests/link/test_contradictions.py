"""Contradictions a report sets out itself, and denials."""

from __future__ import annotations

import pytest

from dateline.link.accounts import differ_in
from dateline.link.contradictions import contradictions
from dateline.link.denials import denials
from tests.link.told import Telling, told_by


def names(case):
    return [{s.name for s in side} for side in case[:2]]


@pytest.mark.parametrize("middle", ["Not so, said", "That is wrong, said", "It was a lie, said"])
def test_a_marker_sets_its_speaker_against_the_voice_before(middle):
    telling = (
        Telling(f"The wreck lay in Altdorf, the mayor said. {middle} the priest: the wreck lay in Brunnen.")
        .says("the mayor", "The wreck lay in Altdorf")
        .says("the priest", "the wreck lay in Brunnen")
    )
    (case,) = contradictions(telling.report.text, told_by(telling))
    assert names(case) == [{"the mayor"}, {"the priest"}]


def test_a_denial_of_all_of_it_takes_up_what_was_told_before():
    telling = (
        Telling("Ruritania said its troops held the fort.\n\nSylvania denied all of it.")
        .says("Ruritania", "its troops held the fort")
        .says("Sylvania", "all of it", "denies", whole="Sylvania denied all of it")
    )
    found = list(contradictions(telling.report.text, told_by(telling)))
    assert [names(case) for case in found] == [[{"Ruritania"}, {"Sylvania"}]] * len(found)
    assert found


def test_accounts_that_differ_are_the_two_that_follow():
    telling = (
        Telling("How many were hurt depends on whom one asks. Three, the mayor said. Eight, the hospital said.")
        .says("the mayor", "Three")
        .says("the hospital", "Eight")
    )
    (case,) = contradictions(telling.report.text, told_by(telling))
    assert names(case) == [{"the mayor"}, {"the hospital"}]
    assert differ_in(*case) == "toll"


def test_one_voice_going_on_contradicts_nobody():
    telling = (
        Telling("The road was open, the mayor said. The other story is not true, the mayor said.")
        .says("the mayor", "The road was open")
        .says("the mayor", "The other story is not true")
    )
    assert not list(contradictions(telling.report.text, told_by(telling)))


@pytest.mark.parametrize(("denied", "disputed"), [
    ("it had refused to negotiate", True),
    ("it had shelled the town", False),
])  # fmt: skip
def test_a_denial_meets_the_assertion_that_says_the_same_in_other_words(denied, disputed):
    trigger, type_ = ("refused", "REJECT") if disputed else ("shelled", "ASSAULT")
    telling = (
        Telling(f"Ruritania accused Sylvania of rejecting talks. Sylvania denied that {denied}.")
        .says("Ruritania", "Sylvania of rejecting talks", "accuses")
        .event("rejecting", "REJECT", said=True)
        .says("Sylvania", f"that {denied}", "denies")
        .event(trigger, type_, said=True, status="denied", factuality=-2.5)
    )
    assert bool(list(denials([told_by(telling)]))) is disputed


def test_a_side_said_to_refuse_that_says_it_is_willing_disputes_it():
    telling = (
        Telling("Sylvania was willing to talk, it said. Ruritania said Sylvania had rejected the offer.")
        .says("Sylvania", "Sylvania was willing to talk")
        .event("willing", "AGREE", said=True, by="Sylvania")
        .says("Ruritania", "Sylvania had rejected the offer")
        .event("rejected", "REJECT", said=True, by="Sylvania")
    )
    ((told, own),) = denials([told_by(telling)])
    assert (told.name, own.name) == ("Ruritania", "Sylvania")


@pytest.mark.parametrize(("first", "second", "kind"), [
    ("a Ruritanian missile hit it", "a Sylvanian missile hit it", "responsibility"),
    ("it was quiet", "nobody was there", "occurrence"),
])  # fmt: skip
def test_the_kind_of_a_dispute_is_what_the_accounts_give_differently(first, second, kind):
    telling = Telling(f"The mayor: {first}. The priest: {second}.").says("mayor", first).says("priest", second)
    one, other = told_by(telling)
    assert differ_in((one,), (other,), "") == kind


def test_times_of_other_days_make_a_dispute_over_time():
    telling = (
        Telling("The mayor: it blew up on Friday. The priest: it blew up on Thursday night.")
        .says("mayor", "it blew up on Friday")
        .time("Friday", "2022-02-25")
        .says("priest", "it blew up on Thursday night")
        .time("Thursday night", "2022-02-24T18:00", hours=12)
    )
    one, other = told_by(telling)
    assert differ_in((one,), (other,), "") == "time"


@pytest.mark.parametrize(
    ("ending", "disputed"),
    [("is false, the consul said", True), ("went round the town, the consul said", False)],
)
def test_a_rumour_that_somebody_ends_is_disputed(ending, disputed):
    text = f"A rumour that Ruritania would close the gate {ending}. It stays open, he told people."
    telling = (
        Telling(text)
        .event("close", by="Ruritania", status="planned", factuality=1.5)
        .says("consul", "It stays open")
        .says("consul", ending.split(",")[0], whole=ending)
    )
    found = list(contradictions(telling.report.text, told_by(telling)))
    assert bool(found) is disputed
    assert all(case.first[0].name == "rumour" for case in found)


def test_a_place_one_side_took_and_the_outlet_calls_contested_is_disputed():
    telling = (
        Telling("Ruritania said it had captured Altdorf. Ruritania was denied by all. The town was contested.")
        .says("Ruritania", "it had captured Altdorf")
        .event("captured", "CONTROL", by="Ruritania", at="Altdorf", said=True)
        .event("contested", "ASSAULT")
    )
    (case,) = contradictions(telling.report.text, told_by(telling))
    assert case.second[0].name == "The Herald"


@pytest.mark.parametrize(("accusation", "disputed"), [("struck a school", True), ("invaded at dawn", False)])
def test_a_denial_of_harm_answers_who_lays_a_strike_to_it_but_not_the_war(accusation, disputed):
    telling = (
        Telling(f"Sylvania said Ruritania {accusation}. Ruritania denied that its guns shelled homes.")
        .says("Sylvania", f"Ruritania {accusation}")
        .event(accusation.split()[0], by="Ruritania", said=True)
        .says("Ruritania", "that its guns shelled homes", "denies")
        .event("shelled", by="Ruritania", said=True, status="denied", factuality=-2.5)
    )
    assert bool(list(denials([told_by(telling)]))) is disputed
