"""Relinking: the links of a ledger's reports, worked out anew only where new reports or corrections touch them.

What ``link`` does at once is done here in steps: sketches of reports, scores of neighbours, matters, links of each
matter. The ledger keeps what came of each step, and what is kept is not worked out again; all of it together is what
``link`` makes of all reports. Each step can run on several processes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

from dateline.codebook import load_codebook
from dateline.link import link_matter, together
from dateline.link.neighbours import Sketch, pairs, sketch
from dateline.link.stories import clustered, scored
from dateline.link.verdicts import joined_reports
from dateline.records import Linked, Reading, Report, Verdict
from dateline.scale import Here

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.ledger.linkage import Linkage

__all__ = ["link_all", "relink"]

_SKETCHES, _PAIRS = 200, 2_000  # reports, and pairs of them, to a process at a time
_SMALL = 400  # reports that one process links sooner than others start
T = TypeVar("T")
U = TypeVar("U")
Told = tuple[Report, Reading]
Pair = tuple[str, str]
Fetch = Callable[[Collection[str]], Iterable[Told]]
_Task = tuple[list[Pair], dict[str, Report]]


class Matter(msgspec.Struct, frozen=True):
    """One matter to link: its reports in the order of their ids, their stories, what people said of their records."""

    told: list[Told]
    story: dict[str, str]
    verdicts: list[Verdict]
    rejected: list[str]


def link_all(
    reports: Iterable[Told], verdicts: Sequence[Verdict], rejected: Collection[str], *, processes: int
) -> Linked:
    """What ``link`` gives, worked out by several processes."""
    every = {report.id: (report, reading) for report, reading in reports}

    def fetch(ids: Collection[str]) -> Iterator[Told]:
        return (every[key] for key in ids)

    sketches = list(_mapped(_sketcher, (report for report, _ in every.values()), processes, _SKETCHES))
    score = dict(_scores(fetch, pairs(sketches), processes))
    matters = clustered(every, score, joined_reports(verdicts))
    del sketches, score
    return together(_linked(fetch, matters, verdicts, rejected, processes))


def relink(ledger: Ledger, *, processes: int = 1) -> None:
    """Bring the links of a ledger up to date with all that it holds."""
    from dateline.ledger import linkage  # noqa: PLC0415 - SQLAlchemy only where a ledger is asked

    def fetch(ids: Collection[str]) -> Iterator[Told]:
        return linkage.told(ledger, ids)

    linker = _this_linker()
    rests_on = {key: f"{linker} {state}" for key, state in linkage.rests_on(ledger).items()}
    rows_kept = linkage.linkage(ledger).items()
    kept = {key: row for key, row in rows_kept if key in rests_on and row.rests_on.startswith(f"{linker} ")}
    fresh = [key for key in sorted(rests_on) if key not in kept]
    sketches = {key: _sketch_of(row) for key, row in kept.items()}
    new = (report for report, _ in fetch(fresh))
    several = processes if len(fresh) >= _SMALL else 1
    sketches |= {made.id: made for made in _mapped(_sketcher, new, several, _SKETCHES)}
    known = {(a, b): score for a, row in kept.items() for b, score in json.loads(row.near).items()}
    proposed = list(pairs(sketches.values()))
    score = {pair: known[pair] for pair in proposed if pair in known}
    score |= _scores(fetch, (pair for pair in proposed if pair not in known), several)
    verdicts, rejected = ledger.verdicts(), ledger.rejected()
    matters = clustered(rests_on, score, joined_reports(verdicts))
    states = {min(matter): _state(matter, rests_on, verdicts) for matter in matters}
    stands = {key for key, row in kept.items() if row.links and row.links.split()[0] == states.get(key)}
    stale = [matter for matter in matters if min(matter) not in stands]
    several = processes if sum(map(len, stale)) >= _SMALL else 1
    parts = list(_linked(fetch, stale, verdicts, rejected, several))
    links = {key: kept[key].links for key in stands}
    links |= {min(matter): _ids(states[min(matter)], part) for matter, part in zip(stale, parts, strict=True)}
    rows = list(_rows(matters, rests_on, sketches, score, links))
    gone = {id_ for key, row in kept.items() if key not in stands for id_ in row.links.split()[1:]}
    changed = [row for row in rows if kept.get(row.report) != row]
    linkage.keep(ledger, together(parts), gone if kept else None, changed)


def _state(matter: Mapping[str, str], rests_on: Mapping[str, str], verdicts: Iterable[Verdict]) -> str:
    """What the links of a matter rest on, as a hash: its reports, readings, corrections and stories."""
    said = [v for v in verdicts if any(ref.rpartition(":")[0] in matter for ref in (*v.one, *v.other))]
    parts = [f"{report} {story} {rests_on[report]}" for report, story in matter.items()]
    parts += [msgspec.json.encode(verdict).decode() for verdict in said]
    return _hash(*parts)


def _this_linker() -> str:
    """This version and its tables, as a hash: what others have kept is worked out anew."""
    return _hash(version("dateline"), load_codebook().hash)


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _ids(state: str, linked: Linked) -> str:
    return " ".join([state, *(record.id for records in linked for record in records)])


def _rows(
    matters: Iterable[Mapping[str, str]],
    rests_on: Mapping[str, str],
    sketches: Mapping[str, Sketch],
    score: Mapping[Pair, float],
    links: Mapping[str, str],
) -> Iterator[Linkage]:
    from dateline.ledger.linkage import Linkage  # noqa: PLC0415 - SQLAlchemy only where a ledger is asked

    near: dict[str, dict[str, float]] = {}
    for (a, b), value in score.items():
        near.setdefault(a, {})[b] = value
    for matter in matters:
        for key in matter:
            one = sketches[key]
            words = json.dumps([one.day, one.words.tolist(), one.weights.tolist()])
            nearest = json.dumps(dict(sorted(near.get(key, {}).items())))
            yield Linkage(key, min(matter), rests_on[key], words, nearest, links.get(key, ""))


def _sketch_of(row: Linkage) -> Sketch:
    day, words, weights = json.loads(row.words)
    return Sketch(row.report, day, np.array(words, np.int64), np.array(weights, np.int64))


def _linked(
    fetch: Fetch,
    matters: Iterable[dict[str, str]],
    verdicts: Sequence[Verdict],
    rejected: Collection[str],
    processes: int,
) -> Iterator[Linked]:
    tasks = (
        msgspec.msgpack.encode(
            Matter(sorted(fetch(matter), key=lambda told: told[0].id), matter, list(verdicts), sorted(rejected))
        )
        for matter in matters
    )
    for part in _mapped(_linker, tasks, processes, 1):
        yield msgspec.msgpack.decode(part, type=Linked)


def _linker() -> Callable[[Sequence[bytes]], list[bytes]]:
    """Links matters, in and out as MessagePack, which is quicker than pickle."""
    decode = msgspec.msgpack.Decoder(Matter).decode

    def work(batch: Sequence[bytes]) -> list[bytes]:
        matters = map(decode, batch)
        return [msgspec.msgpack.encode(link_matter(m.told, m.story, m.verdicts, set(m.rejected))) for m in matters]

    return work


def _scores(fetch: Fetch, proposed: Iterable[Pair], processes: int) -> Iterator[tuple[Pair, float]]:
    def tasks() -> Iterator[_Task]:
        waiting = iter(proposed)
        while some := list(islice(waiting, _PAIRS)):
            yield some, {report.id: report for report, _ in fetch({key for pair in some for key in pair})}

    for made in _mapped(_scorer, tasks(), processes, 1):
        yield from made.items()


def _sketcher() -> Callable[[Sequence[Report]], list[Sketch]]:
    def work(batch: Sequence[Report]) -> list[Sketch]:
        return [sketch(report) for report in batch]

    return work


def _scorer() -> Callable[[Sequence[_Task]], list[dict[Pair, float]]]:
    def work(batch: Sequence[_Task]) -> list[dict[Pair, float]]:
        return [scored(texts, proposed) for proposed, texts in batch]

    return work


def _mapped(
    make_worker: Callable[[], Callable[[Sequence[T]], Sequence[U]]], items: Iterable[T], processes: int, batch: int
) -> Iterator[U]:
    return Here().map(make_worker, items, processes=processes, batch=batch)
