"""Certainty by rule: what the words over an event say of its status.

The method is that of Sauri and Pustejovsky's De Facto (Computational Linguistics 38, 2012): from the
event upwards, every word that takes it as complement, object or modifier passes on, turns or weakens what
came from below. A claim's cue stops the climb, so that status is that given by the claim's source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.annotate.words import Words

if TYPE_CHECKING:
    from dateline.codebook.plover import Certainty, Effect, EventTables
    from dateline.records.reading import Status

__all__ = ["Climb", "climb", "status_of"]

_HIGHEST = 12  # words climbed at most
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_COMPLEMENTS = frozenset(["xcomp", "ccomp", "acl", "pcomp", "oprd", "csubj", "csubjpass", "acomp", "attr"])
_OBJECTS = frozenset(["dobj", "nsubjpass", "pobj"])
_PASSING_PREPOSITIONS = frozenset(["for", "of", "to", "from", "on", "about", "against", "in", "with", "at"])
_AHEAD = frozenset(["expects", "promises"])
_HELD_BACK: dict[str, Status] = {
    "want": "possible", "would": "possible", "ask": "possible", "possible": "possible", "doubt": "possible",
    "unknown": "unknown", "condition": "possible",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Climb:
    """What the climb met: (effect, whether the word that has it is itself negated), the nearest first.

    negations: how many negating words were met; progressive: the event's own verb group says so.
    """

    effects: tuple[tuple[Effect, bool], ...]
    negated: bool
    progressive: bool
    infinitive: bool


def climb(words: Words, event: int, tables: EventTables, stop: int | None = None, light: int | None = None) -> Climb:
    """Collect the words over an event that bear on its certainty, up to and without ``stop``.

    light: the verb that carries a noun's event; the climb then goes on from it.
    """
    effects: list[tuple[Effect, bool]] = []
    negated = _group(words, event, tables, effects)
    progressive = words.tag[event] == "VBG" and any(words.dep[c] == "aux" for c in words.children[event])
    infinitive = words.tag[event] == "VB" and any(words.lower[c] == "to" for c in words.children[event])
    if infinitive and _is_announced(words, event):
        effects.append(("future", False))
    if words.pos[event] in ("NOUN", "PROPN"):
        _modifiers(words, event, tables, effects)
    i = event
    if light is not None and light != stop:
        negated ^= _group(words, light, tables, effects)
        progressive |= words.tag[light] == "VBG" and any(words.dep[c] == "aux" for c in words.children[light])
        i = light
    for _ in range(_HIGHEST):
        head, label = words.head[i], words.dep[i]
        if head in (i, stop):
            break
        if label == "conj" and words.pos[head] == words.pos[i]:
            if not any(words.dep[c] in ("nsubj", "aux") for c in words.children[i]):
                negated ^= _group(words, head, tables, effects)
            i = head
            continue
        if label in ("pobj", "pcomp"):
            label, head = "pobj", _over_preposition(words, i, effects, tables)
            if head in (i, stop):
                break
        if not _passes(words, i, label, tables, effects):
            break
        met = _governor(words, (i, head), label, tables, effects)
        if not met and label in _OBJECTS and i != light:
            break
        i = head
    return Climb(tuple(effects), negated, progressive, infinitive)


def _is_announced(words: Words, event: int) -> bool:
    """Whether an infinitive says by itself what is to come: "Turkey to close straits", "is to end"."""
    head = words.head[event]
    if head == event:
        return any(words.dep[c] == "nsubj" for c in words.children[event])
    return words.dep[event] == "xcomp" and words.lemma[head] == "be"


def status_of(found: Climb, stance: str | None) -> Status:
    """The status that effects, negation and the claim's stance add up to."""
    status: Status = "denied" if found.negated else "ongoing" if found.progressive else "happened"
    reported = stance is not None or any(effect == "claim" for effect, _ in found.effects)
    for effect, turned in found.effects:
        if effect in ("fact", "claim"):
            continue
        if effect == "negative":
            status = "happened" if turned else "denied" if status in ("happened", "ongoing") else status
        elif effect == "implied":
            status = "denied" if turned and status in ("happened", "ongoing") else status
        elif effect == "aspect":
            status = "denied" if turned else "ongoing" if status == "happened" else status
        elif effect == "ended":
            status = "happened" if status == "ongoing" else status
        elif status in ("happened", "ongoing"):
            ahead = effect == "future" or (effect == "would" and reported)
            status = "denied" if turned and ahead else "planned" if ahead else _HELD_BACK[effect]
    if found.infinitive and not found.effects and status == "happened" and stance not in _AHEAD:
        status = "possible"
    return _by_stance(status, stance)


def _by_stance(status: Status, stance: str | None) -> Status:
    if stance == "denies":
        return "happened" if status == "denied" else "denied"
    if status not in ("happened", "ongoing"):
        return status
    if stance in _AHEAD:
        return "planned"
    if stance in ("offers", "urges", "demands", "asks", "doubts"):
        return "possible"
    return status


