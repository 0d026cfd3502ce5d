"""Happenings: the events of many reports in one comparable form, and whose side an actor is on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.codebook.stopwords import load_stopwords
from dateline.records import Actor, Claim, Event, Place, Reading, Report, ref

__all__ = ["Happening", "Voice", "happenings", "side_of", "voices"]

_STATE_KINDS = {"government", "armed_force"}
_STATE_SECTORS = {"GOV", "MIL", "COP", "LEG", "SPY", "PRM"}
_STOP = load_stopwords()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks in a claim: ``side`` is comparable across reports, ``name`` is as written."""

    ref: str
    side: str
    name: str
    stance: str
    words: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of one report, with its references resolved.

    initiators, recipients: sides (``side_of``). voice: who says so, None: the outlet itself.
    words: the content words of its sentence, lower case. story: which reports tell of one matter (``stories``).
    """

    ref: str
    report: str
    outlet: str
    published: str
    event: Event
    initiators: frozenset[str]
    recipients: frozenset[str]
    names: dict[str, str]
    place: Place | None
    words: frozenset[str]
    trigger: str
    clause: str
    voice: Voice | None
    story: str = ""

    @property
    def type(self) -> str:
        """The event's codebook type."""
        return self.event.type

    @property
    def day(self) -> datetime | None:
        """The earliest moment, where one is known from the words."""
        return None if self.event.time_basis in ("published", "none") else self.event.earliest


def side_of(actor: Actor) -> str:
    """Name whose side an actor speaks or acts for, so that "the Kremlin", "Moscow" and Putin meet.

    A state's government, forces and office holders are their country; everyone else is themselves.
    """
    official = actor.kind in _STATE_KINDS or (actor.kind == "person" and actor.sector in _STATE_SECTORS)
    if actor.country and official:
        return actor.country
    if actor.kind == "people" and actor.country:
        return f"{actor.country}:people"
    return _plain(actor.name)


def happenings(reports: Iterable[tuple[Report, Reading]], story: Mapping[str, str]) -> Iterator[Happening]:
    """All events of the readings, report by report; ``story`` maps a report's id to its story."""
    for report, reading in reports:
        said = list(voices(report, reading))
        for index, event in enumerate(reading.events):
            made = _happening(report, reading, index, event, said)
            yield replace(made, story=story.get(report.id, report.id))


def voices(report: Report, reading: Reading) -> Iterator[Voice]:
    """The claims of a reading, each with its speaker's side; the outlet speaks where no source is named."""
    for index, claim in enumerate(reading.claims):
        actor = reading.actor(claim.source)
        text = " ".join(report.text[a:b] for a, b in claim.content)
        yield Voice(
            ref=ref(report.id, "claims", index),
            side=side_of(actor) if actor else _outlet(report),
            name=actor.name if actor else _outlet(report),
            stance=claim.stance,
            words=content_words(text),
            text=text,
        )


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, lower case, plural s off."""
    words = (word.strip("“”\"'’‘.,;:!?()[]—–-").lower() for word in text.split())
    return frozenset(w.removesuffix("’s").removesuffix("'s").removesuffix("s") for w in words if w and w not in _STOP)


def _happening(report: Report, reading: Reading, index: int, event: Event, said: list[Voice]) -> Happening:
    actors = [reading.actor(a) for a in (*event.initiators, *event.recipients)]
    names = {side_of(a): a.name for a in actors if a}
    place = reading.places[event.place] if event.place is not None else None
    clause = report.text[event.start : event.end]
    return Happening(
        ref=ref(report.id, "events", index),
        report=report.id,
        outlet=_outlet(report),
        published=report.published or "",
        event=event,
        initiators=frozenset(side_of(a) for i in event.initiators if (a := reading.actor(i))),
        recipients=frozenset(side_of(a) for i in event.recipients if (a := reading.actor(i))),
        names=names,
        place=place if place is not None and place.lat is not None else None,
        words=content_words(report.text[event.sentence.start : event.sentence.end]),
        trigger=report.text[event.trigger.start : event.trigger.end].lower(),
        clause=clause,
        voice=_innermost(event.claim, reading.claims, said),
    )


def _innermost(claim: int | None, claims: tuple[Claim, ...], said: list[Voice]) -> Voice | None:
    """The voice of the event's claim; a claim without a source passes on to the one it is nested in."""
    while claim is not None and claims[claim].source is None:
        claim = claims[claim].parent
    return None if claim is None else said[claim]


def _outlet(report: Report) -> str:
    return report.outlet or "the report"


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").strip()
