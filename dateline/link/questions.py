"""Open questions: what reports say is not known, joined across reports, closed by the first answer."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.link.happenings import Voice, content_words, voices
from dateline.link.incidents import link_id
from dateline.records import OpenQuestion, Reading, Report, ref

__all__ = ["questions"]

_SAME = 0.5  # of the shorter question's content words
_ANSWERS = 0.6


def questions(reports: Sequence[tuple[Report, Reading]]) -> tuple[OpenQuestion, ...]:
    """Group unknowns that ask the same; a later claim that speaks to most of its words settles it."""
    asked = sorted(
        (report.published or "", ref(report.id, "unknowns", i), unknown.words, content_words(unknown.words))
        for report, reading in reports
        for i, unknown in enumerate(reading.unknowns)
    )
    groups: list[list[tuple[str, str, str, frozenset[str]]]] = []
    for entry in asked:
        home = next((g for g in groups if _overlap(g[0][3], entry[3]) >= _SAME), None)
        if home is None:
            groups.append([entry])
        else:
            home.append(entry)
    said = sorted(
        ((report.published or "", voice) for report, reading in reports for voice in voices(report, reading)),
        key=lambda item: (item[0], item[1].ref),
    )
    return tuple(_question(group, said) for group in groups)


def _question(group: list[tuple[str, str, str, frozenset[str]]], said: list[tuple[str, Voice]]) -> OpenQuestion:
    published, first, words, content = group[0]
    last = group[-1][0]
    answer = next(((when, voice) for when, voice in said if when > last and _answers(voice, content)), None)
    return OpenQuestion(
        id=link_id("question", first),
        words=words,
        unknowns=tuple(entry[1] for entry in group),
        asked=published or None,
        answer=answer[1].ref if answer else None,
        answered=answer[0] if answer else None,
    )


def _answers(voice: Voice, content: frozenset[str]) -> bool:
    sure = voice.stance in ("asserts", "admits", "denies")
    return sure and len(content) >= 3 and len(content & voice.words) >= _ANSWERS * len(content)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))
