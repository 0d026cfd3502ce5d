"""What a number counts: its noun, and whether those counted were killed, wounded, displaced and so on."""

from __future__ import annotations

from dateline.annotate.quantity_numbers import Number
from dateline.annotate.words import Words
from dateline.codebook.amounts import Amounts, Unit

__all__ = ["counted_noun", "unit_of"]

_NOUNS = frozenset({"NN", "NNS", "NNPS", "NNP"})
_BEFORE_NOUN = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "CD", "POS", "DT"})
_HARM = frozenset({"killed", "wounded", "casualties", "missing", "displaced", "detained"})
_LIGHT = frozenset({"troops", "vehicles", "displaced", "detained", "money", "distance"})
_FEW = 10  # fewer who flee are no displaced population


def counted_noun(words: Words, number: Number) -> int | None:
    """The head of what is counted, None where the number stands for itself ("killing three")."""
    head = number.head
    if number.sign:
        return None
    for child in words.children[head]:
        if words.lower[child] == "of" and child >= number.end - 1:
            inner = words.dependents(child, "pobj")
            if inner and words.tag[inner[0]] in _NOUNS:
                return inner[0]
    above = words.head[head]
    while words.dep[above] in ("nummod", "quantmod", "compound") and words.tag[above] not in _NOUNS:
        above = words.head[above]
    if words.dep[head] in ("nummod", "quantmod", "compound", "amod", "nmod") and words.tag[above] in _NOUNS:
        return above if above >= number.end else None
    return _next_noun(words, number.end)


def _next_noun(words: Words, end: int) -> int | None:
    """The noun that follows at once, where the parse does not tell."""
    stop = min(end + 4, len(words), words.sentences[words.sentence[end - 1]][1])
    for i in range(end, stop):
        if words.tag[i] == "NNS":
            return i
        if words.tag[i] not in _BEFORE_NOUN or words.tag[i] == "DT":
            return None
    return None


def unit_of(words: Words, amounts: Amounts, number: Number, noun: int | None) -> Unit:
    """What the counted ones are or what happened to them."""
    counted = amounts.counted
    if number.sign or (noun is not None and counted.get(("noun", words.lemma[noun])) == "money"):
        return "money"
    own = counted.get(("noun", words.lemma[noun].lower())) if noun is not None else None
    if own is not None and own not in _LIGHT:
        return own
    key = noun if noun is not None else number.head
    unit = _beside(words, amounts, number, key) or _happened(words, amounts, number, key)
    if unit == "casualties" and noun is not None and words.lemma[noun].lower() not in amounts.groups["person"]:
        unit = None  # a car that hit two trees
    return unit or own or "other"


def _beside(words: Words, amounts: Amounts, number: Number, key: int) -> Unit | None:
    """Read off a word beside it: "14 dead", "two people killed in …", "three wounded soldiers"."""
    states = amounts.counted
    for i in range(number.end, key):
        if words.dep[i] in ("amod", "compound") and (unit := states.get(("state", words.lower[i]))):
            return unit
    end = max(key + 1, number.end)
    if end < len(words) and words.lower[end] in amounts.groups["others"]:
        end += 1
    if end < len(words) and words.sentence[end] == words.sentence[key]:
        unit = states.get(("state", words.lower[end]))
        if unit and not words.dependents(end, "dobj") and words.tag[end][:2] in ("VB", "JJ", "NN"):
            return unit
    return None


def _happened(words: Words, amounts: Amounts, number: Number, key: int) -> Unit | None:
    """Climb from the counted to the verb or noun that says what happened to them."""
    i = key
    for _ in range(4):
        unit = _by_clause(words, amounts, i) or _by_governor(words, amounts, number, i)
        if unit is not None:
            return unit
        dep, above = words.dep[i], words.head[i]
        if dep in ("conj", "appos", "nummod", "nmod") or (dep == "nsubj" and words.tag[above] in _NOUNS):
            i = above
        elif dep == "pobj" and words.lower[above] in ("including", "among", "of"):
            i = words.head[above]
        else:
            return None
    return None


