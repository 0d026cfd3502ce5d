"""Where an event happened: the place its own words give it, else its sentence's, else the story's before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from dateline.annotate.words import Words
from dateline.codebook.laid import per_codebook, word_lists
from dateline.codebook.plover import event_tables
from dateline.codebook.speech import speech_cues
from dateline.records import Place

__all__ = ["PlaceBasis", "is_said", "place_of"]

_ROUND_UP = 3  # towns; a story of more keeps to none
_MOST = 20  # places looked at on each side of a trigger
_LONGEST = 8  # steps up the tree
_LEAD = 3  # words between a preposition and the place: "in the besieged city of"
_CLAUSES = frozenset(["relcl", "ccomp", "advcl", "acl", "csubj", "parataxis", "pcomp", "ROOT"])
_CONDITIONS = frozenset(["if", "provided", "providing", "unless", "once"])
_FILED = 60  # characters a dateline may have after its town
_DATELINE = re.compile(
    r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)*)?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}[ /.]\w+[ /.]?\d*)(?:, \d{4})?)?"
    r"(?: \([^()\n]{2,30}\))? ?(?:[—–:]|--?(?= ))"
)
_PLACED = frozenset(["dobj", "nsubjpass", "compound", "nmod", "npadvmod", "advmod"])

PlaceBasis = Literal["argument", "sentence", "story", "none"]


def _scene_words() -> frozenset[str]:
    """Prepositions that put something at a place."""
    return _listed("scene")


def _site_words() -> frozenset[str]:
    """Words that stand for the place named after them: "the city of Sumy"."""
    return _lists("places/relations")["site"]


def place_of(
    words: Words, trigger: int, arguments: Sequence[int], places: Sequence[Place]
) -> tuple[int | None, PlaceBasis]:
    """The index of the event's place and where that was read.

    trigger: the event's token. arguments: tokens of its actors. Only literal places count: a
    government named by its capital, or a people, is nowhere; nor is what was filed from a dateline there.
    """
    first, end = words.sentence_of(trigger)
    at = words.start[trigger]
    near = _near(words, places, words.start[first], words.end[end - 1], at)
    steps = {i: gap for i in near if (gap := _steps(words, trigger, places[i])) is not None}
    if steps:
        return _whole(places, min(steps, key=lambda i: (steps[i], abs(places[i].start - at), i))), "argument"
    actors = [own for own in arguments if words.lower[own] not in _listed("apart")]
    below = [i for i in near for own in actors if _steps(words, own, places[i]) is not None]
    if below:
        return _whole(places, below[0]), "argument"
    if is_said(words, trigger):
        return None, "none"  # what is said is said where the speaker is, not where the story is
    scenes = [i for i in near if _is_scene(words, places[i]) and not _is_elsewhere(words, trigger, i, places)]
    if scenes:
        return _whole(places, min(scenes, key=lambda i: (abs(places[i].start - at), i))), "sentence"
    opening = words.start[words.paragraphs[words.paragraph[trigger]][0]]
    told = [i for i in _near(words, places, opening, words.start[first], at) if _is_setting(words, places[i])]
    bodily = _bodily(words, trigger)
    if told:
        carried = (bodily and all(bodily)) or places[told[-1]].feature != "P.PPLC"
        return (_whole(places, told[-1]), "story") if carried else (None, "none")
    home = _home(words, places, opening) if any(bodily) else None
    return (None, "none") if home is None else (home, "story")


def _bodily(words: Words, trigger: int) -> list[bool]:
    """For each reading of the trigger's lemma, whether it happens where people are: an attack, a death, damage."""
    lemma, pos = words.lemma[trigger].lower(), "verb" if words.pos[trigger] == "VERB" else "noun"
    return [entry.type in _listed("bodily") for entry in event_tables().triggers.get((lemma, pos), ())]


def _home(words: Words, places: Sequence[Place], end: int) -> int | None:
    """The town or site that the paragraphs before ``end`` keep to, but no capital: there much else is told of."""
    told = [i for i in _near(words, places, 0, end, 0)[:_MOST] if _is_setting(words, places[i])]
    local = [i for i in told if (places[i].feature or "")[:1] in "PST" and places[i].feature]
    if not local or len({places[i].name for i in local}) > _ROUND_UP:
        return None
    count = Counter(places[i].name for i in local)
    home = max(local, key=lambda i: (count[places[i].name], -i))
    is_of_states = places[home].feature == "P.PPLC" or places[home].name in _listed("parley")
    return None if is_of_states else home


def is_said(words: Words, trigger: int) -> bool:
    """Whether an event is one of words: a promise, a demand, a proposal."""
    return any((words.lemma[trigger], pos) in speech_cues() for pos in ("VERB", "NOUN"))


