"""Where an event happened: the place its own words give it, else its sentence's, else the story's before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Literal

from dateline.annotate.words import Words
from dateline.codebook.tables import rows
from dateline.records import Place

__all__ = ["PlaceBasis", "place_of"]

_MOST = 20  # places looked at on each side of a trigger
_LONGEST = 8  # steps up the tree
_LEAD = 3  # words between a preposition and the place: "in the besieged city of"
_CLAUSES = frozenset(["relcl", "ccomp", "advcl", "acl", "csubj", "parataxis", "ROOT"])
_PLACED = frozenset(["dobj", "nsubjpass", "compound", "nmod", "npadvmod", "advmod"])

PlaceBasis = Literal["argument", "sentence", "story", "none"]


@cache
def _scene_words() -> frozenset[str]:
    """Prepositions that put something at a place."""
    return frozenset(word for row in rows("places/scene.tsv", ("words",)) for word in row.list("words"))


@cache
def _site_words() -> frozenset[str]:
    """Words that stand for the place named after them: "the city of Sumy"."""
    table = rows("places/relations.tsv", ("kind", "words"))
    return frozenset(word for row in table if row["kind"] == "site" for word in row.list("words"))


def place_of(
    words: Words, trigger: int, arguments: Sequence[int], places: Sequence[Place]
) -> tuple[int | None, PlaceBasis]:
    """The index of the event's place and where that was read.

    trigger: the event's token. arguments: tokens of its actors. Only literal places count: a
    government named by its capital, or a people, is nowhere.
    """
    first, end = words.sentence_of(trigger)
    at = words.start[trigger]
    near = _near(places, words.start[first], words.end[end - 1], at)
    steps = {i: gap for i in near if (gap := _steps(words, trigger, places[i])) is not None}
    if steps:
        return _whole(places, min(steps, key=lambda i: (steps[i], abs(places[i].start - at), i))), "argument"
    below = [i for i in near for own in arguments if _steps(words, own, places[i]) is not None]
    if below:
        return _whole(places, below[0]), "argument"
    scenes = [i for i in near if _is_scene(words, places[i])]
    if scenes:
        return _whole(places, min(scenes, key=lambda i: (abs(places[i].start - at), i))), "sentence"
    opening = words.start[words.paragraphs[words.paragraph[trigger]][0]]
    told = [i for i in _near(places, opening, words.start[first], at) if _is_scene(words, places[i])]
    return (_whole(places, told[-1]), "story") if told else (None, "none")


def _near(places: Sequence[Place], start: int, end: int, at: int) -> list[int]:
    """Literal places whose words lie in the characters ``[start, end)``: of very many, those nearest to ``at``."""
    low = bisect_left(places, start, key=lambda p: p.start)
    high = bisect_left(places, end, key=lambda p: p.start)
    middle = min(max(bisect_left(places, at, low, high, key=lambda p: p.start), low), high)
    kept = range(max(low, middle - _MOST), min(high, middle + _MOST))
    return [i for i in kept if places[i].kind == "literal" and not _is_side(places[i])]


def _is_side(place: Place) -> bool:
    """Whether the words say from where something comes, not where it is: "from three sides"."""
    relation = place.relation
    return relation is not None and relation.words == place.name and place.name.lower().startswith("from ")


def _steps(words: Words, own: int, place: Place) -> int | None:
    """How many steps up the tree lead from a place to a token without leaving its clause; None: none do.

    The way may go through prepositions, objects and names set beside one another, not through a subject:
    "the mayor of Odesa said" happens nowhere in particular.
    """
    token = _top(words, place)
    is_description = place.relation is not None and place.feature is None
    placed = is_description or words.dep[token] in _PLACED
    for step in range(_LONGEST):
        if token == own:
            return step if placed else None
        dep, above = words.dep[token], words.head[token]
        if above == token or dep in _CLAUSES or (dep == "nsubj" and words.pos[above] in ("VERB", "AUX")):
            return None
        if dep == "prep":
            scene = words.lower[token] in _scene_words()
            noun_of = words.lower[token] == "of" and words.pos[above] in ("NOUN", "PROPN")
            if not scene and not noun_of:
                return None
            placed = placed or scene or (noun_of and (above == own or words.lower[above] in _site_words()))
        token = above
    return None


def _top(words: Words, place: Place) -> int:
    """The token of a place's words that is governed from outside them."""
    tokens = words.tokens(place.start, place.end)
    token = tokens[-1]
    for _ in range(len(tokens)):
        if words.head[token] == token or words.head[token] not in tokens:
            break
        token = words.head[token]
    return token


def _is_scene(words: Words, place: Place) -> bool:
    """Whether the words before a place put something there ("in Kyiv", not "the Kyiv mayor")."""
    first = words.tokens(place.start, place.end)[0]
    if words.lower[first] in _scene_words():
        return True
    back = first - 1
    while back >= 0 and first - back <= _LEAD and words.pos[back] in ("DET", "ADJ", "NOUN", "PROPN", "PUNCT"):
        back -= 1
    return back >= 0 and words.lower[back] in _scene_words()


def _whole(places: Sequence[Place], i: int) -> int:
    """The description a place is the anchor of, if it is one's: "outside Kyiv" rather than Kyiv."""
    for k in (i - 1, i + 1):
        if 0 <= k < len(places):
            relation = places[k].relation
            holds = places[k].start <= places[i].start and places[i].end <= places[k].end
            if relation is not None and relation.anchor == i and holds:
                return k
    return i
