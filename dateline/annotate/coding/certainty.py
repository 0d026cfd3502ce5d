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
_CLAUSES = frozenset(["ccomp", "csubj", "csubjpass", "pcomp"])
_COMPLEMENTS = _CLAUSES | frozenset(["xcomp", "acl", "oprd", "acomp", "attr"])
_OBJECTS = frozenset(["dobj", "nsubjpass", "pobj"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_PASSING_PREPOSITIONS = frozenset(["for", "of", "to", "from", "on", "about", "against", "in", "with", "at", "into"])
_AHEAD = frozenset(["expects", "promises"])
# What passes from a clause to those that hang on it.
_HANGING: frozenset[Effect] = frozenset(["future", "would", "possible", "want"])
_OPEN: frozenset[Effect] = frozenset(["possible", "doubt", "unknown", "condition"])  # leave open what is denied, too
_HELD_BACK: dict[str, Status] = {
    "want": "possible", "would": "possible", "ask": "possible", "possible": "possible", "doubt": "possible",
    "unknown": "unknown", "condition": "possible", "able": "possible",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Climb:
    """What the climb met: (effect, whether the word that has it is itself negated), the nearest first.

    negated: whether the event's own words deny it; progressive, infinitive: the form of its verb group. blocked: it
    ended below the top, at a word that passes nothing on: what is denied or promised above is not this event.
    """

    effects: tuple[tuple[Effect, bool], ...]
    negated: bool
    progressive: bool
    infinitive: bool
    blocked: bool = False


def climb(words: Words, event: int, tables: EventTables, stop: int | None = None, light: int | None = None) -> Climb:
    """Collect the words over an event that bear on its certainty, up to and without ``stop``.

    light: the verb that carries a noun's event; the climb then goes on from it.
    """
    effects: list[tuple[Effect, bool]] = []
    negated = _group(words, event, tables, effects)
    progressive = words.tag[event] == "VBG" and any(words.dep[c] == "aux" for c in words.children[event])
    infinitive = _is_infinitive(words, event)
    if (infinitive and _is_announced(words, event, tables)) or _is_drafted(words, event, tables):
        effects.append(("future", False))
    named = words.pos[event] in ("NOUN", "PROPN")
    if named:
        _modifiers(words, event, tables, effects)
    i = event
    if light is not None and light != stop:
        negated ^= _group(words, light, tables, effects)
        progressive |= words.tag[light] == "VBG" and any(words.dep[c] == "aux" for c in words.children[light])
        i = light
    blocked = False
    for _ in range(_HIGHEST):
        head, label = words.head[i], words.dep[i]
        _mark(words, i, label, tables, effects)
        if head in (i, stop):
            break
        if label == "conj" and words.pos[head] == words.pos[i]:
            if not words.dependents(i, "nsubj", "aux") or _is_gapped(words, i):
                negated ^= _group(words, head, tables, effects)
            i = head
            continue
        if label == "advcl" and _hangs(words, i, tables, effects):
            i = head
            continue
        if label in ("pobj", "pcomp"):
            label, head = "pobj", _over_preposition(words, i, effects, tables)
            if head in (i, stop):
                break
        if not _passes(words, i, label, tables):
            blocked = True
            break
        met = _governor(words, (i, head), label, tables, effects)
        met = met or (named and _brought_about(words, (i, head), label, tables, effects))
        blocked = not (met or label not in _OBJECTS or i == light)
        if blocked:
            break
        i = head
    return Climb(tuple(effects), negated, progressive, infinitive, blocked)


def _is_gapped(words: Words, verb: int) -> bool:
    """Whether a joined participle leaves out its auxiliaries: "posts should be cut and [plants closed]"."""
    return words.tag[verb] == "VBN" and not words.dependents(verb, "aux", "auxpass")


def _is_infinitive(words: Words, verb: int) -> bool:
    """Whether a verb looks ahead with "to": "to meet", "to be held"; "to have met" does not."""
    auxiliaries = {words.lower[c] for c in words.dependents(verb, "aux")}
    return "to" in auxiliaries and "have" not in auxiliaries


def _is_announced(words: Words, event: int, tables: EventTables) -> bool:
    """Whether an infinitive by itself says what is to come: "Talks to open", "is to end", "a vote to be held"."""
    head = words.head[event]
    if head == event:
        return any(words.dep[c] in _SUBJECTS for c in words.children[event])
    if words.dep[event] in ("acl", "relcl"):
        passive = any(words.dep[c] == "auxpass" for c in words.children[event])
        return passive and _cue(words, head, tables) is None and not _is_one_in_a_row(words, head, tables)
    return words.dep[event] == "xcomp" and words.lemma[head] == "be"


def _is_drafted(words: Words, event: int, tables: EventTables) -> bool:
    """Whether it is what a text not yet in force says: "the draft demands", "a bill that bans"."""
    relative = [words.head[event]] if words.dep[event] == "relcl" else []
    nouns = [words.lemma[noun].lower() for noun in (*words.dependents(event, "nsubj"), *relative)]
    return any((noun, "subject") in tables.certainty for noun in nouns) and not _is_past(words, event)


def status_of(found: Climb, stance: str | None) -> Status:
    """The status that effects, negation and the claim's stance add up to."""
    status: Status = "denied" if found.negated else "ongoing" if found.progressive else "happened"
    reported = stance is not None or any(effect in ("claim", "future") for effect, _ in found.effects)
    for effect, turned in found.effects:
        if effect in ("fact", "claim"):
            continue
        if effect == "negative":
            status = status if turned or status == "unknown" else "denied"
        elif effect == "implied":
            status = "denied" if turned and status in ("happened", "ongoing") else status
        elif effect == "aspect":
            status = "denied" if turned else "ongoing" if status == "happened" else status
        elif effect == "ended":
            status = "happened" if status == "ongoing" else status
            status = "ongoing" if turned and status == "happened" else status
        elif effect in _OPEN and status in ("planned", "denied") and not turned:
            status = _HELD_BACK[effect] if status == "denied" or effect == "condition" else status
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
            if cue.effect in _HANGING and _is_conditional(words, verb, tables):
                effects.append(("condition", False))
    return negated


def _is_conditional(words: Words, verb: int, tables: EventTables) -> bool:
    """Whether it depends on another clause: "if they refuse, it will attack"."""
    marks = [m for clause in words.dependents(verb, "advcl") for m in words.dependents(clause, "mark")]
    return any((cue := tables.certainty.get((words.lower[m], "mark"))) and cue.effect == "condition" for m in marks)


def _negates(words: Words, child: int, verb: int, tables: EventTables) -> bool:
    label, kind = words.dep[child], tables.negation.get(words.lower[child])
    if label in ("nsubj", "nsubjpass"):
        return _is_nobody(words, child, tables)
    if label == "prep":
        return kind == "preposition" and child < verb
    return label == "neg" or (kind not in (None, "preposition") and label in ("det", "advmod", "preconj"))


def _is_nobody(words: Words, noun: int, tables: EventTables) -> bool:
    if tables.negation.get(words.lower[noun]) == "subject":
        return True
    return any(words.lower[c] in ("no", "neither") for c in words.children[noun] if words.dep[c] == "det")


def _modifiers(words: Words, noun: int, tables: EventTables, effects: list[tuple[Effect, bool]]) -> None:
    for child in words.children[noun]:
        if words.dep[child] in ("amod", "compound"):
            cue = tables.certainty.get((words.lower[child], "beside"))
            if cue is not None:
                effects.append((cue.effect, False))


def _passes(words: Words, i: int, label: str, tables: EventTables) -> bool:
    """Whether what stands above bears on the event at all."""
    if label == "nsubj":
        return words.pos[i] in ("NOUN", "PROPN")
    if label == "compound":
        return (words.lemma[words.head[i]].lower(), "compound") in tables.certainty
    return label in _COMPLEMENTS or label in _OBJECTS or (label == "relcl" and _is_infinitive(words, i))


def _mark(words: Words, i: int, label: str, tables: EventTables, effects: list[tuple[Effect, bool]]) -> None:
    """What a clause's own opening says: "if", "before" of what depends on it; "whether", and a question's order."""
    if label not in _CLAUSES and label not in ("advcl", "ROOT"):
        return
    for child in words.children[i]:
        cue = tables.certainty.get((words.lower[child], "mark")) if words.dep[child] in ("mark", "advmod") else None
        if cue is None or (cue.effect in _HANGING and _is_past(words, i)):
            continue
        asked = cue.effect == "condition" and label in _CLAUSES
        effects.append(("unknown" if asked else cue.effect, False))
    if _is_question(words, i):
        effects.append(("unknown", False))


def _is_question(words: Words, verb: int) -> bool:
    """Whether the clause asks if it is so: "Did they fire?", not "Who fired?"."""
    _, end = words.sentence_of(verb)
    if "?" not in words.form[verb:end]:
        return False
    subject = min((c for c in words.children[verb] if words.dep[c] in _SUBJECTS), default=verb)
    opening = [verb, *(c for c in words.children[verb] if words.dep[c] in ("aux", "auxpass"))]
    asking = any(words.tag[c][0] == "W" for c in range(words.left[verb], subject + 1))
    return min(opening) < subject and not asking


def _is_past(words: Words, verb: int) -> bool:
    return any(words.tag[v] == "VBD" for v in (verb, *words.dependents(verb, "aux", "auxpass")))


def _hangs(words: Words, i: int, tables: EventTables, effects: list[tuple[Effect, bool]]) -> bool:
    """Whether an adverbial clause shares the standing of the clause it hangs on, which is noted then.

    "will resign when it is certified", "plans to cross the river, cutting the road" look ahead as a whole.
    """
    if _is_infinitive(words, i):
        effects.append(("want", False))
        return False
    if _is_past(words, i):
        return False
    beside: list[tuple[Effect, bool]] = []
    _group(words, words.head[i], tables, beside)
    effects.extend(pair for pair in beside if pair[0] in _HANGING)
    bare = words.tag[i] in ("VBG", "VBN") and not words.dependents(i, "mark", "advmod", "nsubj", "aux")
    return bare or _is_infinitive(words, words.head[i])


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


def _cue(words: Words, i: int, tables: EventTables, preposition: str = "") -> Certainty | None:
    """What the table has for a word: with its particle or preposition ("call off"), as written, as lemma."""
    pos = _POS.get(words.pos[i])
    if pos is None:
        return None
    lemma = words.lemma[i].lower()
    beside = [preposition, *(words.lower[c] for c in words.dependents(i, "prt"))]
    for name in (*(f"{lemma} {word}" for word in beside if word), words.lower[i], lemma):
        if (name, pos) in tables.certainty:
            return tables.certainty[name, pos]
    return None


def _is_one_in_a_row(words: Words, noun: int, tables: EventTables) -> bool:
    """Whether an infinitive after the noun tells a fact: "the second to land", "the largest city to fall"."""
    beside = [noun, *words.dependents(noun, "amod", "det", "nummod", "advmod")]
    return any(words.tag[c] == "JJS" or (words.lower[c], "row") in tables.certainty for c in beside)


def _governor(
    words: Words, step: tuple[int, int], label: str, tables: EventTables, effects: list[tuple[Effect, bool]]
) -> bool:
    """Add what a governing word says, with its own negation and modality; returns whether it is a cue.

    step: the word below and the governing word.
    """
    i, head = step
    if words.pos[head] not in _POS:
        return False
    preposition = words.lower[words.head[i]] if label == "pobj" else ""
    cue = _cue(words, head, tables, preposition)
    if label == "compound" or (label in _OBJECTS and _cue(words, i, tables) is None and _is_new(words, i)):
        cue = tables.certainty.get((words.lemma[head].lower(), "compound" if label == "compound" else "object"), cue)
    if words.lemma[head] == "be" and label in (*_CLAUSES, "xcomp", "advcl"):
        predicate = next((c for c in words.children[head] if words.dep[c] in ("acomp", "attr")), head)
        cue = _cue(words, predicate, tables) or cue
    own: list[tuple[Effect, bool]] = []
    negated = _group(words, head, tables, own)
    noun = words.pos[head] in ("NOUN", "PROPN")
    if label == "acl" and noun and words.tag[i] in ("VBN", "VBD", "VBG") and not _opens(words, i):
        return False  # "the plan drawn up by", unlike "the plan to attack", "the claim that"
    met = cue is not None and (label == "compound" or _reaches(cue, label, words.pos[i]))
    if met and cue is not None:
        effects.append((cue.effect, negated))
    elif label in ("nsubj", "acomp", "attr") and negated:
        effects.append(("negative", False))
    elif label in ("xcomp", "acl", "relcl") and _is_infinitive(words, i) and words.pos[head] not in ("VERB", "AUX"):
        _purpose(words, (i, head), negated, tables, effects)
    if met or label not in _OBJECTS:
        effects.extend(own)
    return met


def _brought_about(
    words: Words, step: tuple[int, int], label: str, tables: EventTables, effects: list[tuple[Effect, bool]]
) -> bool:
    """Whether a noun not told of before happens only if its verb does: "may have an impact", "to hold talks".

    What the verb's own group leaves open is noted then.
    """
    i, head = step
    if label not in _OBJECTS or words.pos[head] != "VERB" or not _is_new(words, i):
        return False
    own: list[tuple[Effect, bool]] = []
    _group(words, head, tables, own)
    effects.extend(pair for pair in own if pair[0] in _HANGING or pair[0] in _OPEN)
    if _is_infinitive(words, head) and _is_announced(words, head, tables):
        effects.append(("future", False))
    return True


def _is_new(words: Words, noun: int) -> bool:
    """Whether nothing before the noun says that it is known: no "the", "this", "its", "Russia's"."""
    determiners = words.dependents(noun, "det", "poss")
    return words.ent[noun] == "" and all(words.lower[c] in ("a", "an", "another", "any", "some") for c in determiners)


def _opens(words: Words, clause: int) -> bool:
    return bool(words.dependents(clause, "mark")) or _is_infinitive(words, clause)


def _purpose(
    words: Words, step: tuple[int, int], negated: bool, tables: EventTables, effects: list[tuple[Effect, bool]]
) -> None:
    """An infinitive beside a noun or adjective that says nothing of its certainty."""
    i, head = step
    if words.dep[i] in ("acl", "relcl") and _is_one_in_a_row(words, head, tables):
        effects.append(("fact", False))
    elif ("future", False) not in effects:
        effects.append(("want", negated))


def _reaches(cue: Certainty, label: str, pos: str) -> bool:
    if label == "nsubj":
        return cue.effect in ("aspect", "ended", "possible", "doubt")
    return cue.reach == "any" or label in _COMPLEMENTS or pos == "VERB"
