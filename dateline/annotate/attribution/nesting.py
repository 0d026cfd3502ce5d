"""Which attribution stands in which: "AP reported that officials said …" is a claim within a claim."""

from __future__ import annotations

from dateline.annotate.attribution.relations import Relation

__all__ = ["settle"]


def settle(relations: list[Relation]) -> list[Relation]:
    """Order attributions and give each that stands in another's content its parent.

    A cue within a content belongs to the narrowest content that holds it. Where two contents claim each
    other's cue, the likelier attribution is the outer one and the other is left out; so is one whose
    content only partly overlaps that of a likelier one's.
    """
    kept: list[Relation] = []
    for relation in sorted(relations, key=lambda r: (-r.chance, r.head)):
        if all(_agree(relation, other) for other in kept if _near(relation, other)):
            kept.append(relation)
    kept.sort(key=lambda r: (_extent(r), r.head))
    for k, relation in enumerate(kept):
        holders = [o for o in _window(kept, k) if o is not relation and _holds(o, relation.head)]
        relation.parent = min(holders, key=_length, default=None)
    return kept


def _window(kept: list[Relation], k: int) -> list[Relation]:
    """Those of the list that may hold the k-th: the extents are short, so a look round suffices."""
    return kept[max(0, k - 24) : k + 8]


def _near(a: Relation, b: Relation) -> bool:
    (start, end), (other_start, other_end) = _extent(a), _extent(b)
    return start < other_end and other_start < end


def _agree(a: Relation, b: Relation) -> bool:
    if _holds(a, b.head):
        return not _holds(b, a.head) and _within(b, a)
    if _holds(b, a.head):
        return _within(a, b)
    return not any(x[0] < y[1] and y[0] < x[1] for x in a.content for y in b.content)


def _holds(relation: Relation, token: int) -> bool:
    return any(first <= token < end for first, end in relation.content)


def _within(inner: Relation, outer: Relation) -> bool:
    return all(any(x[0] <= a and b <= x[1] for x in outer.content) for a, b in inner.content)


def _length(relation: Relation) -> int:
    return sum(end - first for first, end in relation.content)


def _extent(relation: Relation) -> tuple[int, int]:
    spans = [relation.cue, *relation.content, *([relation.source] if relation.source else [])]
    return min(a for a, _ in spans), max(b for _, b in spans)
