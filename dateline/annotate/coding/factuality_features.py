"""Features of an event word that tell how certain a text makes it.

The words of its verb group, what governs it up to four steps with their own groups, the clause marks on the
way, its neighbours and its sentence, and the effects of the codebook's cues met on the climb.
"""

from __future__ import annotations

from dateline.annotate.coding.certainty import Climb
from dateline.annotate.words import Words

__all__ = ["factuality_features"]

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])
_COMPLEMENTS = frozenset(["dobj", "attr", "acomp", "oprd", "xcomp", "ccomp"])
_NAMED = {
    "mark": "mark", "advmod": "adv", "npadvmod": "adv", "prt": "adv", "det": "det", "poss": "det", "predet": "det",
    "amod": "mod", "compound": "mod", "nummod": "mod", "prep": "prep",
}  # fmt: skip
_PERSONS = frozenset(["i", "we", "you", "he", "she", "they", "it"])
_NOBODY = frozenset(["nobody", "none", "nothing", "no"])
_FEW = frozenset(["no", "neither", "few", "any"])
_STEPS = 5  # words looked at above the event
_UNDERSTOOD = frozenset(
    ["xcomp", "conj", "advcl", "pcomp", "prep", "ccomp"]
)  # without a subject, the governor's counts
_WHO = {"i": "1", "we": "1", "you": "2", "he": "3", "she": "3", "they": "3", "it": "it", "this": "it"}


def factuality_features(words: Words, event: int, found: Climb, status: str) -> list[str]:
    """The features of the event at token ``event``; ``found``, ``status``: what the rules say."""
    lemma, lower, tag = words.lemma, words.lower, words.tag
    features = [
        "b", "l=" + lemma[event], "t=" + tag[event], "p=" + words.pos[event], "d=" + words.dep[event],
        "f=" + lower[event], "suf=" + lower[event][-3:], "e=" + words.ent[event], "st=" + status,
        f"neg={found.negated:d}{found.progressive:d}{found.infinitive:d}",
    ]  # fmt: skip
    features += [f"ef={effect}{turned:d}" for effect, turned in found.effects]
    features.append("efs=" + " ".join(f"{effect}{turned:d}" for effect, turned in found.effects[:3]))
    features.append("ef1=" + (found.effects[0][0] if found.effects else "none") + "|" + tag[event])
    group, negations = _group(words, event, features, "0")
    features.append("dg=" + words.dep[event] + "|" + group)
    negations += _above(words, event, features)
    _together(words, event, features)
    features.append(f"nneg={negations}")
    _sentence(words, event, features)
    return features


def _group(words: Words, i: int, features: list[str], step: str) -> tuple[str, int]:
    """Auxiliaries, negation, subject, complements and modifiers of a word; returns its verb group."""
    lower, dep = words.lower, words.dep
    auxiliaries: list[str] = []
    negated = 0
    subject: int | None = None
    for child in words.children[i]:
        label = dep[child]
        if label in ("aux", "auxpass"):
            auxiliaries.append(lower[child])
            features.append(step + "aux=" + lower[child])
        elif label == "neg":
            negated = 1
            features.append(step + "neg=" + lower[child])
        elif label in _SUBJECTS:
            subject = child
        elif label in _COMPLEMENTS:
            features.append(step + label + "=" + words.lemma[child])
        elif label == "advcl":
            features += [step + "cond=" + lower[m] for m in words.children[child] if dep[m] in ("mark", "advmod")]
        elif label in _NAMED:
            features.append(step + _NAMED[label] + "=" + lower[child])
        elif label in ("acl", "relcl"):
            features.append(step + label)
    group = " ".join(auxiliaries) + "|" + words.tag[i] + ("|n" if negated else "")
    features.append(step + "grp=" + group)
    if subject is not None:
        _subject(words, i, subject, features, step)
    elif words.pos[i] in ("VERB", "AUX"):
        features.append(step + "nosubj|" + words.tag[i] + ("|" + auxiliaries[0] if auxiliaries else ""))
    return group, negated


def _subject(words: Words, i: int, subject: int, features: list[str], step: str) -> None:
    name = words.lower[subject]
    features.append(step + "subj=" + name)
    if name in _PERSONS:
        features.append(step + "sp=" + name + "|" + words.tag[i])
    elif name in _NOBODY:
        features.append(step + "subjneg=" + name)
    features += [step + "subjneg=" + words.lower[c] for c in words.children[subject] if words.lower[c] in _FEW]