def _near(words: Words, places: Sequence[Place], start: int, end: int, at: int) -> list[int]:
    """Literal places whose words lie in the characters ``[start, end)``: of very many, those nearest to ``at``.

    Left out are datelines, sides something comes from, and places that only tell where a named one is.
    """
    low = bisect_left(places, start, key=lambda p: p.start)
    high = bisect_left(places, end, key=lambda p: p.start)
    middle = min(max(bisect_left(places, at, low, high, key=lambda p: p.start), low), high)
    kept = range(max(low, middle - _MOST), min(high, middle + _MOST))
    told_of = {p.relation.anchor for k in kept if (p := places[k]).relation is not None and not p.is_description}
    return [
        i
        for i in kept
        if places[i].kind == "literal"
        and i not in told_of
        and not _is_side(places[i])
        and not _is_dateline(words, places[i])
    ]


def _is_dateline(words: Words, place: Place) -> bool:
    """Whether a place opens its paragraph as the town the report was filed from: "KYIV, Feb 25 (Reuters) -"."""
    tokens = words.tokens(place.start, place.end)
    opening = words.start[words.paragraphs[words.paragraph[tokens[0]]][0]]
    return place.start == opening and bool(_DATELINE.match(words.text, place.end, place.end + _FILED))


def _is_elsewhere(words: Words, trigger: int, i: int, places: Sequence[Place]) -> bool:
    """Whether a place is where someone speaks, meets or goes to, and not where the event of the trigger happened.

    "An official in Kyiv said", "after talks in Minsk", "in Washington, he said that soldiers were held", "closing in
    on Kyiv from three sides".
    """
    place = places[i]
    after = places[i + 1] if i + 1 < len(places) else None
    if after is not None and _is_side(after) and after.relation is not None and after.relation.anchor == i:
        return True
    token = _top(words, place)
    if _of_speakers(words, token) not in (-1, trigger):
        return True
    verb = next((i for i in words.ancestors(token) if words.pos[i] in ("VERB", "AUX")), -1)
    return any(verb == words.head[i] and _is_apart(words, i, place) for i in _upwards(words, trigger))


def _of_speakers(words: Words, token: int) -> int:
    """The noun for speakers or talks that a place belongs to ("an official in Kyiv"), else -1."""
    noun = words.head[words.head[token]] if words.dep[words.head[token]] == "prep" else words.head[token]
    return noun if words.pos[noun] in ("NOUN", "PROPN") and words.lower[noun] in _listed("apart") else -1


def _upwards(words: Words, token: int) -> Iterator[int]:
    yield token
    yield from islice(words.ancestors(token), _LONGEST)


def _is_apart(words: Words, clause: int, place: Place) -> bool:
    """Whether a clause does not share the place of the one above it: a condition, or what is said in a capital."""
    if any(words.lower[c] in _CONDITIONS for c in (clause, *words.children[clause])):
        return True
    said = (words.lemma[words.head[clause]], "VERB") in speech_cues()
    return words.dep[clause] in ("ccomp", "parataxis") and said and place.feature == "P.PPLC"


def _listed(kind: str) -> frozenset[str]:
    return _lists("places/scene")[kind]


@per_codebook
def _lists(name: str) -> dict[str, frozenset[str]]:
    return word_lists(name, "kind")


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
    is_told = (
        words.dep[token] == "dobj" and (words.lemma[words.head[token]], "VERB") in speech_cues()
    )  # "proposed Warsaw"
    placed = is_description or (words.dep[token] in _PLACED and not is_told)
    for step in range(_LONGEST):
        if token == own:
            return step if placed else None
        dep, above = words.dep[token], words.head[token]
        if dep == "dobj" and words.lower[token] in _listed("apart"):  # "rejected talks in Minsk"
            return None
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


def _is_setting(words: Words, place: Place) -> bool:
    """Whether a place is one that the story stays at: "in Kyiv", not "from Moscow" nor "an official in Kyiv"."""
    first = words.tokens(place.start, place.end)[0]
    before = words.lower[first - 1] if first else ""
    moving = before in _listed("moving") or (before == "on" and (place.feature or "").startswith("P."))  # advance on
    if _is_label(words, place):
        return True
    return _is_scene(words, place) and not moving and _of_speakers(words, _top(words, place)) < 0


def _is_label(words: Words, place: Place) -> bool:
    """Whether a place stands by itself before a paragraph: "SUMY. Troops came at noon."."""
    tokens = words.tokens(place.start, place.end)
    is_first = words.paragraphs[words.paragraph[tokens[0]]][0] == tokens[0]
    return is_first and words.text[place.end : place.end + 2] == ". "


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
