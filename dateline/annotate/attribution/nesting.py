"""Which attribution stands in which: "AP reported that officials said …" is a claim within a claim."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.inner import contents_alone
from dateline.annotate.attribution.network import Networks
from dateline.annotate.attribution.relations import Relation, find_relations

__all__ = ["settle", "with_inner"]

_DEEPEST = 4  # levels of claims within claims that are looked for
_SURE = 0.5  # probability from which an attribution within another's content is kept


def with_inner(columns: Columns, networks: Networks, found: list[Relation]) -> list[Relation]:
    """Settle the attributions found and add those within their contents, level by level."""
    kept = settle(columns.n, [], found)
    level = [relation for relation in kept if relation.parent is None]
    for _ in range(_DEEPEST):
        inside, within = contents_alone(columns, level)
        within[[relation.head for relation in kept]] = False
        inner = [r for r in find_relations(inside, networks, within) if r.chance >= _SURE]
        if not inner:
            break
        kept = settle(columns.n, kept, inner)
        level = inner
    return kept


def settle(size: int, kept: list[Relation], found: Iterable[Relation]) -> list[Relation]:
    """Add attributions to those kept, likeliest first, where they are apart or one stands in the other.

    An attribution stands in another if its cue and all its content lie in the other's content; two that
    cross cannot both be right, and the less likely is left out. Every one gets the narrowest that holds
    its cue as parent. ``size``: number of tokens. Returns all in the order of their cues.
    """
    narrowest: list[Relation | None] = [None] * size
    out: list[Relation] = []
    ordered = [*sorted(kept, key=_width, reverse=True), *sorted(found, key=lambda r: (-r.chance, r.head))]
    for relation in ordered:
        tokens = [i for first, end in relation.content for i in range(first, end)]
        inside = set(tokens)
        holder = narrowest[relation.head]
        crossed = {id(r): r for i in tokens if (r := narrowest[i]) is not None and r is not holder}
        if relation.head in inside or any(not _within(r, inside) for r in crossed.values()):
            continue
        if holder is not None and any(narrowest[i] is None for i in tokens):
            continue
        for i in tokens:
            if narrowest[i] is holder:
                narrowest[i] = relation
        out.append(relation)
    for relation in out:
        relation.parent = narrowest[relation.head]
    return sorted(out, key=lambda r: r.head)


def _width(relation: Relation) -> int:
    return sum(end - first for first, end in relation.content)


def _within(relation: Relation, inside: set[int]) -> bool:
    """Whether a relation's cue and content lie among the tokens."""
    return relation.head in inside and all(i in inside for first, end in relation.content for i in range(first, end))
