"""What a number counts: its noun, and whether those counted were killed, wounded, displaced and so on."""

from __future__ import annotations

from dateline.annotate.counting.numbers import Number
from dateline.annotate.words import Words
from dateline.codebook.amounts import Amounts, Part, Unit

__all__ = ["counted_noun", "unit_of"]

_NOUNS = frozenset({"NN", "NNS", "NNPS", "NNP"})
_BEFORE_NOUN = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "CD", "POS", "DT"})
_HARM = frozenset({"killed", "wounded", "casualties", "missing", "displaced", "detained"})
_LIGHT = frozenset({"troops", "vehicles", "displaced", "detained", "money", "distance"})
_DEEP = 6  # steps climbed from a number to its noun
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
    for _ in range(_DEEP):
        if words.dep[above] not in ("nummod", "quantmod", "compound") or words.tag[above] in _NOUNS:
            break
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
    if noun is not None and ("state", words.lower[noun]) in counted and ("noun", words.lemma[noun]) not in counted:
        noun = None  # "5 shot"
    own = counted.get(("noun", words.lemma[noun].lower())) if noun is not None else None
    if (
        noun is not None
        and own in _HARM
        and any(words.lower[c] in amounts.groups["unreal"] for c in words.children[noun])
    ):
        return "other"
    if own is not None and own not in _LIGHT and own != "casualties":
        return "other" if noun is not None and _partitive(words, number, noun) else own
    if own in ("vehicles", "distance"):
        return own  # trucks that cross a border are no refugees
    key = noun if noun is not None else number.head
    unit = _beside(words, amounts, number, key) or _happened(words, amounts, number, key)
    if own == "casualties" and noun is not None and (unit is None or unit == "casualties"):
        return "casualties" if unit or not _partitive(words, number, noun) else "other"
    unit = unit or _just_before(words, amounts, number, noun) or _among(words, amounts, number)
    if unit == "casualties" and noun is not None and words.lemma[noun].lower() not in amounts.groups["person"]:
        unit = None  # a car that hit two trees
    return unit or own or "other"


def _just_before(words: Words, amounts: Amounts, number: Number, noun: int | None) -> Unit | None:
    """The verb right before the number, where the parse lost their tie: "killed 1, wounded 7"."""
    verb = number.first - 1
    if verb < 0 or words.tag[verb][:2] != "VB" or words.sentence[verb] != words.sentence[number.first]:
        return None
    person = noun is None or words.lemma[noun].lower() in amounts.groups["person"]
    return (
        amounts.counted.get(("done", words.lemma[verb])) if person and not words.dependents(verb, "auxpass") else None
    )


def _among(words: Words, amounts: Amounts, number: Number) -> Unit | None:
    """What the figure before it in the sentence counts, where this one is part of it: "including 40", "40 of them"."""
    before = number.first - 1
    of_them = words.lower[number.end : number.end + 2] in (["of", "them"], ["of", "whom"])
    if before < 1 or not (of_them or words.lower[before] == "including"):
        return None
    first, _ = words.sentence_of(number.first)
    heads = [i for i in range(before - 1, first - 1, -1) if words.tag[i] == "CD"]
    return (
        _happened(words, amounts, Number(heads[0], heads[0] + 1, heads[0], None, None, "exact"), heads[0])
        if heads
        else None
    )


def _partitive(words: Words, number: Number, noun: int) -> bool:
    """Whether the number picks out some of those told of before, or is an article."""
    return words.lower[number.end : number.end + 2] == ["of", "the"] or (number.head == noun and number.low == 1)


def _beside(words: Words, amounts: Amounts, number: Number, key: int) -> Unit | None:
    """Read off a word beside it: "14 dead", "two people killed in …", "three wounded soldiers"."""
    states = amounts.counted
    for i in range(number.end, key):
        beside = words.dep[i] in ("amod", "compound") or i == number.end
        if beside and (unit := states.get(("state", words.lower[i]))) and not _has_object(words, i):
            return unit
    end = max(key + 1, number.end)
    if words.lower[end : end + 2] in (["of", "them"], ["of", "whom"]):
        end += 2
    elif end < len(words) and words.tag[end] == "RB":
        end += words.lower[end] != "fatally"
    elif end < len(words) and words.lower[end] in amounts.groups["others"]:
        end += 1
    if end < len(words) and words.sentence[end] == words.sentence[key]:
        unit = states.get(("state", words.lower[end]))
        if unit and not _has_object(words, end) and words.tag[end][:2] in ("VB", "JJ", "NN", "RB"):
            worse = {
                states.get(("state", low)) for low in words.lower[end + 1 : end + 3]
            }  # "shot dead", "shot and killed"
            return "killed" if "killed" in worse and unit == "casualties" else unit
    return None


