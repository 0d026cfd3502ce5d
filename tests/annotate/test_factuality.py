"""Judgements of single events, and the arithmetic of the models behind them."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.annotate.factuality import factualities, factuality_model, standing
from dateline.annotate.hashed import HashedLinear, buckets
from dateline.annotate.trees import Trees
from dateline.codebook.plover import event_tables
from tests.marked import unmark


def judged(text, event, parser, **more):
    words = parser.parse(text)
    return standing(words, words.lower.index(event), event_tables(), **more)


@pytest.mark.parametrize(
    ("certain", "less", "event"),
    [
        ("The bridge collapsed.", "The bridge may have collapsed.", "collapsed"),
        ("The army fired.", "The army never fired.", "fired"),
        ("They signed the deal.", "They would have signed the deal.", "signed"),
        ("Police confirmed that he died.", "Police doubt that he died.", "died"),
    ],
)
def test_doubt_and_denial_lower_the_rating(parser, certain, less, event):
    high, low = factualities([judged(certain, event, parser), judged(less, event, parser)])
    assert high > low


@pytest.mark.parametrize("stance", ["asserts", "denies", "expects", "urges"])
def test_the_rating_stays_within_what_the_status_allows(parser, stance):
    [rating] = factualities([judged("The rebels said the army attacked.", "attacked", parser, stance=stance)])
    assert {"asserts": 1, "denies": -3, "expects": -1, "urges": -1.5}[stance] <= rating
    assert rating <= {"asserts": 3, "denies": -1, "expects": 1.5, "urges": 1.5}[stance]


@pytest.mark.parametrize(("marked", "status"), [
    ("Shells [hit] the hospital on Tuesday.", "happened"),
    ("Guerrillas are [besieging] the garrison.", "ongoing"),
    ("He became the second envoy to [visit] the camp.", "happened"),
    ("It was the only state to [recognise] the new government.", "happened"),
    ("The mayor resigned before the council [voted].", "happened"),
    ("The pilots managed to [land] the burning plane.", "happened"),
    ("They did not fail to [pay].", "happened"),
    ("What the soldiers [destroyed] was a school.", "happened"),
    ("Who [attacked] the convoy?", "happened"),
    ("He regrets that the army [shelled] the village.", "happened"),
    ("Nine people died after the army [shelled] the village.", "happened"),
    ("Witnesses saw the boat [sink].", "happened"),
    ("The court said the general had [ordered] the killings.", "happened"),
    ("It is unclear whether the missile [struck] the depot.", "unknown"),
    ("Officials did not say whether rebels had [struck] the depot.", "unknown"),
    ("Investigators are looking into whether the missile [struck] the depot.", "unknown"),
    ("She asked if the guards had [fired].", "unknown"),
    ("Did the guards [fire] at the crowd?", "unknown"),
    ("Whether the guards [fired] is not known.", "unknown"),
    ("Nobody could say if the bridge had [collapsed].", "unknown"),
    ("The union promised to [strike] in May.", "planned"),
    ("The envoys are to [meet] on Friday.", "planned"),
    ("A memorial is to be [held] on Friday.", "planned"),
    ("Norway to [close] its border", "planned"),
    ("Refugees to be [moved] from border camps", "planned"),
    ("A conference to be [held] in Oslo will discuss aid.", "planned"),
    ("The governor will resign when the vote is [certified].", "planned"),
    ("Troops will withdraw before talks [begin].", "planned"),
    ("The company signed a contract to [supply] drones to the navy.", "planned"),
    ("The deadline to [leave] the city is Friday.", "planned"),
    ("Brussels plans [sanctions] against the bank.", "planned"),
    ("Both sides drafted a deal to [exchange] prisoners.", "planned"),
    ("The junta vowed that it would [punish] the village.", "planned"),
    ("The army is preparing an [offensive] in the east.", "planned"),
    ("The convoy will cross the river, [delivering] food to the town.", "planned"),
    ("The ship is going to [sail] tonight.", "planned"),
    ("The draft law would [ban] the party.", "possible"),
    ("The militia may have [crossed] the border.", "possible"),
    ("The militia may not have [crossed] the border.", "possible"),
    ("If the strike is not [called] off, flights stop.", "possible"),
    ("If the rebels refuse, the army will [attack] the town.", "possible"),
    ("Unless aid arrives, people will [starve].", "possible"),
    ("He called for a [boycott] of the vote.", "possible"),
    ("The council urged both sides to [disarm].", "possible"),
    ("The militia is likely to [attack] again.", "possible"),
    ("The vote is scheduled to [open] on Sunday.", "planned"),
    ("They fear an [attack] on the port.", "possible"),
    ("The army tried to [retake] the airport.", "possible"),
    ("Protesters want the governor to [resign].", "possible"),
    ("The opposition filed for an [inquiry].", "possible"),
    ("The draft [demands] an inquiry.", "planned"),
    ("Ministers met over a bill that [bans] strikes.", "planned"),
    ("They had [proposed] Oslo instead.", "happened"),
    ("The [shelling] has not let up.", "ongoing"),
    ("He said both sides ought to have [agreed].", "possible"),
    ("The ministers will hold [talks] in Riga.", "planned"),
    ("A flood may have an [impact] on the vote.", "possible"),
    ("The chancellor will condemn the [attack].", "happened"),
    ("The carmaker announced [layoffs].", "planned"),
    ("The council announced the [arrest] of a clerk.", "happened"),
    ("An [assassination] attempt shook the capital.", "possible"),
    ("The [reconstruction] plan has three parts.", "planned"),
    ("The rebels claimed to have [taken] the pass.", "happened"),
    ("The army did not [shell] the village.", "denied"),
    ("No aid [reached] the camp.", "denied"),
    ("The talks never [began].", "denied"),
    ("Neither side [withdrew].", "denied"),
    ("The guards failed to [stop] the crowd.", "denied"),
    ("Police foiled a [bombing] in the capital.", "denied"),
    ("The plane left without [refuelling].", "denied"),
    ("The minister refused to [sign] the treaty.", "denied"),
    ("The president vetoed [sanctions] on the bank.", "denied"),
    ("Nobody was [hurt].", "denied"),
    ("The planned [march] was called off.", "denied"),
    ("The army will not [attack] the town.", "denied"),
])  # fmt: skip
def test_the_words_over_and_beside_an_event_tell_its_status(parser, marked, status):
    text, [(start, _)] = unmark(marked)
    words = parser.parse(text)
    assert standing(words, words.start.index(start), event_tables()).status == status


@pytest.mark.parametrize(("marked", "status"), [
    ("The ministry denied that the army had [shelled] a school.", "denied"),
    ("The ministry denied that the army was to blame for the [attack].", "happened"),
    ("The mayor promised aid for the victims of the [attack].", "happened"),
    ("The mayor promised [aid] for the victims.", "planned"),
])  # fmt: skip
def test_the_stance_of_a_claim_counts_for_what_it_is_about(parser, marked, status):
    text, [(start, _)] = unmark(marked)
    words = parser.parse(text)
    stop = next(i for i, word in enumerate(words.lower) if word in ("denied", "promised"))
    stance = {"denied": "denies", "promised": "promises"}[words.lower[stop]]
    assert standing(words, words.start.index(start), event_tables(), stop=stop, stance=stance).status == status


def test_two_negations_make_it_happen(parser):
    assert judged("He did not fail to pay.", "pay", parser).status == "happened"


def test_a_tree_sends_a_row_to_its_leaf():
    trees = Trees(
        feature=np.array([0, 0, 0]), threshold=np.array([0.5, np.inf, np.inf], np.float32),
        left=np.array([1, 1, 2]), right=np.array([2, 1, 2]), value=np.array([0, -2, 3], np.float32),
        roots=np.array([0, 0]), depth=1,
    )  # fmt: skip
    assert trees.predict(np.array([0.5], np.float32)) == -4
    assert trees.predict(np.array([0.6], np.float32)) == 6
    assert trees.predict_many(np.array([[0.5], [0.6]], np.float32)).tolist() == [-4, 6]


def test_trees_are_the_same_after_being_saved_as_arrays():
    trees = factuality_model().trees["uw"][0]
    row = np.array([0.4, 1.2, -0.3, 2.0], np.float32)
    assert Trees.of(trees.arrays("t"), "t").predict(row) == trees.predict(row)


def test_a_feature_counts_once_however_often_it_is_given():
    assert buckets(["a", "a", "b"], 64).tolist() == sorted(set(buckets(["a", "b"], 64).tolist()))


def test_a_model_is_written_to_the_same_bytes(tmp_path):
    model = HashedLinear(np.ones((8, 2), np.float32), np.zeros(2, np.float32), ("x", "y"))
    for name in ("one.npz", "two.npz"):
        model.save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert HashedLinear.load(tmp_path / "one.npz").scores(["f"]).tolist() == [1.0, 1.0]


def test_many_examples_are_scored_to_the_bit_as_one_by_one():
    model = HashedLinear(
        np.sin(np.arange(192, dtype=np.float32)).reshape(64, 3), np.ones(3, np.float32), ("a", "b", "c")
    )
    examples = [["one", "two", "three"], [], [f"f{k}" for k in range(30)]]
    assert model.scores_of(examples).tolist() == [model.scores(example).tolist() for example in examples]
