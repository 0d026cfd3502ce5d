"""Which attribution stands in which: "AP reported that officials said …" is a claim within a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.inner import contents_alone
from dateline.annotate.attribution.network import Networks
from dateline.annotate.attribution.relations import Relation, TokenRange, find_relations
from dateline.annotate.attribution.unsaid import is_unsaid
from dateline.annotate.words import Words

__all__ = ["settle", "with_inner"]

_DEEPEST = 4  # levels of claims within claims that are looked for
_SURE = 0.25  # probability from which an attribution within another's content is kept


def with_inner(
    texts: Sequence[tuple[Words, Columns]], networks: Networks, found: Sequence[list[Relation]]
) -> list[list[Relation]]:
    """Settle the attributions found in each text and add those within their contents, level by level."""
    kept = [settle(columns.n, [], each) for (_, columns), each in zip(texts, found, strict=True)]
    for depth in range(_DEEPEST):
        levels = [[relation for relation in each if relation.depth == depth] for each in kept]
        deep = [k for k, level in enumerate(levels) if level]
        if not deep:
            break
        inside, within = zip(*(contents_alone(texts[k][1], levels[k]) for k in deep), strict=True)
        for k, where in zip(deep, within, strict=True):
            where[[relation.head for relation in kept[k]]] = False
        for k, inner in zip(deep, find_relations(inside, networks, within, _SURE), strict=True):
            words, columns = texts[k]
            inner = [r for r in inner if r.content and not is_unsaid(words, columns, r)]  # noqa: PLW2901
            kept[k] = settle(columns.n, kept[k], inner) if inner else kept[k]
    return kept


def settle(size: int, settled: list[Relation], found: Iterable[Relation]) -> list[Relation]:
    """Add attributions to those settled, likeliest first, where they are apart or one stands in the other.

    An attribution stands in another if its cue and all its content lie in the other's content. Where two
    merely overlap, the words both claim go to the nearer cue; who loses all is left out. Every one gets
    the narrowest that holds its cue as parent. ``size``: number of tokens. Returns all in the order of
    their cues.
    """
    narrowest: list[Relation | None] = [None] * size
    out: list[Relation] = []
    ordered = [*sorted(settled, key=_width, reverse=True), *sorted(found, key=lambda r: (-r.chance, r.head))]
    for relation in ordered:
        tokens = {i for first, end in relation.content for i in range(first, end)}
        holder = narrowest[relation.head]
        if holder is not None:
            tokens = {i for i in tokens if narrowest[i] is not None}
        crossed = {id(r): r for i in sorted(tokens) if (r := narrowest[i]) is not None and r is not holder}
        for other in crossed.values():
            if not _within(other, tokens):
                tokens -= _lost(relation, other, narrowest, holder)
        if not tokens or relation.head in tokens:
            continue
        relation.content = _runs(tokens)
        for i in tokens:
            if narrowest[i] is holder:
                narrowest[i] = relation
        out.append(relation)
    kept = sorted((r for r in out if r.content), key=lambda r: r.head)
    _adopt(kept, narrowest)
    return kept


def _adopt(kept: Sequence[Relation], narrowest: Sequence[Relation | None]) -> None:
    """Give each its parent; of two whose cues stand in each other's contents, the earlier stands in the later."""
    present = {id(relation) for relation in kept}
    for relation in kept:
        relation.parent = None
    for relation in kept:
        above = narrowest[relation.head]
        if above is not None and id(above) in present and not _stands_in(above, relation):
            relation.parent = above


def _stands_in(relation: Relation | None, other: Relation) -> bool:
    """Whether the other is the relation itself or anything above it."""
    while relation is not None and relation is not other:
        relation = relation.parent
    return relation is other


def _lost(relation: Relation, other: Relation, narrowest: list[Relation | None], holder: Relation | None) -> set[int]:
    """Settle an overlap: words farther from the new cue stay with the other, nearer ones are taken from it."""
    theirs = {i for first, end in other.content for i in range(first, end)}
    mine = {i for first, end in relation.content for i in range(first, end)}
    both = mine & theirs
    nearer = min(abs(i - relation.head) for i in both) < min(abs(i - other.head) for i in both)
    if not nearer or other.head in mine:
        return both
    if theirs == both:
        return both
    other.content = _runs(theirs - both)
    for i in both:
        if narrowest[i] is other:
            narrowest[i] = holder
    return set()


def _runs(tokens: set[int]) -> list[TokenRange]:
    runs: list[TokenRange] = []
    for i in sorted(tokens):
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _width(relation: Relation) -> int:
    return sum(end - first for first, end in relation.content)


def _within(relation: Relation, inside: set[int]) -> bool:
    """Whether a relation's cue and content lie among the tokens."""
    return relation.head in inside and all(i in inside for first, end in relation.content for i in range(first, end))
