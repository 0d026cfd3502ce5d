"""The chief relation of a sentence: between whom it holds and of which type, by trained models.

Two linear models over hashed features share the work: one ranks pairs of noun phrases, one tells the CAMEO
root of what holds between a given pair. Both are trained by ``training/events.py``; ``docs/models/events.md``
says on what and how well they do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import eq
from pathlib import Path

from dateline.annotate.coding.arguments import Arguments, arguments_of
from dateline.annotate.coding.features import best_hit, relation_features
from dateline.annotate.coding.pairs import rank_pairs
from dateline.annotate.coding.triggers import Hit, find_triggers
from dateline.annotate.hashed import WEIGHTS, HashedLinear
from dateline.annotate.words import Words
from dateline.codebook.plover import EventTables

__all__ = ["Relation", "RelationModels", "chief_relation", "phrase_head", "relation_root", "shipped_models"]

_LEAST = -3.0  # log odds below which no pair of a sentence is taken for its chief relation
_LEAST_UNNAMED = 1.5  # the same, where no trigger names the relation
_LEAST_ALONE = -0.5  # the same, where the sentence has no trigger at all
_CLEARLY = 0.2  # by how much a root must outscore the codebook's to take its place
_CLEARLY_OPPOSITE = 1.0  # the same, where the one is cooperation and the other conflict
_CLAUSES = frozenset(["advcl", "relcl", "ccomp", "parataxis"])
_TRIED = 6  # pairs tried, best first


@dataclass(frozen=True, eq=False)
class RelationModels:
    """types: a column a CAMEO root. pairs: columns initiator, recipient, pair."""

    types: HashedLinear
    pairs: HashedLinear

    def save(self, folder: Path) -> None:
        """Write both models into a folder."""
        self.types.save(folder / "event_types.npz")
        self.pairs.save(folder / "event_pairs.npz")


@dataclass(frozen=True, slots=True)
class Relation:
    """A chief relation: heads of its two noun phrases, its CAMEO root, and the trigger that names it, if any."""

    initiator: int
    recipient: int
    root: str
    hit: Hit | None


@cache
def shipped_models() -> RelationModels:
    """The models that come with the package."""
    return RelationModels(
        HashedLinear.load(WEIGHTS / "event_types.npz"), HashedLinear.load(WEIGHTS / "event_pairs.npz")
    )


def relation_root(
    words: Words,
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    tables: EventTables,
    models: RelationModels | None = None,
) -> str:
    """The CAMEO root of what holds between two given actors, each a list of character spans (may be empty)."""
    hits = [(hit, arguments_of(words, hit)) for hit in find_triggers(words, tables)]
    features = relation_features(words, phrase_head(words, source), phrase_head(words, target), hits, tables)
    return _root(features, models or shipped_models())


def chief_relation(
    words: Words,
    bounds: tuple[int, int],
    hits: Sequence[tuple[Hit, Arguments]],
    tables: EventTables,
    models: RelationModels,
    *,
    same: Callable[[int, int], bool] = eq,
) -> Relation | None:
    """The likeliest relation of the sentence ``bounds`` that does not contradict the parse.

    hits: the sentence's triggers. same: whether two noun phrases, by their heads, are of one actor.
    """
    for score, source, target in rank_pairs(words, bounds, hits, tables, models.pairs)[:_TRIED]:
        if score < _LEAST:
            break
        best = best_hit(words, source, target, hits)
        if best is not None and _agree(words, source, best, same):
            features = relation_features(words, source, target, hits, tables)
            return Relation(source, target, _root_beside(best[0], features, tables, models), best[0])
        named = best is not None and _tells(words, source, best[0])
        if not named and score >= (_LEAST_UNNAMED if hits else _LEAST_ALONE):
            return Relation(source, target, _root(relation_features(words, source, target, hits, tables), models), None)
    return None


def _agree(words: Words, source: int, best: tuple[Hit, Arguments], same: Callable[[int, int], bool]) -> bool:
    """Whether the initiator is the one the parse gives the trigger; where it gives none, one in its clause.

    So who tells of a killing ("six had been killed, the mayor said") is not made the killer.
    """
    hit, arguments = best
    if arguments.initiators:
        heads = arguments.initiators
        return any(words.left[head] <= source < words.right[head] or same(head, source) for head in heads)
    if any(words.left[head] <= source < words.right[head] for head in arguments.recipients if hit.frame.passive):
        return False
    top = _clause_of(words, hit)
    for i in (source, *words.ancestors(source)):
        if i == top:
            return True
        if words.dep[i] in _CLAUSES:
            return False
    return False


def _tells(words: Words, source: int, hit: Hit) -> bool:
    """Whether the trigger stands in a clause that the verb over ``source`` has for its content."""
    verb = next((i for i in words.ancestors(source) if words.pos[i] in ("VERB", "AUX")), None)
    top = _clause_of(words, hit)
    return (
        verb is not None
        and verb != top
        and any(
            words.left[clause] <= top < words.right[clause] for clause in words.dependents(verb, "ccomp", "parataxis")
        )
    )


def _clause_of(words: Words, hit: Hit) -> int:
    """The verb of the clause a trigger stands in."""
    top = hit.light[0] if hit.light else hit.token
    if hit.entry.pos == "noun":
        return next((i for i in words.ancestors(top) if words.pos[i] in ("VERB", "AUX")), top)
    return top


def phrase_head(words: Words, spans: Sequence[tuple[int, int]]) -> int | None:
    """The head of the words in the spans, the one highest in its sentence; None for no spans."""
    found: tuple[int, int] | None = None
    for start, end in spans:
        tokens = words.tokens(start, end)
        if not tokens:
            continue
        head = next((i for i in tokens if words.head[i] not in tokens or words.head[i] == i), tokens[0])
        if words.pos[head] == "ADP":
            head = next((c for c in words.children[head] if c in tokens), head)
        depth = sum(1 for _ in words.ancestors(head))
        if found is None or depth < found[0]:
            found = depth, head
    return None if found is None else found[1]


def _root(features: Sequence[str], models: RelationModels) -> str:
    scores = models.types.scores(features)
    return models.types.classes[int(scores.argmax())]


def _root_beside(hit: Hit, features: Sequence[str], tables: EventTables, models: RelationModels) -> str:
    """The likeliest root; the one the codebook names stands unless another is clearly likelier.

    More is asked of a change from conflict to cooperation or back.
    """
    scores, classes = models.types.scores(features), models.types.classes
    best = classes[int(scores.argmax())]
    named = tables.types[hit.entry.type]
    if named.root not in classes:
        return best
    other = tables.types[tables.roots[best][0]] if best in tables.roots else named
    needed = _CLEARLY if other.quad[-1:] == named.quad[-1:] else _CLEARLY_OPPOSITE
    return named.root if scores[classes.index(named.root)] > scores.max() - needed else best
