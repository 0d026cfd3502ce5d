"""Triggers: the words that name an event, matched against the codebook's frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.annotate.coding.frames import Frame, modal_frame, noun_frame, verb_frame
from dateline.annotate.words import Words
from dateline.codebook.plover import Condition, EventTables, LightVerb, Trigger

__all__ = ["Hit", "find_triggers"]

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_GROUP_ENTITIES = {
    "@place": frozenset(["GPE", "LOC", "FAC"]),
    "@person": frozenset(["PERSON"]),
    "@group": frozenset(["GPE", "ORG", "NORP", "PERSON"]),
}
_NO_HAPPENING = frozenset(["DATE", "TIME", "PERSON", "GPE", "NORP", "MONEY"])  # "March" is a month, "Bush" a person
_PREDICATES = {
    "compound": frozenset(["compound", "amod"]),
    "acomp": frozenset(["acomp", "oprd", "ccomp", "advcl"]),
    "oprd": frozenset(["oprd", "xcomp", "ccomp", "dobj", "acomp"]),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in the text: its token, the codebook's entry and the frame round it.

    noun: the token of the noun that decided ("carried out an [attack]"), else None.
    light: the verb a noun's event leans on, and what that verb is, else None.
    """

    token: int
    entry: Trigger
    frame: Frame
    noun: int | None = None
    light: tuple[int, LightVerb] | None = None


def find_triggers(words: Words, tables: EventTables) -> list[Hit]:
    """Find all triggers, in text order; a noun that decided a verb's entry is not found again."""
    triggers = tables.triggers
    hits: list[Hit] = []
    used: set[int] = set()
    nouns: list[int] = []
    known = tables.lemmas
    for i, lemma in enumerate(words.lemma):
        if lemma not in known and (lemma := lemma.lower()) not in known:
            continue
        pos = _POS.get(words.pos[i])
        if pos == "noun":
            if words.ent[i] not in _NO_HAPPENING:
                nouns.append(i)
        elif pos is not None and (entries := triggers.get((lemma, pos))) and not _completes(words, i, hits):
            hit = _verb_hit(words, i, entries)
            if hit is not None:
                hits.append(hit)
                used.update(() if hit.noun is None else (hit.noun,))
    for i in nouns:
        if i not in used and (entries := triggers.get((words.lemma[i].lower(), "noun"))):
            hit = _noun_hit(words, i, entries, tables)
            if hit is not None:
                hits.append(hit)
    return sorted((hit for hit in hits if hit.entry.type), key=lambda hit: hit.token)


def _completes(words: Words, i: int, hits: Sequence[Hit]) -> bool:
    """Whether an adjective only says what came of the act over it: "shot three people [dead]"."""
    if words.pos[i] != "ADJ" or words.dep[i] not in _PREDICATES["oprd"] | {"advcl", "advmod"}:
        return False
    return any(hit.token == words.head[i] and hit.entry.pos == "verb" and hit.entry.type for hit in hits)


def _verb_hit(words: Words, i: int, entries: Sequence[Trigger]) -> Hit | None:
    frame = modal_frame(words, i) if words.tag[i] == "MD" else verb_frame(words, i)
    for entry in entries:
        noun: int | None = None
        for condition in entry.conditions:
            held, decided = _holds(words, i, frame, condition)
            if not held:
                break
            noun = decided if decided is not None else noun
        else:
            return Hit(i, entry, frame, noun)
    return None


def _noun_hit(words: Words, i: int, entries: Sequence[Trigger], tables: EventTables) -> Hit | None:
    if words.dep[i] in ("compound", "amod", "nmod"):
        return None
    frame = noun_frame(words, i)
    for entry in entries:
        if all(_holds(words, i, frame, condition)[0] for condition in entry.conditions):
            return Hit(i, entry, frame, None, _light(words, i, tables.light_verbs))
    return None


