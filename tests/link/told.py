"""Readings made by hand out of a text and the words that carry its records, to link without reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from dateline.link.happenings import Happening, happenings
from dateline.link.statements import Statement, statements
from dateline.records import Actor, Claim, Event, Place, Quantity, Reading, Report, Span, TimeExpression, Unknown

TOWNS = {"Altdorf": (1, 46.88, 8.64), "Brunnen": (2, 46.99, 8.6), "Chur": (3, 46.85, 9.53)}
STATES = {"Ruritania": "RUR", "Sylvania": "SYL"}
PEOPLES = {"Ruritanian": "RUR", "Sylvanian": "SYL"}


class Telling:
    """One report and what it says; every method names words that stand once in the text."""

    def __init__(self, text: str, day: str = "2022-02-25", outlet: str = "The Herald") -> None:
        self.report = Report(text=text, published=day, outlet=outlet)
        self._actors: dict[str, Actor] = {}
        self._claims: list[Claim] = []
        self._events: list[Event] = []
        self._quantities: list[Quantity] = []
        self._times: list[TimeExpression] = []
        self._unknowns: list[Unknown] = []

    def span(self, words: str) -> tuple[int, int]:
        """Where words stand."""
        start = self.report.text.index(words)
        return start, start + len(words)

    def actor(self, name: str) -> str:
        """An actor by name; a state's name in it makes it that state's government."""
        if name not in self._actors:
            country = next((code for state, code in STATES.items() if state in name), None)
            self._actors[name] = Actor(
                id=f"a{len(self._actors)}", name=name, kind="government" if country else "unnamed", country=country,
                mentions=((0, 1, "name"),),
            )  # fmt: skip
        return self._actors[name].id

    def says(self, source: str, content: str, stance: str = "asserts", whole: str | None = None) -> Telling:
        """A claim; ``whole``: its words with source and cue, to say where it stands."""
        start, end = self.span(whole or content)
        self._claims.append(
            Claim(start=start, end=end, source=self.actor(source), content=(self.span(content),), cue="say",
                  mode="indirect", stance=stance)  # type: ignore[arg-type]
        )  # fmt: skip
        return self

    def event(self, trigger: str, type_: str = "ASSAULT", **fields: object) -> Telling:
        """An event in its trigger's sentence; ``by``, ``on``: actors; ``at``: a town; ``said``: in the last claim."""
        start, end = self.span(trigger)
        text = self.report.text
        first, last = text.rfind(". ", 0, start) + 1, text.find(".", end)
        stretch = Span(max(first, text.rfind("\n", 0, start) + 1, 0), last if last > 0 else len(text))
        by, on, said = (fields.pop(key, None) for key in ("by", "on", "said"))
        if at := fields.pop("at", None):
            names = [p.name for p in self._places()]
            fields |= {"place": names.index(str(at)), "place_basis": "sentence"}
        given: dict[str, object] = {"status": "happened", "factuality": 3.0} | fields
        self._events.append(
            Event(
                start=stretch.start, end=stretch.end, trigger=Span(start, end), sentence=stretch, type=type_,
                initiators=(self.actor(str(by)),) if by else (), recipients=(self.actor(str(on)),) if on else (),
                claim=len(self._claims) - 1 if said else None, **given,
            )  # type: ignore[arg-type]
        )  # fmt: skip
        return self

    def counts(self, words: str, number: float | None, unit: str = "killed", **fields: object) -> Telling:
        """A quantity: exactly ``number`` unless ``high`` or ``low`` says otherwise; ``of``: the words counted."""
        start, end = self.span(words)
        given = {"low": number, "high": number, "precision": "exact", "unit": unit} | fields
        self._quantities.append(Quantity(start=start, end=end, **given))  # type: ignore[arg-type]
        return self

    def time(self, words: str, value: str, hours: float = 24) -> Telling:
        """A time that begins at ``value`` and lasts some hours."""
        start, end = self.span(words)
        earliest = datetime.fromisoformat(value).replace(tzinfo=UTC)
        self._times.append(
            TimeExpression(start=start, end=end, type="TIME", value=value, earliest=earliest,
                           latest=earliest + timedelta(hours=hours))
        )  # fmt: skip
        return self

    def unknown(self, words: str) -> Telling:
        """Words for what is not known."""
        start, end = self.span(words)
        self._unknowns.append(Unknown(start=start, end=end, words=words))
        return self

    @property
    def reading(self) -> Reading:
        """The reading, with the places its text names."""
        return Reading(
            times=tuple(self._times),
            places=tuple(self._places()),
            actors=tuple(self._actors.values()),
            quantities=tuple(sorted(self._quantities, key=lambda q: q.start)),
            claims=tuple(self._claims),
            events=tuple(self._events),
            unknowns=tuple(self._unknowns),
        )

    @property
    def both(self) -> tuple[Report, Reading]:
        """Report and reading."""
        return self.report, self.reading

    def _places(self) -> Sequence[Place]:
        found = []
        for name, (key, lat, lon) in TOWNS.items():
            if name in self.report.text:
                start, end = self.span(name)
                found.append(
                    Place(start=start, end=end, name=name, kind="literal", geonames_id=key, lat=lat, lon=lon,
                          radius_km=2.0, country="CHE", feature="P.PPL")
                )  # fmt: skip
        for name, code in PEOPLES.items():
            at = self.report.text.find(name)
            while at >= 0:
                found.append(Place(start=at, end=at + len(name), name=name, kind="demonymic", country=code))
                at = self.report.text.find(name, at + 1)
        return sorted(found, key=lambda p: p.start)


def told_by(telling: Telling) -> list[Statement]:
    """The statements of one telling."""
    return statements(*telling.both, happenings_of(telling))


def happenings_of(*tellings: Telling, story: Mapping[str, str] | None = None) -> list[Happening]:
    """The happenings of tellings, all of one story unless said otherwise."""
    return list(happenings((t.both for t in tellings), story or {t.report.id: "one" for t in tellings}))
