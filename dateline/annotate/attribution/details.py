"""What else a text says about a claim: to whom, when, on what condition, in whose words."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.relations import Relation
from dateline.annotate.cast import Cast
from dateline.annotate.words import Words
from dateline.codebook.speech import markers, speech_cues
from dateline.records import Span, TimeExpression

__all__ = ["addressee_of", "condition_of", "mode_of", "said_at"]

_ADDRESSED = frozenset(
    {"tell", "urge", "ask", "demand", "promise", "offer", "say", "write", "reply", "claim", "expect"}
)
_TO_WHOM = frozenset({"to", "with", "on", "upon"})
_ENDS = frozenset({",", ".", ";", ":", "?", "!", "—", "–", "-", "--", "”", '"', "''", "»"})
_QUOTED = 0.9  # share of a content's words in quotation marks from which it counts as direct


def mode_of(words: Words, columns: Columns, relation: Relation) -> str:
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
    if cue is None or cue.name not in _ADDRESSED:
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


def said_at(words: Words, relation: Relation, times: Sequence[TimeExpression], nearby: range) -> int | None:
    """The index of the time the cue is dated by; ``nearby``: the times of its sentence."""
    inside = [(words.start[a], words.end[b - 1]) for a, b in relation.content]
    for k in nearby:
        time = times[k]
        if any(a <= time.start < b for a, b in inside):
            continue
        tokens = words.tokens(time.start, time.end)
        if tokens and _hangs_on(words, tokens[-1], relation.head):
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
    """The words after "provided", "unless", "on condition that" in the content, or behind it."""
    openers = markers("condition")
    single = {opener.split()[0] for opener in openers}
    for first, end in relation.content:
        limit = min(words.sentence_of(end - 1)[1], end + 30) if end == relation.content[-1][1] else end
        for i in range(first, limit):
            if words.lower[i] not in single:
                continue
            size = next((n for n in (4, 3, 2, 1) if " ".join(words.lower[i : i + n]) in openers), 0)
            if size and _opens_clause(words, i, size):
                stop = next((j for j in range(i + size + 1, limit) if words.lower[j] in _ENDS), limit)
                if stop > i + size:
                    return words.span(i + size, stop)
    return None


def _opens_clause(words: Words, i: int, size: int) -> bool:
    """ "if" in "asked if" opens no condition, and "provided help" none either."""
    if size > 1 or words.lower[i] == "unless":
        return True
    if words.lower[i] == "if":
        return words.dep[i] == "mark" and words.dep[words.head[i]] == "advcl"
    return not words.dependents(i, "dobj", "aux", "auxpass", "agent") and words.pos[i] in ("VERB", "SCONJ")
