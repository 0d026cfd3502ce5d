"""What else a text says about a claim: to whom, when, on what condition, in whose words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.relations import Relation
from dateline.annotate.casting.cast import Cast
from dateline.annotate.words import Words
from dateline.codebook.speech import markers, speech_cues
from dateline.records import Span, TimeExpression

__all__ = ["Dated", "addressee_of", "condition_of", "mode_of"]

_ADDRESSED = frozenset(
    {"tell", "urge", "ask", "demand", "promise", "offer", "say", "write", "reply", "claim", "expect"}
)
_TO_WHOM = frozenset({"to", "with", "on", "upon"})
_ENDS = frozenset({",", ".", ";", ":", "?", "!", "—", "–", "-", "--", "”", '"', "''", "»"})
_BEHIND = 4  # words, of punctuation, that may part a condition from the content before it
_QUOTED = 0.9  # share of a content's words in quotation marks from which it counts as direct


def mode_of(words: Words, columns: Columns, relation: Relation) -> Literal["direct", "indirect", "mixed"]:
    """Direct, indirect or mixed: how much of the content stands in quotation marks."""
    inside = total = 0
    for first, end in relation.content:
        for i in range(first, end):
            if words.form[i][:1].isalnum():
                total += 1
                inside += bool(columns.quote[i])
    if inside == 0:
        return "indirect"
    return "direct" if inside >= _QUOTED * total else "mixed"


def addressee_of(words: Words, relation: Relation, cast: Cast) -> str | None:
    """The actor spoken to: an object of the cue, or "to", "with", "on" someone, or whom an order bids act."""
    head = relation.head
    cue = speech_cues().get((words.lemma[head], "VERB"))
    if relation.cue is None or cue is None or cue.name not in _ADDRESSED:
        return None
    options: list[int] = []
    for child in words.children[head]:
        dep = words.dep[child]
        if dep == "dative" or (dep == "dobj" and cue.name in ("tell", "urge", "ask", "demand", "promise")):
            options += [child, *words.dependents(child, "pobj")]
        elif dep == "prep" and words.lower[child] in _TO_WHOM:
            options += words.dependents(child, "pobj")
        elif dep in ("ccomp", "xcomp") and cue.name in ("tell", "urge", "ask", "demand") and _infinitive(words, child):
            options += words.dependents(child, "nsubj")
    for option in options:
        actor = cast.at(words.start[option], words.end[option])
        if actor is not None:
            return actor
    return None


def _infinitive(words: Words, clause: int) -> bool:
    return any(words.tag[c] == "TO" for c in words.dependents(clause, "aux"))


class Dated:
    """When claims were made: the times of a report, looked up by sentence."""

    def __init__(self, words: Words, times: Sequence[TimeExpression]) -> None:
        self._words, self._times = words, times
        self._starts = [time.start for time in times]

    def said_at(self, relation: Relation) -> int | None:
        """The index of the time that hangs on the cue, outside the content."""
        if not relation.cue:
            return None
        words = self._words
        first, end = words.sentence_of(relation.head)
        inside = [(words.start[a], words.end[b - 1]) for a, b in relation.content]
        for k in range(bisect_left(self._starts, words.start[first]), bisect_left(self._starts, words.end[end - 1])):
            time = self._times[k]
            tokens = words.tokens(time.start, time.end)
            if not any(a <= time.start < b for a, b in inside) and _hangs_on(words, tokens[-1], relation.head):
                return k
        return None


def _hangs_on(words: Words, token: int, head: int) -> bool:
    """Whether the way up from a time reaches the cue before any other verb."""
    for above in words.ancestors(token):
        if above == head:
            return True
        if words.pos[above] in ("VERB", "AUX"):
            return False
    return False


def condition_of(words: Words, relation: Relation) -> Span | None:
    """The words after "provided", "unless", "on condition that" in the content, or right behind it."""
    single = markers("condition opener")
    for first, end in relation.content:
        limit = end
        if end == relation.content[-1][1]:  # the parser may have cut the condition off
            limit = min(words.sentence_of(end - 1)[1], end + _BEHIND)
        for i in range(first, limit):
            if words.lower[i] in single and (size := _opener(words, i)) and (i < end or _just_behind(words, end, i)):
                stop = next((j for j in range(i + size + 1, len(words)) if words.lower[j] in _ENDS), len(words))
                stop = min(stop, words.paragraphs[words.paragraph[i]][1])
                if stop > i + size:
                    return words.span(i + size, stop)
    return None


def _opener(words: Words, i: int) -> int:
    """How many words from here open a condition, 0 if none."""
    openers = markers("condition")
    size = next((n for n in (4, 3, 2, 1) if " ".join(words.lower[i : i + n]) in openers), 0)
    return size if size and _opens_clause(words, i, size) else 0


def _just_behind(words: Words, end: int, i: int) -> bool:
    return i - end < _BEHIND and all(words.pos[j] == "PUNCT" or words.lower[j] == "but" for j in range(end, i))


def _opens_clause(words: Words, i: int, size: int) -> bool:
    """Whether words open a condition: not the "if" of "asked if", nor "provided" with an object."""
    if size > 1 or words.lower[i] == "unless":
        return True
    if words.lower[i] == "if":
        return words.dep[i] == "mark" and words.dep[words.head[i]] == "advcl"
    return not words.dependents(i, "dobj", "aux", "auxpass", "agent") and words.pos[i] in ("VERB", "SCONJ")
