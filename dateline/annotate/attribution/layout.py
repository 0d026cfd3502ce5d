"""Attributions that the layout alone makes: a quotation signed with a dash, and the lines of a transcript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.quotations import Quotation
from dateline.annotate.attribution.relations import Relation, TokenRange
from dateline.annotate.words import Words

__all__ = ["laid_out"]

_DASHES = frozenset({"—", "–", "―", "--", "-"})
_MARKS = frozenset({"“", '"', "''", "``"})
_LONGEST_NAME = 12  # tokens of a signature
_LONGEST_SPEAKER = 4  # tokens before a transcript's colon
_LEAST_LINES = 2  # lines that make a transcript


def laid_out(words: Words, columns: Columns, quotations: Sequence[Quotation]) -> list[Relation]:
    """Attributions of paragraphs of the forms "“…” — Name" and "NAME: …"."""
    signed = [r for number, q in enumerate(quotations, 1) if (r := _signed(words, columns, number, q))]
    lines = list(_transcript(words))
    return [*signed, *(lines if len(lines) >= _LEAST_LINES else [])]


def _signed(words: Words, columns: Columns, number: int, quotation: Quotation) -> Relation | None:
    """A quotation that fills its paragraph but for a dash and a name."""
    first, end = columns.quote_bounds[number].tolist()
    if first == end or not quotation.closed:
        return None
    opens, closes = words.paragraphs[words.paragraph[first]]
    source = end + 1, closes - (words.lower[closes - 1] == ".")
    fits = first == opens and end < closes and words.lower[end] in _DASHES
    if not fits or not 0 < source[1] - source[0] <= _LONGEST_NAME or not words.form[end + 1][:1].isupper():
        return None
    if any(words.pos[i] in ("VERB", "AUX") and words.form[i].islower() for i in range(*source)):
        return None
    return Relation(end, 1.0, (end, end + 1), source, [(first, end)])


def _transcript(words: Words) -> Iterator[Relation]:
    """Paragraphs that open with a name in capitals and a colon."""
    for opens, closes in words.paragraphs:
        first = opens + (words.lower[opens] in _MARKS)
        colon = next((i for i in range(first, min(first + _LONGEST_SPEAKER + 1, closes)) if words.lower[i] == ":"), -1)
        if colon > first and colon + 1 < closes and _in_capitals(words, (first, colon)):
            yield Relation(colon, 1.0, (colon, colon + 1), (first, colon), [(colon + 1, closes)])


def _in_capitals(words: Words, span: TokenRange) -> bool:
    form = words.words(*span)
    return form.isupper() and any(len(words.form[i]) > 1 for i in range(*span))
