"""The stance of a claim: its cue's class, what goes with the cue, negation and refusal over it."""

from __future__ import annotations

from dateline.annotate.words import Words
from dateline.codebook.speech import markers, reversals, speech_cues, stance_frames
from dateline.records.reading import Stance

__all__ = ["stance_of"]

_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "ADP": "ADP"}
_BESIDE = ("prep", "prt", "mark", "advmod", "acomp", "dobj", "oprd", "agent")
_DOWN = ("acomp", "dobj", "attr", "xcomp", "pcomp", "acl", "advcl", "prep", "advmod")
_DEEPEST = 4


def stance_of(words: Words, head: int) -> Stance:
    """What the source does with the content: asserts, denies, expects it and so on.

    head: the cue's head word. A light verb ("made a call"), a copula ("is willing") and a refusal
    ("refused to confirm") hand over to the word below them that carries the meaning.
    """
    meaning, above = _meaning(words, head)
    stance = _by_frame(words, meaning) or _by_class(words, meaning)
    negated, refused = reversals()[stance]
    refusals = [i for i in above[:-1] if words.lemma[i] in markers("refusal")]
    denials = [i for i in above if _negated(words, i)]
    if refusals:
        return stance if denials and denials[0] == refusals[0] else refused
    return negated if denials else stance


def _meaning(words: Words, head: int) -> tuple[int, list[int]]:
    """The word that carries the meaning, and it with all words over it from outside in."""
    above = [head]
    governor = words.head[head]
    if words.dep[head] == "xcomp" and words.lemma[governor] in markers("refusal"):
        above.insert(0, governor)
    while words.lemma[above[-1]] in markers("light") | markers("refusal") and len(above) < _DEEPEST:
        below = next((c for c in _lower(words, above[-1]) if _known(words, c)), None)
        if below is None:
            break
        above.append(below)
    return above[-1], above


def _lower(words: Words, head: int) -> list[int]:
    """The dependents a verb may hand its meaning to, through one preposition ("stopped short of saying")."""
    direct = [c for c in words.children[head] if words.dep[c] in _DOWN]
    through = [d for c in direct if words.dep[c] in ("prep", "advmod", "acomp") for d in words.children[c]]
    further = [e for d in through if words.dep[d] == "prep" for e in words.dependents(d, "pcomp")]
    return [*direct, *(d for d in through if words.dep[d] == "pcomp"), *further]


def _known(words: Words, i: int) -> bool:
    return (words.lemma[i], _POS.get(words.pos[i], "")) in speech_cues()


def _by_class(words: Words, head: int) -> Stance:
    cues, lemma = speech_cues(), words.lemma[head]
    for pos in (_POS.get(words.pos[head], "VERB"), "VERB", "NOUN", "ADJ"):
        if cue := cues.get((lemma, pos)):
            return cue.stance
    return "asserts"


def _by_frame(words: Words, head: int) -> Stance | None:
    frames = stance_frames().get(words.lemma[head])
    if not frames:
        return None
    beside = _beside(words, head)
    return next((frame.stance for frame in frames if frame.beside in beside), None)


def _beside(words: Words, head: int) -> frozenset[str]:
    """Particles, prepositions, objects, the marker of the clause; "to" for an infinitive."""
    found = {words.lower[c] for c in words.children[head] if words.dep[c] in _BESIDE}
    for clause in words.dependents(head, "xcomp", "ccomp"):
        found |= {words.lower[c] for c in words.children[clause] if words.dep[c] in ("mark", "aux")}
        if words.tag[clause] == "VB" and "to" not in found and "that" not in found:
            found |= {"to"} & {words.lower[i] for i in range(words.left[clause], clause)}
    return frozenset(found)


def _negated(words: Words, head: int) -> bool:
    return any(words.dep[c] == "neg" or words.lower[c] in ("never", "no") for c in words.children[head])
