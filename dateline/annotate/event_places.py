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

PlaceBasis = Literal["argument", "sentence", "story", "none"]


@cache
def _scene_words() -> frozenset[str]:
    """Prepositions that put something at a place."""
    return frozenset(word for row in rows("places/scene.tsv", ("words",)) for word in row.list("words"))


def place_of(
    words: Words, trigger: int, arguments: Sequence[int], places: Sequence[Place]
) -> tuple[int | None, PlaceBasis]:
    """The index of the event's place and where that was read.

    trigger: the event's token. arguments: tokens of its actors. Only literal places count: a
    government named by its capital, or a people, is nowhere.
    """
    first, end = words.sentence_of(trigger)
    near = _within(places, words.start[first], words.end[end - 1])
    for own in (trigger, *arguments):
        place = _argument(words, own, trigger, places, near)
        if place is not None:
            return place, "argument"
    scenes = [i for i in near if _is_scene(words, places[i])]
    if scenes:
        return min(scenes, key=lambda i: (_gap(words, trigger, places[i]), i)), "sentence"
    opening = words.start[words.paragraphs[words.paragraph[trigger]][0]]
    told = [i for i in _within(places, opening, words.start[first]) if _is_scene(words, places[i])]
    if told:
        return _whole(places, told[-1]), "story"
    return None, "none"


def _within(places: Sequence[Place], start: int, end: int) -> list[int]:
    """Literal places whose words lie in ``[start, end)``."""
    at = bisect_left(places, start, key=lambda p: p.start)
    found = []
    while at < len(places) and places[at].start < end:
        if places[at].kind == "literal":
            found.append(at)
        at += 1
    return found


def _argument(words: Words, own: int, trigger: int, places: Sequence[Place], near: Sequence[int]) -> int | None:
    """A place in a prepositional phrase of the token, the outermost description if several hold one another."""
    for i in near:
        place = places[i]
        token = words.tokens(place.start, place.end)[-1]
        while words.head[token] != token and places[i].start <= words.start[words.head[token]] < places[i].end:
            token = words.head[token]
        above = token
        for above in (token, *words.ancestors(token)):
            if words.lower[above] in _scene_words() and words.pos[above] in ("ADP", "SCONJ", "ADV"):
                break
        else:
            continue
        governor = words.head[above]
        if governor == own or (own == trigger and words.head[own] == governor and words.dep[own] in ("aux", "xcomp")):
            return _whole(places, i)
    return None


def _is_scene(words: Words, place: Place) -> bool:
    """Whether the words before a place put something there ("in Kyiv", not "the Kyiv mayor")."""
    first = words.tokens(place.start, place.end)[0]
    if words.lower[first] in _scene_words():
        return True
    back = first - 1
    while back >= 0 and first - back <= 3 and words.pos[back] in ("DET", "ADJ", "NOUN", "PROPN", "PUNCT"):
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


def _gap(words: Words, trigger: int, place: Place) -> int:
    start, end = words.start[trigger], words.end[trigger]
    return max(place.start - end, start - place.end, 0)
