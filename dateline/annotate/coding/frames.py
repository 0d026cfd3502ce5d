"""Frames: who stands where round a verb or a noun of happening, read off the heads.

Subjects are followed through coordination, control ("pleaded with them to act"), relative
clauses and participles; objects and subjects of passives are put in the object's place.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.words import Words

__all__ = ["Frame", "conjuncts", "modal_frame", "noun_frame", "noun_span", "verb_frame"]

_RELATIVE = frozenset(["who", "which", "that", "whom"])
_CLAUSES = frozenset(["relcl", "acl", "appos", "advcl", "ccomp", "punct", "cc", "conj", "prep", "parataxis"])
_SHARING = frozenset(["conj", "xcomp", "advcl", "pcomp", "acomp", "attr", "ccomp", "oprd", "dep"])
_SUBJECT_CONTROL = frozenset(["promise", "vow", "use", "take"])
_OF_OBJECTS = frozenset(["of", "for", "from", "into"])  # prepositions over what an object did or is kept from
_CONTROLLING = frozenset(["on", "upon", "with", "to", "for"])
_BEFORE_AMOUNTS = frozenset(["between", "over", "around", "about", "under", "near", "up"])
_DEEPEST = 6  # steps a subject is followed upwards


@dataclass(frozen=True, slots=True)
class Frame:
    """What governs and depends on one word; token indices.

    subject, object: heads of noun phrases, or None. agents: heads below "by". preps: (preposition, head
    of its noun phrase), those below a noun object included after the word's own. passive: the object's
    place is filled from the subject.
    """

    subject: int | None
    object: int | None
    agents: tuple[int, ...]
    preps: tuple[tuple[str, int], ...]
    passive: bool = False
    dative: int | None = None


def verb_frame(words: Words, verb: int) -> Frame:
    """The frame of a verb (or predicative adjective)."""
    subject = object_ = dative = None
    agents: list[int] = []
    preps: list[tuple[str, int]] = []
    passive = False
    for child in words.children[verb]:
        label = words.dep[child]
        if label in ("nsubjpass", "auxpass"):
            passive = True
            object_ = _antecedent(words, child, verb) if label == "nsubjpass" else object_
        elif label == "nsubj":
            subject = _antecedent(words, child, verb)
        elif label == "dobj":
            object_ = _antecedent(words, child, verb)
        elif label == "dative":
            dative = child if words.pos[child] != "ADP" else next(iter(words.dependents(child, "pobj")), None)
        elif label == "agent":
            agents.extend(words.dependents(child, "pobj"))
        elif label == "ccomp" and object_ is None and child > verb and _is_demanded(words, child):
            object_ = next((c for c in words.children[child] if words.dep[c] == "nsubj" and c < child), None)
        elif label in ("prep", "prt", "advmod") and words.pos[child] in ("ADP", "SCONJ"):
            amount = _amount(words, verb, child)
            object_ = amount if object_ is None else object_
            preps.extend(_below(words, child) if amount is None else ())
    subject, object_, passive = _completed(words, verb, subject, object_, passive)
    if object_ is not None:
        preps.extend(pair for child in words.dependents(object_, "prep") for pair in _below(words, child))
    return Frame(subject, object_, tuple(agents), tuple(preps), passive, dative)


def _amount(words: Words, verb: int, preposition: int) -> int | None:
    """What is counted by an amount that the parser takes for a place: "killing [between 13 and 20 men]"."""
    if preposition != verb + 1 or words.lower[preposition] not in _BEFORE_AMOUNTS:
        return None
    nouns = words.dependents(preposition, "pobj")
    counted = nouns and any(words.dep[c] == "nummod" and words.ent[c] != "DATE" for c in words.children[nouns[0]])
    return nouns[0] if counted and words.ent[nouns[0]] not in ("DATE", "TIME") else None


def _completed(
    words: Words, verb: int, subject: int | None, object_: int | None, passive: bool
) -> tuple[int | None, int | None, bool]:
    """Subject, object and voice of a verb, with what it shares with the words over it."""
    if passive and object_ is None and subject is not None:  # the parser's "nsubj" beside "was … criticised"
        return None, subject, True
    if not passive and object_ is None and words.tag[verb] == "VBN" and words.dep[verb] in ("acl", "amod"):
        object_, passive = words.head[verb], True
    passive = passive or (subject is None and object_ is None and _shares_passive(words, verb))
    if passive:
        return subject, object_ if object_ is not None else _shared_subject(words, verb, _DEEPEST), True
    return subject if subject is not None else _shared_subject(words, verb, _DEEPEST), object_, False


def _is_demanded(words: Words, clause: int) -> bool:
    """Whether a clause says what its subject is to do ("urged them to act", "demand that Mali leave"), not will do."""
    return words.tag[clause] == "VB" and not any(words.tag[c] == "MD" for c in words.dependents(clause, "aux"))


def _shares_passive(words: Words, verb: int) -> bool:
    """Whether a participle goes on a passive: "137 were killed and 316 wounded"."""
    above = words.head[verb]
    bare = words.tag[verb] in ("VBN", "VBD") and not words.dependents(verb, "aux", "auxpass")
    return bare and words.dep[verb] == "conj" and bool(words.dependents(above, "auxpass"))


def modal_frame(words: Words, modal: int) -> Frame:
    """The frame of a "must" in what somebody says: who says so, and who must."""
    verb = words.head[modal]
    above = words.head[verb]
    bound = next((c for c in words.children[verb] if words.dep[c] in ("nsubj", "nsubjpass")), None)
    said = words.dep[verb] == "ccomp" and words.pos[above] == "VERB"
    speaker = next((c for c in words.children[above] if words.dep[c] == "nsubj"), None) if said else None
    return Frame(speaker, bound if said else None, (), ())


def noun_frame(words: Words, noun: int) -> Frame:
    """The frame of a noun of happening: possessor or modifier as subject, "of" among the prepositions."""
    owner = None
    agents: list[int] = []
    preps: list[tuple[str, int]] = []
    for child in words.children[noun]:
        label = words.dep[child]
        if label == "poss" or (label in ("compound", "amod", "nmod") and words.ent[child] and owner is None):
            owner = child
        elif label == "prep":
            pairs = _below(words, child)
            if words.lower[child] == "by":
                agents.extend(head for _, head in pairs)
            else:
                preps.extend(pairs)
        elif label == "agent":
            agents.extend(words.dependents(child, "pobj"))
    return Frame(owner, None, tuple(agents), tuple(preps))


def conjuncts(words: Words, head: int) -> list[int]:
    """A noun phrase's head and the heads coordinated with it, in text order."""
    found, at = [head], 0
    while at < len(found):
        found.extend(words.dependents(found[at], "conj"))
        if words.pos[found[at]] == "PROPN":
            found.extend(c for c in words.dependents(found[at], "appos") if _is_listed(words, c))
        at += 1
    return sorted(found)


