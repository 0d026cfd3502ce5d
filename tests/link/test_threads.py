"""Threads out of moves told by hand."""

from __future__ import annotations

import pytest

from dateline.link.statements import statements
from dateline.link.threads import threads
from tests.link.told import Telling, happenings_of


def threads_of(*tellings: Telling):
    found = happenings_of(*tellings)
    told = [(t.report, statements(*t.both, [h for h in found if h.report == t.report.id])) for t in tellings]
    return threads(found, told, {t.report.id: t.both for t in tellings}, {})


def offer(answer: str, trigger: str, type_: str) -> Telling:
    text = f"Ruritania offered to hand the northern harbour of Altdorf to Sylvania. {answer}"
    return (
        Telling(text)
        .event("offered", "AGREE", by="Ruritania", on="Sylvania")
        .event(trigger, type_, by="Sylvania", on="Ruritania")
    )


@pytest.mark.parametrize(
    ("answer", "trigger", "type_", "state"),
    [
        ("Sylvania rejected it.", "rejected", "REJECT", "rejected"),
        ("Sylvania refused.", "refused", "REJECT", "refused"),
        ("Sylvania agreed to it.", "agreed", "AGREE", "accepted"),
        ("Sylvania demanded more.", "demanded", "REQUEST", "demanded"),
        ("Sylvania broke off contact.", "broke off", "SANCTION", "broken off"),
    ],
)
def test_an_offer_and_its_answer_are_a_thread_that_stands_where_the_answer_left_it(answer, trigger, type_, state):
    (thread,) = threads_of(offer(answer, trigger, type_))
    assert thread.state == state
    assert [move.move for move in thread.moves] == ["offered", state]
    assert set(thread.parties) == {"Ruritania", "Sylvania"}


def test_a_demand_repeated_in_another_report_goes_on_by_the_words_of_the_matter():
    first = (
        Telling("Ruritania demanded that Sylvania reopen the northern harbour and its lighthouse.", "2022-02-24")
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
    )  # fmt: skip
    second = (
        Telling("Sylvania refused to reopen the northern harbour or the lighthouse.", "2022-02-25", "The Post")
        .event("refused", "REJECT", by="Sylvania")
    )  # fmt: skip
    (thread,) = threads_of(first, second)
    assert [move.by for move in thread.moves] == ["Ruritania", "Sylvania"]


def test_moves_on_different_matters_are_no_thread():
    first = (
        Telling("Ruritania demanded that Sylvania reopen the northern harbour.", "2022-02-24")
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
    )  # fmt: skip
    second = (
        Telling("Sylvania refused a loan for its railway.", "2022-02-25", "The Post")
        .event("refused", "REJECT", by="Sylvania")
    )  # fmt: skip
    assert not threads_of(first, second)


def test_a_demand_that_is_met_is_carried_out():
    told = (
        Telling("Ruritania demanded that Sylvania withdraw its tanks. Sylvania withdrew them.")
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
        .event("withdrew", "RETREAT", by="Sylvania")
    )
    (thread,) = threads_of(told)
    assert thread.state == "carried out"


def test_a_wish_is_no_move():
    told = (
        Telling("Ruritania might offer the harbour to Sylvania. Sylvania would refuse.")
        .event("offer", "AGREE", by="Ruritania", on="Sylvania", status="possible", factuality=0.5)
        .event("refuse", "REJECT", by="Sylvania", on="Ruritania", status="possible", factuality=0.5)
    )
    assert not threads_of(told)


def test_no_events_give_no_threads():
    assert threads([], [], {}, {}) == ()


def test_what_was_refused_and_then_given_is_accepted():
    first = (
        Telling("Ruritania again turned down a plea of Sylvania for coal.", "2022-02-24")
        .event("turned down", "REJECT", by="Ruritania", on="Sylvania")
    )  # fmt: skip
    second = (
        Telling("Ruritania will send coal to Sylvania, it announced.", "2022-02-26", "The Post")
        .event("send", "AID", by="Ruritania", on="Sylvania", status="planned", factuality=1.5)
    )  # fmt: skip
    (thread,) = threads_of(first, second)
    assert [move.move for move in thread.moves] == ["refused", "accepted"]
    assert thread.state == "accepted"


def test_what_is_only_planned_meets_no_demand():
    told = (
        Telling("Ruritania demanded that Sylvania withdraw its tanks. Sylvania is to withdraw them.")
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
        .event("withdraw them", "RETREAT", by="Sylvania", status="planned", factuality=1.0)
    )
    assert not threads_of(told)


def test_a_second_refusal_beside_the_first_answers_something_else():
    told = (
        Telling("Ruritania demanded the harbour. Sylvania refused. Sylvania also turned down a loan of Ruritania.")
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
        .event("refused", "REJECT", by="Sylvania", on="Ruritania")
        .event("turned down", "REJECT", by="Sylvania", on="Ruritania")
    )
    (thread,) = threads_of(told)
    assert [move.move for move in thread.moves] == ["demanded", "refused"]


@pytest.mark.parametrize(("first", "second", "face"), [("Sylvania", "Ruritania", True), (None, "Ruritania", False)])
def test_two_offers_are_an_exchange_only_face_to_face(first, second, face):
    told = (
        Telling("Ruritania offered the harbour of Altdorf. Sylvania was willing to give the harbour of Altdorf.")
        .event("offered", "AGREE", by="Ruritania", on=first)
        .event("willing", "AGREE", by="Sylvania", on=second)
    )
    assert bool(threads_of(told)) is face


def test_one_party_saying_two_things_in_a_breath_is_no_thread():
    text = "Ruritania demanded the harbour, the lighthouse and the coal of Sylvania and offered Sylvania the coal."
    told = (
        Telling(text)
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
        .event("offered", "AGREE", by="Ruritania", on="Sylvania")
    )
    assert not threads_of(told)


def test_a_town_makes_no_move():
    told = (
        Telling("Ruritania demanded the harbour of Altdorf. Altdorf refused Ruritania the harbour.")
        .event("demanded", "REQUEST", by="Ruritania", on="Altdorf")
        .event("refused", "REJECT", by="Altdorf", on="Ruritania")
    )
    assert not threads_of(told)


def test_what_an_answer_names_comes_before_it():
    told = (
        Telling("Ruritania dismissed the offer of Sylvania to lease the northern harbour.")
        .event("dismissed", "REJECT", by="Ruritania", on="Sylvania")
        .event("offer", "AGREE", by="Sylvania", on="Ruritania")
    )
    (thread,) = threads_of(told)
    assert [move.move for move in thread.moves] == ["offered", "rejected"]


def test_what_only_a_condition_tells_is_no_move():
    told = (
        Telling("Ruritania demanded the harbour from Sylvania and will open it unless Sylvania objected.")
        .event("demanded", "REQUEST", by="Ruritania", on="Sylvania")
        .event("objected", "REJECT", by="Sylvania", on="Ruritania", status="possible", factuality=1.5)
    )
    assert not threads_of(told)


def test_a_threat_is_carried_out_in_a_later_report_at_the_same_place_of_its_text():
    first = (
        Telling("Ruritania threatened to close its airspace to flights from Sylvania.", "2022-02-24")
        .event("threatened", "THREATEN", by="Ruritania", on="Sylvania")
    )  # fmt: skip
    second = (
        Telling("Ruritania closed its airspace to flights from Sylvania.", "2022-02-26", "The Post")
        .event("closed", "COERCE", by="Ruritania")
    )  # fmt: skip
    (thread,) = threads_of(first, second)
    assert thread.state == "carried out"
