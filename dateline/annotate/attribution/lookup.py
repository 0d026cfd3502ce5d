"""Columns that need the words themselves: dependents by kind, and the codebook's speech classes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import Columns, IntColumn
from dateline.annotate.words import Words
from dateline.codebook.speech import SpeechCue

__all__ = ["dependents", "likely_cues", "speech_classes"]

# Kinds of dependents, a slot each: the first such child of every word, or for "last" the last one.
_SLOTS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}), "first"),
    (frozenset({"dobj", "attr", "oprd"}), "first"),
    (frozenset({"aux"}), "first"),
    (frozenset({"ccomp", "xcomp"}), "last"),
    (frozenset({"prep", "agent"}), "first"),
    (frozenset({"mark"}), "first"),
    (frozenset({"neg"}), "first"),
    (frozenset({"prt", "acomp"}), "first"),
    (frozenset({"advmod", "npadvmod"}), "first"),
    (frozenset({"advcl", "relcl", "acl"}), "last"),
    (frozenset({"pobj", "pcomp", "dative"}), "first"),
    (frozenset({"prep", "agent"}), "last"),
    (frozenset({"poss", "det", "amod", "compound"}), "first"),
    (frozenset({"auxpass"}), "first"),
    (frozenset({"punct"}), "last"),
)
_SIGNS = frozenset({":", "—", "–", "―", "--"})
_SPEECH_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "ADP": "ADP"}


def dependents(words: Words, columns: Columns) -> list[IntColumn]:
    """For each slot the child of that kind under every token; ``columns.n`` where there is none."""
    n = columns.n
    unique, first = np.unique(columns.dep[:n], return_index=True)
    labels = [words.dep[i] for i in first.tolist()]
    number = np.searchsorted(unique, columns.dep[:n])
    child = np.arange(n)
    governed = columns.head[:n] != child
    slots = []
    for kinds, which in _SLOTS:
        wanted = np.asarray([label in kinds for label in labels], np.bool_)
        children = np.flatnonzero(wanted[number] & governed) if n else child
        slot = np.full(n + 1, n, np.int64)
        order = children if which == "last" else children[::-1]
        slot[columns.head[order]] = order  # the last written stays
        slots.append(slot)
    return slots


def speech_classes(words: Words, columns: Columns, cues: Mapping[tuple[str, str], SpeechCue]) -> IntColumn:
    """The number of the speech class of each token, 0 for none."""
    classes = np.zeros(columns.n + 1, np.int64)
    for i, (lemma, pos) in enumerate(zip(words.lemma, words.pos, strict=True)):
        if pos in _SPEECH_POS and (cue := cues.get((lemma, _SPEECH_POS[pos]))):
            classes[i] = cue.number
    return classes


def likely_cues(words: Words, classes: IntColumn) -> npt.NDArray[np.bool_]:
    """Verbs that are not there for another verb, words of the speech classes, colons and dashes."""
    own = [
        (pos in ("VERB", "AUX") and dep not in ("aux", "auxpass")) or form in _SIGNS
        for pos, dep, form in zip(words.pos, words.dep, words.form, strict=True)
    ]
    aside = np.asarray([dep in ("aux", "auxpass") for dep in words.dep], np.bool_)
    return np.asarray(own, np.bool_) | ((classes[:-1] > 0) & ~aside)
