"""Whom a pronoun stands for: the first and the last [bracket] are, or are not, one actor."""

from __future__ import annotations

import pytest

from dateline.annotate.actors import find_actors
from dateline.annotate.context import Context
from dateline.codebook import load_codebook
from dateline.records import Report
from tests.marked import unmark


@pytest.fixture(scope="session")
def same(parse):
    def check(marked):
        text, spans = unmark(marked)
        context = Context(report=Report(text=text, published="2022-02-25"), codebook=load_codebook())
        cast = find_actors(parse(text), context, [])
        first, last = cast.at(*spans[0]), cast.at(*spans[-1])
        return first is not None and first == last

    return check


@pytest.mark.parametrize("marked", [
    "[Zelenskiy] said [he] was ready.",
    "[Russia's military] said [it] had seized the port.",
    "[US officials] said [they] expected a veto.",
    "Lavrov met [Angela Merkel]. [She] left early.",
    "[Zelenskiy] pleaded for help. [His] whereabouts were secret.",
    "After denying for weeks [he] planned to invade, [Putin] blamed others.",
    "[Russia's military] said it had seized an airport. [It] claimed to have cut the city off.",
    "Blinken spoke of an attempt by [Putin] to install [his] own regime.",
    "“What is this?” resident [Yurii Lys] asked. Like other Ukrainians, [he] fled.",
    "[Protesters] threw stones before [they] were dispersed.",
    "The [European Union] said [its] members had agreed.",
])  # fmt: skip
def test_a_pronoun_stands_for_the_actor_that_fits(same, marked):
    assert same(marked)


@pytest.mark.parametrize("marked", [
    "“[He] must go,” [Zelenskiy] said.",  # nobody says "he" of himself
    "[Zelenskiy] met [him].",
    "[Angela Merkel] spoke before [he] left.",
    "[Ukraine] said [he] was ready.",
    "[Moscow] waited, but [it] was unclear why.",
    "[Putin] met officials, and [they] left.",
])  # fmt: skip
def test_a_pronoun_does_not_stand_for_what_grammar_forbids(same, marked):
    assert not same(marked)