def _by_clause(words: Words, amounts: Amounts, i: int) -> Unit | None:
    """Read off what follows: "people who died", "people killed by …"."""
    for child in words.dependents(i, "acl", "relcl"):
        lemma = words.lemma[child]
        unit = amounts.counted.get(("happens", lemma))
        if words.tag[child] == "VBN" and (words.dep[child] == "acl" or words.dependents(child, "nsubjpass")):
            unit = unit or _done(words, amounts, child)
        if unit is not None:
            return unit
    return None


def _by_governor(words: Words, amounts: Amounts, number: Number, i: int) -> Unit | None:
    dep, above = words.dep[i], words.head[i]
    if dep in ("dobj", "nsubjpass"):
        return _done(words, amounts, above) or _small_clause(words, amounts, above)
    if dep == "nsubj":
        return _by_subject(words, amounts, number, above)
    if dep == "pobj":
        return _by_preposition(words, amounts, above)
    if dep in ("nsubj", "ccomp", "oprd"):
        return amounts.counted.get(("state", words.lower[above]))
    return None


def _done(words: Words, amounts: Amounts, verb: int) -> Unit | None:
    """What is done to the verb's object; "shot and killed", "shot dead", "found dead" kill."""
    unit = amounts.counted.get(("done", words.lemma[verb]))
    if unit == "casualties" or unit is None:
        for child in words.dependents(verb, "conj", "oprd", "advmod", "acomp", "xcomp", "advcl"):
            worse = amounts.counted.get(("state", words.lower[child])) or amounts.counted.get(
                ("done", words.lemma[child])
            )
            if worse in ("killed", "wounded") and (unit or words.dep[child] in ("oprd", "acomp")):
                return worse
    return unit


def _small_clause(words: Words, amounts: Amounts, verb: int) -> Unit | None:
    for child in words.dependents(verb, "oprd", "acomp", "ccomp", "xcomp"):
        if unit := amounts.counted.get(("state", words.lower[child])):
            return unit
    return None


def _by_subject(words: Words, amounts: Amounts, number: Number, verb: int) -> Unit | None:
    lemma = words.lemma[verb]
    unit = amounts.counted.get(("happens", lemma))
    if unit == "displaced" and (number.low or number.high or 0) < _FEW:
        return None
    if unit is not None:
        return unit
    if lemma in ("be", "remain", "lie", "go") and (state := _small_clause(words, amounts, verb)):
        return state
    if words.tag[verb] in ("VBN", "VBD") and not words.dependents(verb, "dobj", "aux", "ccomp", "xcomp"):
        return amounts.counted.get(("state", words.lower[verb]))  # "five others injured"
    adjective = words.tag[verb] == "JJ" or (words.tag[verb] == "VBG" and not words.dependents(verb, "dobj"))
    return amounts.counted.get(("state", words.lower[verb])) if adjective else None


def _by_preposition(words: Words, amounts: Amounts, preposition: int) -> Unit | None:
    """Read off a phrase: "deaths of 14 people", "the toll rose to 34", "the number of wounded stands at 20"."""
    above = words.head[preposition]
    toll = amounts.groups["toll"]
    if words.lemma[above] in toll and words.lower[preposition] in ("of", "at", "to"):
        return _toll(words, amounts, above)
    if words.lower[preposition] == "of":
        unit = amounts.counted.get(("noun", words.lemma[above]))
        return unit if unit in _HARM else None
    if words.lemma[above] in amounts.groups["rising"] and words.lower[preposition] in (
        "to",
        "at",
        "by",
        "past",
        "above",
    ):
        for child in words.dependents(above, "nsubj", "nsubjpass", "dobj"):
            if words.lemma[child] in toll:
                return _toll(words, amounts, child)
            unit = amounts.counted.get(("noun", words.lemma[child]))
            if unit in _HARM:
                return unit
    return None


def _toll(words: Words, amounts: Amounts, noun: int) -> Unit | None:
    """What a toll or number counts: "death toll", "number of wounded"; a bare toll counts the dead."""
    about = amounts.groups["toll_of"]
    for i in range(words.left[noun], min(words.right[noun], noun + 6)):
        if i != noun and (words.lemma[i] in about or words.lower[i] in about):
            return amounts.counted.get(("noun", words.lemma[i])) or amounts.counted.get(("state", words.lower[i]))
    return "killed" if words.lemma[noun] == "toll" else None
