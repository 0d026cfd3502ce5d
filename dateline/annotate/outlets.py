"""Where an outlet is at home: its newsroom's town, its country, the words of its address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.codebook.countries import load_countries
from dateline.codebook.gazetteer import Gazetteer, fold
from dateline.codebook.tables import rows
from dateline.records import Report

__all__ = ["Home", "country_of", "home_of"]


class _Newsroom(NamedTuple):
    """One line of the table of outlets."""

    town: str
    country: str
    geonames_id: int


_SHORTEST = 4  # letters of a name looked for in an address


@dataclass(frozen=True, slots=True)
class Home:
    """number: the town's in the gazetteer, country: its country's or its address's there; -1 unknown.

    words: the outlet's name and host, folded, without spaces.
    """

    number: int
    country: int
    words: str

    def is_called(self, folded: str) -> bool:
        """Whether the outlet is called by a place's name: "gainesvilletimes.com"."""
        return len(folded) >= _SHORTEST and folded.replace(" ", "") in self.words


def home_of(report: Report, gazetteer: Gazetteer) -> Home:
    """The home of a report's outlet, by the host of its address or by a name that is one."""
    host = _host(report)
    words = fold(f"{report.outlet or ''} {host}").replace(" ", "")
    number = _town(gazetteer, host)
    ending = host.rsplit(".", 1)[-1].upper()
    country = load_countries().by_iso2.get("GB" if ending == "UK" else ending)
    if number >= 0:
        return Home(number, int(gazetteer.country[number]), words)
    return Home(-1, gazetteer.countries.index(country.iso3) if country else -1, words)


def country_of(report: Report) -> str | None:
    """The country (ISO 3166-1 alpha-3) of a report's outlet, by the host of its address; None where it tells none."""
    host = _host(report)
    ending = host.rsplit(".", 1)[-1].upper()
    while host:
        if host in _outlets():
            return _outlets()[host].country
        host = host.partition(".")[2]
    country = load_countries().by_iso2.get("GB" if ending == "UK" else ending)
    return country.iso3 if country else None


def _host(report: Report) -> str:
    address = report.url or ""
    host = address.split("//", 1)[-1].split("/", 1)[0] if "//" in address else report.outlet or ""
    return host.strip().lower()


@cache
def _town(gazetteer: Gazetteer, host: str) -> int:
    """The number of the town an outlet's host is filed under; "news." and "www." before it do not matter."""
    while host:
        if host in _outlets():
            newsroom = _outlets()[host]
            for number, _ in gazetteer.numbers(fold(newsroom.town)):
                if gazetteer.geonames_id[number] == newsroom.geonames_id:
                    return number
        host = host.partition(".")[2]
    return -1


@cache
def _outlets() -> dict[str, _Newsroom]:
    table = rows("places/outlets.tsv", ("host", "town", "country", "geonames_id"))
    return {row["host"]: _Newsroom(row["town"], row["country"], int(row["geonames_id"])) for row in table}
