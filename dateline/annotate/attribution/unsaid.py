"""What has the looks of an attribution and is none: scare quotes, deeds, datelines, pleas not to be named.

What nobody knows is an unknown of the report (``annotate.unknowns``), not somebody's doubt.
"""

from __future__ import annotations

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.relations import Relation
from dateline.annotate.words import Words
from dateline.codebook.speech import markers

__all__ = ["is_unsaid"]

_LEAST_WORDS = 4  # a quotation of fewer is no speech by itself
_PLACES = ("GPE", "LOC", "FAC")
_DATED = 2  # paragraphs from the top in which a dateline may stand: a heading, and the first of the text
_LONGEST_DATELINE = 6  # tokens


def is_unsaid(words: Words, columns: Columns, relation: Relation) -> bool:
    """Whether a relation the networks found, its content known, reports nobody's words or mind."""
    return (
        _is_scare_quote(words, columns, relation)
        or _is_deed(words, columns, relation)
        or _is_dateline(words, relation)
        or _asks_not_to_be_named(words, relation)
        or _is_unknown(words, relation)
    )


def _is_scare_quote(words: Words, columns: Columns, relation: Relation) -> bool:
    """Whether nobody is named and the content is a few words in marks behind an adjective ("so-called")."""
    first, end = relation.content[-1]
    others = [i for a, b in relation.content[:-1] for i in range(a, b) if words.dep[i] != "det"]
    short = sum(words.form[i][:1].isalnum() for i in range(first, end)) < _LEAST_WORDS
    quoted = bool(columns.quote[first]) and not others
    behind = words.pos[relation.head] in ("ADJ", "ADV") or words.dep[relation.head] == "amod"
    return relation.source is None and short and quoted and behind


def _is_deed(words: Words, columns: Columns, relation: Relation) -> bool:
    """Whether "attacked the port", "hit a school" was taken for words: no quotation, no clause, no person."""
    if words.lemma[relation.head] not in markers("physical"):
        return False
    if any(columns.quote[first:end].any() for first, end in relation.content):
        return False
    inside = [i for first, end in relation.content for i in range(first, end)]
    if any(words.dep[i] in ("ccomp", "xcomp", "nsubj", "nsubjpass") for i in inside):
        return False
    return not any(words.ent[i] == "PERSON" or words.pos[i] == "PRON" for i in inside if words.dep[i] == "dobj")


def _is_dateline(words: Words, relation: Relation) -> bool:
    """Whether a place and a colon at the top of the report were taken for a speaker: "Mumbai: A plane …"."""
    if relation.source is None or words.lower[relation.head] != ":" or words.paragraph[relation.head] >= _DATED:
        return False
    first, end = relation.source
    opens = words.paragraphs[words.paragraph[first]][0]
    near = relation.head - opens <= _LONGEST_DATELINE
    return first == opens and near and all(words.ent[i] in _PLACES for i in range(first, end))


def _asks_not_to_be_named(words: Words, relation: Relation) -> bool:
    """Whether the content is only the wish of a source to stay unnamed: "not to be identified"."""
    inside = [i for first, end in relation.content for i in range(first, end)]
    weighty = [words.lemma[i] for i in inside if words.pos[i] in ("VERB", "NOUN", "PROPN", "NUM", "ADJ")]
    return bool(weighty) and all(lemma in markers("anonymity") for lemma in weighty)


def _is_unknown(words: Words, relation: Relation) -> bool:
    """Whether something is said to be not known, by nobody in particular."""
    head = relation.head
    open_ = words.lemma[head] in markers("known") and bool(words.dependents(head, "neg"))
    return open_ and relation.source is None and bool(words.dependents(head, "auxpass"))
