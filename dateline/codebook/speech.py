"""The speech tables: which words report someone's words or mind, and what stance they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from dateline.codebook.laid import OFF, per_codebook, table, word_lists
from dateline.codebook.tables import Row, rows
from dateline.records.reading import Stance

__all__ = ["Frame", "SpeechCue", "markers", "reversals", "speech_cues", "stance_frames"]


_MARKS = frozenset(["to", "that", "whether", "if"])


@dataclass(frozen=True, slots=True)
class SpeechCue:
    """What a cue word is: the number (from 1) by which the models know its class, the class's name and its stance."""

    number: int
    name: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Frame:
    """A word beside a cue that decides its stance (see ``frames.tsv``)."""

    lemma: str
    beside: str
    stance: Stance


@per_codebook
def speech_cues() -> Mapping[tuple[str, str], SpeechCue]:
    """Cue classes by (lemma, part of speech)."""
    numbers = {row["class"]: int(row["number"]) for row in rows("speech/cues.tsv", ("class", "number"))}
    cues: dict[tuple[str, str], SpeechCue] = {}
    for row in table("speech/cues"):
        for key in ((word, row["pos"]) for word in row.list("words")):
            if row["class"] == OFF:
                cues.pop(key, None)
            else:
                cues[key] = SpeechCue(numbers[row["class"]], row["class"], _stance(row, "stance"))
    return cues


@per_codebook
def stance_frames() -> Mapping[str, tuple[Frame, ...]]:
    """Frames by lemma: those of particles and objects before those of a clause's mark."""
    stances = {(row["lemma"], row["with"]): _stance(row, "stance") for row in table("speech/frames")}
    frames: dict[str, tuple[Frame, ...]] = {}
    for lemma, beside in sorted(stances, key=lambda key: (key[1] in _MARKS, key)):
        frames[lemma] = (*frames.get(lemma, ()), Frame(lemma, beside, stances[lemma, beside]))
    return frames


@per_codebook
def reversals() -> Mapping[Stance, tuple[Stance, Stance]]:
    """For each stance what it is when negated, and when refused."""
    lines = rows("speech/reversals.tsv", ("stance", "negated", "refused"))
    return {_stance(row, "stance"): (_stance(row, "negated"), _stance(row, "refused")) for row in lines}


@per_codebook
def markers(kind: str) -> frozenset[str]:
    """The words of one of the small lists in ``markers.tsv``."""
    return word_lists("speech/markers", "kind").get(kind, frozenset())


def _stance(row: Row, column: str) -> Stance:
    if row[column] not in get_args(Stance):
        raise row.error(f"no stance {row[column]!r}; one of {', '.join(get_args(Stance))}")
    stance: Stance = row[column]  # type: ignore[assignment]
    return stance
