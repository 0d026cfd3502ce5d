"""Tenses: what the words round a time expression tell of past and future."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from dateline.annotate.words import Words
from dateline.codebook.times import time_tables

__all__ = ["Around"]

_HIGHEST = 50  # tokens above an expression that may govern it; a parse of nonsense can be thousands deep
_MOST_ABOVE = 3  # verbs without a tense that are passed on the way up


@dataclass(frozen=True, slots=True)
class Around:
    """The words round the expression of tokens ``[first, last)``."""

    words: Words
    first: int
    last: int

    @property
    def before(self) -> str:
        """The word before it, in lower case; "" at the start."""
        return self.words.lower[self.first - 1] if self.first else ""

    @property
    def after(self) -> str:
        """The word after it, in lower case; "" at the end."""
        return self.words.lower[self.last] if self.last < len(self.words) else ""

    @property
    def after_tag(self) -> str:
        """The part-of-speech tag of the word after it; "" at the end."""
        return self.words.tag[self.last] if self.last < len(self.words) else ""

    def tense(self) -> float:
        """Whether what it dates has happened (-1), is to come (1), or neither is clear (0).

        -0.5 if only the verb above its noun is past: "moved the final on May 28".
        """
        words, lists = self.words, time_tables().lists
        before = "" if self.first and words.dep[self.first - 1] == "agent" else self.before
        if before == "since":
            return -1
        verb, of_noun = self._governor()
        if verb is None:
            return 1 if before in lists["until"] else 0
        if any(words.lower[k] in lists["forward"] for k in (verb, *words.dependents(verb, "acomp"))):
            return 1
        marks = _auxiliaries(words, verb)
        if before in lists["until"]:
            denied = marks & lists["perfect"] and words.dependents(verb, "neg")
            forward = lists["planning"] | (lists["giving"] if before != "by" else frozenset())
            over = words.tag[verb] == "VBD" and words.lemma[verb] not in forward
            return -1 if "had" in marks or denied or over else 1
        if of_noun and words.tag[verb] == "VB" and "to" in marks:
            return 0  # "to get around Wednesday's ruling": what is to come is not the ruling
        tense = _of_verb(words, verb, marks)
        return -0.5 if tense < 0 and of_noun else tense

    def _governor(self) -> tuple[int | None, bool]:
        """The verb above (or a word such as "due"), and whether a noun stands between."""
        words, forward = self.words, time_tables().lists["forward"]
        of_noun = words.dep[self.first] in ("poss", "compound", "nmod", "amod")
        for above in (self.first, *islice(words.ancestors(self.first), _HIGHEST)):
            inside = self.first < above < self.last  # of "Thursday lunchtime" the tagger may take a part for a verb
            if not inside and (words.lower[above] in forward or words.pos[above] in ("VERB", "AUX")):
                return above, of_noun
            of_noun = of_noun or (above != self.first and words.pos[above] in ("NOUN", "PROPN"))
        return None, of_noun

    def reaches_now(self) -> bool:
        """Whether its verb is in the present perfect: "has denied for weeks"."""
        return bool(self._marks() & {"has", "have", "'ve", "’ve"})

    def reaches_ahead(self) -> bool:
        """Whether its verb has a modal or is an infinitive: "will last for weeks"."""
        return bool(self._marks() & (time_tables().lists["modals"] | {"to"}))

    def goes_back(self) -> bool:
        """Whether its verb is in the past perfect: told of what was before."""
        return "had" in self._marks()

    def _marks(self) -> frozenset[str]:
        verb, _ = self._governor()
        return frozenset() if verb is None else _auxiliaries(self.words, verb)


def _auxiliaries(words: Words, verb: int) -> frozenset[str]:
    return frozenset(words.lower[c] for c in words.children[verb] if words.dep[c] in ("aux", "auxpass"))


def _of_verb(words: Words, verb: int, marks: frozenset[str], passed: int = 0) -> int:
    """The tense of a verb with its auxiliaries; forms without tense take that of the verb above."""
    lists, tag = time_tables().lists, words.tag[verb]
    if marks & lists["modals"]:
        return -1 if "have" in marks or ("could" in marks and _nobody(words, verb)) else 1
    if marks & lists["perfect"] or "did" in marks or tag == "VBD":
        return 1 if words.lemma[verb] in lists["scheduling"] and not marks & {"was", "were", "been"} else -1
    if tag == "VBN":
        return _of_participle(words, verb, marks)
    scheduled = tag in ("VBZ", "VBP") and words.lemma[verb] in lists["timetable"]
    if scheduled or (tag == "VBG" and marks & lists["present-be"]):
        return 1  # "the hearing opens on Tuesday", "is opening on Tuesday"
    no_tense_above = tag in ("VBZ", "VBP") or words.head[verb] == verb or passed > _MOST_ABOVE
    return 0 if no_tense_above else _of_bare_form(words, verb, marks, passed)


def _nobody(words: Words, verb: int) -> bool:
    """“None of them could be reached”, “he could not be reached”: what did not happen is past."""
    if words.dependents(verb, "neg"):
        return True
    subjects = words.dependents(verb, "nsubj", "nsubjpass")
    return any(words.lower[words.left[s]] in time_tables().lists["nobody"] for s in subjects)


def _of_bare_form(words: Words, verb: int, marks: frozenset[str], passed: int) -> int:
    """An infinitive or an -ing form: "plans to meet", "agreed to meet" look ahead, others follow their verb."""
    governor = words.lemma[words.head[verb]]
    looks_ahead = words.dep[verb] in ("acl", "relcl") or governor == "be" or governor in time_tables().lists["planning"]
    if "to" in marks and looks_ahead:
        return 1
    above = next((k for k in words.ancestors(verb) if words.pos[k] in ("VERB", "AUX")), None)
    if above is None:
        return 1 if "to" in marks else 0
    return _of_verb(words, above, _auxiliaries(words, above), passed + 1)


def _of_participle(words: Words, verb: int, marks: frozenset[str]) -> int:
    if words.lemma[verb] in time_tables().lists["planning"]:
        return 1
    if marks & {"was", "were", "been"}:
        return -1
    return 0 if marks & time_tables().lists["present-be"] else -1
