"""Who a source is: from the words of an attribution to an actor of the report."""

from __future__ import annotations

from dateline.annotate.attribution.mending import subject_above
from dateline.annotate.attribution.relations import Relation, TokenRange
from dateline.annotate.casting.cast import Cast
from dateline.annotate.words import Words
from dateline.codebook.speech import markers
from dateline.records.reading import ActorKind

__all__ = ["inherited_source", "missing_source", "speaker_at"]

_SPEAKERS = frozenset({"PERSON", "ORG", "NORP"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})
_FIRST_PERSON = frozenset({"i", "we"})


def speaker_at(words: Words, cast: Cast, source: TokenRange, speaker: str | None, before: str | None) -> str | None:
    """The actor behind the words of a source; added to the cast where it has none there.

    speaker: who says the claim this one stands in ("I" is them). before: the source of the claim before,
    whom a pronoun the cast leaves open continues.
    """
    span = words.span(*source)
    head = _head(words, source)
    lower = words.lower[head]
    if lower in markers("antecedent") and source[1] - source[0] == 1:
        return _antecedent(words, cast, head) or before
    if lower in _FIRST_PERSON and speaker is not None:
        return speaker
    if (actor := cast.at(words.start[head], words.end[head])) is not None:
        return actor
    if lower in markers("pronoun") and source[1] - source[0] == 1:
        return before
    if (actor := cast.at(span.start, span.end)) is not None and not _collective(words, head):
        return actor
    return _unnamed(words, cast, source, head)


def missing_source(words: Words, relation: Relation) -> TokenRange | None:
    """The subject of a cue the model left without source: its own, or a name right before an active verb."""
    head = relation.head
    if words.pos[head] != "VERB" or words.dependents(head, "auxpass", "nsubjpass") or relation.cue is None:
        return None
    taken = {i for first, end in relation.content for i in range(first, end)}
    first = relation.cue[0]
    for subject in words.dependents(head, "nsubj"):
        if subject < first and not taken & set(range(words.left[subject], words.right[subject])):
            return words.left[subject], min(words.right[subject], first)
    before = first - 1
    if before >= 0 and words.tag[head] in ("VBD", "VBZ", "VBP") and words.ent[before] in _SPEAKERS:
        start = before
        while (
            start and words.ent[start - 1] == words.ent[before] and words.sentence[start - 1] == words.sentence[before]
        ):
            start -= 1
        return None if taken & set(range(start, first)) else (start, first)
    return None


def inherited_source(words: Words, relation: Relation) -> TokenRange | None:
    """Whose words a participle without a subject reports: "quoted *a guard* as saying", "*he* left, having denied".

    A noun it modifies ("a letter saying that …") is left to the model.
    """
    head = relation.head
    perfect = any(words.lower[i] == "having" for i in words.dependents(head, "aux"))
    if relation.cue is None or not (words.tag[head] == "VBG" or perfect) or words.dep[head] == "acl":
        return None
    above = words.head[head]
    if words.lower[above] == "as":
        objects = words.dependents(words.head[above], "dobj")
        return (words.left[objects[0]], min(words.right[objects[0]], above)) if objects else None
    return subject_above(words, head, relation.content) if words.dep[head] == "advcl" else None


def _head(words: Words, source: TokenRange) -> int:
    """The word that governs the source; the source itself may be cut from a longer phrase."""
    first, end = source
    roots = [i for i in range(first, end) if not first <= words.head[i] < end or words.head[i] == i]
    nouns = [i for i in roots if words.pos[i] in ("NOUN", "PROPN", "PRON")]
    return (nouns or roots)[0]


def _collective(words: Words, head: int) -> bool:
    return words.tag[head] in ("NN", "NNS") and words.lemma[head] in markers("person")


def _antecedent(words: Words, cast: Cast, pronoun: int) -> str | None:
    """The noun a relative clause hangs on."""
    person = words.lower[pronoun] in ("who", "whom")
    for i in words.ancestors(pronoun):
        if words.dep[i] == "relcl":
            noun = words.head[i]
            if person:
                noun = _person_over(words, noun)
            found = cast.at(words.start[noun], words.end[noun])
            return found or _unnamed(words, cast, (words.left[noun], noun + 1), noun)
    return None


def _person_over(words: Words, noun: int) -> int:
    """The noun a place belongs to: "a nurse in Bucha, who asked" is about the nurse."""
    if words.ent[noun] not in _PLACES:
        return noun
    return next(
        (i for i in words.ancestors(noun) if words.pos[i] in ("NOUN", "PROPN") and words.ent[i] not in _PLACES), noun
    )


def _unnamed(words: Words, cast: Cast, source: TokenRange, head: int) -> str:
    """Register a source the cast does not know: "two officials", "witnesses", "state media"."""
    first, end = source
    span = words.span(first, end)
    named = words.ent[head] != "" or words.tag[head] in ("NNP", "NNPS")
    kind: ActorKind = "unnamed"
    if named:
        kind = "person" if words.ent[head] == "PERSON" else "organisation"
    public = words.lemma[head] not in markers("private")
    return cast.add(
        words.words(first, min(end, max(head + 1, first + 1))) if named else words.words(first, end),
        kind,
        [(span.start, span.end, "name" if named else "title")],
        public=public,
    )
