"""Reading: words a second against spaCy by itself, and what each annotator costs."""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import spacy

from bench.clock import in_turn, median_ratio
from bench.texts import words
from dateline.annotate.actors import find_actors
from dateline.annotate.claims import attribute, find_claims
from dateline.annotate.context import Context, Found
from dateline.annotate.events import find_events
from dateline.annotate.places import find_places
from dateline.annotate.quantities import find_quantities
from dateline.annotate.reader import Reader, groups
from dateline.annotate.threads import one_thread
from dateline.annotate.times import find_times
from dateline.annotate.unknowns import find_unknowns
from dateline.annotate.words import DEFAULT_MODEL
from dateline.records import Report

__all__ = ["profile", "reading"]

T = TypeVar("T")

_BATCHES = (4, 8, 16, 32, 64)


def reading(reports: list[Report], runs: int) -> None:
    """Print Dateline's words a second over those of ``spacy.load(model).pipe`` with its best batch size."""
    nlp = spacy.load(DEFAULT_MODEL)
    reader = Reader()
    texts = [report.text for report in reports]

    def alone(batch: int) -> Callable[[], None]:
        return lambda: [None for _ in nlp.pipe(texts, batch_size=batch)] and None

    tried = in_turn(1, *map(alone, _BATCHES))
    best = _BATCHES[min(range(len(_BATCHES)), key=lambda k: tried[k][0])]
    theirs, ours, parse = in_turn(
        runs,
        alone(best),
        lambda: [None for _ in reader.read_many(reports)],
        lambda: [None for _ in reader.parser.parse_many(texts)],
    )
    count = words(reports)
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "unset")
    print(f"reading: {len(reports)} reports, {count:,} words, one process, OPENBLAS_NUM_THREADS {threads}, CPU time")
    for name, taken in (
        (f"spaCy as installed (BLIS), batch {best}", theirs), ("Dateline, parsing alone", parse),
        ("Dateline, every annotator", ours),
    ):  # fmt: skip
        seconds = statistics.median(taken)
        print(f"  {name:36} {count / seconds:8,.0f} words/s {seconds / count * 1e6:7.1f} µs/word"
              f"   x {median_ratio(theirs, taken):.2f}")  # fmt: skip


def profile(reports: list[Report], runs: int) -> None:
    """Print µs a word of each annotator, the median of some runs."""
    reader = Reader()
    taken: dict[str, list[float]] = defaultdict(list)
    for run in range(runs + 1):
        seconds = _once(reader, reports)
        for name, each in seconds.items():
            if run:
                taken[name].append(each / words(reports) * 1e6)
    medians = {name: statistics.median(each) for name, each in taken.items()}
    print(f"profile: µs a word (CPU time, median of {runs})")
    for name, each in medians.items():
        print(f"  {name:12} {each:6.1f}")
    print(f"  {'together':12} {sum(medians.values()):6.1f}")


def _once(reader: Reader, reports: list[Report]) -> dict[str, float]:
    seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        seconds[name] += time.process_time() - start

    with on("parsing"):
        parsed = list(reader.parser.parse_many(report.text for report in reports))
    with one_thread():
        said = []
        with on("claims"):
            for group in groups(zip(reports, parsed, strict=True)):
                said += attribute([its for _, its in group])
        for report, its, spoken in zip(reports, parsed, said, strict=True):
            context = Context(report=report, codebook=reader.codebook)
            with on("times"):
                times = find_times(its, context)
            with on("places"):
                places = find_places(its, context)
            with on("quantities"):
                quantities = find_quantities(its, context)
            with on("actors"):
                cast = find_actors(its, context, places)
            with on("claims"):
                claims = find_claims(its, context, cast, times, spoken)
            with on("events"):
                find_events(its, context, Found(times, places, quantities, cast, claims))
            with on("unknowns"):
                find_unknowns(its, context, claims)
    return seconds
