"""Words taken back, and questions with their answers."""

from __future__ import annotations

import msgspec
import pytest

from dateline.link import link
from dateline.link.questions import questions
from tests.link.told import Telling


def test_a_plan_denied_and_carried_out_is_a_reversal():
    denial = (
        Telling("Ruritania said it had no plan to invade.", "2022-02-20")
        .says("Ruritania", "it had no plan to invade")
        .event("invade", by="Ruritania", said=True, status="denied", factuality=-2.5)
    )
    act = Telling("Ruritania invaded at dawn.", "2022-02-24").event("invaded", by="Ruritania")
    (reversal,) = link([denial.both, act.both]).reversals
    assert (reversal.source, reversal.before.split(":")[0]) == ("Ruritania", denial.report.id)


def test_denied_conduct_is_no_plan():
    denial = (
        Telling("Ruritania denied that it was shelling towns.", "2022-02-20")
        .says("Ruritania", "that it was shelling towns", "denies")
        .event("shelling", by="Ruritania", said=True, status="denied", factuality=-2.5)
    )
    act = Telling("Ruritania shelled a barracks.", "2022-02-24").event("shelled", by="Ruritania")
    assert not link([denial.both, act.both]).reversals


def test_a_promise_the_sentence_says_was_broken_is_a_reversal():
    telling = (
        Telling("The bridge was closed by the mayor, who had promised that it would stay open.")
        .says("the mayor", "that it would stay open", "promises", whole="who had promised that it would stay open")
        .event("closed", "COERCE", by="the mayor")
    )
    (reversal,) = link([telling.both]).reversals
    assert reversal.source == "the mayor"
    assert reversal.after.endswith(":e0")


def test_a_promise_an_earlier_report_told_is_pointed_to_there():
    words = "that the bridge would stay open"
    promise = Telling(f"The mayor promised {words}.", "2022-02-23", "The Post")
    promise.says("the mayor", words, "promises", whole=f"promised {words}")
    broken = (
        Telling("The bridge was closed by the mayor, who had promised that it would stay open.")
        .says("the mayor", "that it would stay open", "promises", whole="who had promised that it would stay open")
        .event("closed", "COERCE", by="the mayor")
    )
    (reversal,) = link([promise.both, broken.both]).reversals
    assert reversal.before == f"{promise.report.id}:c0"


def test_a_refusal_that_is_denied_is_not_taken_back():
    telling = (
        Telling("Ruritania denied that it had refused to talk and met Sylvania.")
        .says(
            "Ruritania", "that it had refused to talk", "denies", whole="Ruritania denied that it had refused to talk"
        )
        .event("refused", "REJECT", by="Ruritania", said=True)
        .event("met", "CONSULT", by="Ruritania")
    )
    assert not link([telling.both]).reversals


def test_a_figure_the_outlet_puts_right_is_its_correction():
    telling = Telling("We gave the distance as 135 km. The correct distance is about 35 km. We apologise.")
    telling.counts("135 km", 135, "distance").counts("about 35 km", 35, "distance")
    (reversal,) = link([telling.both]).reversals
    assert reversal.correction
    assert reversal.source == "The Herald"


ASKED = "It is unclear whether the gate for pedestrians would be opened."


@pytest.mark.parametrize(("later", "answered"), [
    ("a gate for pedestrians would be opened on Monday", True),
    ("a bakery would be opened on Monday", False),
])  # fmt: skip
def test_a_later_claim_on_the_same_words_answers(later, answered):
    ask = Telling(ASKED).unknown("whether the gate for pedestrians would be opened")
    reply = Telling(f"The mayor said {later}.", "2022-02-26").says("the mayor", later)
    (question,) = link([ask.both, reply.both]).questions
    assert bool(question.answer) is answered


def test_an_earlier_claim_answers_nothing():
    ask = Telling(ASKED, "2022-02-27").unknown("whether the gate for pedestrians would be opened")
    said = "the gate for pedestrians would be opened"
    reply = Telling(f"The mayor said {said}.", "2022-02-26").says("the mayor", said)
    (question,) = link([ask.both, reply.both]).questions
    assert question.answer is None


def test_how_many_is_answered_by_a_figure():
    ask = Telling("How many paratroopers were killed is not known.").unknown("How many paratroopers were killed")
    vague = Telling("The mayor said paratroopers were killed.", "2022-02-26")
    vague.says("the mayor", "paratroopers were killed")
    (question,) = link([ask.both, vague.both]).questions
    assert question.answer is None


def test_questions_in_the_same_words_are_one():
    asks = [
        Telling(f"{ASKED} Edition {n}.").unknown("whether the gate for pedestrians would be opened") for n in (1, 2)
    ]
    (question,) = link(ask.both for ask in asks).questions
    assert len(question.unknowns) == 2


@pytest.mark.parametrize(("told", "answered"), [
    ("12 paratroopers were killed", True),
    ("12 paratroopers were wounded", False),
])  # fmt: skip
def test_a_figure_answers_only_what_it_counts(told, answered):
    ask = Telling("How many paratroopers were killed is not known.").unknown("How many paratroopers were killed")
    reply = Telling(f"The mayor said {told}.", "2022-02-26").says("the mayor", told).counts("12 paratroopers", 12)
    (question,) = link([ask.both, reply.both]).questions
    assert bool(question.answer) is answered


def test_who_did_it_is_answered_by_a_doer():
    ask = Telling("It is unclear who shelled the mill.").unknown("who shelled the mill")
    vague = Telling("The mayor said somebody shelled the mill.", "2022-02-26")
    vague.says("the mayor", "somebody shelled the mill").event("shelled", said=True)
    named = Telling("The mayor said Ruritania shelled the mill.", "2022-02-27")
    named.says("the mayor", "Ruritania shelled the mill").event("shelled", by="Ruritania", said=True)
    (question,) = link([ask.both, vague.both, named.both]).questions
    assert question.answered == "2022-02-27"


@pytest.mark.parametrize(("one", "other", "count"), [
    ("where they died", "How many paratroopers were killed", 2),
    ("where they died", "who killed them", 2),
    ("whether the two sides would meet", "whether delegations would meet", 1),
    ("whether a missile struck the mill", "whether the mill was struck by a missile", 1),
])  # fmt: skip
def test_a_single_word_in_common_makes_one_question_only_if_asked_alike(one, other, count):
    asks = [Telling(f"It is not known {words}.").unknown(words).both for words in (one, other)]
    assert len(questions(asks, [])) == count


def test_talk_of_sides_does_not_answer_whether_the_sides_will_meet():
    ask = Telling("It is unclear whether the two sides would meet.").unknown("whether the two sides would meet")
    said = "the sides were still consulting on a place"
    reply = Telling(f"The mayor said {said}.", "2022-02-26").says("the mayor", said)
    (question,) = link([ask.both, reply.both]).questions
    assert question.answer is None


@pytest.mark.parametrize(("one", "other", "count"), [
    ("Ruritania", "Ruritania", 1),
    ("Ruritania", "Sylvania", 2),
])  # fmt: skip
def test_whereabouts_of_him_and_of_him_are_one_question_if_he_is_one(one, other, count):
    def ask(who: str, edition: int):
        telling = Telling(f"His whereabouts are unknown. Edition {edition}.").unknown("His whereabouts")
        telling.actor(f"president of {who}")
        (him,) = telling.reading.actors
        actor = msgspec.structs.replace(him, mentions=((0, 3, "pronoun"),))
        return telling.report, msgspec.structs.replace(telling.reading, actors=(actor,))

    assert len(questions([ask(one, 1), ask(other, 2)], [])) == count
