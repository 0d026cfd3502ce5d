"""What the product links over the sample reports, against ``samples/gold/linked.json``.

    python -m gate.linked [--errors]

A predicted dispute is right when it is of a gold dispute's kind and has records on the words of both its sides;
those the gold calls weak are never missed. A near-miss is called a dispute when a predicted dispute that is not
right has its two records on different sides. Incidents are scored by pairs of the events that gold puts in one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from dateline.annotate.reader import Reader
from dateline.link import Linked, link
from dateline.records import Dispute, Reading, Report, Thread
from gate.samples import HOME, Sample, read_samples, spans_of

__all__ = ["Texts", "figures", "main"]

Gold = dict[str, Any]
Place = tuple[str, int, int]
Matches = Callable[[str, Sequence[Gold]], bool]
_LISTS = {"q": "quantities", "c": "claims", "e": "events", "u": "unknowns", "t": "times", "p": "places"}


class Texts:
    """Where the words of gold and of predicted records stand."""

    def __init__(self, samples: Sequence[tuple[str, Report, Reading]]) -> None:
        self._by_name = {name: report for name, report, _ in samples}
        self._by_id = {report.id: (name, report, reading) for name, report, reading in samples}

    def gold(self, record: Gold) -> Place:
        """The place of a gold record's words; ``nth`` picks one of several."""
        words = {"words": record["words"], "nth": record.get("nth", 1)}
        ((start, end),) = spans_of(self._by_name[record["report"]].text, words)
        return record["report"], start, end

    def predicted(self, ref: str) -> Place:
        """The place of a record of a reading; of an event, its trigger's."""
        report, _, short = ref.rpartition(":")
        name, _, reading = self._by_id[report]
        record = getattr(reading, _LISTS[short[0]])[int(short[1:])]
        record = getattr(record, "trigger", record)
        return name, record.start, record.end

    def match(self, ref: str, gold: Sequence[Gold]) -> bool:
        """Whether a record stands on words of one of the gold records."""
        name, start, end = self.predicted(ref)
        return any(name == n and start < e and s < end for n, s, e in map(self.gold, gold))

    def quote(self, ref: str) -> str:
        """A record's words, with its report, to read."""
        name, start, end = self.predicted(ref)
        return f"{name[5:30]} {ref.rpartition(':')[2]} “{self._by_name[name].text[start:end][:60]}”"


def figures(linked: Linked, gold: Mapping[str, Sequence[Gold]], texts: Texts) -> dict[str, float]:
    """All figures, in per cent, by name."""
    right = {d.id for d in linked.disputes if any(_same_dispute(d, g, texts.match) for g in gold["disputes"])}
    wanted = [g for g in gold["disputes"] if not g.get("weak")]
    found = [g for g in wanted if any(_same_dispute(d, g, texts.match) for d in linked.disputes)]
    wrong = [d for d in linked.disputes if d.id not in right]
    lured = [n for n in gold["near_misses"] if any(_across(d, n["records"], texts.match) for d in wrong)]
    precision, recall, f1 = _pairs(linked, gold["incidents"], texts)
    return {
        "dispute precision": _part(len(right), len(linked.disputes)),
        "dispute recall": _part(len(found), len(wanted)),
        "near-misses called disputes": _part(len(lured), len(gold["near_misses"])),
        "incident pairs precision": precision,
        "incident pairs recall": recall,
        "incident pairs F1": f1,
        **_reversals(linked, gold["reversals"], texts.match),
        **_threads(linked, gold["threads"], texts.match),
        **_questions(linked, gold["questions"], texts.match),
    }


def _part(some: int, every: int) -> float:
    return 100.0 * some / every if every else 100.0


def _same_dispute(dispute: Dispute, gold: Gold, match: Matches) -> bool:
    return bool(dispute.kind == gold["kind"]) and _across(dispute, [s["records"] for s in gold["sides"]], match)


def _across(dispute: Dispute, gold: Sequence[Any], match: Matches) -> bool:
    """Whether two sides of a dispute stand on the two gold parts, one on each."""
    one, other = (part if isinstance(part, list) else [part] for part in gold[:2])
    on = [(_any(side.records, one, match), _any(side.records, other, match)) for side in dispute.sides]
    return any((a[0] and b[1]) or (a[1] and b[0]) for a, b in combinations(on, 2))


def _any(refs: Iterable[str], gold: Sequence[Gold], match: Matches) -> bool:
    return any(match(ref, gold) for ref in refs)