def _is_listed(words: Words, apposed: int) -> bool:
    """Whether what the parser takes for an apposition is a name in a list: "Mali, the Gambia, Togo and Benin"."""
    return words.pos[apposed] == "PROPN" and bool(words.dependents(apposed, "conj"))


def noun_span(words: Words, head: int) -> tuple[int, int]:
    """The token range of a noun phrase, without clauses, appositions and what is coordinated with it."""
    first, end = words.left[head], words.right[head]
    for child in words.children[head]:
        if words.dep[child] in _CLAUSES and words.dep[child] != "prep":
            if child > head:
                end = min(end, max(head + 1, words.left[child]))
            else:
                first = max(first, min(head, words.right[child]))
    return first, end


def _below(words: Words, preposition: int) -> list[tuple[str, int]]:
    """(preposition, noun) pairs below a preposition; "out of", "ahead of" count as their last word."""
    name = words.lower[preposition]
    pairs = []
    for child in words.children[preposition]:
        if words.dep[child] in ("pobj", "pcomp"):
            pairs.append((name, child))
        elif words.dep[child] == "prep":
            pairs.extend((words.lower[child], noun) for noun in words.dependents(child, "pobj"))
    return pairs


def _antecedent(words: Words, token: int, verb: int) -> int:
    """What a relative pronoun stands for."""
    if words.lower[token] in _RELATIVE and words.tag[token] in ("WP", "WDT", "IN"):
        clause = verb
        while words.dep[clause] in ("conj", "xcomp", "ccomp") and words.head[clause] != clause:
            clause = words.head[clause]
        if words.dep[clause] == "relcl":
            return words.head[clause]
    return token


