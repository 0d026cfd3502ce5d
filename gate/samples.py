"""The sample reports against their gold: figures by kind, and the lines gained or lost by a change.

The gold was written by hand from the texts (``samples/README.md`` tells its shape). A gold line
is found when a record of the reading stands on its words and says the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.annotate.reader import Reader
from dateline.intake import reports
from dateline.records import Claim, Event, Place, Reading, Report
from dateline.records.geodesy import distance_km

__all__ = ["KINDS", "Line", "Sample", "compare", "lines", "pin_lines", "read_samples", "scores"]

HOME = Path(__file__).parent.parent / "samples"
PINNED = Path(__file__).parent / "lines.txt"
KINDS = ("claims", "events", "places", "relations", "times", "quantities", "actors", "unknowns")
_NEAR_KM = 25.0

Gold = dict[str, Any]
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Sample:
    """One sample report, its gold and what the product reads in it."""

    name: str
    report: Report
    gold: Gold
    reading: Reading


@dataclass(frozen=True)
class Line:
    """One gold record; ``key`` names it from change to change."""

    kind: str
    key: str
    found: bool


def read_samples(reader: Reader) -> Iterator[Sample]:
    """Read every sample report that has gold beside it."""
    for path in sorted((HOME / "gold").glob("2022-*.json")):
        source = HOME / "reports" / f"{path.stem}.txt"
        (report,) = reports([source], problems=_unexpected)
        yield Sample(path.stem, report, json.loads(path.read_text(encoding="utf-8")), reader.read(report))


def lines(sample: Sample) -> Iterator[Line]:
    """Each gold line of a sample, and whether the reading has it."""
    text = sample.report.text
    for kind in KINDS:
        for gold in _gold(sample, kind):
            words = (
                gold
                if isinstance(gold, str)
                else json.dumps(gold.get("trigger", gold.get("words", gold.get("content"))))
            )
            found = any(_SAME[kind](text, gold, record, sample.reading) for record in _records(sample.reading, kind))
            yield Line(kind, f"{sample.name} {kind} {words}", found)


def _named(gold: Gold) -> str:
    """A gold record's own words, to name it by."""
    words = gold.get("trigger", gold.get("words", gold.get("content")))
    return words if isinstance(words, str) else json.dumps(words, ensure_ascii=False)


def scores(samples: Sequence[Sample]) -> dict[str, float]:
    """F1 of each kind in per cent; of actors, which the gold does not list in full, the recall."""
    figures = {}
    for kind in KINDS:
        found = [line.found for sample in samples for line in lines(sample) if line.kind == kind]
        recall = sum(found) / max(1, len(found))
        right = [_right(sample, kind, record) for sample in samples for record in _scored(sample.reading, kind)]
        precision = sum(right) / max(1, len(right))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        figures[f"{kind} {'recall' if kind == 'actors' else 'F1'}"] = 100 * (recall if kind == "actors" else f1)
    return figures


def compare(found: set[str]) -> tuple[list[str], list[str]]:
    """Lines gained and lost against those pinned."""
    pinned = set(PINNED.read_text(encoding="utf-8").splitlines()) if PINNED.exists() else set()
    return sorted(found - pinned), sorted(pinned - found)


def pin_lines(found: set[str]) -> None:
    """Write the lines to hold from now on, one a line."""
    PINNED.write_text("".join(f"{key}\n" for key in sorted(found)), encoding="utf-8")


def _scored(reading: Reading, kind: str) -> Sequence[Any]:
    """The records that precision counts: of events those not in the background."""
    records = _records(reading, kind)
    return [r for r in records if not (isinstance(r, Event) and r.salience == "background")]


def _records(reading: Reading, kind: str) -> Sequence[Any]:
    """The records of a kind; relations are the places told from other places, which as places count by their names."""
    if kind == "relations":
        return [p for p in reading.places if p.relation is not None]
    records: Sequence[Any] = getattr(reading, kind)
    return [r for r in records if not (isinstance(r, Place) and r.is_description)] if kind == "places" else records


def _gold(sample: Sample, kind: str) -> list[Gold]:
    """The gold records of a kind; of events also those further ones that have a type and a status only."""
    return [*sample.gold.get(kind, []), *sample.gold.get(f"further_{kind}", [])]


def _right(sample: Sample, kind: str, record: object) -> bool:
    text = sample.report.text
    return any(_SAME[kind](text, gold, record, sample.reading) for gold in _gold(sample, kind))