def _above(words: Words, event: int, features: list[str]) -> int:
    """The words over the event, nearest first; returns how many are negated."""
    lemma, dep = words.lemma, words.dep
    i, path, negations = event, "", 0
    for step in range(1, _STEPS + 1):
        head = words.head[i]
        if head == i:
            features.append(f"root{step}")
            break
        label, name = dep[i], str(step)
        path += ">" + label
        if step < _STEPS:
            name = "c" if label == "conj" and step == 1 else name
            features += [
                name + "h=" + lemma[head],
                name + "hd=" + label + ">" + lemma[head],
                name + "ht=" + label + ">" + words.tag[head],
            ]
        if step <= 3:
            group, negated = _group(words, head, features, name)
            negations += negated
            features.append(name + "hlg=" + lemma[head] + "|" + group)
            features.append(f"{name}hldg={label}|{lemma[head]}|{negated}|{words.tag[event]}")
            if step == 1:
                features.append("path1=" + label + "|" + group + "|" + words.tag[event])
                features.append("ll=" + lemma[event] + "|" + label + "|" + lemma[head])
            elif step == 2:
                features.append("hh=" + lemma[words.head[event]] + "|" + lemma[head])
        features.append("anc=" + lemma[head])
        features.append(f"ancd={lemma[head]}|{min(step, 3)}")
        i = head
    features.append("path=" + path)
    return negations


def _together(words: Words, event: int, features: list[str]) -> None:
    """The event's word, form and subject and its governor's taken together: what each alone leaves open."""
    lemma, head, label = words.lemma[event], words.head[event], words.dep[event]
    form, who = _form(words, event), _who(words, event)
    above, above_form, above_who = "", "", ""
    if head != event:
        above, above_form, above_who = words.lemma[head], _form(words, head), _who(words, head)
    features += [
        f"x1={form}|{who}", f"x2={lemma}|{form}", f"x3={lemma}|{form}|{who}", f"x4={label}|{form}|{above_form}",
        f"x5={label}|{above}|{form}", f"x6={label}|{above}|{above_form}|{form}",
        f"x7={label}|{form}|{above_form}|{above_who}|{who}",
    ]  # fmt: skip


def _form(words: Words, i: int) -> str:
    """Tense or mood of a verb's group: its modal, "to", past, its tag, "bare" for an order; and whether negated."""
    auxiliaries = words.dependents(i, "aux", "auxpass")
    form = words.tag[i]
    if modal := next((words.lower[c] for c in auxiliaries if words.tag[c] == "MD"), ""):
        form = modal
    elif any(words.lower[c] == "to" for c in auxiliaries):
        form = "to"
    elif auxiliaries:
        form = "past" if words.tag[auxiliaries[0]] == "VBD" else words.lower[auxiliaries[0]]
    elif form == "VB":
        form = "bare"
    return form + ("|n" if words.dependents(i, "neg") else "")


def _who(words: Words, i: int) -> str:
    """What kind of subject a word has or shares: a person of speech, a kind of name, a noun with its article."""
    for _ in range(_STEPS):
        if subjects := words.dependents(i, "nsubj", "nsubjpass"):
            noun = subjects[0]
            articles = words.dependents(noun, "det", "poss")
            named = words.ent[noun] or words.tag[noun] + (words.lower[articles[0]] if articles else "")
            return _WHO.get(words.lower[noun], named)
        if words.dep[i] not in _UNDERSTOOD:
            break
        i = words.head[i]
    return ""


def _sentence(words: Words, event: int, features: list[str]) -> None:
    first, end = words.sentence_of(event)
    lower = words.lower
    for step in (-2, -1, 1, 2):
        j = event + step
        features.append(f"n{step}=" + (lower[j] if first <= j < end else "#"))
        if step in (-1, 1) and first <= j < end:
            features.append(f"nt{step}=" + words.tag[j])
    if event > first:
        features.append("n-2-1=" + (lower[event - 2] if event - 2 >= first else "#") + " " + lower[event - 1])
    features += ["s" + mark for mark in ("?", "!") if mark in lower[max(first, end - 2) : end]]
    features += ["bl=" + word for word in lower[max(first, event - 6) : event]]
    features += ["br=" + word for word in lower[event + 1 : min(end, event + 5)]]
    features.append("first=" + lower[first])
    features.append(f"pos={min(9, (event - first) // 4)}")
    features.append(f"len={min(9, (end - first) // 6)}")
