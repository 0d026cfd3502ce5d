"""What a report says is not known, in its own words: the [brackets] are the words not known."""

from __future__ import annotations

import pytest

from dateline.annotate.context import Context
from dateline.annotate.unknowns import find_unknowns
from dateline.codebook import load_codebook
from dateline.records import Claim, Report
from tests.conftest import SEED
from tests.marked import unmark


@pytest.fixture(scope="session")
def unknowns(parse):
    def find(text, claims=()):
        context = Context(report=Report(text=text, published="2022-02-25"), codebook=load_codebook())
        return find_unknowns(parse(text), context, list(claims))

    return find


@pytest.mark.parametrize(
    "marked",
    [
        "It was unclear [how much of the city they hold].",
        "It was not immediately known [who fired the missile].",
        "It was not clear [whether the talks would go on].",
        "[The report] could not be independently verified.",
        "There was no word on [casualties].",
        "There was no immediate word on [the fate of the crew].",
        "The ministry did not say [when the troops would return].",
        "Officials refused to say [how many had died].",
        "[His whereabouts] remain unknown.",
        "[His whereabouts] were kept secret.",
        "[The cause of the fire] was still unclear on Friday.",
        "[The motive] is not yet known, police said.",
        "It remains to be seen [whether the truce will hold].",
        "Police declined to identify [the victims].",
        "Investigators are trying to determine [what caused the blast].",
        "There was no immediate claim of [responsibility].",
        "Nobody knows [where the missing men are].",
        "Questions remain about [the fate of the crew].",
        "There was confusion regarding [the possibility of talks].",
        "[The names of the dead] have not been released.",
        "The company did not give [details of the deal].",
        "We do not know [what will happen].",
        "[What kind of missile it was] remains unclear.",
        "No [date for the first flight] was given.",
    ],
)
def test_the_words_are_what_is_not_known(unknowns, marked):
    text, [span] = unmark(marked)
    assert [(u.start, u.end, u.words) for u in unknowns(text)] == [(*span, text[slice(*span)])]


@pytest.mark.parametrize(
    "text",
    [
        "It was clear that the talks had failed.",
        "The ministry said when the troops would return.",
        "He is known for his songs.",
        "The victims were identified on Friday.",
        "He did not go.",
        "They know who did it.",
        "",
    ],
)
def test_what_is_known_or_merely_denied_is_no_unknown(unknowns, text):
    assert unknowns(text) == []


def test_an_unknown_belongs_to_the_innermost_claim_around_it(unknowns):
    text = "Aides said the mayor said it was unclear who fired."
    outer = Claim(start=0, end=51, source=None, content=((11, 50),), cue="say", mode="indirect", stance="asserts")
    inner = Claim(start=11, end=51, source=None, content=((26, 50),), cue="say", mode="indirect", stance="asserts")
    [found] = unknowns(text, [outer, inner])
    assert (found.words, found.claim) == ("who fired", 1)


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not beside this checkout")
def test_the_seed_report_has_its_unknowns(unknowns):
    found = " | ".join(u.words for u in unknowns(SEED.read_text(encoding="utf-8")))
    for words in (
        "how badly the two men would be hurt by such a move or if it would be mainly symbolic",
        "how much of Ukraine remains under Ukrainian control",
        "how much or little Russian forces have seized",
        "His whereabouts",
        "the possibility of the two sides holding talks",
    ):
        assert words in found