def spans_of(text: str, quoted: object) -> Spans:
    """Where quoted words stand; ``{"words", "nth"}`` picks one of several places, counted from 1."""
    if isinstance(quoted, dict):
        every = _all(text, quoted["words"])
        return [every[quoted.get("nth", 1) - 1]]
    if isinstance(quoted, str):
        return _all(text, quoted)
    return [span for part in quoted if part for span in _all(text, part if isinstance(part, str) else part["words"])]  # type: ignore[attr-defined]


def _all(text: str, words: str) -> Spans:
    """Where words stand as whole words."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return [match.span() for match in re.finditer(before + re.escape(words) + after, text)]


def _meet(a: Spans, b: Spans) -> bool:
    return any(s < f and e < t for s, t in a for e, f in b)


def _shared(text: str, a: Spans, b: Spans) -> float:
    """Intersection over union of the words under two sets of spans."""
    one, other = (_marked(text, spans) for spans in (a, b))
    return len(one & other) / max(1, len(one | other))


def _marked(text: str, spans: Spans) -> set[int]:
    """The first letter of each word under the spans."""
    return {i for s, e in spans for i in range(s, e) if text[i].isalnum() and (i == s or not text[i - 1].isalnum())}


def _same_time(text: str, gold: Gold, time: Any, _: Reading) -> bool:
    return _meet(spans_of(text, gold["words"]), [(time.start, time.end)]) and gold["value"] == time.value


def _same_place(text: str, gold: Gold, place: Place, _: Reading) -> bool:
    if gold["kind"] != place.kind or not _meet(spans_of(text, gold["words"]), [(place.start, place.end)]):
        return False
    if gold.get("lat") is None or gold["kind"] != "literal":
        return bool(gold["country"] is None or gold["country"] == place.country)
    if place.lat is None or place.lon is None:
        return False
    allowed = gold.get("within_km", _NEAR_KM)
    if place.feature == "A.PCLI" and place.country == gold["country"]:  # a country has no one point
        allowed = max(allowed, place.radius_km or 0.0)
    return distance_km(gold["lat"], gold["lon"], place.lat, place.lon) <= allowed


def _same_relation(text: str, gold: Gold, place: Place, _: Reading) -> bool:
    """A description at those words, or a name told by them, near enough to the true point."""
    if place.relation is None or place.lat is None or place.lon is None:
        return False
    at = text.find(place.relation.words, place.start)
    told = [(place.start, place.end), (at, at + len(place.relation.words))]
    here = _meet(spans_of(text, gold["words"]), told)
    return here and distance_km(gold["lat"], gold["lon"], place.lat, place.lon) <= float(gold["within_km"])


def _same_actor(text: str, gold: Gold, actor: Any, _: Reading) -> bool:
    here = _meet(spans_of(text, gold["words"]), [(s, e) for s, e, _ in actor.mentions])
    return here and (gold["country"], gold["public"]) == (actor.country, actor.public)


def _same_quantity(text: str, gold: Gold, quantity: Any, _: Reading) -> bool:
    here = _meet(spans_of(text, gold["words"]), [(quantity.start, quantity.end)])
    return here and (gold["low"], gold["high"], gold["unit"]) == (quantity.low, quantity.high, quantity.unit)


def _same_claim(text: str, gold: Gold, claim: Claim, _: Reading) -> bool:
    """PolNeAR's half rule: content and source words each agree by a half; then the stance."""
    if _shared(text, spans_of(text, gold["content"]), list(claim.content)) < 0.5:
        return False
    if not gold["source_words"]:
        return claim.source_span is None
    if claim.source_span is None:
        return False
    return _meet(spans_of(text, gold["source_words"]), [(claim.source_span.start, claim.source_span.end)])


def _same_event(text: str, gold: Gold, event: Event, _: Reading) -> bool:
    here = _meet(spans_of(text, gold["trigger"]), [(event.trigger.start, event.trigger.end)])
    return here and gold["type"] == event.type and gold["status"] == event.status


def _same_unknown(text: str, gold: Gold, unknown: Any, _: Reading) -> bool:
    return _shared(text, spans_of(text, gold), [(unknown.start, unknown.end)]) >= 0.5


def _unexpected(problem: object) -> None:
    raise SystemExit(f"a sample report is not clean: {problem}")


_SAME: dict[str, Callable[[str, Any, Any, Reading], bool]] = {
    "claims": _same_claim,
    "events": _same_event,
    "places": _same_place,
    "relations": _same_relation,
    "times": _same_time,
    "quantities": _same_quantity,
    "actors": _same_actor,
    "unknowns": _same_unknown,
}