def _pairs(linked: Linked, gold: Sequence[Gold], texts: Texts) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs among the gold events that a predicted event stands on."""
    home: dict[Place, str] = {}
    for incident in linked.incidents:
        home |= {texts.predicted(event): incident.id for event in incident.events}
    of: dict[str, tuple[str, str]] = {}
    for happening in gold:
        for record in happening["events"]:
            name, start, end = texts.gold(record)
            on = [i for (n, s, e), i in sorted(home.items()) if n == name and s < end and start < e]
            if on:
                of[f"{name} {start}"] = (happening["id"], on[0])
    made = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(of.values(), 2)]
    both = sum(1 for g, p in made if g and p)
    precision, recall = _part(both, sum(p for _, p in made)), _part(both, sum(g for g, _ in made))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _reversals(linked: Linked, gold: Sequence[Gold], match: Matches) -> dict[str, float]:
    def same(before: str, after: str, wanted: Gold) -> bool:
        return match(before, [wanted["before"]]) and match(after, [wanted["after"]])

    right = [r for r in linked.reversals if any(same(r.before, r.after, g) for g in gold)]
    found = [g for g in gold if any(same(r.before, r.after, g) for r in linked.reversals)]
    return {
        "reversal precision": _part(len(right), len(linked.reversals)),
        "reversal recall": _part(len(found), len(gold)),
    }


def _threads(linked: Linked, gold: Sequence[Gold], match: Matches) -> dict[str, float]:
    """Threads that have two moves or more of one gold thread; of all moves, those of a gold thread."""

    def of(thread: Thread, wanted: Gold) -> int:
        return sum(any(match(move.record, [step]) for move in thread.moves) for step in wanted["moves"])

    right = [t for t in linked.threads if any(of(t, g) > 1 for g in gold)]
    found = [g for g in gold if any(of(t, g) > 1 for t in linked.threads)]
    return {
        "thread precision": _part(len(right), len(linked.threads)),
        "thread recall": _part(len(found), len(gold)),
        "thread moves recall": _part(
            sum(max((of(t, g) for t in right), default=0) for g in found), sum(len(g["moves"]) for g in gold)
        ),
    }


def _questions(linked: Linked, gold: Sequence[Gold], match: Matches) -> dict[str, float]:
    """Questions found, and of the answers given the part that is right."""
    found = [g for g in gold if any(_any(q.unknowns, g["asked"], match) for q in linked.questions)]
    on = [(q, [g for g in gold if _any(q.unknowns, g["asked"], match)]) for q in linked.questions]
    settled = [(q, of) for q, of in on if q.answer]
    right = [q for q, of in settled if any(g["answered"] and match(q.answer or "", [g["answered"]]) for g in of)]
    return {
        "question precision": _part(sum(1 for _, of in on if of), len(on)),
        "question recall": _part(len(found), len(gold)),
        "answer precision": _part(len(right), len(settled)),
        "answer recall": _part(len(right), sum(1 for g in gold if g["answered"])),
    }


def _errors(linked: Linked, gold: Mapping[str, Sequence[Gold]], texts: Texts) -> Iterator[str]:
    for dispute in linked.disputes:
        if not any(_same_dispute(dispute, g, texts.match) for g in gold["disputes"]):
            sides = " × ".join(" + ".join(texts.quote(r) for r in s.records[:3]) for s in dispute.sides)
            lure = [n["id"] for n in gold["near_misses"] if _across(dispute, n["records"], texts.match)]
            yield f"not a dispute {lure}: {dispute.kind} {dispute.about[:50]}: {sides}"
    for reversal in linked.reversals:
        told = f"{texts.quote(reversal.before)} → {texts.quote(reversal.after)}"
        right = any(
            texts.match(reversal.before, [g["before"]]) and texts.match(reversal.after, [g["after"]])
            for g in gold["reversals"]
        )
        yield f"{'reversal' if right else 'not a reversal'}: {reversal.source}: {told}"
    for wanted in gold["disputes"]:
        if not any(_same_dispute(d, wanted, texts.match) for d in linked.disputes):
            yield f"missed {'(weak) ' if wanted.get('weak') else ''}{wanted['id']}: {wanted['kind']} {wanted['about']}"


def _linked(samples: Iterable[Sample]) -> tuple[Linked, Texts]:
    read = [(sample.name, sample.report, sample.reading) for sample in samples]
    return link((report, reading) for _, report, reading in read), Texts(read)


def main(arguments: Sequence[str]) -> None:
    """Print the figures, and with ``--errors`` what is wrong and missed."""
    linked, texts = _linked(read_samples(Reader()))
    gold = json.loads((HOME / "gold" / "linked.json").read_text(encoding="utf-8"))
    for name, value in figures(linked, gold, texts).items():
        print(f"{name:<32} {value:6.1f}")
    if "--errors" in arguments:
        print(*_errors(linked, gold, texts), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
