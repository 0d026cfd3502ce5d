"""Quotations that no cue introduces: those that run on over paragraphs, and those that follow their speaker.

News writes "The mayor pointed at the roof. “It came from the east.”" and lets a speech run on through
paragraphs that re-open the marks. Scare quotes and titles are short, have no verb, or stand within a
sentence; they are not taken for speech.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.quotations import Quotation
from dateline.annotate.attribution.relations import Relation, TokenRange
from dateline.annotate.words import Words
from dateline.codebook.speech import markers

__all__ = ["announced", "carry_on", "whole_clauses", "whole_quotations"]

_LEAST_WORDS = 4  # a quotation of fewer is no speech by itself
_BEFORE_SPEECH = frozenset({".", "?", "!", ":", "”", '"', "''", "…", ",", "—"})
_SENTENCE_ENDS = (".", "?", "!", "…", ",")
_TITLE_CASE = 0.6  # share of capitalised words from which a quotation is a title


def announced(columns: Columns, relation: Relation) -> list[TokenRange]:
    """The quotation that opens the paragraph after a cue at the end of its own ("She wrote:"), if any."""
    following = int(columns.paragraph_bounds[columns.paragraph[relation.head], 1])
    first, end = columns.quote_bounds[columns.quote[following]].tolist()
    return [(first, end)] if columns.quote[following] and first == following else []


def whole_quotations(columns: Columns, relation: Relation) -> list[TokenRange]:
    """The contents with every quotation that is half inside taken in whole, others left as they are.

    The quotation a cue stands in itself is not touched.
    """
    numbers = {number for first, end in relation.content for number in columns.quote[first:end].tolist()}
    numbers -= {0, int(columns.quote[relation.head])}
    spans = list(relation.content)
    for number in sorted(numbers):
        first, end = columns.quote_bounds[number].tolist()
        covered = sum(max(0, min(end, b) - max(first, a)) for a, b in relation.content)
        if covered * 2 >= end - first:
            spans.append((first, end))
    return _joined(spans)


def whole_clauses(words: Words, relation: Relation) -> list[TokenRange]:
    """The contents with the last one, if it breaks off amid the cue's clause, led on to the clause's end."""
    first, end = relation.content[-1]
    clauses = [c for c in words.dependents(relation.head, "ccomp", "xcomp") if first <= c < end]
    if not clauses or end >= len(words) or words.sentence[end] != words.sentence[end - 1]:
        return relation.content
    closes = max(words.right[c] for c in clauses)
    if end >= closes or words.pos[end] in ("PUNCT", "CCONJ"):
        return relation.content
    taken = [span for span in (relation.cue, relation.source) if span and span[1] > end]
    closes = min([closes, *(span[0] for span in taken)])
    return [*relation.content[:-1], (first, max(end, closes))]


def _joined(spans: list[TokenRange]) -> list[TokenRange]:
    out: list[TokenRange] = []
    for first, end in sorted(spans):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((first, end))
    return out


def carry_on(
    words: Words, columns: Columns, quotations: Sequence[Quotation], relations: list[Relation]
) -> list[Relation]:
    """Lengthen attributions over re-opened quotations; return new ones for quotations without a cue."""
    taken = np.zeros(columns.n, np.bool_)
    for relation in relations:
        for first, end in relation.content:
            taken[first:end] = True
    holder = _holders(columns, relations)
    ordered = sorted((r for r in relations if r.source), key=lambda r: r.head)
    found: list[Relation] = []
    for number, quotation in enumerate(quotations, 1):
        first, end = columns.quote_bounds[number].tolist()
        if first == end:
            continue
        before = holder.get(number - 1)
        if number > 1 and quotations[number - 2].continued and before is not None:
            if not taken[first:end].any():
                before.content.append((first, end))
            holder.setdefault(number, before)
        elif not taken[first:end].any() and _is_speech(words, columns, first, end, quotation):
            source = _speaker(words, columns, ordered, first, end)
            if source is not None:
                holder[number] = Relation(first, 0.0, None, source, [(first, end)])
                found.append(holder[number])
    return found


def _holders(columns: Columns, relations: list[Relation]) -> dict[int, Relation]:
    """Whose content each quotation is in."""
    holder: dict[int, Relation] = {}
    for relation in relations:
        for first, end in relation.content:
            for number in dict.fromkeys(columns.quote[first:end].tolist()):
                if number:
                    holder[number] = relation
    return holder


def _is_speech(words: Words, columns: Columns, first: int, end: int, quotation: Quotation) -> bool:
    inner = [i for i in range(first, end) if words.form[i][:1].isalnum()]
    if len(inner) < _LEAST_WORDS or not words.form[inner[0]][:1].isupper():
        return False
    if quotation.closed and not words.text.endswith(_SENTENCE_ENDS, 0, quotation.end - 1):
        return False
    opens = first == columns.paragraph_bounds[columns.paragraph[first], 0]
    if not opens and words.form[first - 1] not in _BEFORE_SPEECH:
        return False
    capital = sum(words.form[i][:1].isupper() for i in inner)
    return capital < _TITLE_CASE * len(inner) and any(words.pos[i] in ("VERB", "AUX") for i in inner)


def _speaker(words: Words, columns: Columns, relations: Sequence[Relation], first: int, end: int) -> TokenRange | None:
    """The words that name who speaks: in the paragraph before the quotation, behind it, or before that."""
    opens, closes = columns.paragraph_bounds[columns.paragraph[first]].tolist()
    before = _between(relations, opens, first)
    if before:
        return before[-1].source
    if first > opens:
        return _person_subject(words, first - 1)
    if end < closes and (subject := _person_subject(words, end)):
        return subject
    if opens == 0:
        return None
    last = opens - 1
    if words.form[last] == ":":
        return _person_subject(words, last)
    start = int(columns.paragraph_bounds[columns.paragraph[last], 0])
    spoken = [r for r in _between(relations, start, opens) if r.cue and _speaks(columns, r)]
    return spoken[-1].source if spoken else None


def _between(relations: Sequence[Relation], first: int, end: int) -> Sequence[Relation]:
    """Those whose head lies in ``[first, end)``; given and returned in order of their heads."""
    low = bisect_left(relations, first, key=lambda r: r.head)
    return relations[low : bisect_left(relations, end, low, key=lambda r: r.head)]


def _speaks(columns: Columns, relation: Relation) -> bool:
    """Whether a content holds a quotation."""
    return any(columns.quote[first:end].any() for first, end in relation.content)


def _person_subject(words: Words, token: int) -> TokenRange | None:
    """The subject of the token's sentence, if it is a person."""
    first, end = words.sentence_of(token)
    for i in range(first, end):
        person = (
            words.ent[i] == "PERSON" or words.lemma[i] in markers("person") or words.lower[i] in ("he", "she", "they")
        )
        if words.dep[i] in ("nsubj", "nsubjpass") and person and words.head[words.head[i]] == words.head[i]:
            return words.left[i], words.right[i]
    return None
