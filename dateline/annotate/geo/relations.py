"""Places told from other places: "60 km northwest of Kyiv", "the outskirts of Kharkiv", "between Damascus and Homs".

The words before a name, at most ``_WINDOW`` characters of its sentence, are matched against one pattern made
of ``places/relations.tsv``; a phrase gives a centre, how far off the truth may be and, where told, a bearing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.annotate.words import Words
from dateline.codebook.tables import rows
from dateline.records.geodesy import destination, distance_km, midpoint

__all__ = ["Phrase", "Point", "find_phrases"]

_WINDOW = 110
_AFTER = 24
_WIDE_KM = 60.0
_DEFAULT_DISTANCE = 25.0  # km: "north of Sumy"
_PLAIN = ("border", "outskirts", "around", "waters", "stream", "road")  # kinds that need no distance

Point = tuple[float, float, float]  # latitude, longitude, radius in km


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that tell a place by one or two names.

    start, end: characters of the whole phrase; relation_end: where the relation's own words end.
    anchors: positions in the list of names. kind: of the relation's row, "distance", "direction",
    "part" or "between"; spread_km: how far around the computed centre the place may lie, None: as told.
    """

    start: int
    end: int
    relation_end: int
    kind: str
    anchors: tuple[int, ...]
    distance_km: float | None = None
    bearing_deg: float | None = None
    spread_km: float | None = None

    def locate(self, points: Sequence[Point]) -> Point:
        """Centre and radius, given those of the anchors."""
        lat, lon, radius = points[0]
        if self.kind == "between":
            lat2, lon2, _ = points[1]
            return *midpoint(lat, lon, lat2, lon2), max(distance_km(lat, lon, lat2, lon2) / 2, 5.0)
        if self.kind == "part":
            shift = 0.0 if self.bearing_deg is None else 0.6 * radius
            return *destination(lat, lon, self.bearing_deg or 0.0, shift), max(radius / 2, 2.0)
        if self.bearing_deg is None:
            return lat, lon, radius + (self.distance_km or 0.0) + (self.spread_km or 0.0)
        shift = self.distance_km if self.distance_km is not None else min(radius, self.spread_km or radius)
        spread = self.spread_km if self.spread_km is not None else max(0.2 * shift, 3.0)
        if radius > _WIDE_KM:  # from a country or an island one counts from its edge
            shift, spread = shift + radius, spread + radius / 2
        return *destination(lat, lon, self.bearing_deg, shift), spread + min(radius, 20.0)


def find_phrases(words: Words, names: Sequence[tuple[int, int]]) -> list[Phrase]:
    """Find the phrases around names, given as token ranges in order; at most one a name."""
    found: list[Phrase] = []
    for number in range(len(names)):
        phrase = _between(words, names, number) or _phrase(words, names, number)
        if phrase is not None:
            found.append(phrase)
    return found


def _phrase(words: Words, names: Sequence[tuple[int, int]], number: int) -> Phrase | None:
    first, end = names[number]
    start, last = words.start[first], words.end[end - 1]
    opening = max(words.start[words.sentence_of(first)[0]], start - _WINDOW)
    if number:
        opening = max(opening, words.end[names[number - 1][1] - 1])
    before = words.text[opening:start].lower()
    match = _pattern().search(before) if len(before) == start - opening else None
    if match is None or (match["from"] and not _is_measured(match)) or not _is_told(words, match, end, opening):
        return _suffix(words, first, end, number)
    km, (kind, spread), told = _km(match), _kind(match), match["direction"] or match["side"] or match["adjective"]
    bearing = _directions()[told] if told else None
    if bearing is None and km is not None:
        bearing, last = _direction_after(words, end, last)
    if kind == "direction" and km is None:
        km, spread = _DEFAULT_DISTANCE, _DEFAULT_DISTANCE + 15
    relation_end = opening + match.end("relation" if match["relation"] else "adjective")
    return Phrase(opening + match.start(), last, relation_end, kind, (number,), km, bearing, spread)


def _is_measured(match: re.Match[str]) -> bool:
    """Whether "from" follows a distance, "of" a distance one is within."""
    return bool(match["unit"]) and (match["from"] != "of" or "within" in match[0])


def _is_told(words: Words, match: re.Match[str], end: int, opening: int) -> bool:
    """Whether the words describe a place: not "cut off Russia's economy", "around Ukraine's borders"."""
    if match["unit"] or match["direction"]:
        return True
    if end < len(words) and words.tag[end] == "POS":
        return False
    before = words.tokens(opening + match.start(), opening + match.start() + 1)
    return not before or words.tag[before[0]] != "RP"


def _between(words: Words, names: Sequence[tuple[int, int]], number: int) -> Phrase | None:
    """Read "between A and B", seen from A."""
    first, end = names[number]
    if number + 1 == len(names) or first == 0:
        return None
    second, last = names[number + 1]
    joint = words.lower[end] if second - end == 1 else ""
    before = words.text[
        max(words.start[words.sentence_of(first)[0]], words.start[first] - _WINDOW) : words.start[first]
    ]
    match = _between_pattern(joint).search(before.lower()) if joint in ("and", "to") else None
    if match is None:
        return None
    start = words.start[first] - len(before) + match.start()
    relation_end = start + len(match[0].rstrip())
    return Phrase(start, words.end[last - 1], relation_end, "between", (number, number + 1))