def _shared_subject(words: Words, verb: int, steps: int) -> int | None:
    """The subject a verb without its own shares with what governs it."""
    head, label = words.head[verb], words.dep[verb]
    if head == verb or not steps or words.dependents(verb, "expl"):  # "there is shooting"
        return None
    if label in ("acl", "relcl"):
        return _of_noun_clause(words, verb, head, steps)
    if label in ("prep", "pobj") or (label in _SHARING and words.pos[head] == "ADP"):
        beside = label != "prep" and words.tag[verb] == "VBG"
        return _beside_preposition(words, head, steps) if beside else _shared_subject(words, head, steps - 1)
    if label not in _SHARING:
        return None
    controller = _controller(words, verb, head)
    if controller is not None:
        return controller
    own = [c for c in words.children[head] if words.dep[c] in ("nsubj", "nsubjpass")]
    return _antecedent(words, own[0], head) if own else _shared_subject(words, head, steps - 1)


def _beside_preposition(words: Words, preposition: int, steps: int) -> int | None:
    """The subject of what stands below a preposition: "accused [Mali] of lying", "[Mali] paid by selling gold"."""
    verb = words.head[preposition]
    if words.ent[verb] in ("DATE", "TIME"):  # "accused Mali on Friday evening of", where the parser takes the nearest
        verb = next((i for i in words.ancestors(verb) if words.pos[i] == "VERB"), verb)
    objects = words.dependents(verb, "dobj", "nsubjpass") if words.lower[preposition] in _OF_OBJECTS else []
    own = objects or words.dependents(verb, "nsubj", "nsubjpass")
    return _antecedent(words, own[0], verb) if own else _shared_subject(words, verb, steps - 1)


def _controller(words: Words, verb: int, head: int) -> int | None:
    """The object that is the subject of an infinitive: "urged [them] to act", "pleaded with [them] to act"."""
    if words.dep[verb] not in ("xcomp", "ccomp") or words.tag[verb] not in ("VB", "VBG"):
        return None
    objects = words.dependents(head, "dobj", "dative")
    if objects and words.lemma[head] not in _SUBJECT_CONTROL:
        return objects[0]
    if words.dep[verb] == "xcomp":
        for preposition in words.dependents(head, "prep"):
            nouns = words.dependents(preposition, "pobj")
            if nouns and words.lower[preposition] in _CONTROLLING:
                return nouns[0]
    return None


def _of_noun_clause(words: Words, verb: int, noun: int, steps: int) -> int | None:
    """The subject of a clause below a noun: "rebels holding …", "Putin's plan to invade"."""
    if words.dep[verb] == "relcl":
        return noun if words.tag[verb] != "VB" else None
    if words.tag[verb] == "VBG":
        return noun
    owners = words.dependents(noun, "poss")
    if owners:
        return owners[0]
    for child in words.children[noun]:
        if words.dep[child] == "prep" and words.lower[child] in ("by", "for"):
            return next(iter(words.dependents(child, "pobj")), None)
    above = words.head[noun]
    if words.dep[noun] in ("dobj", "attr", "pobj") and above != noun:
        own = [c for c in words.children[above] if words.dep[c] == "nsubj"]
        return own[0] if own else _shared_subject(words, above, steps - 1)
    return None
