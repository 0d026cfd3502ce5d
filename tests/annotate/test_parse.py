"""The quick path says what spaCy says, token by token, whatever stands beside a paragraph."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.parse import layers
from dateline.annotate.parse.parsed import Parsed, parsed
from dateline.annotate.parse.pipeline import quick
from dateline.annotate.words import DEFAULT_MODEL, Parser, _slowly, paragraphs

SAMPLES = sorted(Path("samples/reports").glob("*.txt"))
COLUMNS = Parsed.__dataclass_fields__
TEXTS = [
    "",
    " ",
    "\u00a0\u2003 ",
    "Fire.",
    "“We've got ta go,” said Anne-Marie O'Neill, 43.  “Ain't no one gonna stay, y'all.” Let's see; c'm on!",
    "There 's a U.S. convoy of 1,200 trucks 60km north-west of Sumy (near the N07), and there were no talks.",
    "To whom did the minister, whose deputy it was that he had been told to dismiss, say the letter was sent?",
    "HEADLINE WITHOUT A VERB: 3 DEAD, 5 HURT",
    "What she saw, the nurse said, and what nobody else\tthere \U0001f600 did, was  smoke… at 5 p.m. on 24/02/2022.",
    "a b c d e " * 40,
    "(((((((((( “ ‘ ] ) ; -- ... !? $5bn €3.2m 10% #tag @who http://example.org/a?b=c x" * 3,
    "Шойгу said 'да'. Türkiye's envoy in Łódź — Mr. Ō — left; שלום עולם said nobody.",
]


@pytest.fixture(scope="module")
def nlp():
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def ours(nlp):
    return quick(nlp)


def differing(one: Parsed, other: Parsed) -> list[str]:
    return [name for name in COLUMNS if not np.array_equal(getattr(one, name), getattr(other, name))]


@pytest.mark.parametrize("text", TEXTS)
def test_a_paragraph_is_parsed_as_spacy_parses_it(nlp, ours, text):
    assert differing(ours([text])[0], parsed(nlp(text))) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_parsed_as_spacy_parses_them(nlp, ours, path):
    text = path.read_text(encoding="utf-8")
    pieces = [text[a:b] for a, b in paragraphs(text)]
    wrong = [(p, differing(q, parsed(doc))) for p, q, doc in zip(pieces, ours(pieces), nlp.pipe(pieces), strict=True)]
    assert [(piece, names) for piece, names in wrong if names] == []


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=9))
@settings(max_examples=25, deadline=None)
def test_what_stands_beside_a_paragraph_changes_nothing(ours, pieces):
    alone = {piece: ours([piece])[0] for piece in set(pieces)}
    assert [differing(each, alone[piece]) for piece, each in zip(pieces, ours(pieces), strict=True)] == [[]] * len(
        pieces
    )


@given(st.integers(1, 200), st.integers(0, 199))
@settings(max_examples=30, deadline=None)
def test_the_bits_of_a_row_do_not_depend_on_the_rows_beside_it(many, place):
    rows = np.sin(np.arange(many * 288, dtype=np.float32)).reshape(many, 288)
    affine = layers.Affine(np.cos(np.arange(288 * 96, dtype=np.float32)).reshape(288, 96), np.ones(96, np.float32),
                           layers.steady_product())  # fmt: skip
    place %= many
    assert affine(rows)[place].tobytes() == affine(rows[place : place + 1])[0].tobytes()


def test_a_product_that_rounds_by_place_is_found_out():
    assert not layers.steady(lambda x, w: x @ w + np.arange(len(x), dtype=np.float32)[:, None])


@pytest.mark.parametrize("pipe", ["ner", "parser", "lemmatizer"])
def test_a_pipeline_without_a_known_piece_is_left_to_spacy(nlp, pipe):
    with nlp.select_pipes(disable=pipe):
        assert quick(nlp) is None


def test_another_ruler_than_the_known_kind_is_left_to_spacy():
    other = spacy.load(DEFAULT_MODEL)
    other.get_pipe("attribute_ruler").add([[{"LOWER": "at"}, {"LOWER": "the"}, {"LOWER": "time"}]], {"LEMMA": "once"})
    assert quick(other) is None


def test_words_are_the_same_from_spacys_own_path(parse):
    slow = Parser()
    slow._parts = partial(_slowly, slow._nlp), slow._nlp.vocab.strings
    for text in TEXTS:
        one, other = slow.parse(text), parse(text)
        assert {name: getattr(one, name) for name in one.__dataclass_fields__ if name != "ids"} == {
            name: getattr(other, name) for name in other.__dataclass_fields__ if name != "ids"
        }


def test_a_model_loaded_anew_reads_alike(parse, monkeypatch):
    monkeypatch.setattr("dateline.annotate.words._NEW_STRINGS", 0)
    parser = Parser()
    first, *_, last = parser.parse_many([TEXTS[4]] * 70)
    assert (first.lemma, first.head, first.ents) == (last.lemma, last.head, last.ents)


def test_threads_that_share_a_parser_read_alike():
    texts = [f"{text} The {word}er of {word.title()}ville spoke." for text in TEXTS for word in ("rav", "tolk", "nim")]
    parser = Parser()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(parser.parse, texts))
    alone = [parser.parse(text) for text in texts]
    assert [(w.lemma, w.head, w.ents) for w in together] == [(w.lemma, w.head, w.ents) for w in alone]
