"""Where an event happened, and how that is known."""

from __future__ import annotations

import pytest

from dateline.annotate.context import Context
from dateline.annotate.event_places import place_of
from dateline.annotate.places import find_places
from dateline.codebook import load_codebook
from dateline.records import Report


@pytest.fixture(scope="module")
def where(parser):
    """The words of the place of the event whose trigger is given, and the basis."""

    def read(text, trigger):
        words = parser.parse(text)
        places = find_places(words, Context(report=Report(text=text), codebook=load_codebook()))
        index, basis = place_of(words, words.form.index(trigger), [], places)
        return (None if index is None else places[index].name, basis)

    return read


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Explosions were heard in Kyiv before dawn.", "heard", "Kyiv"),
        ("In Kharkiv, shells hit a school.", "hit", "Kharkiv"),
        ("Troops seized an airport outside Kyiv.", "seized", "outside Kyiv"),
        ("The army shelled Mariupol for weeks.", "shelled", "Mariupol"),
        ("Two men were killed in an attack in Kabul.", "killed", "Kabul"),
        ("The attack on Odesa was condemned.", "attack", "Odesa"),
        ("Shells hit a depot 40 km south of Zaporizhzhia.", "hit", "40 km south of Zaporizhzhia"),
        ("Russian troops entered the city of Sumy.", "entered", "Sumy"),
    ],
)
def test_an_events_own_words_place_it(where, text, trigger, place):
    assert where(text, trigger) == (place, "argument")


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("KYIV, Feb 26 (Agency) - At least 198 people have been killed, he said.", "killed", (None, "none")),
        ("In Washington, a spokeswoman said soldiers were holding workers hostage.", "holding", (None, "none")),
        ("An official in New Delhi said the invasion had begun.", "invasion", (None, "none")),
        ("The Kremlin accused its neighbour of rejecting talks in Minsk.", "rejecting", (None, "none")),
        ("Talks in Minsk went on.", "Talks", ("Minsk", "argument")),
        ("They would talk in Minsk provided that the army stopped fighting.", "fighting", (None, "none")),
        ("It captured the airport at Hostomel, just outside Kyiv, in an assault.", "assault", ("Hostomel", "sentence")),
        ("It was a reversal in Berlin. Germany will send missiles.", "send", (None, "none")),
        ("Shells hit a school in Okhtyrka.\n\nSix people were killed.", "killed", ("Okhtyrka", "story")),
        ("Diplomats met in New York.\n\nSix people were killed.", "killed", (None, "none")),
        ("SUMY. Troops came at noon. They killed a man.", "killed", ("SUMY", "story")),
    ],
)
def test_a_place_where_one_speaks_meets_or_files_is_not_the_scene(where, text, trigger, place):
    assert where(text, trigger) == place


def test_where_something_comes_from_is_not_where_it_happens(where):
    assert where("Columns advanced on Kyiv from the north.", "advanced") == ("Kyiv", "argument")


def test_a_sentence_places_what_has_no_place_of_its_own(where):
    assert where("Police said the man, who fled, had worked in Berlin.", "fled") == ("Berlin", "sentence")


def test_the_story_places_what_its_sentence_does_not(where):
    assert where("Fighting went on in Aleppo. Ten people died.", "died") == ("Aleppo", "story")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Ten people died.", "died"),
        ("Moscow denied the report.", "denied"),
        ("Russian officials refused the offer.", "refused"),
    ],
)
def test_no_place_stated_is_an_answer(where, text, trigger):
    assert where(text, trigger) == (None, "none")
