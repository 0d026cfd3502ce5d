"""How linking grows: time and memory over made-up reports, and the exponent.

    python -m gate.growth 10000 100000 1000000
    python -m gate.growth --add 10000 100      reports into a ledger, then more reports into it

The reports are made by a seeded generator, skewed as news is: few places, types, outlets and matters have most of the
events (Zipf), a matter is told in a burst of days by one to thirty reports, in names and words of its own beside those
that news has, as often as news has them.
Every size is linked in a program of its own with two worker processes; MB are the peaks of all three added up. The
exponent is that of the CPU time, since other work on the machine does not count there; making the reports is in it.
"""

from __future__ import annotations

import math
import random
import resource
import subprocess
import sys
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from dateline.codebook.rarity import load_rarity
from dateline.ledger import open_ledger
from dateline.records import Actor, Claim, Event, Place, Quantity, Reading, Report, Span
from dateline.relinking import link_all, relink

__all__ = ["made", "main"]

_EVENTS = 10  # of a report
_PROCESSES = 2
_DAYS = 730
_START = datetime(2021, 1, 1, tzinfo=UTC)
_TYPES = ("ASSAULT", "CASUALTIES", "PROTEST", "ACCUSE", "CONSULT", "REQUEST", "COERCE", "CONTROL", "DISPLACE", "DAMAGE")
_TRIGGERS = ("struck", "killed", "marched", "accused", "met", "asked", "arrested", "seized", "fled", "destroyed")
_STATES = {
    "Russia": "RUS", "Ukraine": "UKR", "America": "USA", "China": "CHN", "India": "IND", "France": "FRA",
    "Brazil": "BRA", "Nigeria": "NGA", "Syria": "SYR", "Yemen": "YEM", "Burma": "MMR", "Ethiopia": "ETH",
}  # fmt: skip
_PLACES, _OUTLETS, _NAMES, _OWN, _NAMED, _TELLINGS, _COMMONER = 4_000, 300, 500_000, 9, 5, 30, 300


class _Zipf:
    """Draws numbers below ``size``, the n-th with a weight of 1/n."""

    def __init__(self, size: int) -> None:
        self._sums = list(accumulate(1 / (n + 1) for n in range(size)))

    def draw(self, dice: random.Random) -> int:
        return bisect(self._sums, dice.random() * self._sums[-1])


class _Words:
    """Draws words as often as news has them."""

    def __init__(self) -> None:
        rarity = load_rarity()
        self._words = sorted(rarity)
        self._sums = list(accumulate(math.exp(-rarity[word]) for word in self._words))

    def draw(self, dice: random.Random) -> str:
        return self._words[bisect(self._sums, dice.random() * self._sums[-1])]


@cache
def _towns() -> tuple[str, ...]:
    """Names of towns, the ones named often as common as words are."""
    rarity = load_rarity()
    return tuple(word.capitalize() for word in sorted(rarity, key=lambda w: (rarity[w], w))[_COMMONER:])


def made(events: int, seed: int = 7) -> Iterator[tuple[Report, Reading]]:
    """Reports with so many events in all, ten each, and what they say; the same for the same seed."""
    dice = random.Random(seed)
    places, outlets, words, types = _Zipf(_PLACES), _Zipf(_OUTLETS), _Words(), _Zipf(len(_TYPES))
    many = _Zipf(_TELLINGS)
    left = events // _EVENTS
    while left > 0:
        tellings = min(left, 1 + many.draw(dice))
        own = [words.draw(dice) for _ in range(_OWN)] + [f"Name{int(_NAMES * dice.random())}" for _ in range(_NAMED)]
        matter = [_fact(dice, places, types, own) for _ in range(_EVENTS)]
        day = _START + timedelta(days=int(_DAYS * dice.random() ** 0.7))
        for _ in range(tellings):
            when = day + timedelta(hours=int(72 * dice.random() ** 2))
            yield _report(dice, matter, when, f"Outlet {outlets.draw(dice)}", words)
        left -= tellings


_Fact = tuple[int, int, str, str, list[str], int]


def _fact(dice: random.Random, places: _Zipf, types: _Zipf, own: Sequence[str]) -> _Fact:
    kind = types.draw(dice)
    by, on = dice.choice(list(_STATES)), dice.choice(list(_STATES))
    return places.draw(dice), kind, by, on, dice.sample(list(own), 6), 1 + int(50 * dice.random() ** 3)


