"""Who a source is: from the words of an attribution to an actor of the report."""

from __future__ import annotations

from dateline.annotate.cast import Cast
from dateline.annotate.words import Words
from dateline.codebook.speech import markers
from dateline.records.reading import ActorKind

__all__ = ["speaker_at"]

TokenRange = tuple[int, int]
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
    for i in words.ancestors(pronoun):
        if words.dep[i] == "relcl":
            noun = words.head[i]
            found = cast.at(words.start[noun], words.end[noun])
            return found or _unnamed(words, cast, (words.left[noun], noun + 1), noun)
    return None


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
