"""Happenings: the events of many reports in one comparable form, and whose side an actor is on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.codebook.linking import kin_of
from dateline.codebook.stopwords import load_stopwords
from dateline.link.wording import Pages, Wording, content_words, pages_of, wording
from dateline.records import Actor, Claim, Event, Place, Reading, Report, ref

__all__ = ["Happening", "Voice", "content_words", "happenings", "side_of", "voices"]

_STATE_KINDS = {"government", "armed_force"}
_PEOPLE = {"person", "unnamed"}
_STATE_SECTORS = {"GOV", "MIL", "COP", "LEG", "SPY", "PRM"}
_STOP = load_stopwords()
_NAME = re.compile(r"(?<=[\w,’')]\s)([A-Z][\w-]+)")
_LOOK_BACK = 800  # characters of a paragraph before the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks in a claim: ``side`` is comparable across reports, ``name`` as written; ``sourced``: it is given."""

    ref: str
    side: str
    name: str
    stance: str
    words: frozenset[str]
    text: str
    sourced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of one report, with its references resolved.

    initiators, recipients: sides (``side_of``). voice: who says so, None: the outlet itself.
    words: the content words of its sentence, lower case. kin: what kind of happening the trigger tells of
    (``kin_of``). paragraph: which one of the report it stands in. about: the names in that paragraph up to the
    event's sentence end, which say where and among whom it is. story: which reports tell of one matter
    (``stories``). wording: the words it is told by.
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
    kin: str
    wording: Wording
    paragraph: int = 0
    about: frozenset[str] = frozenset()
    story: str = ""

    @property
    def type(self) -> str:
        """The event's codebook type."""
        return self.event.type

    @property
    def day(self) -> datetime | None:
        """The earliest moment, where one is known from the words."""
        return None if self.event.time_basis in ("published", "none") else self.event.earliest

    @property
    def bare(self) -> bool:
        """Told without place, day or party."""
        return not (self.place or self.day or self.initiators or self.recipients)

    @property
    def side(self) -> str:
        """Who tells it: the side of its voice, else the outlet."""
        return self.voice.side if self.voice else self.outlet


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
        pages = pages_of(report.text)
        lines = [i for i, letter in enumerate(report.text) if letter == "\n"]
        for index, event in enumerate(reading.events):
            made = _happening(report, reading, index, said, pages)
            line = bisect_left(lines, event.start)
            yield replace(made, story=story.get(report.id, report.id), paragraph=line)


def voices(report: Report, reading: Reading) -> Iterator[Voice]:
    """The claims of a reading, each with its speaker's side; the outlet speaks where no source is named."""
    person: Actor | None = None
    for index, claim in enumerate(reading.claims):
        actor = reading.actor(claim.source)
        text = " ".join(report.text[a:b] for a, b in claim.content)
        if actor and person and _is_pronoun(report, claim) and (actor.kind not in _PEOPLE or actor.name in text):
            actor = person  # "he" is no town, nor does he call himself by name: the one who spoke before goes on
        person = actor if actor and actor.kind in _PEOPLE else person
        yield Voice(
            ref=ref(report.id, "claims", index),
            side=side_of(actor) if actor else _outlet(report),
            name=actor.name if actor else _outlet(report),
            stance=claim.stance,
            words=content_words(text),
            text=text,
            sourced=actor is not None,
        )


def _is_pronoun(report: Report, claim: Claim) -> bool:
    span = claim.source_span
    return span is not None and report.text[span.start : span.end].lower() in ("he", "she")


def _happening(report: Report, reading: Reading, index: int, said: list[Voice], pages: Pages) -> Happening:
    event = reading.events[index]
    agents = [a for i in event.initiators if (a := reading.actor(i))]
    patients = [a for i in event.recipients if (a := reading.actor(i))]
    place = reading.places[event.place] if event.place is not None else None
    clause = report.text[event.start : event.end]
    trigger = report.text[event.trigger.start : event.trigger.end].lower()
    return Happening(
        ref=ref(report.id, "events", index),
        report=report.id,
        outlet=_outlet(report),
        published=report.published or "",
        event=event,
        initiators=frozenset(map(side_of, agents)),
        recipients=frozenset(map(side_of, patients)),
        names={side_of(a): a.name for a in (*agents, *patients)},
        place=place if place is not None and place.lat is not None else None,
        words=content_words(report.text[event.sentence.start : event.sentence.end]),
        trigger=trigger,
        clause=clause,
        voice=_innermost(event.claim, reading.claims, said),
        kin=kin_of(trigger),
        wording=wording(report.text, event, _names_of(agents), _names_of(patients), pages),
        about=_names_before(report.text, event.sentence.start, event.sentence.end),
    )


def _names_of(actors: Sequence[Actor]) -> str:
    return " ".join(actor.name for actor in actors)


def _names_before(text: str, start: int, end: int) -> frozenset[str]:
    """The capitalised words of a paragraph up to a sentence's end, those that only open a sentence left out."""
    opening = max(text.rfind("\n", 0, start) + 1, start - _LOOK_BACK)
    return frozenset(m[1].lower().removesuffix("s") for m in _NAME.finditer(text, opening, end)) - _STOP


def _innermost(claim: int | None, claims: tuple[Claim, ...], said: list[Voice]) -> Voice | None:
    """The voice of the event's claim; a claim without a source passes on to the one it is nested in."""
    while claim is not None and claims[claim].source is None:
        claim = claims[claim].parent
    return None if claim is None else said[claim]


def _outlet(report: Report) -> str:
    return report.outlet or "the report"


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").strip()
