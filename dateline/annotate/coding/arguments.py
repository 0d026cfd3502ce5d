"""Arguments: whom a trigger's frame makes initiator and recipient, as heads of noun phrases."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.coding.frames import conjuncts, verb_frame
from dateline.annotate.coding.triggers import Hit
from dateline.annotate.words import Words

__all__ = ["Arguments", "arguments_of"]

_VERB_PREPS = ("against", "on", "upon", "with", "to", "from", "for", "at", "into", "over", "of", "toward", "towards")
_NOUN_PREPS = ("against", "on", "upon", "with", "to", "toward", "towards", "of", "at", "from", "for")
_TIMES = frozenset(["DATE", "TIME"])


@dataclass(frozen=True, slots=True)
class Arguments:
    """Heads of the noun phrases of those who act and those acted on, in text order."""

    initiators: tuple[int, ...]
    recipients: tuple[int, ...]


def arguments_of(words: Words, hit: Hit) -> Arguments:
    """Initiators and recipients of a trigger, coordinated ones each; missing ones stay missing."""
    if hit.entry.pos == "noun":
        initiators, recipients = _of_noun(words, hit)
    else:
        initiators, recipients = _of_verb(words, hit)
    givers = _each(words, initiators)
    takers = tuple(i for i in _each(words, recipients) if i not in givers)
    return Arguments(givers, takers)


def _of_verb(words: Words, hit: Hit) -> tuple[list[int], list[int]]:
    frame, entry = hit.frame, hit.entry
    if entry.initiators is None:
        initiators: list[int] = []
    elif entry.initiators:
        initiators = _standing(hit, entry.initiators)
    elif frame.passive:
        initiators = list(frame.agents)
    else:
        initiators = [frame.subject] if frame.subject is not None else []
    if entry.recipients is None:
        return initiators, []
    if entry.recipients:
        return initiators, _standing(hit, entry.recipients)
    if frame.object is not None and frame.object != hit.noun:
        return initiators, [frame.object]
    if frame.dative is not None:
        return initiators, [frame.dative]
    return initiators, _first_below(words, frame.preps, _VERB_PREPS, hit.noun)


def _of_noun(words: Words, hit: Hit) -> tuple[list[int], list[int]]:
    frame, entry = hit.frame, hit.entry
    initiators = list(frame.agents) or [head for name, head in frame.preps if name == "between"]
    if not initiators and frame.subject is not None:
        initiators = [frame.subject]
    recipients = _first_below(words, frame.preps, _NOUN_PREPS, None)
    if entry.recipients:
        recipients = [head for name, head in frame.preps if name in entry.recipients]
    if hit.light is not None:
        verb, light = hit.light
        doer = _light_subject(words, verb)
        if light.subject == "initiator" and not initiators:
            initiators = doer
        elif light.subject == "recipient" and not recipients:
            recipients = doer
    if entry.initiators is None:
        initiators = []
    return initiators, recipients


def _light_subject(words: Words, verb: int) -> list[int]:
    frame = verb_frame(words, verb)
    if frame.passive:
        return list(frame.agents)
    return [frame.subject] if frame.subject is not None else []


def _standing(hit: Hit, places: tuple[str, ...]) -> list[int]:
    """What stands at the first of the places named that is filled."""
    for place in places:
        found = _at(hit, place)
        if found:
            return found
    return []


def _at(hit: Hit, place: str) -> list[int]:
    frame = hit.frame
    if place == "by":
        return list(frame.agents)
    if place == "obj" or (place == "subj" and frame.passive):
        return [] if frame.object is None else [frame.object]
    if place == "subj":
        return [] if frame.subject is None else [frame.subject]
    return [head for name, head in frame.preps if name == place][:1]


def _first_below(
    words: Words, preps: tuple[tuple[str, int], ...], names: tuple[str, ...], but: int | None
) -> list[int]:
    """The noun below the first of the prepositions that is there; a time is nobody acted on."""
    for name in names:
        for found, head in preps:
            if found == name and head != but and words.ent[head] not in _TIMES:
                return [head]
    return []


def _each(words: Words, heads: list[int]) -> tuple[int, ...]:
    return tuple(sorted({each for head in heads for each in conjuncts(words, head)}))
