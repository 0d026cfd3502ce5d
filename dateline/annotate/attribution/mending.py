"""Contents mended where a misread sentence cut them: after "denying for weeks", a clause's subject alone.

A stretch of time that belongs to the cue is no content, and a content that holds only the subject
of a clause takes in the clause. A second clause with "that" belongs to the content of the first; what
an aside calls a quotation does not ("“Why?” he asked — a question to us all"), nor does an agency's
opening. A gerund without a source has that of the clause it hangs on.
"""

from __future__ import annotations

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.relations import Relation
from dateline.annotate.opening import after_opening
from dateline.annotate.words import Words

__all__ = ["mended", "subject_above"]

TokenRange = tuple[int, int]
_TIMES = ("DATE", "TIME")
_LONGEST = 8  # words of a subject
_DASHES = frozenset({"—", "–", "―", "--", "-"})
_SUBJECTS = ("nsubj", "nsubjpass")


def mended(words: Words, columns: Columns, relation: Relation) -> Relation:
    """Mend a relation in place and return it."""
    relation.content = _without_asides(words, columns, relation)
    first, end = relation.content[0]
    if (behind := after_opening(words, first)) < end:
        relation.content[0] = behind, end
    relation.content[-1] = _with_second_that(words, relation)
    if relation.cue is not None and relation.content and relation.content[0][0] >= relation.cue[1]:
        content = _whole_clause(words, _after_time(words, relation.content[0], relation.cue))
        if content != relation.content[0]:
            relation.content[0] = content
            relation.fit = relation.fit._replace(content=1.0, weakest=1.0)  # the network did not see it so
        relation.source = _inserted_speaker(words, relation.head, relation.content) or relation.source
        if relation.source is None and words.tag[relation.head] == "VBG":
            relation.source = subject_above(words, relation.head, relation.content)
    return relation


def _after_time(words: Words, content: TokenRange, cue: TokenRange) -> TokenRange:
    """Cut "for weeks" off the start; where nothing is left, the subject that comes next is the content."""
    first, end = content
    preposition = first if words.lower[first] == "for" else first - 1
    if words.lower[preposition] != "for" or not cue[0] <= words.head[preposition] < cue[1]:
        return content
    at = preposition + 1
    while at < end and words.ent[at] in _TIMES:
        at += 1
    if preposition + 1 < at < end:
        return at, end
    if at == end < len(words):
        for subject in range(end, min(end + _LONGEST, len(words))):
            if words.dep[subject] in _SUBJECTS and words.left[subject] == end:
                return end, words.right[subject]
    return content


def _without_asides(words: Words, columns: Columns, relation: Relation) -> list[TokenRange]:
    """The contents without a stretch outside the quotations that a dash parts from the cue behind them."""
    quoted = [bool(columns.quote[first]) for first, _ in relation.content]
    if not any(quoted):
        return relation.content
    return [
        span
        for span, inside in zip(relation.content, quoted, strict=True)
        if inside or not (span[0] > relation.head and words.lower[span[0] - 1] in _DASHES and _is_phrase(words, span))
    ]


def _is_phrase(words: Words, span: TokenRange) -> bool:
    """Whether a stretch has no finite verb."""
    return not any(words.pos[i] == "AUX" or words.tag[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(*span))


def _with_second_that(words: Words, relation: Relation) -> TokenRange:
    """The last content with a clause of "and that …" right behind it, up to the next mark or the sentence's end."""
    first, end = relation.content[-1]
    closes = words.sentences[words.sentence[end - 1]][1]
    at = end + (end < closes and (words.lower[end] == "," or words.lower[end] in _DASHES))
    joined = at + 1 < closes and words.lower[at] in ("and", "but") and words.lower[at + 1] == "that"
    if words.lower[first] != "that" or relation.head > first or not joined or words.tag[at + 1] in ("DT", "WDT"):
        return first, end
    return first, next((i for i in range(at + 2, closes) if words.pos[i] == "PUNCT"), closes)


def _whole_clause(words: Words, content: TokenRange) -> TokenRange:
    """Extend a lone subject over the clause it is the subject of."""
    first, end = content
    subject = next((i for i in range(first, end) if words.dep[i] in _SUBJECTS and words.right[i] == end), None)
    if subject is None or any(words.pos[i] in ("VERB", "AUX") for i in range(first, end)):
        return content
    verb = words.head[subject]
    if verb < end or any(words.pos[i] not in ("AUX", "ADV", "PART") for i in range(end, verb)):
        return content
    last = words.right[verb]
    comma = next((i for i in range(verb, last) if words.lower[i] in (",", ";")), last)
    return first, comma


def subject_above(words: Words, gerund: int, content: list[TokenRange]) -> TokenRange | None:
    """The subject of the nearest clause above, unless it stands in the content."""
    return next((found for above in words.ancestors(gerund) if (found := _subject(words, above, content))), None)


def _inserted_speaker(words: Words, gerund: int, content: list[TokenRange]) -> TokenRange | None:
    """Who speaks on: "Four died, [the mayor] said, adding …", where the parser hangs "adding" on "died"."""
    if words.tag[gerund] != "VBG" or words.dep[gerund] != "advcl":
        return None
    beside = (c for c in words.children[words.head[gerund]] if words.dep[c] == "parataxis" and c < gerund)
    return next((found for verb in beside if (found := _subject(words, verb, content))), None)


def _subject(words: Words, verb: int, content: list[TokenRange]) -> TokenRange | None:
    for child in words.children[verb]:
        if words.dep[child] in _SUBJECTS and not any(a <= child < b for a, b in content):
            return words.left[child], words.right[child]
    return None
