"""The speech tables: which words report someone's words or mind, and what stance they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from dateline.codebook.tables import Row, rows
from dateline.records.reading import Stance

__all__ = ["Frame", "SpeechCue", "markers", "reversals", "speech_cues", "stance_frames"]


@dataclass(frozen=True, slots=True)
class SpeechCue:
    """What a cue word is: the number (from 1) of its class, the class's name and its stance."""

    number: int
    name: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Frame:
    """A word beside a cue that decides its stance (see ``frames.tsv``)."""

    lemma: str
    beside: str
    stance: Stance


@cache
def speech_cues() -> Mapping[tuple[str, str], SpeechCue]:
    """Cue classes by (lemma, part of speech); the first line that names a word decides."""
    numbers: dict[str, int] = {}
    cues: dict[tuple[str, str], SpeechCue] = {}
    for row in rows("speech/cues.tsv", ("class", "stance", "pos", "words")):
        number = numbers.setdefault(row["class"], len(numbers) + 1)
        for word in row.list("words"):
            cues.setdefault((word, row["pos"]), SpeechCue(number, row["class"], _stance(row, "stance")))
    return cues


@cache
def stance_frames() -> Mapping[str, tuple[Frame, ...]]:
    """Frames by lemma, in the order of the table."""
    frames: dict[str, tuple[Frame, ...]] = {}
    for row in rows("speech/frames.tsv", ("lemma", "with", "stance")):
        frame = Frame(row["lemma"], row["with"], _stance(row, "stance"))
        frames[frame.lemma] = (*frames.get(frame.lemma, ()), frame)
    return frames


@cache
def reversals() -> Mapping[Stance, tuple[Stance, Stance]]:
    """For each stance what it is when negated, and when refused."""
    table = rows("speech/reversals.tsv", ("stance", "negated", "refused"))
    return {_stance(row, "stance"): (_stance(row, "negated"), _stance(row, "refused")) for row in table}


@cache
def markers(kind: str) -> frozenset[str]:
    """The words of one of the small lists in ``markers.tsv``."""
    table = rows("speech/markers.tsv", ("kind", "words"))
    return frozenset(word for row in table if row["kind"] == kind for word in row.list("words"))


def _stance(row: Row, column: str) -> Stance:
    if row[column] not in get_args(Stance):
        raise row.error(f"no stance {row[column]!r}; one of {', '.join(get_args(Stance))}")
    stance: Stance = row[column]  # type: ignore[assignment]
    return stance