def _suffix(words: Words, first: int, end: int, number: int) -> Phrase | None:
    """Read a relation after the name: "Kharkiv's outskirts", "Kyiv suburb"."""
    at = end + (end < len(words) and words.lower[end] in ("'s", "’s", "'", "’"))
    bearing = None
    if at < len(words) and words.lower[at] in _directions():
        bearing = _directions()[words.lower[at]]
        at += 1
    leads_on = at + 1 < len(words) and words.lower[at + 1] == "of"  # "the Kyiv suburb of Bucha" is Bucha
    is_edge = at < len(words) and words.lower[at] in _outskirts() and words.sentence[at] == words.sentence[first]
    if is_edge and not leads_on:
        spread = _outskirts()[words.lower[at]]
        return Phrase(
            words.start[first], words.end[at], words.end[at], "outskirts", (number,), None, bearing, spread
        )  # fmt: skip
    return None


def _direction_after(words: Words, end: int, last: int) -> tuple[float | None, int]:
    """Read a bearing after the name ("300 km off the coast of Perth, to the west"), and where its words end."""
    tail = words.text[last : last + _AFTER].lower()
    match = _after().match(tail)
    if match is None or len(words.sentence) <= end:
        return None, last
    return _directions()[match["direction"]], last + match.end()


def _km(told: re.Match[str]) -> float | None:
    if told["unit"] is None:
        return None
    number = " ".join(told["number"].split())
    value = float(number.replace(",", "")) if number[-1].isdigit() else _values("number")[number]
    return value * _values("unit")[" ".join(told["unit"].split())]


def _kind(told: re.Match[str]) -> tuple[str, float | None]:
    for kind in _PLAIN:
        if told[kind] is not None:
            return kind, None if told["unit"] else _values(kind)[" ".join(told[kind].split())]
    if told["adjective"] or (told["within"] and told["unit"] is None):
        return "part", None
    return "direction" if told["direction"] else "distance", None


@cache
def _values(kind: str) -> dict[str, float]:
    table = rows("places/relations.tsv", ("kind", "words", "value"))
    return {words: float(row["value"] or 0) for row in table if row["kind"] == kind for words in row.list("words")}


@cache
def _directions() -> dict[str, float]:
    return _values("direction")


@cache
def _outskirts() -> dict[str, float]:
    return _values("outskirts")


def _any(kind: str) -> str:
    """One of the words of a kind, longest first, any white space between them."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(_values(kind), key=lambda w: (-len(w), w)))


@cache
def _between_pattern(joint: str) -> re.Pattern[str]:
    """What stands before two names joined by "and" ("between the cities of") or by "to" ("the road from")."""
    sites = r"(?:the\s+\w+\s+of\s+)?$"
    if joint == "and":
        return re.compile(r"\b(?:(?:midway|halfway|somewhere)\s+)?(?:in\s+)?between\s+" + sites)
    return re.compile(
        r"\b(?:on|along)\s+the\s+(?:main\s+)?(?:road|highway|route|railway|motorway|line)\s+from\s+" + sites
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf",?\s+to\s+the\s+(?P<direction>{_any('direction')})\b")


@cache
def _pattern() -> re.Pattern[str]:
    """The relation and what may stand between it and the name, which follows at the end of the window."""
    direction = _any("direction")
    distance = (
        rf"(?:(?:{_any('hedge')})\s+)*(?P<number>\d[\d,]*(?:\.\d+)?|{_any('number')})[\s-]*"
        rf"(?P<unit>{_any('unit')})(?:\s*\([^()]{{1,24}}\))?(?:\s+away)?\s+"
    )
    toward = r"(?P<within>(?:(?:in|into|from|across|throughout)\s+)?the\s+(?:far\s+|extreme\s+)?)?"
    edge = (
        rf"(?:(?:in|on|at|to|over|around|from|into|near|through|toward|towards)\s+)?the\s+(?:(?P<side>{direction})\s+)?"
    )
    links = "|".join((
        rf"{toward}(?:to\s+the\s+)?(?P<direction>{direction})(?:\s+part)?\s+of",
        r"(?:(?:inland|offshore)\s+)?(?P<from>from|inside|into|of)",
        rf"{edge}(?P<outskirts>{_any('outskirts')})\s+(?:of|to)",
        *(rf"(?P<{kind}>{_any(kind)})" for kind in _PLAIN if kind != "outskirts"),
    ))  # fmt: skip
    bridge = rf"(?:\s+(?:(?:the|its|their)\s+)?(?:\w+\s+){{0,3}}?(?:{_any('site')})(?:\s+of|\s+with|\s*,)?|\s+the)?\s+"
    adjectives = "|".join(w for w in sorted(_directions(), key=lambda w: (-len(w), w)) if not w.endswith("ward"))
    return re.compile(rf"\b(?:(?P<relation>(?:{distance})?(?:{links})){bridge}|(?P<adjective>{adjectives})\s+)$")
