"""The stance of a claim: its cue's class, what goes with the cue, negation and refusal over it."""

from __future__ import annotations

from dateline.annotate.words import Words
from dateline.codebook.speech import markers, reversals, speech_cues, stance_frames
from dateline.records.reading import Stance

__all__ = ["stance_of"]

_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}
_BESIDE = ("prep", "prt", "mark", "advmod", "acomp", "dobj", "oprd", "agent")


def stance_of(words: Words, head: int) -> Stance:
    """What the source does with the content: asserts it, denies it, expects it, …

    head: the cue's head word. A light verb or copula ("made a call", "is willing") hands over to the
    word that carries the meaning.
    """
    head = _meaning(words, head)
    stance = _by_frame(words, head) or _by_class(words, head)
    over = _over(words, head)
    negated, refused = reversals()[stance]
    if over in markers("refusal"):
        doubly = _negated(words, words.head[head])
        return stance if doubly else refused
    return negated if _negated(words, head) else stance


def _meaning(words: Words, head: int) -> int:
    """The word a light verb leans on, else the word itself."""
    if words.lemma[head] not in markers("light"):
        return head
    for child in words.children[head]:
        if words.dep[child] in ("acomp", "dobj", "attr") and _known(words, child):
            return child
    return head


def _known(words: Words, i: int) -> bool:
    return (words.lemma[i], _POS.get(words.pos[i], "")) in speech_cues()


def _by_class(words: Words, head: int) -> Stance:
    cues, lemma = speech_cues(), words.lemma[head]
    for pos in (_POS.get(words.pos[head], "VERB"), "VERB", "NOUN", "ADJ"):
        if cue := cues.get((lemma, pos)):
            return cue.stance
    return "asserts"


def _by_frame(words: Words, head: int) -> Stance | None:
    frames = stance_frames()
    over = _over(words, head)
    beside: frozenset[str] | None = None
    for frame in (*frames.get(words.lemma[head], ()), *frames.get("*", ())):
        if frame.over not in ("*", over):
            continue
        if frame.beside != "*":
            beside = _beside(words, head) if beside is None else beside
            if frame.beside not in beside:
                continue
        return frame.stance
    return None


def _beside(words: Words, head: int) -> frozenset[str]:
    """Particles, prepositions, objects, the marker of the clause; "to" for an infinitive."""
    found = {words.lower[c] for c in words.children[head] if words.dep[c] in _BESIDE}
    for clause in words.dependents(head, "xcomp", "ccomp"):
        found |= {words.lower[c] for c in words.children[clause] if words.dep[c] in ("mark", "aux", "advmod")} - {"not"}
    if "to" in found and words.dependents(head, "ccomp") and "that" in found:
        found.discard("to")
    return frozenset(found)


def _over(words: Words, head: int) -> str:
    """The lemma the cue is the infinitive or gerund of ("refused to confirm", "stopped short of saying")."""
    above = words.head[head]
    if words.dep[head] == "xcomp":
        return words.lemma[above]
    if words.dep[head] == "pcomp":  # short of saying
        while words.pos[above] in ("ADP", "ADV", "ADJ") and words.head[above] != above:
            above = words.head[above]
        return words.lemma[above]
    return ""


def _negated(words: Words, head: int) -> bool:
    return any(words.dep[c] == "neg" or words.lower[c] == "never" for c in words.children[head])
