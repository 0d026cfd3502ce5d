"""What the words around a time expression tell: tense, and whether it is a time at all."""

from __future__ import annotations

from collections.abc import Callable

from dateline.annotate.words import Words

__all__ = ["fits", "tense_of"]

_MODALS = frozenset("will 'll ’ll shall wo would could may might should must can".split())
_PERFECT = frozenset("have has had 've ’ve having".split())
_PRESENT_BE = frozenset("is are 's ’s 're ’re am 'm be".split())
_PLANNING = frozenset(
    "expect plan schedule set due aim intend hope want slate prepare promise agree vow order need ask decide try seek "
    "threaten refuse offer propose invite urge allow require extend postpone delay defer wait remain".split()
)
_SCHEDULING = frozenset({"plan", "schedule", "slate"})
_UNTIL = frozenset({"until", "till", "by"})
_FORWARD = frozenset("effective payable due deadline ahead".split())
_YEAR_LEFT = frozenset(
    "in since by of from until till before after during for to and or than early late mid the at".split()
)


def tense_of(words: Words, i: int) -> int:
    """Whether what token ``i`` dates has happened (-1), is to come (1), or neither is clear (0)."""
    before = words.lower[i - 1] if i and words.dep[i - 1] != "agent" else ""
    if before == "since":
        return -1
    of_noun = words.dep[i] in ("poss", "compound", "nmod", "amod")
    for verb in (i, *words.ancestors(i)):
        if words.lower[verb] in _FORWARD:
            return 1
        if words.pos[verb] in ("VERB", "AUX"):
            break
        of_noun = of_noun or (words.pos[verb] in ("NOUN", "PROPN") and verb != i and words.tag[verb] != "CD")
    else:
        return 1 if before in _UNTIL else 0
    marks = _auxiliaries(words, verb)
    if before in _UNTIL:
        return -1 if "had" in marks or (marks & _PERFECT and words.dependents(verb, "neg")) else 1
    if of_noun and words.tag[verb] == "VB" and "to" in marks:
        return 0  # "to get around Wednesday's ruling": what is to come is not the ruling
    return _of_verb(words, verb, marks)


def _auxiliaries(words: Words, verb: int) -> set[str]:
    return {words.lower[c] for c in words.children[verb] if words.dep[c] in ("aux", "auxpass")}


def _of_verb(words: Words, verb: int, marks: set[str], depth: int = 0) -> int:
    """The tense of a verb with its auxiliaries; forms without tense take that of the verb above."""
    tag = words.tag[verb]
    if marks & _MODALS:
        return -1 if "have" in marks else 1
    if marks & _PERFECT or "did" in marks or tag == "VBD":
        return 1 if words.lemma[verb] in _SCHEDULING and tag == "VBD" else -1
    if tag == "VBN":
        return _of_participle(words, verb, marks)
    if tag == "VBG" and marks & _PRESENT_BE:
        return 1
    head = words.head[verb]
    if tag in ("VBZ", "VBP") or head == verb or depth > 3:
        return 0
    if "to" in marks and (words.dep[verb] in ("acl", "relcl") or words.lemma[head] in _PLANNING | {"be"}):
        return 1
    above = next((k for k in words.ancestors(verb) if words.pos[k] in ("VERB", "AUX")), None)
    if above is None:
        return 1 if "to" in marks else 0
    return _of_verb(words, above, _auxiliaries(words, above), depth + 1)


def _of_participle(words: Words, verb: int, marks: set[str]) -> int:
    planning = words.lemma[verb] in _PLANNING
    if marks & {"was", "were", "been"}:
        return 0 if planning else -1
    if planning:
        return 1
    return 0 if marks & _PRESENT_BE else -1


def fits(need: str, words: Words, first: int, last: int) -> bool:
    """Whether the condition ``need`` of a grammar line holds for the tokens ``[first, last)``."""
    return _NEEDS[need](words, first, last)


def _year(words: Words, first: int, last: int) -> bool:
    """A bare number of four digits is a year after a preposition, or where no plural is counted by it."""
    before = words.lower[first - 1] if first else ""
    after = words.tag[last] if last < len(words) else ""
    if before in ("$", "£", "€", "#", "no.", "about", "over", "than", "nearly") or (
        last < len(words) and words.lower[last] in ("%", "percent", "km", "kilometers", "miles", "people", "troops")
    ):
        return False
    return before in _YEAR_LEFT or after != "NNS"


def _month(words: Words, first: int, last: int) -> bool:
    """ "March" and "May" are months when tagged as names, not at the head of a sentence as verbs."""
    lower = words.lower[first]
    if lower not in ("may", "march", "mar", "jan", "dec", "jun", "sep", "april", "june", "august"):
        return True
    return words.tag[first].startswith("NN") and words.ent[first] not in ("PERSON", "ORG", "GPE", "FAC")


