"""Relinking: the links of many reports on several processes, the same as ``link`` makes on one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from dateline.link import link_matter, together
from dateline.link.neighbours import Sketch, pairs, sketch
from dateline.link.stories import clustered, scored
from dateline.records import Linked, Reading, Report, Verdict
from dateline.scale import Here

__all__ = ["link_all", "people_joined"]

_SKETCHES, _PAIRS = 200, 2_000  # reports, and pairs of them, to a process at a time
T = TypeVar("T")
U = TypeVar("U")
Told = tuple[Report, Reading]
_Task = tuple[list[tuple[str, str]], dict[str, Report]]


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
    told = {report.id: (report, reading) for report, reading in reports}
    texts = {key: report for key, (report, _) in told.items()}
    sketches = _mapped(_sketcher, texts.values(), processes, _SKETCHES)
    score = dict(_scores(texts, pairs(sketches), processes))
    every = clustered(told, score, people_joined(verdicts))
    del sketches, score, texts
    tasks = (
        msgspec.msgpack.encode(Matter([told[key] for key in matter], matter, list(verdicts), sorted(rejected)))
        for matter in every
    )
    return together(msgspec.msgpack.decode(part, type=Linked) for part in _mapped(linker, tasks, processes, 1))


def people_joined(verdicts: Iterable[Verdict]) -> list[list[str]]:
    """The ids of reports whose events people said to be one happening."""
    return [sorted({ref.rpartition(":")[0] for ref in verdict.one}) for verdict in verdicts if not verdict.other]


def linker() -> Callable[[Sequence[bytes]], list[bytes]]:
    """The worker that links matters, in and out as MessagePack, which is quicker than pickle."""
    decode = msgspec.msgpack.Decoder(Matter).decode

    def work(batch: Sequence[bytes]) -> list[bytes]:
        matters = map(decode, batch)
        return [msgspec.msgpack.encode(link_matter(m.told, m.story, m.verdicts, m.rejected)) for m in matters]

    return work


def _scores(
    texts: Mapping[str, Report], proposed: Iterable[tuple[str, str]], processes: int
) -> Iterator[tuple[tuple[str, str], float]]:
    def tasks() -> Iterator[_Task]:
        waiting = iter(proposed)
        while some := list(islice(waiting, _PAIRS)):
            yield some, {key: texts[key] for pair in some for key in pair}

    for made in _mapped(_scorer, tasks(), processes, 1):
        yield from made.items()


def _sketcher() -> Callable[[Sequence[Report]], list[Sketch]]:
    def work(batch: Sequence[Report]) -> list[Sketch]:
        return [sketch(report) for report in batch]

    return work


def _scorer() -> Callable[[Sequence[_Task]], list[dict[tuple[str, str], float]]]:
    def work(batch: Sequence[_Task]) -> list[dict[tuple[str, str], float]]:
        return [scored(texts, proposed) for proposed, texts in batch]

    return work


def _mapped(
    make_worker: Callable[[], Callable[[Sequence[T]], Sequence[U]]], items: Iterable[T], processes: int, batch: int
) -> Iterator[U]:
    return Here().map(make_worker, items, processes=processes, batch=batch)
