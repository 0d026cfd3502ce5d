"""Countries: names, demonyms, capitals and points, from ``countries.tsv``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from dateline.codebook.tables import Row, rows

__all__ = ["Countries", "Country", "load_countries"]

_COLUMNS = (
    "iso3", "iso2", "name", "aliases", "demonyms", "capital", "lat", "lon", "geonames_id", "area_km2", "population",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """A country or dependent territory of ISO 3166-1.

    iso3, iso2: its codes. aliases: other names, "the" left out. demonyms: adjectives and nouns.
    capitals: seats of government, every spelling. lat, lon: WGS 84 degrees of a point inside.
    """

    iso3: str
    iso2: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    lat: float
    lon: float
    geonames_id: int
    area_km2: int
    population: int

    @property
    def radius_km(self) -> float:
        """Radius of the circle of the country's area: how far from its point a place in it usually is."""
        return math.sqrt(max(self.area_km2, 1) / math.pi)


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries, and the look-ups: keys in lower case, abbreviations ("US", "UAE") as written.

    A name that fits two countries ("Congo", "Dominican") is the more populous one's.
    """

    all: tuple[Country, ...]
    by_iso3: dict[str, Country]
    by_iso2: dict[str, Country]
    by_name: dict[str, Country]
    by_abbreviation: dict[str, Country]
    by_demonym: dict[str, Country]
    by_capital: dict[str, Country]

    def named(self, words: str) -> Country | None:
        """The country of that name, alias or abbreviation; a leading "the" does not matter."""
        words = words[4:] if words[:4].lower() == "the " else words
        return self.by_abbreviation.get(words) or self.by_name.get(words.lower().replace("’", "'"))


@cache
def load_countries() -> Countries:
    """Read ``countries.tsv`` once."""
    countries = tuple(_countries())
    by_name: dict[str, Country] = {}
    by_abbreviation: dict[str, Country] = {}
    by_demonym: dict[str, Country] = {}
    by_capital: dict[str, Country] = {}
    for country in sorted(countries, key=lambda c: (-c.population, c.iso3)):
        for name in (country.name, *country.aliases):
            if _is_abbreviation(name):
                by_abbreviation.setdefault(name, country)
            else:
                by_name.setdefault(name.lower().replace("’", "'"), country)
        for demonym in country.demonyms:
            by_demonym.setdefault(demonym.lower(), country)
        for capital in country.capitals:
            by_capital.setdefault(capital.lower(), country)
    by_iso3 = {c.iso3: c for c in countries}
    by_iso2 = {c.iso2: c for c in countries}
    return Countries(countries, by_iso3, by_iso2, by_name, by_abbreviation, by_demonym, by_capital)


def _countries() -> list[Country]:
    return [_country(row) for row in rows("countries.tsv", _COLUMNS)]


def _country(row: Row) -> Country:
    lists = (row.list("aliases"), row.list("demonyms"), row.list("capital"))
    try:
        point = float(row["lat"]), float(row["lon"])
        return Country(row["iso3"], row["iso2"], row["name"], *lists, *point, *(int(row[c]) for c in _COLUMNS[-3:]))
    except ValueError as error:
        raise row.error(str(error)) from error


def _is_abbreviation(name: str) -> bool:
    return name.isupper() and len(name) <= 5 and "." not in name
