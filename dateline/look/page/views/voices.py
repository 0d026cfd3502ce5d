"""Voices: the exact words of a record, whose they are, where and when they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dateline.ledger import Told
from dateline.look.page.sight import Sight
from dateline.look.page.wording import figure
from dateline.records import Dispute, OpenQuestion, Reversal, Thread

__all__ = [
    "DisputeView", "MoveView", "QuestionView", "ReversalView", "SideView", "ThreadView", "Voice", "certainty_of",
    "disputes_of",
    "mark_href", "questions_of", "references", "reversals_of", "source_href", "threads_of", "voice_of",
]  # fmt: skip

_VOICES = 3  # quoted on a side; the others are counted
_ASKED = {"toll": "how many", "occurrence": "occurrence", "responsibility": "who did it", "place": "where",
          "time": "when", "control": "control"}  # fmt: skip
_BEST = {"claims": 0, "events": 1, "quantities": 2, "unknowns": 3, "places": 4}
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
_WORD = re.compile(r"\w{3,}")
_NEAR = 400  # characters about a number in which its sentence is looked for


@dataclass(frozen=True, slots=True)
class Voice:
    """Quoted words. ``stance``: how they stand to what they say; ``certainty``: the line style of an event.

    figure: a number as a range. href: the words in their report; source_href: all the source said.
    """

    words: str
    source: str
    source_href: str
    stance: str
    certainty: str
    figure: str | None
    outlet: str | None
    published: str | None
    report: str
    href: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One position of a dispute with its voices; ``more``: voices not shown."""

    label: str
    sources: tuple[str, ...]
    voices: tuple[Voice, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute: ``asks`` is what it is about in a word or two."""

    id: str
    kind: str
    asks: str
    about: str
    incident: str | None
    filed_at: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class ReversalView:
    """A source against its earlier self."""

    id: str
    source: str
    source_href: str
    about: str
    filed_at: str
    before: Voice | None
    after: Voice | None


@dataclass(frozen=True, slots=True)
class MoveView:
    """A step of a thread."""

    move: str
    by: str
    voice: Voice | None
    published: str | None


@dataclass(frozen=True, slots=True)
class ThreadView:
    """Moves between the same parties on one matter."""

    id: str
    matter: str
    parties: tuple[str, ...]
    state: str
    filed_at: str
    moves: tuple[MoveView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What reports say is not known; ``voices``: who says so, ``answer``: who settled it first."""

    id: str
    words: str
    asked: str | None
    voices: tuple[Voice, ...]
    answered: str | None
    answer: Voice | None


def mark_href(reference: str) -> str:
    """Where the words of a record are marked in their report."""
    report, _, record = reference.rpartition(":")
    return f"/reports/{quote(report, safe='')}#m-{record}"


def source_href(name: str) -> str:
    """The page of a source or actor."""
    return f"/sources/{quote(name, safe='')}"


def voice_of(told: Told, sight: Sight) -> Voice:
    """The words of one record as a voice."""
    words, number = told.words, None
    if told.kind == "quantities":
        words, number = _sentence(sight, told), figure(told.low, told.high)
    source = sight.words(told.report, told.source or told.outlet or "a report")
    stance = (told.label or "") if told.kind == "claims" else "not known" if told.kind == "unknowns" else ""
    return Voice(
        words=" ".join(sight.words(told.report, words).split()),
        source=source,
        source_href=source_href(source),
        stance=stance,
        certainty=certainty_of(told.status, told.claim) if told.kind == "events" else "",
        figure=number,
        outlet=told.outlet,
        published=told.published,
        report=told.report,
        href=mark_href(told.id),
    )


def certainty_of(status: str | None, claim: str | None) -> str:
    """The line style of an event: happened, claimed, planned or denied."""
    if status in ("planned", "possible"):
        return "planned"
    if status == "denied":
        return "denied"
    return "claimed" if claim else "happened"


def _sentence(sight: Sight, told: Told) -> str:
    """The sentence a number stands in: a number alone says nothing."""
    text = sight.ledger.report(told.report).text
    first = max(0, told.start - _NEAR)
    before = _SENTENCE.split(text[first : told.start])[-1]
    return before + text[told.start : told.end] + _SENTENCE.split(text[told.end : told.end + _NEAR])[0]


def references(records: Iterable[Dispute | Reversal | Thread | OpenQuestion]) -> set[str]:
    """The records that derived ones point to."""
    found: set[str] = set()
    for record in records:
        match record:
            case Dispute():
                found.update(r for side in record.sides for r in side.records)
            case Reversal():
                found.update((record.before, record.after))
            case Thread():
                found.update(move.record for move in record.moves)
            case OpenQuestion():
                found.update((*record.unknowns, *((record.answer,) if record.answer else ())))
    return found


def disputes_of(
    sight: Sight, found: Sequence[tuple[Dispute, str]], voices: int | None = _VOICES
) -> tuple[DisputeView, ...]:
    """Disputes, each with the moment it is filed under, as they are shown; ``voices``: at most on a side."""
    told = sight.browse.told(references(dispute for dispute, _ in found))
    return tuple(_dispute(sight, dispute, filed_at, told, voices) for dispute, filed_at in found)


def _dispute(sight: Sight, dispute: Dispute, filed_at: str, told: Mapping[str, Told], most: int | None) -> DisputeView:
    sides = []
    for side in dispute.sides:
        voices = [voice_of(one, sight) for one in _chosen((told[r] for r in side.records if r in told), dispute.about)]
        sources = tuple(dict.fromkeys(voice.source for voice in voices)) or side.sources
        shown = tuple(voices[:most])
        sides.append(SideView(side.label, sources, shown, len(voices) - len(shown)))
    first = next((r for side in dispute.sides for r in side.records), "")
    about = " ".join(sight.words(first.rpartition(":")[0], dispute.about).split()) if first else dispute.about
    asks = _ASKED.get(dispute.kind, dispute.kind)
    return DisputeView(dispute.id, dispute.kind, asks, about, dispute.incident, filed_at, tuple(sides))


def _chosen(records: Iterable[Told], about: str) -> list[Told]:
    """One record for each source in each report: claims before events, those nearest to what it is about first."""
    matter = set(_WORD.findall(about.lower()))

    def near(told: Told) -> int:
        return len(matter & set(_WORD.findall(told.words.lower())))

    best: dict[tuple[str | None, str], Told] = {}
    claimed: set[str] = set()  # reports in which a claim says it: its figures and events say nothing more
    for told in sorted(records, key=lambda t: (_BEST[t.kind], -near(t), -len(t.words), t.id)):
        if told.kind == "claims":
            claimed.add(told.report)
        if told.kind != "quantities" or told.report not in claimed:
            best.setdefault((told.source, told.report), told)
    return sorted(best.values(), key=lambda t: (t.published or "", t.id))


def reversals_of(sight: Sight, found: Sequence[tuple[Reversal, str]]) -> tuple[ReversalView, ...]:
    """Reversals as they are shown."""
    told = sight.browse.told(references(reversal for reversal, _ in found))

    def shown(reversal: Reversal, filed_at: str) -> ReversalView:
        before, after = (voice_of(told[r], sight) if r in told else None for r in (reversal.before, reversal.after))
        report = reversal.before.rpartition(":")[0]
        source = sight.words(report, reversal.source)
        about = " ".join(sight.words(report, reversal.about).split())
        return ReversalView(reversal.id, source, source_href(source), about, filed_at, before, after)

    return tuple(shown(reversal, filed_at) for reversal, filed_at in found)


def threads_of(sight: Sight, found: Sequence[tuple[Thread, str]]) -> tuple[ThreadView, ...]:
    """Threads as they are shown."""
    told = sight.browse.told(references(thread for thread, _ in found))

    def shown(thread: Thread, filed_at: str) -> ThreadView:
        def clean(words: str) -> str:
            return " ".join(sight.words(thread.moves[0].record.rpartition(":")[0], words).split())

        moves = tuple(
            MoveView(m.move, clean(m.by), voice_of(told[m.record], sight) if m.record in told else None, m.published)
            for m in thread.moves
        )
        parties = tuple(map(clean, thread.parties))
        return ThreadView(thread.id, clean(thread.matter), parties, thread.state, filed_at, moves)

    return tuple(shown(thread, filed_at) for thread, filed_at in found)


def questions_of(sight: Sight, found: Sequence[OpenQuestion]) -> tuple[QuestionView, ...]:
    """Open questions as they are shown."""
    told = sight.browse.told(references(found))

    def shown(question: OpenQuestion) -> QuestionView:
        voices = tuple(voice_of(told[u], sight) for u in question.unknowns if u in told)
        answer = told.get(question.answer or "")
        report = question.unknowns[0].rpartition(":")[0] if question.unknowns else ""
        return QuestionView(
            question.id, " ".join(sight.words(report, question.words).split()) if report else question.words,
            question.asked, voices, question.answered, voice_of(answer, sight) if answer else None,
        )  # fmt: skip

    return tuple(shown(question) for question in found)