def _group(words: Words, verb: int, tables: EventTables, effects: list[tuple[Effect, bool]]) -> bool:
    """Auxiliaries and adverbs of a verb (or a predicate's verb); returns whether it is negated."""
    negated = False
    for child in words.children[verb]:
        label, lower = words.dep[child], words.lower[child]
        cue = tables.certainty.get((lower, "aux" if label == "aux" else "adv")) if label in ("aux", "advmod") else None
        if _negates(words, child, verb, tables):
            negated = not negated
        elif cue is not None:
            effects.append((cue.effect, False))
    return negated


def _negates(words: Words, child: int, verb: int, tables: EventTables) -> bool:
    label, kind = words.dep[child], tables.negation.get(words.lower[child])
    if label in ("nsubj", "nsubjpass"):
        return _is_nobody(words, child, tables)
    if label == "prep":
        return kind == "preposition" and child < verb
    return label == "neg" or (kind is not None and label in ("det", "advmod", "preconj"))


def _is_nobody(words: Words, noun: int, tables: EventTables) -> bool:
    if tables.negation.get(words.lower[noun]) == "subject":
        return True
    return any(words.lower[c] in ("no", "neither") for c in words.children[noun] if words.dep[c] == "det")


def _modifiers(words: Words, noun: int, tables: EventTables, effects: list[tuple[Effect, bool]]) -> None:
    for child in words.children[noun]:
        if words.dep[child] in ("amod", "compound"):
            cue = tables.certainty.get((words.lower[child], "adj"))
            if cue is not None and cue.reach == "mod":
                effects.append((cue.effect, False))


def _passes(words: Words, i: int, label: str, tables: EventTables, effects: list[tuple[Effect, bool]]) -> bool:
    """Whether what stands above bears on the event at all; a clause's own mark is noted here."""
    if label in _COMPLEMENTS or label in _OBJECTS:
        return True
    if label == "nsubj":
        return words.pos[i] in ("NOUN", "PROPN")
    if label == "advcl":
        for child in words.children[i]:
            mark = words.dep[child] in ("mark", "advmod") and tables.certainty.get((words.lower[child], "mark"))
            if mark:
                effects.append((mark.effect, False))
        purpose = words.tag[i] == "VB" and any(words.lower[c] == "to" for c in words.children[i])
        if purpose:
            effects.append(("want", False))
    return False


def _over_preposition(words: Words, i: int, effects: list[tuple[Effect, bool]], tables: EventTables) -> int:
    """The word over the preposition above ``i``; ``i`` itself where the preposition lets nothing through."""
    preposition = words.head[i]
    if tables.negation.get(words.lower[preposition]) == "preposition":
        effects.append(("negative", False))
    if words.lower[preposition] not in _PASSING_PREPOSITIONS:
        return i
    while words.pos[preposition] in ("ADP", "SCONJ", "ADV") and words.head[preposition] != preposition:
        preposition = words.head[preposition]
    return preposition


def _governor(
    words: Words, step: tuple[int, int], label: str, tables: EventTables, effects: list[tuple[Effect, bool]]
) -> bool:
    """Add what a governing word says, with its own negation and modality; returns whether it is a cue.

    step: the word below and the governing word.
    """
    i, head = step
    pos = _POS.get(words.pos[head])
    if pos is None:
        return False
    cue: Certainty | None = tables.certainty.get((words.lemma[head].lower(), pos))
    if words.lemma[head] == "be" and label in ("ccomp", "csubj", "xcomp", "advcl"):
        predicate = next((c for c in words.children[head] if words.dep[c] in ("acomp", "attr")), head)
        cue = tables.certainty.get((words.lemma[predicate].lower(), _POS.get(words.pos[predicate], ""))) or cue
    own: list[tuple[Effect, bool]] = []
    negated = _group(words, head, tables, own)
    participle = label == "acl" and words.tag[i] in ("VBN", "VBD", "VBG") and pos == "noun"
    if participle and not any(words.dep[c] == "mark" for c in words.children[i]):
        return False  # "the plan drawn up by", unlike "the plan to attack", "the claim that"
    met = cue is not None and _reaches(cue, label, words.pos[i])
    if met and cue is not None:
        effects.append((cue.effect, negated))
    elif (label == "nsubj" and negated) or (label in ("acomp", "attr") and negated):
        effects.append(("negative", False))
    elif words.tag[i] == "VB" and label in ("xcomp", "acl") and pos != "verb":
        effects.append(("want", negated))
    if met or label not in _OBJECTS:
        effects.extend(own)
    return met


def _reaches(cue: Certainty, label: str, pos: str) -> bool:
    if cue.reach == "mod" or (label == "nsubj" and cue.effect not in ("aspect", "ended")):
        return cue.effect in ("aspect", "ended", "possible", "doubt") and label == "nsubj"
    return cue.reach == "any" or label in _COMPLEMENTS or pos == "VERB"