class _Writer:
    """Writes a text and the records on it."""

    def __init__(self) -> None:
        self.text = ""
        self.places: list[Place] = []
        self.quantities: list[Quantity] = []
        self.claims: list[Claim] = []
        self.events: list[Event] = []
        self.actors: dict[str, Actor] = {}

    def tell(self, fact: _Fact, filling: Sequence[str], when: datetime, *, said: bool) -> None:
        """Write one sentence with an event, its place and toll, in a claim or not."""
        place, kind, by, on, words, toll = fact
        start = len(self.text)
        head = f"{by} {_TRIGGERS[kind]} {on} in "
        name = _towns()[place]
        body = f"{head}{name}, {toll} people {' '.join(words)} {' '.join(filling)}"
        self.text += f"{body}, officials said.\n" if said else f"{body}.\n"
        at, end = start + len(head), start + len(body)
        self.places.append(
            Place(start=at, end=at + len(name), name=name, kind="literal", geonames_id=place + 1, country=_STATES[by],
                  lat=(place * 37 % 1700) / 10 - 85, lon=(place * 101 % 3600) / 10 - 180, radius_km=3.0)
        )  # fmt: skip
        figure = at + len(name) + 2
        self.quantities.append(
            Quantity(start=figure, end=figure + len(str(toll)), low=toll, high=toll, precision="exact",
                     unit="killed" if kind < 2 else "other", of="people")
        )  # fmt: skip
        if said:
            self.claims.append(
                Claim(start=start, end=end + 16, source=self._actor("officials", start), content=((start, end),),
                      cue="say", mode="indirect", stance="asserts")
            )  # fmt: skip
        trigger = Span(start + len(by) + 1, start + len(by) + 1 + len(_TRIGGERS[kind]))
        day = when.replace(hour=0, minute=0)
        self.events.append(
            Event(start=start, end=end, type=_TYPES[kind], trigger=trigger, sentence=Span(start, len(self.text) - 1),
                  status="happened", factuality=3.0, initiators=(self._actor(by, start),),
                  recipients=(self._actor(on, start),), place=len(self.places) - 1, place_basis="argument",
                  earliest=day, latest=day + timedelta(days=1), time_basis="sentence",
                  quantities=(len(self.quantities) - 1,), claim=len(self.claims) - 1 if said else None)
        )  # fmt: skip

    def _actor(self, name: str, at: int) -> str:
        if name not in self.actors:
            state = name in _STATES
            self.actors[name] = Actor(
                id=f"a{len(self.actors)}", name=name, kind="government" if state else "unnamed",
                country=_STATES.get(name), mentions=((at, at + 1, "name"),),
            )  # fmt: skip
        return self.actors[name].id

    def reading(self) -> Reading:
        """What was written, as a reading."""
        return Reading(
            places=tuple(self.places), actors=tuple(self.actors.values()), quantities=tuple(self.quantities),
            claims=tuple(self.claims), events=tuple(self.events),
        )  # fmt: skip


def _report(
    dice: random.Random, matter: Sequence[_Fact], when: datetime, outlet: str, words: _Words
) -> tuple[Report, Reading]:
    writer = _Writer()
    for fact in matter:
        filling = [words.draw(dice) for _ in range(8)]
        writer.tell(fact, filling, when, said=dice.random() < 0.4)
    report = Report(text=writer.text, published=when.isoformat(), outlet=outlet, title=" ".join(matter[0][4]))
    return report, writer.reading()


def _one(events: int) -> None:
    reports = made(events)
    began = time.monotonic()
    linked = link_all(reports, (), (), processes=_PROCESSES)
    seconds = time.monotonic() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    worked = sum(usage.ru_utime + usage.ru_stime for usage in used)
    megabytes = (used[0].ru_maxrss + _PROCESSES * used[1].ru_maxrss) / 1024
    print(f"{seconds:.1f} {worked:.1f} {megabytes:.0f} {len(linked.incidents)} {len(linked.disputes)}")


def _added(reports: int, more: int) -> None:
    """Print what linking a ledger of so many reports takes, and then what so many more of them take."""
    told = list(made((reports + more) * _EVENTS))
    dice = random.Random(1)
    dice.shuffle(told)
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "grown.db") as ledger:
        run = ledger.start_run(version="", model="", codebook="")
        for part in (told[:reports], told[reports:]):
            ledger.add_many(part, run)
            began, worked = time.monotonic(), time.process_time()
            relink(ledger)
            print(
                f"{len(part):>8,} reports more: linked in {time.monotonic() - began:.1f} s, "
                f"{time.process_time() - worked:.1f} of CPU"
            )


def main(arguments: Sequence[str]) -> None:
    """Link each size in a program of its own; print a table and the exponent between sizes."""
    if arguments[:1] == ["--one"]:
        _one(int(arguments[1]))
        return
    if arguments[:1] == ["--add"]:
        _added(int(arguments[1]), int(arguments[2]))
        return
    print(f"{'events':>10} {'seconds':>9} {'of CPU':>9} {'MB':>7} {'incidents':>10} {'disputes':>9} {'exponent':>9}")
    before: tuple[int, float] | None = None
    for events in map(int, arguments):
        command = [sys.executable, "-m", "gate.growth", "--one", str(events)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        worked = float(out[1])
        grown = math.log(worked / before[1]) / math.log(events / before[0]) if before else math.nan
        print(f"{events:>10,} {out[0]:>9} {out[1]:>9} {out[2]:>7} {out[3]:>10} {out[4]:>9} {grown:>9.2f}", flush=True)
        before = events, worked


if __name__ == "__main__":
    main(sys.argv[1:])