def _light(words: Words, noun: int, verbs: Mapping[tuple[str, str], LightVerb]) -> tuple[int, LightVerb] | None:
    """The light verb over a noun, if one is there."""
    head, label = words.head[noun], words.dep[noun]
    where = {"dobj": "obj", "nsubjpass": "obj", "nsubj": "subj"}.get(label)
    if label == "pobj":
        where, head = words.lower[head], words.head[head]
        if words.dep[head] == "prt":
            head = words.head[head]
    if where is None or words.pos[head] not in ("VERB", "AUX"):
        return None
    particles = ["", *(words.lower[c] for c in words.children[head] if words.dep[c] in ("prt", "prep", "dobj"))]
    for particle in reversed(particles):
        verb = verbs.get((words.lemma[head], particle))
        if verb is not None and where in (verb.noun, particle):
            return head, verb
    return None


def _holds(words: Words, i: int, frame: Frame, condition: Condition) -> tuple[bool, int | None]:
    """Whether a condition holds, and the noun that made it hold."""
    kind, wanted = condition.kind, condition.words
    if kind == "obj":
        return _among(words, frame.object, wanted)
    if kind in ("prep_obj", "of"):
        below = (_among(words, head, wanted) for name, head in frame.preps if kind == "prep_obj" or name == "of")
        return next((found for found in below if found[0]), (False, None))
    if kind == "subj":
        held = any(_is_one(words, doer, wanted) for doer in (frame.subject, *frame.agents))
    elif kind == "prep":
        held = _has_prep(words, i, frame, wanted)
    elif kind in ("noobj", "passive"):
        held = frame.object is None if kind == "noobj" else frame.passive
    else:
        held = _has_child(words, i, kind, wanted)
    return held, None


def _is_one(words: Words, doer: int | None, wanted: Sequence[str]) -> bool:
    """Whether who does it is one of the wanted, as itself or by the word before its name ("Typhoon Haiyan")."""
    if _among(words, doer, wanted)[0]:
        return True
    named = doer is not None and words.pos[doer] == "PROPN"
    return named and any(words.dep[c] == "compound" and words.lower[c] in wanted for c in words.children[doer or 0])


def _has_prep(words: Words, i: int, frame: Frame, wanted: Sequence[str]) -> bool:
    if frame.agents and "by" in wanted:
        return True
    children = words.children[i] if frame.object is None else words.children[i] + words.children[frame.object]
    return any(words.lower[c] in wanted for c in children if words.dep[c] in ("prep", "prt", "agent"))


def _has_child(words: Words, i: int, kind: str, wanted: Sequence[str]) -> bool:
    return any(_fits(words, i, child, kind, wanted) for child in words.children[i])


def _fits(words: Words, i: int, child: int, kind: str, wanted: Sequence[str]) -> bool:
    """Whether one child meets a condition of that kind."""
    label = words.dep[child]
    if kind == "prt":
        close = label == "prt" or (label in ("advmod", "prep") and child == i + 1)
        return close and words.lower[child] in wanted
    if kind == "to":
        infinitive = words.tag[child] == "VB" and (
            label == "xcomp" or (label in ("ccomp", "advcl") and _to(words, child))
        )
        return infinitive and (not wanted or words.lemma[child] in wanted)
    if kind == "own":
        return label == "ccomp" and any(words.tag[c] == "PRP" for c in words.dependents(child, "nsubj"))
    if kind == "that":
        return label == "ccomp" or (label == "xcomp" and words.tag[child] == "VBG")
    return label in _PREDICATES[kind] and words.lemma[child].lower() in wanted


def _to(words: Words, verb: int) -> bool:
    """Whether a verb has its "to", unlike "told them he did not want"."""
    return any(words.lower[c] == "to" for c in words.children[verb])


def _among(words: Words, head: int | None, wanted: Sequence[str]) -> tuple[bool, int | None]:
    """Whether a noun phrase is one of the wanted; groups such as @place go by the entity it heads."""
    if head is None:
        return False, None
    if not wanted:
        return True, None
    lemma = words.lemma[head].lower()
    for word in wanted:
        if word == lemma:
            return True, head
        if word.startswith("@") and words.ent[head] in _GROUP_ENTITIES[word]:
            return True, None
    return False, None
