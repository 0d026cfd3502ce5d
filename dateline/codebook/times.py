"""The tables of time expressions: words, grammar, zones, holidays; read once, typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dateline.codebook.countries import load_countries
from dateline.codebook.tables import Row, rows, sections

__all__ = [
    "START_COLUMNS",
    "Feature",
    "Features",
    "HolidayRule",
    "Pattern",
    "Start",
    "TimeTables",
    "Unit",
    "WordSense",
    "ZoneReading",
    "known_starts",
    "time_tables",
]

Feature = int | float | str
Features = dict[str, Feature]


@dataclass(frozen=True, slots=True)
class WordSense:
    """One class a word has in the grammar; ``written``: "cap", "lower" or "" for either."""

    gives: str
    features: Features
    written: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of the grammar; each of ``items`` is (alternatives, suffix of its features, may be left out)."""

    gives: str
    items: tuple[tuple[tuple[str, ...], str, bool], ...]
    features: Features


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's longest length in hours, and how many of it a bare plural may mean (None: any number)."""

    hours: float
    most: int | None


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """How a holiday is found: month and day in a calendar, the nth weekday of a month, or days after Easter."""

    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    easter: str | None = None
    shift: int = 0
    calendar: str = ""
    days: int = 1


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """One reading of a zone's abbreviation, and the words that speak for it."""

    zone: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """The day something that news counts the days of began: a word of each set names it."""

    day: date
    what: frozenset[str]
    which: frozenset[str]


@dataclass(frozen=True)
class TimeTables:
    """What the finder of time expressions reads: see the comments at the head of each file in ``codebook/time``.

    parts: hours of the day by name. lists: sets of words by name. place_zones: IANA zone by lower-case place name.
    """

    words: dict[str, tuple[WordSense, ...]]
    patterns: tuple[Pattern, ...]
    parts: dict[str, tuple[int, int]]
    units: dict[str, Unit]
    holidays: dict[str, HolidayRule]
    zones: dict[str, tuple[ZoneReading, ...]]
    place_zones: dict[str, str]
    lists: dict[str, frozenset[str]]


@cache
def time_tables() -> TimeTables:
    """Read the tables."""
    words: dict[str, list[WordSense]] = {}
    for row in rows("time/words.tsv", ["word", "gives", "features", "if"]):
        for word in row.list("word"):
            words.setdefault(word, []).append(WordSense(row["gives"], _features(row), row["if"]))
    patterns = [
        Pattern(row["gives"], tuple(map(_item, row["pattern"].split())), _features(row))
        for row in rows("time/patterns.tsv", ["gives", "pattern", "features"])
    ]
    holidays, named = _holidays()
    zones = _zones()
    for abbreviation in zones:
        words.setdefault(abbreviation.lower(), []).append(WordSense("ZONEABBR", {"zone": abbreviation}, "cap"))
    place_zones = {
        name: row["zone"] for row in rows("time/place_zones.tsv", ["zone", "places"]) for name in row.list("places")
    }
    for demonym, country in load_countries().by_demonym.items():
        if demonym.isalpha() and (zone := place_zones.get(country.name.lower())):
            words.setdefault(demonym, []).append(WordSense("DEMONYM", {"zone": zone}, "cap"))
    for name, zone in place_zones.items():
        if name.isalpha():
            words.setdefault(name, []).append(WordSense("PLACE", {"zone": zone}, "cap"))
        else:
            patterns.append(_literal("PLACE", name, {"zone": zone}))
    return TimeTables(
        words={word: tuple(senses) for word, senses in words.items()},
        patterns=(*patterns, *named),
        parts={r["part"]: (int(r["from"]), int(r["to"])) for r in rows("time/parts.tsv", ["part", "from", "to"])},
        units={
            r["unit"]: Unit(float(r["hours"]), int(r["most"]) if r["most"] else None)
            for r in rows("time/units.tsv", ["unit", "hours", "most"])
        },
        holidays=holidays,
        zones=zones,
        place_zones=place_zones,
        lists={r["list"]: frozenset(r.list("words")) for r in rows("time/lists.tsv", ["list", "words"])},
    )


START_COLUMNS = ("day", "what", "which")


def known_starts(extra: Path | None = None) -> tuple[Start, ...]:
    """When wars and the like began: those of a user's file (under ``[starts]``) before the built-in ones.

    Raises ``TableError`` for a day that is none or a line without words.
    """
    own = () if extra is None else (row for _, row in sections(extra, {"starts": START_COLUMNS}))
    return tuple(_start(row) for row in (*own, *rows("time/starts.tsv", START_COLUMNS)))


def _start(row: Row) -> Start:
    try:
        day = date.fromisoformat(row["day"])
    except ValueError:
        raise row.error(f"day is {row['day']!r}; it must look like 2022-02-24") from None
    what, which = (frozenset(word.lower() for word in row.list(column)) for column in ("what", "which"))
    if not (what and which):
        raise row.error("a start needs words under what (war|siege) and under which (the names that tell it apart)")
    return Start(day, what, which)


_HOLIDAY = ("name", "words", "month", "day", "weekday", "nth", "easter", "shift", "calendar", "days")


def _holidays() -> tuple[dict[str, HolidayRule], list[Pattern]]:
    rules: dict[str, HolidayRule] = {}
    patterns: list[Pattern] = []
    for row in rows("time/holidays.tsv", _HOLIDAY):
        numbers = {name: int(row[name]) for name in ("month", "day", "weekday", "nth", "shift", "days") if row[name]}
        rules[row["name"]] = HolidayRule(easter=row["easter"] or None, calendar=row["calendar"], **numbers)
        patterns += [_literal("HOLIDAY", words, {"holiday": row["name"]}) for words in row.list("words")]
    return rules, patterns


def _literal(gives: str, words: str, features: Features) -> Pattern:
    """A pattern of plain words."""
    parts = re.findall(r"'s\b|[^\W\d_]+|\d+|[^\w\s]", words)
    return Pattern(gives, tuple(((part,), "", False) for part in parts), features)


def _zones() -> dict[str, tuple[ZoneReading, ...]]:
    zones: dict[str, list[ZoneReading]] = {}
    for row in rows("time/zones.tsv", ["abbreviation", "zone", "hints"]):
        zones.setdefault(row["abbreviation"], []).append(ZoneReading(row["zone"], row.list("hints")))
    return {abbreviation: tuple(readings) for abbreviation, readings in zones.items()}


def _features(row: Row) -> Features:
    features: Features = {}
    for part in row["features"].split():
        name, equals, value = part.partition("=")
        if not equals:
            raise row.error(f"{part!r} is not name=value")
        features[name] = _value(value)
    return features


def _value(text: str) -> Feature:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _item(text: str) -> tuple[tuple[str, ...], str, bool]:
    optional = len(text) > 1 and text.endswith("?")
    names, _, suffix = (text[:-1] if optional else text).partition(">")
    return tuple(names.split("|")), suffix, optional