def _season(words: Words, first: int, last: int) -> bool:
    at = last - 1
    if not words.tag[at].startswith("NN") or words.form[at][0].isupper() and at != words.sentence_of(at)[0]:
        return False
    before = words.lower[first - 1] if first else ""
    if at == first:
        return (
            before in ("in", "by", "since", "until", "during", "for", "of")
            and words.lower[at] != "spring"
            or (words.lower[at] == "spring" and before in ("in", "by", "since", "until"))
        )
    return True


def _followed(*expected: str) -> Callable[[Words, int, int], bool]:
    def need(words: Words, first: int, last: int) -> bool:
        return last < len(words) and words.lower[last] in expected

    return need


def _adjective(words: Words, first: int, last: int) -> bool:
    return words.pos[first] == "ADJ" and (first == 0 or words.lower[first - 1] not in ("more", "most", "as"))


def _time_of_day(words: Words, first: int, last: int) -> bool:
    """ "The morning", "dawn"; not "a new dawn", "Morning Post", "the night the ship went down"."""
    after = words.tag[last] if last < len(words) else ""
    if words.tag[last - 1] == "NNP" and words.form[last - 1][0].isupper() and first != words.sentence_of(first)[0]:
        return False
    return words.pos[last - 1] == "NOUN" and not after.startswith("NNP")


def _soon(words: Words, first: int, last: int) -> bool:
    if tense_of(words, first) < 0:
        return False
    before = words.lower[first - 1] if first else ""
    after = words.lower[last] if last < len(words) else ""
    return before not in ("as", "too", "how", "so") and after not in ("after", "as", "-")


def _noun(words: Words, first: int, last: int) -> bool:
    return last >= len(words) or words.tag[last][:2] not in ("NN", "JJ", "CD")


def _length(words: Words, first: int, last: int) -> bool:
    """A length of time, not an age ("20 years old") nor a rate ("50 miles an hour")."""
    after = words.lower[last] if last < len(words) else ""
    if after in ("old", "of-age"):
        return False
    if after == "-" and last + 1 < len(words) and words.lower[last + 1] in ("ago", "earlier", "old"):
        return False
    if words.lower[first] in ("a", "an") and first and words.tag[first - 1] in ("NNS", "NN", "CD", "$"):
        return words.dep[last - 1] != "npadvmod" or words.pos[words.head[last - 1]] == "VERB"
    return True


def _vague(words: Words, first: int, last: int) -> bool:
    """Bare plurals: "for weeks", "in recent days", not "school days"."""
    before = words.lower[first - 1] if first else ""
    return before in ("for", "in", "over", "within", "of", "after", "during", "the", "take", "last", "lasted") or (
        words.dep[last - 1] in ("npadvmod", "pobj")
    )


def _between(words: Words, first: int, last: int) -> bool:
    return first > 0 and words.lower[first - 1] == "between"


def _ended(words: Words, first: int, last: int) -> bool:
    """A year of accounts: "the year ended March 31"."""
    return last < len(words) and words.lower[last] in ("ended", "ending", "to")


def _decade(words: Words, first: int, last: int) -> bool:
    """Not an age: "in her 30s"."""
    before = words.lower[first - 1] if first else ""
    return before not in ("his", "her", "their", "my", "your", "our", "mid", "-") and words.lower[first] not in ("mid",)


def _clock(words: Words, first: int, last: int) -> bool:
    """A clock time without a day: "5:30" alone may be a score or a verse."""
    before = words.lower[first - 1] if first else ""
    if words.lower[last - 1][-1:].isdigit():
        return before in (
            "at",
            "by",
            "until",
            "till",
            "from",
            "since",
            "around",
            "about",
            "before",
            "after",
            "to",
            "and",
        )
    return True


def _unit(words: Words, first: int, last: int) -> bool:
    """ "The quarter" and "the week" are those told of; "the day" only in "in the day": "the day he left" is no time."""
    unit, before = words.lower[last - 1], words.lower[first - 1] if first else ""
    if unit == "day":
        return before in ("in", "of", "during", "throughout", "end", "ended")
    return unit in ("year", "quarter", "week", "month")


_NEEDS: dict[str, Callable[[Words, int, int], bool]] = {
    "year": _year,
    "month": _month,
    "season": _season,
    "time-of-day": _time_of_day,
    "half": _noun,
    "unit": _unit,
    "ended": _ended,
    "between": _between,
    "decade": _decade,
    "clock": _clock,
    "length": _length,
    "vague": _vague,
    "adjective": _adjective,
    "soon": _soon,
    "noun": _noun,
}
