"""Report: one dated news text, and how its identity is made."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime

import msgspec

__all__ = ["Report", "report_id"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One dated news text.

    text: as stored; every offset of every record counts in it, in Unicode code points.
    published: ISO 8601 day (``2022-02-25``) or moment (``2022-02-25T18:00:00+02:00``); None if unknown.
    outlet, title, url: as the source gives them; the title is not part of ``text``.
    language: ISO 639-1 code; only English is read.
    dateline_place: the place of an opening such as "KYIV, Feb 25 (Reuters) -".
    origin: the file, feed or archive record it came from; not part of its identity.
    partial: only a summary is known, as in many feeds.
    id: hash of text, day, outlet, title and address (``report_id``), made when left empty.
    """

    text: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str = "en"
    dateline_place: str | None = None
    origin: str | None = None
    partial: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        if self.published is not None and not _DAY.fullmatch(self.published):
            datetime.fromisoformat(self.published)  # its ValueError names the bad words
        if not self.id:
            made = report_id(self.text, self.published, self.outlet, self.title, self.url)
            msgspec.structs.force_setattr(self, "id", made)

    @property
    def day(self) -> date | None:
        """The day of publication, on the calendar of the outlet's own zone."""
        return None if self.published is None else date.fromisoformat(self.published[:10])

    @property
    def moment(self) -> datetime | None:
        """The time of publication if a clock time is known, with its zone (UTC where none is given)."""
        if self.published is None or _DAY.fullmatch(self.published):
            return None
        moment = datetime.fromisoformat(self.published)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def report_id(text: str, published: str | None, outlet: str | None, title: str | None, url: str | None) -> str:
    """Return 16 hexadecimal digits that stay the same for the same content (BLAKE2b, 64 bits)."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (text, published, outlet, title, url):
        # The length keeps ("ab", "c") and ("a", "bc") apart; None differs from "".
        raw = b"-" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw) if part is not None else b"n:")
        digest.update(raw)
    return digest.hexdigest()
