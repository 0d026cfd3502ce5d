"""Numbers, names and moments as English prose has them; the filters of the templates.

Moments come as ISO 8601 text or as datetimes, and are shown in the reader's zone. A day without a
clock time is a day on its outlet's calendar and is not moved between zones.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = [
    "clock",
    "counted",
    "date_only",
    "day",
    "figure",
    "length",
    "local",
    "number",
    "place",
    "plural",
    "span",
    "when",
]

_DAY = len("2022-02-25")
_IRREGULAR = {"person": "people", "reply": "replies", "this": "these", "is": "are", "has": "have", "was": "were",
              "copy": "copies", "entry": "entries"}  # fmt: skip


def plural(count: float, word: str) -> str:
    """The word in the number that goes with a count: 1 report, 2 reports, 0 reports."""
    if count == 1:
        return word
    *before, last = word.split(" ")
    return " ".join([*before, _IRREGULAR.get(last) or last + ("es" if last.endswith(("s", "x", "ch", "sh")) else "s")])


def counted(count: int, word: str) -> str:
    """A count with its word: "1 report", "1,204 reports", "no reports"."""
    return f"{number(count) if count else 'no'} {plural(count, word)}"


def number(value: float | None) -> str:
    """A number with separators, without needless digits; a dash for none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def figure(low: float | None, high: float | None) -> str:
    """A range as a reader writes it: 137, ≥ 201, ≤ 60, 24–99, or "no figure"."""
    if low is None and high is None:
        return "no figure"
    if high is None:
        return f"≥ {number(low)}"
    if low is None or (low == 0 and high > 0):
        return f"≤ {number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def local(moment: datetime | str | None, zone: ZoneInfo) -> datetime | date | None:
    """A moment in a zone; text that is only a day stays one."""
    if moment is None or moment == "":
        return None
    if isinstance(moment, str):
        if len(moment) == _DAY:
            return date.fromisoformat(moment)
        moment = datetime.fromisoformat(moment)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
    except OverflowError:
        return moment


def when(moment: datetime | str | None, zone: ZoneInfo) -> str:
    """A moment in a table: "25 Feb 2022 21:40"; a day alone stays a day."""
    at = local(moment, zone)
    if at is None:
        return "no date"
    return f"{at.day} {at:%b %Y}" + (f" {at:%H:%M}" if isinstance(at, datetime) else "")


def clock(moment: datetime | str | None, zone: ZoneInfo) -> str:
    """The same without the year, for places where the year is plain: "25 Feb 21:40"."""
    at = local(moment, zone)
    if at is None:
        return "no date"
    return f"{at.day} {at:%b}" + (f" {at:%H:%M}" if isinstance(at, datetime) else "")


def date_only(moment: datetime | str | None, zone: ZoneInfo) -> str:
    """The day alone: "25 Feb 2022"."""
    at = local(moment, zone)
    return "no date" if at is None else f"{at.day} {at:%b %Y}"


def day(moment: datetime | str | None, zone: ZoneInfo) -> str:
    """A head over a day: "Friday 25 February 2022"."""
    at = local(moment, zone)
    return "no date" if at is None else f"{at:%A} {at.day} {at:%B %Y}"


def form_field(moment: datetime | str | None, zone: ZoneInfo) -> str:
    """A moment as a form's field for dates and times holds it."""
    at = local(moment, zone)
    return at.strftime("%Y-%m-%dT%H:%M") if isinstance(at, datetime) else ""


def span(earliest: datetime | str | None, latest: datetime | str | None, zone: ZoneInfo) -> str:
    """A stretch of time as narrow as it is known: "24 Feb 10:40–23:00", "24 Feb", "before 26 Feb 08:00"."""
    first, last = local(earliest, zone), local(latest, zone)
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        if first is None:
            return "time not given" if last is None else f"before {clock(latest, zone)}"
        return f"from {clock(earliest, zone)}" if last is None else f"{clock(earliest, zone)} – {clock(latest, zone)}"
    if whole := _days(first, last):
        return whole
    if last - first <= timedelta(minutes=1):
        return f"{first.day} {first:%b %H:%M}"
    if first.date() == last.date():
        return f"{first.day} {first:%b %H:%M}–{last:%H:%M}"
    return f"{first.day} {first:%b %H:%M} – {last.day} {last:%b %H:%M}"


def _days(first: datetime, last: datetime) -> str | None:
    """Whole days as days: midnight to midnight."""
    if (first.hour, first.minute) != (0, 0) or (last.hour, last.minute) not in ((0, 0), (23, 59)):
        return None
    end = (last - timedelta(minutes=1)).date()
    if end <= first.date():
        return f"{first.day} {first:%b}"
    if (first.day, first.month, end.month, end.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == end.year else f"{first.year}–{end.year}"
    return f"{first.day}–{end.day} {end:%b}" if first.month == end.month and first.year == end.year else (
        f"{first.day} {first:%b} – {end.day} {end:%b}"
    )  # fmt: skip


def length(seconds: float) -> str:
    """How long, in the largest unit that says enough: "22 h", "3 days"."""
    for unit, size in (("year", 365.25 * 86400), ("day", 86400)):
        if seconds >= 2 * size:
            return counted(round(seconds / size), unit)
    return f"{round(seconds / 3600)} h" if seconds >= 3600 else f"{max(0, round(seconds / 60))} min"


def place(lat: float | None, lon: float | None, radius_km: float | None = None) -> str:
    """Coordinates with their uncertainty: "50.60 N 30.19 E ± 1.5 km"."""
    if lat is None or lon is None:
        return "not on the map"
    at = f"{abs(lat):.2f} {'N' if lat >= 0 else 'S'} {abs(lon):.2f} {'E' if lon >= 0 else 'W'}"
    if radius_km is None:
        return at
    return f"{at} ± {radius_km:,.0f} km" if radius_km >= 10 else f"{at} ± {radius_km:.1f} km"
