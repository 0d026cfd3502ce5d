"""Pieces: what the grammar of time expressions reads, with the classes each has.

spaCy's tokens cut "24–26", "1.30am" and "2022-02-24" in ways that depend on what stands
around them; so the stretches that may hold a time are cut anew, always alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.codebook.times import Features, WordSense

__all__ = ["Edge", "Piece", "cut", "edges_of"]

_PIECE = re.compile(
    r"""(?P<iso>\d{4}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\ ?(?:Z\b|[+-]\d\d:?\d\d\b)?)?(?![\d-]))
      | (?P<date>\d{1,2}([./])\d{1,2}\3(?:\d{4}|\d\d)(?!\d)|\d{4}/\d{1,2}/\d{1,2}(?!\d))
      | (?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
      | (?P<decade>(?:['’‘])?(?:1\d|20)?\d0['’]?s\b)
      | (?P<number>\d+(?:,\d{3})+(?!\d)|\d+(?:[.:/]\d+)*)
      | (?P<word>[ap]\.\ ?m\b\.?|o['’]clock\b|Q[1-4]\b|[^\W\d_]+)
      | (?P<mark>['’]s\b|\S)""",
    re.VERBOSE,
)


class Piece(NamedTuple):
    """A stretch of text that the grammar takes as one: its kind (a group of the pattern) and offsets."""

    kind: str
    text: str
    start: int
    end: int


class Edge(NamedTuple):
    """A class with features over the pieces up to ``end`` (exclusive); ``order``: its line in the grammar."""

    gives: str
    end: int
    features: Features
    order: int = 0


def cut(text: str, start: int, end: int) -> list[Piece]:
    """Cut ``text[start:end]`` into pieces."""
    found = []
    for match in _PIECE.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        found.append(Piece(kind, match[0], match.start(), match.end()))
    return found


def edges_of(pieces: list[Piece], i: int, lexicon: dict[str, tuple[WordSense, ...]]) -> list[Edge]:
    """The classes of the piece at ``i``, of numbers and years written in several words too."""
    piece = pieces[i]
    lower = piece.text.lower().replace("’", "'")
    edges = [Edge(lower, i + 1, {})]
    for sense in lexicon.get(lower, ()):
        capital = piece.text[0].isupper()
        if not sense.written or capital == (sense.written == "cap"):
            edges.append(Edge(sense.gives, i + 1, sense.features))
    if piece.kind == "word" and edges[-1].gives == "CARD":
        edges.extend(_spelled(pieces, i, lexicon))
    elif lower == "a" and i + 1 < len(pieces) and pieces[i + 1].text.lower() in ("hundred", "thousand"):
        edges.append(Edge("NUM", i + 2, {"n": 100 if pieces[i + 1].text.lower() == "hundred" else 1000}))
    elif piece.kind in _SHAPES:
        edges.extend(Edge(gives, i + 1, features) for gives, features in _SHAPES[piece.kind](lower))
        if piece.kind == "number" and i + 1 < len(pieces) and re.fullmatch(r"[1-3]/[2-4]", pieces[i + 1].text):
            over, under = pieces[i + 1].text.split("/")
            if piece.text.isdigit():
                edges.append(Edge("NUM", i + 2, {"n": int(piece.text) + int(over) / int(under)}))
    return edges


Shape = list[tuple[str, Features]]


def _iso(text: str) -> Shape:
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return []
    features: Features = {"year": year, "month": month, "day": day}
    if len(text) > 10:
        features |= {"hour": int(text[11:13]), "minute": int(text[14:16])}
        zone = re.search(r"(?:z|[+-]\d\d:?\d\d)$", text[16:])
        if zone:
            features["zone"] = zone[0].upper()
        return [("DATETIME", features)]
    return [("NUMDATE", features)]


def _numeric_date(text: str) -> Shape:
    """``a/b/year`` with the order of a and b left open, unless only one can be the month."""
    one, two, three = (int(part) for part in re.split(r"[./]", text))
    if one > 31:
        return [("NUMDATE", {"year": one, "month": two, "day": three})] if two <= 12 and three <= 31 else []
    year = three if three > 99 else three + (2000 if three < 70 else 1900)
    if "." in text or one > 12:
        return [("NUMDATE", {"year": year, "month": two, "day": one})] if 0 < two <= 12 and 0 < one <= 31 else []
    if two > 12:
        return [("NUMDATE", {"year": year, "month": one, "day": two})] if 0 < one <= 12 and two <= 31 else []
    return [("NUMDATE", {"year": year, "first": one, "second": two})] if one and two else []


def _ordinal(text: str) -> Shape:
    n = int(text[:-2])
    shape: Shape = [("ORD", {"ord": n})]
    if 1 <= n <= 31:
        shape.append(("DAYORD", {"day": n}))
    return shape


def _decade(text: str) -> Shape:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 2:
        return [("DECNUM", {"tens": int(digits[0]), "bare": 1})]
    return [("DECNUM", {"decade": int(digits) // 10})]


def _number(text: str) -> Shape:
    plain = text.replace(",", "")
    if plain.isdigit():
        return _integer(text, int(plain[:18]))
    if match := re.fullmatch(r"(\d{1,2})([.:])(\d\d)(?::(\d\d))?", text):
        hour, minute = int(match[1]), int(match[3])
        if hour <= 24 and minute < 60:
            clock: Features = {"hour": hour, "minute": minute}
            return [("HM", clock)] if match[2] == ":" else [("HDOTM", clock), ("NUM", {"n": float(text)})]
    if re.fullmatch(r"\d+\.\d+", text):
        return [("NUM", {"n": float(text[:18])})]
    return []


def _integer(text: str, n: int) -> Shape:
    shape: Shape = [("NUM", {"n": n})]
    if len(text) <= 2:
        if 1 <= n <= 31:
            shape.append(("DAYNUM", {"day": n}))
        if n <= 24:
            shape.append(("HOUR", {"hour": n}))
        if len(text) == 2:
            shape.append(("YY", {"yy": n}))
    elif len(text) == 4:
        if 1000 <= n <= 2999:
            shape.append(("YEAR", {"year": n}))
        if n // 100 <= 24 and n % 100 < 60:
            shape.append(("HHMM", {"hour": n // 100, "minute": n % 100}))
    return shape


_SHAPES = {"iso": _iso, "date": _numeric_date, "ordinal": _ordinal, "decade": _decade, "number": _number}


def _spelled(pieces: list[Piece], i: int, lexicon: dict[str, tuple[WordSense, ...]]) -> list[Edge]:
    """The number, and the year, that the words from ``i`` on spell: "two hundred and six", "nineteen ninety-one"."""
    parts: list[int] = []
    ends: list[int] = []
    k = i
    while k < len(pieces) and len(parts) < 8:
        lower = pieces[k].text.lower()
        card = next((s.features["n"] for s in lexicon.get(lower, ()) if s.gives == "CARD"), None)
        if isinstance(card, int):
            parts.append(card)
            ends.append(k + 1)
        elif not (lower in ("and", "-") and parts and (lower == "-" or parts[-1] >= 100)):
            break
        k += 1
    edges = []
    for m in range(1, len(parts) + 1):
        if (n := _sum(parts[:m])) is not None:
            edges.append(Edge("NUM", ends[m - 1], {"n": n}))
            if m == 1 and 1 <= n <= 12:
                edges.append(Edge("HNUM", ends[0], {"hour": n}))
            if 1900 < n < 2100 or n == 2000:
                edges.append(Edge("YEAR", ends[m - 1], {"year": n}))
        elif 10 <= parts[0] <= 20 and (low := _sum(parts[1:m])) is not None and 10 <= low <= 99:
            edges.append(Edge("YEAR", ends[m - 1], {"year": parts[0] * 100 + low}))
    return edges


def _sum(parts: list[int]) -> int | None:
    """The number the cardinals make, or None where they make none ("five twenty")."""
    total, group = 0, 0
    room = 10**9
    for part in parts:
        if part == 1000:
            total, group, room = total + max(group, 1) * 1000, 0, 1000
        elif part == 100:
            group, room = max(group, 1) * 100, 100
        elif part >= 20 and room >= 100:
            group, room = group + part, 10
        elif part < room and (part < 10 or room >= 100):
            group, room = group + part, 1
        else:
            return None
    return total + group
