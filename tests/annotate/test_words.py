"""A report's tokens as columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.words import paragraphs

TEXTS = [
    "Hello  there\tJoe.  He ran.\n\n\nNext one \U0001f600 said so",
    " Leading space. É\u0301tude\u00a0here.\r\nWindows line. ",
    "שלום said Rafah's mayor.\n«Non», dit-il.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_each_form_is_the_text_at_its_offsets(parse, text):
    words = parse(text)
    assert [text[a:b] for a, b in zip(words.start, words.end, strict=True)] == words.form


@pytest.mark.parametrize("text", TEXTS)
def test_heads_stay_within_their_sentence(parse, text):
    words = parse(text)
    assert all(words.sentence[i] == words.sentence[h] for i, h in enumerate(words.head))


def test_a_paragraph_is_read_alike_whatever_stands_around_it(parse):
    alone = parse("Shelling hit the port on Friday, officials said.")
    among = parse("KHARKIV\n\nShelling hit the port on Friday, officials said.\n\nIt rained.")
    a, b = among.paragraphs[1]
    assert (among.tag[a:b], among.dep[a:b], among.lemma[a:b]) == (alone.tag, alone.dep, alone.lemma)


@pytest.mark.parametrize(("text", "count"), [
    ("One.\nTwo.", 2),
    ("A line that breaks off in\nmid-sentence here.", 1),
    ("HEADLINE\n\n\nBody.", 2),
    ("", 0),
    (" \n\t\n", 0),
    ("x" * 50_000, 125),  # runs without white space are cut: the tokenizer is quadratic in them
    ("word " * 9_000, 3),
])  # fmt: skip
def test_line_ends_cut_paragraphs_unless_a_sentence_runs_on(text, count):
    assert len(list(paragraphs(text))) == count


@given(st.text(alphabet="ab .\n\t\u00a0é\U0001f600", max_size=200))
@settings(max_examples=200)
def test_paragraphs_leave_out_white_space_only(text):
    cuts = list(paragraphs(text))
    kept = {i for a, b in cuts for i in range(a, b)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in kept)
    assert all(a < b for a, b in cuts)
    assert cuts == sorted(cuts)
