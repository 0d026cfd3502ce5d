"""Columns that need the words as strings: kinds of dependents, speech classes, likely cues."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.annotate.words import Words
from dateline.codebook.speech import speech_cues

__all__ = ["MARK", "SLOTS", "IntColumn", "dependent_kinds", "likely_cues", "speech_classes"]

IntColumn = npt.NDArray[np.int64]

# Kinds of dependents, a slot each: the first such child of every word, or for "last" the last one.
SLOTS: tuple[tuple[frozenset[str], str], ...] = (
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
MARK = 5  # the slot of clause markers
_ASIDE = frozenset({"aux", "auxpass"})
_SIGNS = frozenset({":", "—", "–", "―", "--"})
_SPEECH_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "ADP": "ADP"}


def dependent_kinds(words: Words) -> IntColumn:
    """For each token the slots its dependency label belongs to, as bits, and a 0 at the end."""
    kinds = {label: sum(1 << k for k, (labels, _) in enumerate(SLOTS) if label in labels) for label in set(words.dep)}
    return np.asarray([*(kinds[label] for label in words.dep), 0], np.int64)


def speech_classes(words: Words) -> IntColumn:
    """The number of the speech class of each token, 0 for none, and a 0 at the end."""
    cues = speech_cues()
    classes = np.zeros(len(words) + 1, np.int64)
    for i, (lemma, pos) in enumerate(zip(words.lemma, words.pos, strict=True)):
        if pos in _SPEECH_POS and (cue := cues.get((lemma, _SPEECH_POS[pos]))):
            classes[i] = cue.number
    return classes


def likely_cues(words: Words, classes: IntColumn) -> npt.NDArray[np.bool_]:
    """Verbs that are not there for another verb, words of the speech classes, colons and dashes."""
    return np.asarray(
        [
            dep not in _ASIDE and (pos in ("VERB", "AUX") or known or form in _SIGNS)
            for pos, dep, form, known in zip(words.pos, words.dep, words.form, classes[:-1].tolist(), strict=True)
        ],
        np.bool_,
    )
