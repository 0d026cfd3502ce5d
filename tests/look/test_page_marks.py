"""The marks of a report: the text stays what it is, whatever lies over it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.look.page.rendering import exact
from dateline.look.page.views.marked import Laid, paragraphs

KINDS = ("source", "cue", "content", "condition", "event", "time", "place", "quantity", "unknown")


def text_of(blocks):
    return "".join(piece.text for block in blocks for piece in block.pieces if piece.do in ("text", "gap"))


def opened(blocks):
    """The words under each element, by its id or the record it belongs to."""
    found, stack = {}, []
    for block in blocks:
        for piece in block.pieces:
            if piece.do == "open":
                stack.append(piece)
            elif piece.do == "close":
                assert stack.pop().tag == piece.tag
            elif piece.do == "text":
                for one in stack:
                    key = (one.record, one.classes)
                    found[key] = found.get(key, "") + piece.text
        assert not stack
    return found


@pytest.mark.parametrize(
    "text", ["", "One line.", "Two\n\nparagraphs.\n", "\n\nbegins late", "a\nb\nc", "😀\r\n\r\né́ שלום", "x\n \n\ny"]
)
def test_the_pieces_are_the_text(text):
    assert text_of(paragraphs(text, [])) == text


def test_marks_that_cross_are_cut_and_keep_their_words():
    text = "one two three"
    laid = [Laid(0, 7, "content", "c0", number=0), Laid(4, 13, "unknown", "u0")]
    found = opened(paragraphs(text, laid))
    assert found == {("c0", "m content"): "one two", ("u0", "m unknown"): "two three"}


def test_a_mark_over_two_paragraphs_has_one_id():
    blocks = paragraphs("one\n\ntwo", [Laid(0, 8, "content", "c0", number=0)])
    ids = [piece.id for block in blocks for piece in block.pieces if piece.do == "open"]
    assert ids == ["m-c0", None]


def test_no_link_stands_in_a_link():
    text = "sixty kilometres from Kyiv"
    laid = [Laid(0, 26, "place", "p0"), Laid(0, 16, "quantity", "q0"), Laid(22, 26, "place", "p1")]
    tags = [piece.tag for block in paragraphs(text, laid) for piece in block.pieces if piece.do == "open"]
    assert tags == ["a", "span", "span"]


@st.composite
def texts_with_marks(draw):
    text = draw(st.text(alphabet="ab \n\r😀é́ש<&", min_size=1, max_size=60))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends, st.sampled_from(KINDS)).filter(lambda s: s[0] < s[1]), max_size=8))
    laid = [Laid(a, b, kind, f"{kind[0]}{i}", number=i if kind == "content" else None) for i, (a, b, kind) in
            enumerate(spans)]  # fmt: skip
    return text, sorted(laid, key=lambda mark: mark.order)


@given(texts_with_marks())
def test_any_marks_keep_text_and_words(case):
    text, laid = case
    blocks = paragraphs(text, laid)
    assert text_of(blocks) == text
    found = opened(blocks)
    gaps = "".join(p.text for b in blocks for p in b.pieces if p.do == "gap")
    for mark in laid:
        words = found.get((mark.record, f"m {mark.kind}"), "")
        assert set(text[mark.start : mark.end]) <= set(words) | set(gaps) | set("\n\r ")


@given(st.text(alphabet="a<&>\"'\r\n\x00\ud83d\udc00😀", max_size=20))
def test_html_holds_the_text_one_for_one(text):
    said: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = said.append  # type: ignore[method-assign]
    parser.feed(str(exact(text)))
    parser.close()
    expected = "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)
    assert "".join(said) == expected
