"""Reader: the order in which a report's words become a reading.

A reading is a pure function of report, codebook and model: no clock, no state between
reports, nothing that depends on neighbours in a batch (invariant 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path

from dateline.annotate.actors import find_actors
from dateline.annotate.claims import Said, attribute, find_claims
from dateline.annotate.context import Context, Found
from dateline.annotate.events import find_events
from dateline.annotate.places import find_places
from dateline.annotate.quantities import find_quantities
from dateline.annotate.threads import one_thread
from dateline.annotate.times import find_times
from dateline.annotate.unknowns import find_unknowns
from dateline.annotate.words import DEFAULT_MODEL, Parser, Words
from dateline.codebook import Codebook, load_codebook
from dateline.codebook.laid import laid_over
from dateline.records import Reading, Report

__all__ = ["Reader", "annotate", "groups"]

_TOGETHER = 8_000  # tokens: enough that numpy's calls cost little beside their work, and it stays in the cache


def annotate(report: Report, words: Words, codebook: Codebook, said: Said | None = None) -> Reading:
    """Find everything one report says; ``words`` are those of ``report.text``; said: what ``attribute`` finds there."""
    with laid_over(codebook.extra):
        return _annotated(Context(report=report, codebook=codebook), words, said)


def _annotated(context: Context, words: Words, said: Said | None) -> Reading:
    times = find_times(words, context)
    places = find_places(words, context)
    quantities = find_quantities(words, context)
    cast = find_actors(words, context, places)
    claims = find_claims(words, context, cast, times, said)
    events = find_events(words, context, Found(times, places, quantities, cast, claims))
    unknowns = find_unknowns(words, context, claims)
    return Reading(
        times=tuple(times),
        places=tuple(places),
        actors=tuple(cast.actors()),
        quantities=tuple(quantities),
        claims=tuple(claims),
        events=tuple(events),
        unknowns=tuple(unknowns),
    )


class Reader:
    """A model and a codebook, loaded once, that read any number of reports.

    codebook, gazetteer: the user's own files, laid over the built-in tables.
    """

    def __init__(self, model: str = DEFAULT_MODEL, codebook: Path | None = None, gazetteer: Path | None = None) -> None:
        self.codebook = load_codebook(codebook, gazetteer)
        self.parser = Parser(model)
        # Tables and weights load at first use: use them now, so that one that is missing stops the run at its start.
        self.read(Report(text="It rained in Kyiv on Friday, the mayor said.", published="2022-02-25"))

    def read(self, report: Report) -> Reading:
        """Read one report."""
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports in order, parsing them in batches."""
        these, texts = tee(reports)
        for group in groups(zip(these, self.parser.parse_many(r.text for r in texts), strict=True)):
            with one_thread(), laid_over(self.codebook.extra):
                said = attribute([words for _, words in group])
            for (report, words), its in zip(group, said, strict=True):
                with one_thread():
                    reading = annotate(report, words, self.codebook, its)
                yield reading


def groups(parsed: Iterable[tuple[Report, Words]]) -> Iterator[list[tuple[Report, Words]]]:
    """Reports to be worked on together, by their tokens."""
    group: list[tuple[Report, Words]] = []
    size = 0
    for report, words in parsed:
        group.append((report, words))
        size += len(words)
        if size >= _TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group
