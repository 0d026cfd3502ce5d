"""Wording: the words by which a happening is told, and those round them, as sets that two tellings are compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dateline.codebook.linking import kin_of, lemma_of, near_fields
from dateline.codebook.stopwords import load_stopwords
from dateline.records import Event

__all__ = ["Forms", "Pages", "Wording", "content_words", "forms", "pages_of", "wording"]

_STOP = load_stopwords()
_EMPTY = frozenset([""])
_NAME = re.compile(r"(?<=[\w,’')]\s)([A-Z][\w-]+)")
_NUMBER = re.compile(r"\b\d[\d.,:]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
_NEAR = 45  # characters on each side of a trigger, cut at the sentence: about six words
_WIDE = 240  # the same regardless of sentences
_OPENING = 400  # characters of a report that say what it is about
_WHOLE = 6000  # characters of a report that its words are taken from


@dataclass(frozen=True, slots=True)
class Pages:
    """The words of a report's text, of its opening, and the names and numbers in it; one object a report."""

    words: frozenset[str]
    opening: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How one happening is told.

    stem: of the trigger's first word. agents, patients: the words of those who act and those acted on.
    near, wide: the words within about six and forty words of the trigger. names, numbers: in its sentence.
    at: its offset in the report.
    """

    stem: str
    agents: frozenset[str]
    patients: frozenset[str]
    near: frozenset[str]
    wide: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    at: int
    report: Pages


def pages_of(text: str) -> Pages:
    """The words of a whole report."""
    whole = text[:_WHOLE]
    return Pages(content_words(whole), content_words(text[:_OPENING]), _names(whole), _numbers(whole))


def wording(text: str, event: Event, agents: str, patients: str, report: Pages) -> Wording:
    """The wording of an event; ``agents`` and ``patients``: names of its initiators and recipients."""
    trigger, sentence = event.trigger, event.sentence
    told = text[trigger.start : trigger.end].lower()
    own = content_words(told)
    first, end = sentence.start, sentence.end
    near = (
        text[max(first, trigger.start - _NEAR) : trigger.start]
        + " "
        + text[trigger.end : min(end, trigger.end + _NEAR)]
    )
    wide = text[max(0, trigger.start - _WIDE) : trigger.start] + " " + text[trigger.end : trigger.end + _WIDE]
    whole = text[first:end]
    return Wording(
        stem=forms(told).stem,
        agents=content_words(agents) - own,
        patients=content_words(patients) - own,
        near=content_words(near) - own,
        wide=content_words(wide) - own,
        names=_names(whole),
        numbers=_numbers(whole),
        at=trigger.start,
        report=report,
    )


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, lower case, plural s off."""
    return frozenset(map(_plain, text.split())) - _EMPTY


@lru_cache(maxsize=100_000)
def _plain(written: str) -> str:
    word = written.strip("“”\"'’‘.,;:!?()[]—–-").lower()
    return "" if word in _STOP else word.removesuffix("’s").removesuffix("'s").removesuffix("s")


class Forms(NamedTuple):
    """The forms of a trigger.

    stem: of its first word; own: of all its words that tell something; grams: the three-letter pieces of the first;
    fields: lines of ``near.tsv``.
    """

    stem: str
    own: frozenset[str]
    grams: frozenset[str]
    fields: frozenset[int]


@lru_cache(maxsize=20_000)
def forms(trigger: str) -> Forms:
    """The forms of a trigger, lower case, worked out once for each that occurs."""
    words = trigger.split()
    root = lemma_of(words[0]) if words else ""
    edged = f"^{root}$"
    pieces = frozenset(edged[i : i + 3] for i in range(len(edged) - 2))
    stems = frozenset(lemma_of(word) for word in content_words(trigger)) | {root}
    return Forms(root, stems, pieces, near_fields(trigger) | near_fields(kin_of(trigger)))


def _names(text: str) -> frozenset[str]:
    return frozenset(m[1].lower().removesuffix("s") for m in _NAME.finditer(text)) - _STOP


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text.lower()))
