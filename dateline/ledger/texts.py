"""Values as the database keeps them: text without the characters it refuses, moments that sort as text.

Two kinds of characters cannot be stored: PostgreSQL has no NUL, and neither engine
takes half of a surrogate pair. A stand-in of the same length takes their place, so that
offsets stay right in the stored text too, and ``odd_characters`` remembers what they were.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

import msgspec

__all__ = ["bounds_of_day", "fold", "from_json", "moment", "odd_characters", "restored", "storable", "to_json"]

T = TypeVar("T")
_ODD = re.compile("[\x00\ud800-\udfff]")
_NUL_SIGN = "\u2400"
_UNKNOWN_SIGN = "\ufffd"


def storable(text: str) -> str:
    """Return the text with a stand-in, one for one, for each character that databases refuse."""
    if text.isprintable():  # neither NUL nor surrogates are; the check costs next to nothing
        return text
    return _ODD.sub(lambda found: _NUL_SIGN if found[0] == "\x00" else _UNKNOWN_SIGN, text)


def odd_characters(fields: Mapping[str, str | None]) -> str | None:
    """Note what ``storable`` takes out of these fields: JSON ``{field: [[offset, code point], …]}``, or None."""
    odd = {
        name: [[found.start(), ord(found[0])] for found in _ODD.finditer(text)]
        for name, text in fields.items()
        if text and not text.isprintable()
    }
    odd = {name: places for name, places in odd.items() if places}
    return json.dumps(odd) if odd else None


def restored(fields: Mapping[str, str | None], noted: str | None) -> dict[str, str | None]:
    """Undo ``storable`` with what ``odd_characters`` noted."""
    whole = dict(fields)
    for name, places in json.loads(noted or "{}").items():
        characters = list(whole[name] or "")
        for offset, code in places:
            characters[offset] = chr(code)
        whole[name] = "".join(characters)
    return whole


def fold(name: str) -> str:
    """Return a name as it is looked up: no case, no accents, so that "Zelenskyj" finds "ZELENSKÝJ"."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return storable("".join(c for c in decomposed if not unicodedata.combining(c)))


def moment(value: datetime | None) -> str | None:
    """Return a moment as ISO 8601 text in UTC, of which the order as text is the order in time.

    The zone is written ``+00:00``: it sorts before the point of a fraction, ``Z`` would not.
    """
    if value is None:
        return None
    try:
        return value.astimezone(UTC).isoformat()
    except OverflowError:  # the first or last hours of the calendar
        return value.replace(tzinfo=UTC).isoformat()


def bounds_of_day(value: str | date | datetime) -> tuple[str, str]:
    """Return the first and the first later moment of a day, or a moment twice, as stored text.

    value: ISO 8601 text, a day or a moment; a moment without a zone is in UTC, as is a day.
    """
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) == len("2022-02-25") else datetime.fromisoformat(value)
    if isinstance(value, datetime):
        at = moment(value if value.tzinfo else value.replace(tzinfo=UTC))
        assert at is not None
        return at, at
    start = datetime.combine(value, time.min, UTC)
    end = start + timedelta(days=1) if value < date.max else datetime.max.replace(tzinfo=UTC)
    return start.isoformat(), end.isoformat()


def to_json(value: msgspec.Struct | list[str] | tuple[str, ...]) -> str:
    """Return records as JSON text that any engine stores (half surrogate pairs escaped)."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value))


def from_json(text: str, kind: type[T]) -> T:
    """Undo ``to_json``."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(text), kind)