def _has_object(words: Words, verb: int) -> bool:
    """Whether the verb, or one joined to it, has an object: then its subject is who did it."""
    return any(words.dependents(v, "dobj") for v in (verb, *words.dependents(verb, "conj")))


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
        return _done(words, amounts, above) or _small_clause(words, amounts, above) or _risen(words, amounts, above, i)
    if dep == "nsubj" and any(words.lower[k].endswith("self") for k in words.dependents(above, "dobj")):
        return _done(words, amounts, above)  # "shot himself"
    if dep == "nsubj":
        return _by_subject(words, amounts, number, above)
    if dep == "pobj":
        return _by_preposition(words, amounts, above)
    if dep in ("nsubj", "ccomp", "oprd"):
        return amounts.counted.get(("state", words.lower[above]))
    return None


def _done(words: Words, amounts: Amounts, verb: int) -> Unit | None:
    """What is done to the verb's object; "shot and killed", "shot dead", "found dead" kill."""
    unit = _by_verb(words, amounts, "done", verb)
    if unit is None and words.lemma[verb] in amounts.groups["carry"] and _to_hospital(words, amounts, verb):
        return "wounded"
    if unit == "casualties" or unit is None:
        for child in words.dependents(verb, "conj", "oprd", "advmod", "acomp", "xcomp", "advcl"):
            worse = amounts.counted.get(("state", words.lower[child])) or amounts.counted.get(
                ("done", words.lemma[child])
            )
            if worse in ("killed", "wounded") and (unit or words.dep[child] in ("oprd", "acomp")):
                return worse
    return unit


def _by_verb(words: Words, amounts: Amounts, part: Part, verb: int) -> Unit | None:
    """What a verb says, with its particle ("led out") before the verb alone."""
    lemma = words.lemma[verb].lower()
    for child in words.dependents(verb, "prt", "advmod", "prep"):
        if unit := amounts.counted.get((part, f"{lemma} {words.lower[child]}")):
            return unit
    return amounts.counted.get((part, lemma))


def _to_hospital(words: Words, amounts: Amounts, verb: int) -> bool:
    for preposition in words.dependents(verb, "prep", "dative"):
        objects = words.dependents(preposition, "pobj") if words.lower[preposition] in ("to", "at", "in") else ()
        if any(
            words.lower[i] in amounts.groups["hospital"]
            or " ".join(words.lower[i - 1 : i + 1]) in amounts.groups["hospital"]
            for i in objects
        ):
            return True
    return False


def _small_clause(words: Words, amounts: Amounts, verb: int) -> Unit | None:
    for child in words.dependents(verb, "oprd", "acomp", "ccomp", "xcomp"):
        if unit := amounts.counted.get(("state", words.lower[child])):
            return unit
    return None


def _by_subject(words: Words, amounts: Amounts, number: Number, verb: int) -> Unit | None:
    lemma = words.lemma[verb]
    unit = _by_verb(words, amounts, "happens", verb)
    if unit is None and lemma in amounts.groups["leaving"]:
        left = words.dependents(verb, "dobj")
        unit = "displaced" if left and words.lemma[left[0]].lower() in amounts.groups["home"] else None
    if unit == "displaced" and (number.low or number.high or 0) < _FEW:
        return None
    if unit is not None:
        return unit
    if lemma in ("be", "remain", "lie", "go") and (state := _small_clause(words, amounts, verb)):
        return state
    if lemma in ("be", "remain", "go") and _to_hospital(words, amounts, verb):
        return "wounded"
    if words.tag[verb] in ("VBN", "VBD") and not (_has_object(words, verb) or words.dependents(verb, "aux", "ccomp")):
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
    if words.lower[preposition] in ("to", "at", "by", "past", "above"):
        return _risen(words, amounts, above, preposition)
    return None


def _risen(words: Words, amounts: Amounts, verb: int, figure: int) -> Unit | None:
    """What the toll counts that "rose to 34", "reached 34" or was put at it."""
    if words.lemma[verb] not in amounts.groups["rising"]:
        return None
    for child in words.dependents(verb, "nsubj", "nsubjpass", "dobj"):
        if child == figure:
            continue
        if words.lemma[child] in amounts.groups["toll"]:
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
