"""What a reader asks of a page, in the query string: filters, a place in a list, a moment, a zone.

Filters stand in the address, so that what one reader sees another sees too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Cookie, Depends, HTTPException, Query, Request

from dateline.ledger import Filters

__all__ = ["Asked", "AskedDep", "ZoneDep", "moment_of", "zone_of"]

_Text = Annotated[str | None, Query(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters of a list, as given; empty fields of a form count as not given.

    since, until: a day or a moment; without a zone it is in the reader's. after: a cursor of ``paging``.
    as_of: show what was known at that moment.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    actor: str | None = None
    type: str | None = None
    source: str | None = None
    certainty: str | None = None
    report: str | None = None
    as_of: str | None = None
    after: str | None = None

    def filters(self, zone: ZoneInfo, *, limit: int | None = None) -> Filters:
        """The same for the ledger."""
        since, until = moment_of(self.since, zone), moment_of(self.until, zone, end=True)
        return Filters(
            since=since, until=until, place=self.place, actor=self.actor, type=self.type, source=self.source,
            certainty=self.certainty, report=self.report, limit=limit,
        )  # fmt: skip

    def query(self, **changed: str | None) -> str:
        """The query string of these filters with some changed; leaving ``after`` out unless it is given."""
        asked = replace(self, **({"after": None} | changed))
        return urlencode({f.name: value for f in fields(asked) if (value := getattr(asked, f.name))})

    def given(self) -> bool:
        """Whether any filter is set."""
        return any(getattr(self, f.name) for f in fields(self) if f.name not in ("after", "as_of"))


def moment_of(words: str | None, zone: ZoneInfo, *, end: bool = False) -> datetime | None:
    """A day or moment of a form as a moment, in the reader's zone where it names none; ``end``: a day's last.

    Raises a 400 with words for the reader.
    """
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words.replace(" ", "+"))
        if len(words) == len("2022-02-25") and end:
            moment += timedelta(days=1)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise HTTPException(400, f"“{words}” is no date: write 2022-02-25 or 2022-02-25T18:00") from None


def zone_of(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, None where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _asked(  # each filter is a parameter of its own in the OpenAPI document  # noqa: PLR0917
    since: _Text = None, until: _Text = None, place: _Text = None, actor: _Text = None, type: _Text = None,
    source: _Text = None, certainty: _Text = None, report: _Text = None, as_of: _Text = None, after: _Text = None,
) -> Asked:  # fmt: skip
    given = locals()
    return Asked(**{name: value.strip() or None for name, value in given.items() if isinstance(value, str)})


def _zone(request: Request, zone: Annotated[str | None, Cookie(max_length=60)] = None) -> ZoneInfo:
    return (zone and zone_of(zone)) or zone_of(request.app.state.settings.zone) or ZoneInfo("UTC")


AskedDep = Annotated[Asked, Depends(_asked)]
ZoneDep = Annotated[ZoneInfo, Depends(_zone)]
