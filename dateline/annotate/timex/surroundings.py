"""What the words around a time expression tell: tense, and whether it is a time at all."""

from __future__ import annotations

from collections.abc import Callable

from dateline.annotate.words import Words

__all__ = ["fits", "tense_of"]

_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "could", "may", "might", "should", "must", "can"})
_PLANNING = frozenset(
    "expect plan schedule set due aim intend hope want slate prepare promise agree vow order need ask".split()
)
_YEAR_LEFT = frozenset(
    "in since by of from until till before after during for to and or than early late mid the at".split()
)


def tense_of(words: Words, i: int) -> int:
    """Whether the token ``i`` stands in what has happened (-1), is to come (1) or neither is clear (0)."""
    before = words.lower[i - 1] if i else ""
    if before == "since":
        return -1
    if before in ("until", "till"):
        return 1
    for verb in (i, *words.ancestors(i)):
        if words.pos[verb] in ("VERB", "AUX"):
            return _of_verb(words, verb)
    return -1


def _of_verb(words: Words, verb: int) -> int:
    """The tense of a verb with its auxiliaries; an infinitive looks forward."""
    marks = [words.lower[c] for c in words.children[verb] if words.dep[c] in ("aux", "auxpass")]
    if any(m in _FUTURE for m in marks):
        return 1 if "have" not in marks else -1
    if "to" in marks and "have" not in marks:
        return 1
    if words.tag[verb] == "VBG" and any(m in ("is", "are", "'re", "'s", "am", "’re", "’s") for m in marks):
        return 1
    if words.tag[verb] in ("VBD", "VBN"):
        present = any(m in ("is", "are", "be") for m in marks)
        return 1 if present and words.lemma[verb] in _PLANNING else -1
    if words.tag[verb] in ("VBZ", "VBP"):
        return 0
    head = words.head[verb]
    if words.tag[verb] == "VBG" and head != verb and words.pos[head] in ("VERB", "AUX"):
        return _of_verb(words, head)
    return -1 if words.tag[verb] == "VBG" else 0


def fits(need: str, words: Words, first: int, last: int) -> bool:
    """Whether the condition ``need`` of a grammar line holds for the tokens ``[first, last)``."""
    return _NEEDS[need](words, first, last)


def _always(words: Words, first: int, last: int) -> bool:
    return True


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


def _soon(words: Words, first: int, last: int) -> bool:
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
    if words.lower[first] in ("a", "an") and first and words.tag[first - 1] in ("NNS", "NN", "CD", "$"):
        return words.dep[last - 1] != "npadvmod" or words.pos[words.head[last - 1]] == "VERB"
    return True


def _vague(words: Words, first: int, last: int) -> bool:
    """Bare plurals: "for weeks", "in recent days", not "school days"."""
    before = words.lower[first - 1] if first else ""
    return before in ("for", "in", "over", "within", "of", "after", "during", "the", "take", "last", "lasted") or (
        words.dep[last - 1] in ("npadvmod", "pobj")
    )


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
    return words.lower[last - 1] in ("year", "quarter", "day", "week", "month") and last < len(words)


_NEEDS: dict[str, Callable[[Words, int, int], bool]] = {
    "year": _year,
    "month": _month,
    "season": _season,
    "time-of-day": _always,
    "dayof": _always,
    "yearago": _always,
    "half": _noun,
    "unit": _unit,
    "clock": _clock,
    "length": _length,
    "vague": _vague,
    "adjective": _adjective,
    "soon": _soon,
    "noun": _noun,
}
