"""Time zones: which one the words, the place or the outlet mean, and moments in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from dateline.annotate.timex.sense import Sense
from dateline.annotate.words import Words
from dateline.codebook.times import time_tables
from dateline.records import Report

__all__ = [
    "Zone",
    "aware",
    "by_second_clock",
    "home_zone",
    "local",
    "offset_of",
    "place_zone",
    "stated_zone",
    "zone_nearby",
]

_WORD = re.compile(r"\.?[^\W\d_]+")  # a country's letters at the end of an address keep their point
_NEAR = 40  # tokens either side that may name the place of a clock time

_PLACES = ("GPE", "LOC")

Zone = str
"""An IANA name, or an offset such as ``+05:30``."""


def stated_zone(sense: Sense, report: Report) -> Zone | None:
    """The zone that the words themselves give: "IST", "GMT+2", "Kyiv time"; None for "local time" or silence."""
    name = sense.zone
    if name is None or name == "local":
        return None
    if sense.zsign:
        sign = "-" if sense.zsign < 0 else "+"
        return f"{sign}{sense.hourz:02d}:{sense.minutez:02d}"
    if name[0] in "+-":
        return name if ":" in name else f"{name[:3]}:{name[3:]}"
    readings = time_tables().zones.get(name)
    if readings is None:
        return name
    return readings[0].zone if len(readings) == 1 else _by_hints(name, report)


def _by_hints(name: str, report: Report) -> Zone:
    """Of several zones with one abbreviation the one that outlet, else address, title, text speak for most."""
    readings = time_tables().zones[name]
    for told in (report.outlet, report.url, report.dateline_place, report.title, report.text):
        found = Counter(_WORD.findall((told or "").lower()))
        counts = [sum(found[hint] for hint in reading.hints) for reading in readings]
        if max(counts) > 0:
            return readings[counts.index(max(counts))].zone
    return readings[0].zone


def home_zone(report: Report) -> Zone | None:
    """The zone a report's days are told in: of its dateline, else of its time of publication."""
    if report.dateline_place and (zone := place_zone(report.dateline_place)):
        return zone
    moment = report.moment
    if moment is None or moment.utcoffset() is None or "T" not in (report.published or ""):
        return None
    return offset_of(moment)


def offset_of(moment: datetime) -> Zone:
    """The moment's distance from UTC as ``+05:30``."""
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{abs(seconds) // 3600:02d}:{abs(seconds) // 60 % 60:02d}"


def place_zone(name: str) -> Zone | None:
    """The zone of a place by its name."""
    letters = unicodedata.normalize("NFKD", name.split(",", maxsplit=1)[0].strip().lower())
    return time_tables().place_zones.get("".join(c for c in letters if not unicodedata.combining(c)))


def zone_nearby(words: Words, i: int, *, further: bool = False) -> Zone | None:
    """The zone of the place named nearest to token ``i`` in its sentence; ``further``: or last before it."""
    known = time_tables().place_zones
    first, end = words.sentence_of(i)
    near = range(max(first, i - _NEAR), min(end, i + _NEAR))
    for k in sorted(near, key=lambda k: (abs(k - i), k)):
        acts = words.dep[k] == "nsubj" and k > i  # "at 6:00 local time, unless Ukraine objects"
        named = not acts and (words.ent[k] in _PLACES or (further and words.tag[k] == "NNP"))
        if named and (zone := known.get(" ".join(words.lower[k : k + 2])) or known.get(words.lower[k])):
            return zone
    for k in range(i, max(-1, i - 10 * _NEAR), -1) if further else ():
        if (words.ent[k] in _PLACES or words.tag[k] == "NNP") and (zone := known.get(words.lower[k])):
            return zone
    return None


def by_second_clock(sense: Sense, local_time: datetime | None, told: Zone | None) -> Zone | None:
    """The offset that "5 a.m. (0300 GMT)" tells: from the second clock time, whose zone is ``told``."""
    moment = aware(local_time, told)
    if told is None or local_time is None or moment is None or sense.hour2 is None:
        return None
    apart = local_time.hour * 60 + local_time.minute - sense.hour2 * 60 - (sense.minute2 or 0)
    apart += int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    apart = (apart + 11 * 60) % 1440 - 11 * 60  # no zone is further west than 11 hours, save small islands
    return f"{'-' if apart < 0 else '+'}{abs(apart) // 60:02d}:{abs(apart) % 60:02d}"


def local(moment: datetime | None, zone: Zone | None) -> datetime | None:
    """A moment on the clocks of a zone, without it; on its own clock where the zone is not known."""
    if moment is None:
        return None
    try:
        return (moment if zone is None else moment.astimezone(_tzinfo(zone))).replace(tzinfo=None)
    except OverflowError:  # within a day of the first or last year
        return None


@cache
def _tzinfo(zone: Zone) -> tzinfo:
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
    return UTC if zone == "UTC" else ZoneInfo(zone)


def aware(moment: datetime | None, zone: Zone | None) -> datetime | None:
    """A local moment with its offset fixed; UTC stands in for an unknown zone."""
    if moment is None:
        return None
    if zone is None:
        return moment.replace(tzinfo=UTC)
    try:
        offset = moment.replace(tzinfo=_tzinfo(zone)).utcoffset()
    except (OverflowError, ValueError):
        offset = None
    return moment.replace(tzinfo=timezone(offset) if offset else UTC)
