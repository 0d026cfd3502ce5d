"""Reports and readings made without reading: the same for the same number, quick to make."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dateline.records import (
    Actor,
    Claim,
    Event,
    Place,
    Quantity,
    Reading,
    Report,
    Span,
    TimeExpression,
    Unknown,
)

DAY = datetime(2022, 2, 24, tzinfo=UTC)
TOWNS = (("Kyiv", 50.45, 30.52, "UKR"), ("Minsk", 53.9, 27.57, "BLR"), ("Łódź", 51.76, 19.46, "POL"))
WORDS = (
    "On Friday soldiers of Ruritania shelled {town}, killing {dead} people, the mayor Ana Vélez said. "
    "It is unclear who gave the order 😀."
)


def made(number: int, *, sentences: int = 1) -> tuple[Report, Reading]:
    """Return report ``number``: a town, a day, a toll and an outlet that follow from the number.

    sentences: how often the report says it; 8 records each.
    """
    town, lat, lon, country = TOWNS[number % 3]
    once = WORDS.format(town=town, dead=number % 50 + 1) + "\n"
    day = DAY + timedelta(days=number % 28)
    text = f"Report {number}.\n" + once * sentences
    report = Report(
        text=text, published=day.date().isoformat(), outlet=("The Herald", "Wire")[number % 2], title=f"{town} shelled"
    )

    def span(words: str, at: int) -> tuple[int, int]:
        start = text.index(words, at)
        return start, start + len(words)

    first = text.index("\n") + 1
    actors = []
    for key, name, kind in (("a0", "Ruritania", "armed_force"), ("a1", "Ana Vélez", "person")):
        actors.append(Actor(id=key, name=name, kind=kind, mentions=((*span(name, first), "name"),), country="RUR"))
    rows: dict[str, list[object]] = {
        name: [] for name in ("times", "places", "quantities", "claims", "events", "unknowns")
    }
    for i in range(sentences):
        at = first + i * len(once)
        end = text.index(", the mayor", at)
        (start, stop), (t0, t1), (q0, q1) = span("Friday", at), span(town, at), span(str(number % 50 + 1), at)
        rows["times"].append(
            TimeExpression(start=start, end=stop, type="DATE", value=f"{day:%Y-%m-%d}", earliest=day,
                           latest=day + timedelta(days=1), anchor="published")
        )  # fmt: skip
        rows["places"].append(
            Place(start=t0, end=t1, name=town, kind="literal", geonames_id=i + 1, lat=lat, lon=lon, country=country,
                  candidates=(7, 9))
        )  # fmt: skip
        dead = float(number % 50 + 1)
        rows["quantities"].append(
            Quantity(start=q0, end=q1, low=dead, high=dead, precision="exact", unit="killed", of="people")
        )
        said, source = Span(*span("said", at)), Span(*span("the mayor Ana Vélez", at))
        rows["claims"].append(
            Claim(start=at, end=said.end, source="a1", content=((at, end),), cue="say", mode="indirect",
                  stance="asserts", source_span=source, cue_span=said, said_at=i)
        )  # fmt: skip
        rows["events"].append(
            Event(start=at + 3, end=t1, type="ASSAULT", mode="artillery", contexts=("military",),
                  trigger=Span(*span("shelled", at)), sentence=Span(at, said.end + 1), status="happened",
                  factuality=(3.0, 2.0, 1.0, 0.0)[number % 4], initiators=("a0",), place=i, place_basis="argument",
                  time=i, time_basis="argument", earliest=day, latest=day + timedelta(days=1), quantities=(i,), claim=i)
        )  # fmt: skip
        u0, u1 = span("who gave the order", at)
        rows["unknowns"].append(Unknown(start=u0, end=u1, words=text[u0:u1]))
    return report, Reading(actors=tuple(actors), **{name: tuple(made) for name, made in rows.items()})
