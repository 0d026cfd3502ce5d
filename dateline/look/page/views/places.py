"""Places looked up by name, for a reviewer to take one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.codebook.gazetteer import Entry, load_gazetteer
from dateline.look.page.wording import number, place

__all__ = ["FoundPlace", "places_called", "values_of"]

_MOST = 8


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of the gazetteer: its number there, what tells it from others of its name, the fields it sets."""

    number: int
    label: str
    values: Mapping[str, str]


def places_called(name: str) -> tuple[FoundPlace, ...]:
    """The places of a name, best first; none without one."""
    known = {entry.number: entry for entry in load_gazetteer().find(name.strip())}
    return tuple(FoundPlace(entry.number, _label(entry), _values(entry)) for entry in list(known.values())[:_MOST])


def values_of(found: str) -> Mapping[str, str]:
    """The fields that a place of the gazetteer sets, by its number as a form sends it; none for anything else."""
    gazetteer = load_gazetteer()
    known = found.isdecimal() and int(found) < len(gazetteer)
    return _values(gazetteer[int(found)]) if known else {}


def _values(entry: Entry) -> Mapping[str, str]:
    return {
        "lat": f"{entry.lat:.5f}", "lon": f"{entry.lon:.5f}", "radius_km": f"{entry.radius_km:.1f}",
        "country": entry.country, "geonames_id": str(entry.geonames_id or ""),
    }  # fmt: skip


def _label(entry: Entry) -> str:
    region = load_gazetteer().name(entry.admin1) if entry.admin1 >= 0 else ""
    people = f"{number(entry.population)} people" if entry.population else ""
    where = place(entry.lat, entry.lon, entry.radius_km)
    return " · ".join(filter(None, (entry.name, region if region != entry.name else "", entry.country, where, people)))
