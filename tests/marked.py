"""Sentences with [brackets] in place of offsets, so that tables of cases can be read."""

from __future__ import annotations


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take out the brackets; return the text and the ``[start, end)`` of each bracketed stretch, in order.

    Brackets may nest; stretches are ordered by where they open.
    """
    text: list[str] = []
    spans: list[list[int]] = []
    open_: list[int] = []
    for char in marked:
        if char == "[":
            open_.append(len(spans))
            spans.append([len(text), -1])
        elif char == "]":
            spans[open_.pop()][1] = len(text)
        else:
            text.append(char)
    assert not open_, f"a bracket stays open in {marked!r}"
    return "".join(text), [(a, b) for a, b in spans]
