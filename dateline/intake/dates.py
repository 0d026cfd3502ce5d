"""Words for a date of publication, to ISO 8601.

Strict on purpose: a wrong day moves every relative time of a report, so words that can be read
two ways are refused (``DateError``) rather than guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal

__all__ = ["DateError", "DateOrder", "in_file_name", "published", "written_out"]

DateOrder = Literal["dmy", "mdy"]
"""How days written as 03/04/2022 are meant: the day or the month first."""

_YEARS = range(1600, 2200)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_DAY_OF_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(rf"\b{_DAY_OF_MONTH}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+{_DAY_OF_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?P<a>\d{1,2})([/.-])(?P<b>\d{1,2})\2(?P<year>\d{4}|\d{2})(?=\D|$)")
_ISO_MOMENT = re.compile(
    r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[T\s]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(.*))?",
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.I)
_ZONE = re.compile(r"(?:UTC|GMT|Z)?\s*(?:([+-])(\d{2}):?(\d{2})?)?", re.IGNORECASE)
_LETTERS = re.compile(r"(?!UTC|GMT)[A-Z]{2,5}")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_FILLERS = re.compile(rf"\b(?:{_WEEKDAY}|on|at|posted|published)(?!\w)|[,|•·:–-]|\s", re.IGNORECASE)
_FILE_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)|(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")


class DateError(ValueError):
    """Words that name no one day; the message says why."""


def published(words: object, order: DateOrder | None = None) -> str:
    """Return an ISO day, or a moment where a clock time is known, with its zone if one is given.

    Reads ISO 8601, RFC 822, "25 February 2022", "Feb. 25, 2022, 6:30 pm", Unix seconds and
    milliseconds of ten and thirteen digits, and 25/02/2022 where only one order makes sense or
    ``order`` says which. Midnight sharp is how exports write "time unknown" and is read as the day.

    Raises DateError for everything else.
    """
    if isinstance(words, datetime):
        return _moment(words)
    if isinstance(words, date):
        return _day(words.year, words.month, words.day)
    if isinstance(words, int | float) and not isinstance(words, bool):
        return _unix(f"{words:.0f}")
    if not isinstance(words, str):
        raise DateError(f"{words!r} is not a date")
    words = words.strip()
    if words[4:5] == "-" == words[7:8]:
        quick = _plain_iso(words)
        if quick:
            return quick
    if len(words) > 100:
        raise DateError(f"{words[:40]!r}… is too long for a date")
    try:
        return _from_words(words, order)
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, DateError) else DateError(f"{words!r} is not a date") from error


def in_file_name(name: str) -> str | None:
    """Return the first day that stands in a file's name, as 2022-02-25 or 20220225."""
    for found in _FILE_NAME.finditer(name):
        year, month, day = (int(group) for group in found.groups() if group)
        try:
            return _day(year, month, day)
        except ValueError:
            continue
    return None


def written_out(words: str, order: DateOrder | None = None) -> str | None:
    """Return the day of the first full date among ``words``, month by name or in figures, else None."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _NUMBERS):
        found = pattern.search(words)
        if found:
            try:
                return _in_figures(found, order) if pattern is _NUMBERS else _by_name(found)
            except ValueError:
                return None
    return None


def _from_words(words: str, order: DateOrder | None) -> str:
    if words.isdecimal() and len(words) in (10, 13):
        return _unix(words)
    found = _ISO_MOMENT.fullmatch(words)
    if found:
        return _from_iso(found)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        found = pattern.search(words)
        if found:
            return _with_clock(_by_name(found), words[: found.start()] + " " + words[found.end() :], words)
    found = _NUMBERS.search(words)
    if found:
        return _with_clock(_in_figures(found, order), words[: found.start()] + " " + words[found.end() :], words)
    raise DateError(f"{words!r} is not a date with day, month and year")


def _plain_iso(words: str) -> str | None:
    """What the standard library reads by itself, ten times as fast; None for the rest."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return _moment(moment)


def _from_iso(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None or _LETTERS.fullmatch(zone):
        return _day(int(year), int(month), int(day))  # "18:00 CET": the day is certain, the zone's letters are not
    moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    return _moment(moment)


def _by_name(found: re.Match[str]) -> str:
    month = _MONTH_NAMES.index(found["month"][:3].lower()) + 1
    return _day(int(found["year"]), month, int(found["day"]))


def _in_figures(found: re.Match[str], order: DateOrder | None) -> str:
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if a <= 12 and b <= 12 and a != b and order is None:
        raise DateError(f"{found[0]!r} can be read two ways: say the order, dmy or mdy, or write {year}-{b:02}-{a:02}")
    day_first = b <= 12 and (a > 12 or order != "mdy")
    return _day(year, b, a) if day_first else _day(year, a, b)


def _with_clock(day: str, rest: str, words: str) -> str:
    """Add the clock time that stands in ``rest``; anything there that is no part of a date is refused."""
    clock = _CLOCK.search(rest)
    if clock is None:
        if _FILLERS.sub("", rest):
            raise DateError(f"{words!r} is more than a date")
        return day
    after = rest[clock.end() :].strip(" ,")
    if _FILLERS.sub("", rest[: clock.start()]):
        raise DateError(f"{words!r} is more than a date")
    try:
        return parsedate_to_datetime(words).isoformat() if _is_rfc_822(words) else _clocked(day, clock, after)
    except DateError:
        return day  # the day is certain even where the zone's name ("ET") is not


def _is_rfc_822(words: str) -> bool:
    try:
        return parsedate_to_datetime(words) is not None
    except (ValueError, TypeError):
        return False


def _clocked(day: str, clock: re.Match[str], zone: str) -> str:
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= 12:
            raise DateError(f"{clock[0]!r} is no time of day")
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    start = datetime.fromisoformat(day)
    return _moment(start.replace(hour=hour, minute=int(clock["minute"]), tzinfo=_zone(zone)))


def _zone(words: str) -> timezone | None:
    words = words.strip()
    if not words:
        return None
    found = _ZONE.fullmatch(words)
    if not found:
        raise DateError(f"{words!r} is not a zone that can be read: write it as +02:00")
    sign, hours, minutes = found.groups()
    if sign is None:
        return UTC
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)


def _unix(digits: str) -> str:
    if len(digits) not in (10, 13):
        raise DateError(f"{digits} is not a date (Unix times have ten or thirteen digits)")
    return _moment(datetime.fromtimestamp(int(digits[:10]), UTC))


def _moment(moment: datetime) -> str:
    if moment.year not in _YEARS or not (moment.hour or moment.minute or moment.second):
        return _day(moment.year, moment.month, moment.day)
    return moment.isoformat(timespec="seconds")


def _day(year: int, month: int, day: int) -> str:
    if year not in _YEARS:
        raise DateError(f"the year {year} is no year of a news report")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise DateError(f"{year:04}-{month:02}-{day:02} is not in the calendar") from error
