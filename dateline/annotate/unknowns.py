"""Unknowns: what the report itself says is not known, in its own words.

"It was unclear how many had died": the words are "how many had died". Where a thing is called
unknown ("the motive is unknown", "his whereabouts were kept secret") they are the thing's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.annotate.context import Context
from dateline.annotate.words import Words
from dateline.codebook.uncertainties import Uncertainties, load_uncertainties
from dateline.records import Claim, Unknown

__all__ = ["find_unknowns"]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_COMPLEMENTS = frozenset({"acomp", "oprd", "attr", "advmod", "xcomp"})
_NEAR = 9  # tokens between a cue and the question it opens
_EMPTY = frozenset({"it", "this", "that", "there", "which", "they", "he", "she", "we", "i", "you", "what", "who"})


def find_unknowns(words: Words, context: Context, claims: Sequence[Claim]) -> list[Unknown]:  # noqa: ARG001
    """Find what is said not to be known; ``claim`` is the innermost claim the words stand in."""
    table = load_uncertainties()
    triggers = table.triggers
    found: dict[tuple[int, int], None] = {}
    for i in [k for k, lemma in enumerate(words.lemma) if lemma in triggers or words.lower[k] in triggers]:
        content = _content(words, table, i)
        if content is not None and (trimmed := _trim(words, *content)) is not None:
            found[trimmed] = None
    unknowns = [_unknown(words, first, end, claims) for first, end in _outermost(sorted(found))]
    return sorted(unknowns, key=lambda u: (u.start, u.end))


def _content(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    """The tokens that the cue at ``i``, if it is one there, calls unknown."""
    low, lemma, cues = words.lower[i], words.lemma[i], table.cues
    if low in cues["adjective"] or (low in cues["not_adjective"] and _denied(words, table, i)):
        return _predicate(words, table, i)
    if low in cues["kept"] and words.lemma[words.head[i]] == "keep":
        return _subject(words, words.head[i])
    if words.pos[i] in ("VERB", "AUX"):
        return _verb(words, table, i)
    if (low in cues["none_of"] or lemma in cues["none_of"]) and (content := _none_of(words, table, i)) is not None:
        return content
    if low in cues["doubt"] or lemma in cues["doubt"]:
        return _doubted(words, table, i)
    return None


def _verb(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    lemma, cues = words.lemma[i], table.cues
    denied = _denied(words, table, i)
    if lemma in cues["not_passive"] and denied and words.dependents(i, "auxpass"):
        return _question(words, table, i) or _leading_question(words, table, i) or _subject(words, i)
    if lemma in cues["not_say"] and (denied or _declined(words, table, i)):
        return _question(words, table, i) or _left_out(words, table, i)
    if lemma in cues["seek"] and _sought(words, table, i):
        return _question(words, table, i)
    if lemma == "see" and words.lemma[words.head[i]] == "remain":  # "it remains to be seen whether"
        return _question(words, table, i)
    return None


def _denied(words: Words, table: Uncertainties, i: int) -> bool:
    """Whether the word or the verb it completes is negated: "not", "no one", "far from clear"."""
    verbs = [i]
    if words.pos[i] not in ("VERB", "AUX") or words.lemma[words.head[i]] in table.groups["is"]:
        verbs.append(words.head[i])
    for verb in verbs:
        if words.dependents(verb, "neg"):
            return True
        for subject in words.dependents(verb, "nsubj", "nsubjpass"):
            first = words.left[subject]
            if words.lower[subject] in table.groups["nobody"] or words.lower[first] in ("no", "neither", "little"):
                return True
    return i > 1 and words.lower[i - 1] == "from" and words.lower[i - 2] == "far"


def _declined(words: Words, table: Uncertainties, i: int) -> bool:
    above = words.head[i]
    return words.dep[i] in ("xcomp", "pcomp", "advcl") and (
        words.lemma[above] in table.groups["declines"] or words.lower[above] in ("without", "unable", "unwilling")
    )


def _sought(words: Words, table: Uncertainties, i: int) -> bool:
    """Whether finding out is still under way: "are investigating whether", "trying to determine what"."""
    if words.dep[i] in ("xcomp", "advcl") and words.lemma[words.head[i]] in table.groups["tries"]:
        return True
    return words.tag[i] == "VBG" and words.lemma[i] in ("investigate", "probe", "examine", "assess")


def _predicate(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    """What "unclear" is said of: the question that follows, else the subject or the noun."""
    question = _question(words, table, i)
    if question is not None:
        return question
    if words.dep[i] == "amod" and words.lower[i] in ("unconfirmed", "unverified", "undisclosed"):
        noun = words.head[i]
        return (i + 1, words.right[noun]) if words.lemma[noun] in ("report", "claim", "account") else None
    verb = words.head[i] if words.dep[i] in _COMPLEMENTS else i
    return _leading_question(words, table, verb) or _subject(words, verb)


def _leading_question(words: Words, table: Uncertainties, verb: int) -> tuple[int, int] | None:
    """The question a sentence opens with: "How many died is not known"."""
    first = words.sentence_of(verb)[0]
    if words.lower[first] not in table.groups["asks"] or words.lower[first] in ("if", "when", "where", "which"):
        return None
    end = min([verb, *(i for i in words.dependents(verb, "aux", "auxpass", "neg") if i > first)])
    return (first, end) if end > first + 2 else None


def _subject(words: Words, verb: int) -> tuple[int, int] | None:
    while True:
        subjects = words.dependents(verb, *_SUBJECTS)
        for auxiliary in words.dependents(verb, "auxpass"):  # the parser at times hangs the subject there
            subjects += words.dependents(auxiliary, *_SUBJECTS)
        if subjects or words.dep[verb] not in ("conj", "xcomp"):
            break
        verb = words.head[verb]
    for subject in subjects:
        if words.lower[subject] not in _EMPTY:
            return words.left[subject], words.right[subject]
    return None


def _question(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    """The indirect question that begins within a few words after ``i``, to the end of its clause."""
    stop = min(i + 1 + _NEAR, words.sentence_of(i)[1])
    for k in range(i + 1, stop):
        if words.lower[k] in table.groups["asks"] and _asks(words, k, i):
            return k, _clause_end(words, k, i)
        if words.form[k] in (";", ":", "”", "“"):
            return None
    return None


def _asks(words: Words, k: int, cue: int) -> bool:
    """Whether the word opens a question of the cue, not a relative or temporal clause."""
    before = words.lower[k - 1]
    if words.form[k - 1] == ",":
        return words.lower[k] in ("whether", "how")
    if (
        words.lower[k] in ("when", "if", "where", "who", "which")
        and k > cue + 1
        and words.pos[k - 1] in ("NOUN", "PROPN")
    ):
        return False
    return before != "say" or cue == k - 1


def _clause_end(words: Words, k: int, cue: int) -> int:
    verb = k
    for above in words.ancestors(k):
        if above <= cue:
            break
        verb = above
    if verb == k:  # the parse lost the clause: up to the next comma or stop
        stop = words.sentence_of(k)[1]
        return next((j for j in range(k + 1, stop) if words.form[j] in ",.;—"), stop)
    return max(words.right[verb], k + 1)


def _left_out(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    """What was not given: "did not give details of the deal", "declined to identify the victims"."""
    whatever = words.lemma[i] in ("identify", "disclose", "name", "reveal")
    for child in words.dependents(i, "dobj"):
        if (whatever or words.lemma[child] in table.cues["not_told"]) and words.lower[child] not in _EMPTY:
            return words.left[child], words.right[child]
    return None


def _none_of(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    """What there is "no word on", "no details about", "no claim of"."""
    first = words.left[i]
    denied = any(words.lower[k] in ("no", "little", "few") for k in range(first, i))
    if not denied and not _denied_object(words, table, i):
        return None
    question = _question(words, table, i)
    if question is not None and question[0] <= i + 2:
        return question
    for preposition in words.dependents(i, "prep"):
        if words.lower[preposition] in ("on", "about", "of", "regarding", "as", "from", "for", "over"):
            objects = words.dependents(preposition, "pobj", "pcomp")
            if objects and words.lower[preposition] != "from":
                told = words.lemma[i] in table.cues["not_told"] or words.lemma[i] in ("date", "timetable", "estimate")
                return i if told else preposition + 1, words.right[preposition]
    return None


def _denied_object(words: Words, table: Uncertainties, i: int) -> bool:
    verb = words.head[i]
    return words.dep[i] == "dobj" and words.lemma[verb] in ("have", "receive", "get") and _denied(words, table, verb)


def _doubted(words: Words, table: Uncertainties, i: int) -> tuple[int, int] | None:
    """What confusion, doubt or a question is about."""
    k = i + 1
    if k < len(words) and words.lower[k] in ("remain", "remains", "remained", "surrounds", "surrounded", "persist"):
        k += 1
    stop = words.sentence_of(i)[1]
    if k + 1 >= stop or words.lower[k] not in table.groups["about"] or words.lower[k] == "of":
        return None
    if words.lower[k] in table.groups["asks"]:
        return k, _clause_end(words, k, i)
    if words.lower[k] == "as" and words.lower[k + 1] == "to":
        k += 1
    question = _question(words, table, k)
    return question if question is not None and question[0] == k + 1 else (k + 1, words.right[k])


def _trim(words: Words, first: int, end: int) -> tuple[int, int] | None:
    while end > first and words.form[end - 1] in ",.;:!?—–-”\"'’)":
        end -= 1
    while first < end and words.form[first] in ",.;:—–-“\"'‘(":
        first += 1
    return (first, end) if first < end else None


def _outermost(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Leave out what lies inside another."""
    reach = -1
    for first, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if end > reach:
            yield first, end
            reach = end


def _unknown(words: Words, first: int, end: int, claims: Sequence[Claim]) -> Unknown:
    span = words.span(first, end)
    holding: list[tuple[int, int]] = []
    for k, claim in enumerate(claims):
        for start, stop in claim.content:
            if start <= span.start and span.end <= stop:
                holding.append((stop - start, k))
    claim_index = min(holding)[1] if holding else None
    return Unknown(start=span.start, end=span.end, words=words.text[span.start : span.end], claim=claim_index)
