"""Times on the project's own gold, which needs no corpora: words of crisis news, and the sample reports' events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.annotate.context import Context
from dateline.annotate.event_times import time_of
from dateline.annotate.times import find_times
from dateline.annotate.words import Parser, Words
from dateline.codebook import load_codebook
from dateline.intake import reports
from dateline.records import Report
from gate import Row
from gate.samples import HOME, spans_of

__all__ = ["score_event_times", "score_own_times"]

_OWN = Path(__file__).parent / "gold" / "times.jsonl"
_ANY_ZONE = timedelta(hours=14)
_READERS_GUESS = timedelta(hours=1)  # the gold's clock times are often a reader's "in the early hours"
_DAY = timedelta(days=1)

Bounds = tuple[datetime | None, datetime | None]


def score_own_times() -> dict[str, float]:
    """Of the own expressions of crisis news: spans and values right; of those found, bounds that hold the truth."""
    parser, codebook = Parser(), load_codebook()
    spans = values = held = bounded = total = 0
    for line in _OWN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told = {key: row[key] for key in ("outlet", "url", "dateline_place") if key in row}
        context = Context(report=Report(text=row["text"], published=row.get("date"), **told), codebook=codebook)
        times = {(t.start, t.end): t for t in find_times(parser.parse(row["text"]), context)}
        for gold in row["timex"]:
            total += 1
            truth = [gold.get("earliest"), gold.get("latest")]
            if (time := times.get((gold["start"], gold["end"]))) is not None:
                spans += 1
                values += time.value == gold["value"]
                bounded += truth != [None, None]
                held += truth != [None, None] and _Truth(truth).is_held_by((time.earliest, time.latest))
    return {"spans %": 100 * spans / total, "values %": 100 * values / total, "bounds hold %": 100 * held / bounded}


def score_event_times() -> dict[str, float]:
    """Of the sample reports' gold events: bounds that hold the truth, that meet it, that are as narrow; in per cent.

    Trigger and status are given, so that only the time is measured. ``narrow``: of the events that the gold bounds
    on both sides, those whose bounds hold it and are longer by a day at most.
    """
    held = met = narrow = dated = total = 0
    for truth, bounds in _sample_events():
        total += 1
        held += truth.is_held_by(bounds)
        met += truth.meets(bounds)
        dated += truth.length is not None
        narrow += truth.is_held_by(bounds) and truth.is_as_narrow(bounds)
    return {
        "bounds hold %": 100 * held / total,
        "bounds meet %": 100 * met / total,
        "bounds narrow %": 100 * narrow / dated,
    }


def _sample_events() -> Iterator[tuple[_Truth, Bounds]]:
    parser, codebook = Parser(), load_codebook()
    for path in sorted((HOME / "gold").glob("2022-*.json")):
        (report,) = reports([HOME / "reports" / f"{path.stem}.txt"], problems=print)
        words, context = parser.parse(report.text), Context(report=report, codebook=codebook)
        times = find_times(words, context)
        gold: Row
        for gold in json.loads(path.read_text(encoding="utf-8")).get("events", []):
            trigger = _head(words, *spans_of(report.text, gold["trigger"])[0])
            found = time_of(words, trigger, gold["status"], times, context)
            printed = report.moment if gold["status"] in ("happened", "ongoing") else None
            yield _Truth(gold["time"], _READERS_GUESS, printed), (found.earliest, found.latest)


def _head(words: Words, start: int, end: int) -> int:
    """The token of a trigger that the others hang on."""
    tokens = words.tokens(start, end)
    return next((k for k in tokens if words.head[k] == k or words.head[k] not in tokens), tokens[0])


class _Truth:
    """A gold stretch: ISO days or moments, None where open. A day without a zone may be that day of any zone.

    slack: by how much the gold's moments may be off; printed: the moment that what has happened was told.
    """

    def __init__(
        self, bounds: list[str | None], slack: timedelta = timedelta(), printed: datetime | None = None
    ) -> None:
        self.earliest, self._early = _moment(bounds[0], slack)
        self.latest, self._late = _moment(bounds[1], slack)
        if printed and self.latest and printed < self.latest:
            self.latest = printed

    @property
    def length(self) -> timedelta | None:
        """How long it is; None where a side is open."""
        return self.latest - self.earliest if self.latest and self.earliest else None

    def is_held_by(self, bounds: Bounds) -> bool:
        """Whether bounds hold all of it; an open side of the bounds holds anything, one of the gold is not asked."""
        earliest, latest = bounds
        begins = earliest is None or self.earliest is None or earliest <= self.earliest + self._early
        return begins and (latest is None or self.latest is None or latest >= self.latest - self._late)

    def meets(self, bounds: Bounds) -> bool:
        """Whether bounds and truth share a moment."""
        earliest, latest = bounds
        before = latest is not None and self.earliest is not None and latest <= self.earliest - self._early
        return not (before or (earliest and self.latest and earliest >= self.latest + self._late))

    def is_as_narrow(self, bounds: Bounds) -> bool:
        """Whether bounds are closed and at most a day longer."""
        earliest, latest = bounds
        return bool(self.length and earliest and latest and latest - earliest <= self.length + _DAY)


def _moment(text: str | None, slack: timedelta) -> tuple[datetime | None, timedelta]:
    if text is None:
        return None, slack
    moment = datetime.fromisoformat(text)
    return (moment, slack) if moment.tzinfo else (moment.replace(tzinfo=UTC), _ANY_ZONE)
