"""Mentions of events that a corpus gives, as the happenings linking compares: what surrounds them is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.annotate.coding.frames import noun_frame, verb_frame
from dateline.annotate.reader import Reader, annotate
from dateline.annotate.words import Words
from dateline.link.happenings import Happening, happenings
from dateline.link.stories import matters
from dateline.records import Actor, Event, Reading, Report, Span
from gate import Row

__all__ = ["given_matters", "report_of"]

_BESIDE = ("compound", "poss", "amod", "nmod")  # what stands before a noun of happening


def report_of(row: Mapping[str, Any]) -> Report:
    """The report of a corpus's row."""
    return Report(id=row["id"], text=row["text"], published=row.get("date"), outlet=row.get("source"))


def given_matters(rows: Sequence[Row]) -> list[list[Happening]]:
    """One happening for each given mention, matter by matter; of types, places and topics nothing is told."""
    reader = Reader()
    reports = [report_of(row) for row in rows]
    parsed = reader.parser.parse_many(report.text for report in reports)
    readings = [
        (report, _given(row, words, annotate(report, words, reader.codebook)))
        for row, report, words in zip(rows, reports, parsed, strict=True)
    ]
    by_id = {report.id: (report, reading) for report, reading in readings}
    return [list(happenings((by_id[key] for key in matter), matter)) for matter in matters(reports)]


def _given(row: Row, words: Words, read: Reading) -> Reading:
    """A reading whose events are the mentions given."""
    actors = list(read.actors)
    named = {start: actor.id for actor in read.actors for start, _, _ in actor.mentions}
    events = []
    for mention in row["mentions"]:
        tokens = words.tokens(mention["start"], mention["end"])
        head = next((t for t in tokens if words.head[t] not in tokens), tokens[0])
        agents, patients = _arguments(words, head)
        sides = [
            tuple(_actor(words, token, actors, named) for token in heads if token not in tokens)
            for heads in (agents, patients)
        ]
        events.append(_event(words, head, Span(mention["start"], mention["end"]), sides))
    return msgspec.structs.replace(read, events=tuple(events), actors=tuple(actors))


def _event(words: Words, head: int, trigger: Span, sides: Sequence[tuple[str, ...]]) -> Event:
    first, end = words.sentence_of(head)
    return Event(
        start=trigger.start, end=trigger.end, trigger=trigger, sentence=words.span(first, end), type="EVENT",
        status="happened", factuality=3.0, initiators=sides[0], recipients=sides[1],
    )  # fmt: skip


def _arguments(words: Words, head: int) -> tuple[list[int], list[int]]:
    """Heads of those who act, and of those acted on or named beside."""
    verb = words.pos[head] in ("VERB", "AUX")
    frame = verb_frame(words, head) if verb else noun_frame(words, head)
    agents = [*([] if frame.subject is None else [frame.subject]), *frame.agents]
    patients = [token for token in (frame.object, frame.dative) if token is not None]
    patients += [token for _, token in frame.preps]
    if not verb:
        patients += words.dependents(head, *_BESIDE)
    return agents, patients


def _actor(words: Words, token: int, actors: list[Actor], named: dict[int, str]) -> str:
    """The actor whose mention a phrase is, else a new one by the phrase's words."""
    first, end = max(words.left[token], token - 5), min(words.right[token], token + 4)
    for start in (words.start[token], words.start[first]):
        if start in named:
            return named[start]
    span = words.span(first, end)
    actor = Actor(
        id=f"a{len(actors)}", name=words.words(first, end), kind="unnamed", mentions=((span.start, span.end, "name"),)
    )
    actors.append(actor)
    named[words.start[token]] = actor.id
    return actor.id
