"""Claims: who says what in a report, each with source, cue and exact content.

A trained model finds cues, sources and contents (``attribution.relations``); rules on top of it follow
quotations across paragraphs and speakers, nest claims, and read stance, addressee, condition and time.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dateline.annotate.attribution.carried import (
    announced,
    carry_on,
    whole_clauses,
    whole_quotations,
)
from dateline.annotate.attribution.columns import Columns, columns_of
from dateline.annotate.attribution.details import Dated, addressee_of, condition_of, mode_of
from dateline.annotate.attribution.layout import laid_out
from dateline.annotate.attribution.mending import mended
from dateline.annotate.attribution.nesting import with_inner
from dateline.annotate.attribution.network import Networks, load_networks
from dateline.annotate.attribution.quotations import Quotation, find_quotations
from dateline.annotate.attribution.relations import Relation, find_relations
from dateline.annotate.attribution.rescoring import load_trees, rescored
from dateline.annotate.attribution.speakers import inherited_source, missing_source, speaker_at
from dateline.annotate.attribution.stance import stance_of
from dateline.annotate.attribution.unsaid import is_unsaid
from dateline.annotate.context import Context
from dateline.annotate.words import Words
from dateline.records import Claim, TimeExpression

if TYPE_CHECKING:
    from dateline.annotate.actors import Cast

__all__ = ["Said", "attribute", "find_claims", "possible_claims"]

_LEAST = 0.28  # probability from which an attribution counts


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """What the words of a report alone tell of who says what: its columns and all attributions, in text order."""

    columns: Columns
    relations: list[Relation]


def attribute(texts: Sequence[Words]) -> list[Said]:
    """Find the attributions of some reports; of each what it would be alone, in less time together."""
    networks = load_networks()
    quotations = [find_quotations(words.text) for words in texts]
    both = [(words, columns_of(words, marks)) for words, marks in zip(texts, quotations, strict=True)]
    found = _outermost(both, quotations, networks)
    said = []
    for (words, columns), marks, relations in zip(both, quotations, with_inner(both, networks, found), strict=True):
        for relation in relations:
            relation.source = relation.source or inherited_source(words, relation)
        carried = carry_on(words, columns, marks, relations)
        said.append(Said(columns, sorted([*relations, *carried], key=_extent)))
    return said


def find_claims(
    words: Words,
    context: Context,  # noqa: ARG001
    cast: Cast,
    times: Sequence[TimeExpression],
    said: Said | None = None,
) -> list[Claim]:
    """Find the claims of a report, ordered by (start, end); sources unknown to the cast are added to it.

    said: what ``attribute`` found, if that was asked before.
    """
    if not len(words):
        return []
    said = said or attribute([words])[0]
    relations = said.relations
    sources = _sources(words, cast, relations)
    number = {id(relation): k for k, relation in enumerate(relations)}
    dated = Dated(words, times)
    claims = []
    for relation in relations:
        parent = None if relation.parent is None else number[id(relation.parent)]
        claim = _claim(words, said.columns, relation)
        more = {"source": sources[id(relation)], "parent": parent, "said_at": dated.said_at(relation)}
        claims.append(replace(claim, **more, addressee=addressee_of(words, relation, cast)))
    return claims


def _outermost(
    texts: Sequence[tuple[Words, Columns]], quotations: Sequence[list[Quotation]], networks: Networks
) -> list[list[Relation]]:
    """What layout and model find in each text; where both see a cue the layout is right."""
    kept = []
    possible = find_relations([columns for _, columns in texts], networks)
    for (words, columns), marks, relations in zip(texts, quotations, possible, strict=True):
        found = laid_out(words, columns, marks)
        heads = {relation.head for relation in found}
        others = [relation for relation in _mended(words, columns, relations) if relation.head not in heads]
        kept.append([*found, *rescored(words, columns, others, load_trees(), _LEAST)])
    return kept


def possible_claims(words: Words, columns: Columns, networks: Networks) -> list[Relation]:
    """What the networks think an attribution, likely or not, quotations taken whole."""
    return _mended(words, columns, find_relations([columns], networks)[0])


def _mended(words: Words, columns: Columns, relations: Sequence[Relation]) -> list[Relation]:
    found = []
    for relation in relations:
        relation.content = whole_quotations(columns, relation) if relation.content else announced(columns, relation)
        if relation.content:
            relation.content = whole_clauses(words, relation)
        relation.source = relation.source or missing_source(words, relation)
        if relation.content and not is_unsaid(words, columns, relation):
            found.append(mended(words, columns, relation))
    return found


def _extent(relation: Relation) -> tuple[int, int]:
    spans = [*relation.content, *(span for span in (relation.cue, relation.source) if span)]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _sources(words: Words, cast: Cast, relations: list[Relation]) -> dict[int, str | None]:
    """Whose each attribution is, by ``id`` of the relation; outer ones first, for "I" in what they say."""
    sources: dict[int, str | None] = {}
    known: list[tuple[int, str]] = []  # where in the text whom we heard, ordered
    for relation in sorted(relations, key=lambda r: (r.depth, r.head)):
        speaker = sources.get(id(relation.parent)) if relation.parent is not None else None
        at = bisect_left(known, (relation.head, ""))
        before = known[at - 1][1] if at else None
        source = speaker_at(words, cast, relation.source, speaker, before) if relation.source else None
        sources[id(relation)] = source
        if source is not None:
            insort(known, (relation.head, source))
    return sources


def _claim(words: Words, columns: Columns, relation: Relation) -> Claim:
    """The claim without what depends on other records: source, parent, addressee, time."""
    first, end = _extent(relation)
    return Claim(
        start=words.start[first],
        end=words.end[end - 1],
        source=None,
        content=tuple((words.start[a], words.end[b - 1]) for a, b in relation.content),
        cue=words.lemma[relation.head] if relation.cue else "",
        mode=mode_of(words, columns, relation),
        stance=stance_of(words, relation.head) if relation.cue else "asserts",
        source_span=words.span(*relation.source) if relation.source else None,
        cue_span=words.span(*relation.cue) if relation.cue else None,
        condition=condition_of(words, relation),
    )
