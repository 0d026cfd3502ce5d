"""Quotations in every style of marks, over paragraphs, and in any amount."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.attribution.quotations import find_quotations
from tests.marked import unmark


@pytest.mark.parametrize(
    "marked",
    [
        'The mayor said: ["We hold the bridge."] Then he left.',
        "The mayor said: [“We hold the bridge.”] Then he left.",
        "The mayor said: [«We hold the bridge.»] Then he left.",
        "The mayor said: [‘We hold the bridge.’] Then he left.",
        "The mayor said: ['We hold the bridge.'] Then he left.",
        "The mayor said: [''We hold the bridge.''] Then he left.",
        "The mayor said: [``We hold the bridge.''] Then he left.",
        "[“Leave,”] she said, [“before noon.”]",
        "The crew's plane and the soldiers' camp were hit in the '90s.",
        "[‘The crew’s plane is lost,’] he said.",
        "[‘The soldiers’ camp burned,’] he said, and drove off.",
        "[“He told us ‘run’ and we ran,”] she said.",
        "A 6' wall and 12\" pipes.",
        "The so-called [“corridor”] stayed shut.",
        '["Go,"] he said.\n["Now."]',
    ],
)
def test_marks_of_every_style_are_read(marked):
    text, spans = unmark(marked)
    assert [(q.start, q.end) for q in find_quotations(text)] == spans


def test_a_quotation_goes_on_where_the_next_paragraph_opens_with_marks_again():
    text, spans = unmark("She wrote: [“The first night was long.]\n\n[“The second was worse.”] Nobody slept.")
    found = find_quotations(text)
    assert [(q.start, q.end) for q in found] == spans
    assert [(q.closed, q.continued) for q in found] == [(False, True), (True, False)]


def test_an_open_quotation_ends_with_its_paragraph():
    text, spans = unmark("He said [“no one came.]\nThe road stayed shut.")
    found = find_quotations(text)
    assert [(q.start, q.end) for q in found] == spans
    assert not found[0].continued


@pytest.mark.parametrize("piece", ["“", "”", '"', "'", "‘", "’", "«", "''", '" a', "“a”", '"a" ', "“a\n"])
def test_many_marks_take_linear_time(piece):
    def once(count: int) -> float:
        began = time.process_time()
        find_quotations(piece * count)
        return time.process_time() - began

    def seconds(count: int) -> float:
        return min(once(count) for _ in range(3))  # the least disturbed of three

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.005)


@given(st.text(alphabet="ab. ,\n“”\"'‘’«»`", max_size=80))
def test_quotations_are_in_order_apart_and_within_the_text(text):
    found = find_quotations(text)
    bounds = [edge for q in found for edge in (q.start, q.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
