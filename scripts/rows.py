"""Print events of the sample reports to be judged by hand: ``python -m scripts.rows [SEED [COUNT]]``.

Of all events at factuality +2 or more COUNT (100) are drawn with SEED (1130) and shown beside their sentence.
The same seed and the same readings give the same rows.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator

from dateline.annotate.reader import Reader
from dateline.records import Event
from gate.samples import Sample, read_samples

_CERTAIN = 2.0


def _rows(samples: Iterable[Sample]) -> Iterator[str]:
    """Each certain event: its report, sentence, type, trigger, actors and place."""
    for sample in samples:
        for event in sample.reading.events:
            if event.factuality is not None and event.factuality >= _CERTAIN:
                yield _row(sample, event)


def _row(sample: Sample, event: Event) -> str:
    text, reading = sample.report.text, sample.reading
    names = {actor.id: actor.name for actor in reading.actors}
    sides = " > ".join(", ".join(names[i] for i in ids) or "-" for ids in (event.initiators, event.recipients))
    about = "" if event.about is None else f" about {text[event.about.start : event.about.end]!r}"
    place = "-" if event.place is None else reading.places[event.place].name
    trigger = text[event.trigger.start : event.trigger.end]
    sentence = text[event.sentence.start : event.sentence.end].replace("\n", " ")
    return f"{sample.name}: {sentence}\n    {event.type} {trigger!r}: {sides}{about} @ {place}"


def main() -> None:
    """Draw and print."""
    seed, count = (int(word) for word in (*sys.argv[1:], *("1130", "100")[len(sys.argv) - 1 :]))
    rows = list(_rows(read_samples(Reader())))
    chosen = sorted(random.Random(seed).sample(range(len(rows)), min(count, len(rows))))
    print(f"{len(rows)} events, {len(chosen)} drawn")
    for number, at in enumerate(chosen, 1):
        print(f"{number}. {rows[at]}")


if __name__ == "__main__":
    main()
