"""Claims: who says what in a report, each with source, cue and exact content.

A trained model finds cues, sources and contents (``attribution.relations``); rules on top of it follow
quotations across paragraphs and speakers, nest claims, and read stance, addressee, condition and time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.annotate.attribution.columns import Columns, columns_of
from dateline.annotate.attribution.details import addressee_of, condition_of, mode_of, said_at
from dateline.annotate.attribution.nesting import settle
from dateline.annotate.attribution.network import load_networks
from dateline.annotate.attribution.quotations import find_quotations
from dateline.annotate.attribution.relations import Relation, find_relations
from dateline.annotate.attribution.speakers import speaker_at
from dateline.annotate.attribution.stance import stance_of
from dateline.annotate.context import Context
from dateline.annotate.words import Words
from dateline.records import Claim, TimeExpression

if TYPE_CHECKING:
    from dateline.annotate.actors import Cast

__all__ = ["find_claims"]


def find_claims(words: Words, context: Context, cast: Cast, times: Sequence[TimeExpression]) -> list[Claim]:  # noqa: ARG001
    """Find the claims of a report in text order; sources unknown to the cast are added to it."""
    quotations = find_quotations(words.text)
    columns = columns_of(words, quotations)
    relations = settle(find_relations(words, columns, load_networks()))
    number = {id(relation): k for k, relation in enumerate(relations)}
    starts = [time.start for time in times]
    sources: list[str | None] = []
    claims: list[Claim] = []
    for relation in relations:
        parent = None if relation.parent is None else number[id(relation.parent)]
        speaker = sources[parent] if parent is not None and parent < len(sources) else None
        before = next((s for s in reversed(sources) if s is not None), None)
        source = speaker_at(words, cast, relation.source, speaker, before) if relation.source else None
        sources.append(source)
        first, end = words.sentence_of(relation.head)
        nearby = range(bisect_left(starts, words.start[first]), bisect_left(starts, words.end[end - 1]))
        claims.append(_claim(words, columns, cast, relation, source, parent, said_at(words, relation, times, nearby)))
    return claims


def _claim(
    words: Words,
    columns: Columns,
    cast: Cast,
    relation: Relation,
    source: str | None,
    parent: int | None,
    said: int | None,
) -> Claim:
    content = tuple((words.start[a], words.end[b - 1]) for a, b in relation.content)
    cue = words.span(*relation.cue)
    source_span = words.span(*relation.source) if relation.source else None
    spans = [(cue.start, cue.end), *content, *([(source_span.start, source_span.end)] if source_span else [])]
    return Claim(
        start=min(a for a, _ in spans),
        end=max(b for _, b in spans),
        source=source,
        content=content,
        cue=words.lemma[relation.head],
        mode=mode_of(words, columns, relation),  # type: ignore[arg-type]
        stance=stance_of(words, relation.head),
        source_span=source_span,
        cue_span=cue,
        addressee=addressee_of(words, relation, cast),
        said_at=said,
        condition=condition_of(words, relation),
        parent=parent,
    )
