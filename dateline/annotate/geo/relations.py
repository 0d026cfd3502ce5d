"""Places told from other places: "60 km northwest of Kyiv", "the outskirts of Kharkiv", "between Damascus and Homs".

The words before a name, at most ``_WINDOW`` characters of its sentence, are matched against one pattern made
of ``places/relations.tsv``; a phrase gives a centre, how far off the truth may be and, where told, a bearing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.annotate.words import Words
from dateline.codebook.laid import per_codebook, table
from dateline.records.geodesy import destination, distance_km, midpoint

__all__ = ["Phrase", "Point", "directions", "find_phrases", "phrase_at", "words_for"]

_WINDOW = 110
_AFTER = 24
_WIDE_KM = 60.0
_DEFAULT_DISTANCE = 25.0  # km: "north of Sumy"
_FAR = re.compile(r"\b(?:far|extreme)\b")
_PLAIN = ("border", "outskirts", "around", "waters", "stream", "road")  # kinds that need no distance

Point = tuple[float, float, float]  # latitude, longitude, radius in km


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that tell a place by one or two names, or by "the capital" and the like.

    start, end: characters of the whole phrase; relation_end: where the relation's own words end.
    anchors: positions in the list of names; numbers: in the gazetteer, of anchors that are not named.
    kind: of the relation's row, "distance", "direction", "part", "between", "border" or "side"; spread_km:
    how far around the computed centre the place may lie, None: as told. is_far: of a part, its outermost.
    """

    start: int
    end: int
    relation_end: int
    kind: str
    anchors: tuple[int, ...]
    distance_km: float | None = None
    bearing_deg: float | None = None
    spread_km: float | None = None
    is_far: bool = False
    numbers: tuple[int, ...] = ()

    def locate(self, points: Sequence[Point]) -> Point:
        """Centre and radius, given those of the anchors."""
        lat, lon, radius = points[0]
        if self.kind == "between":
            lat2, lon2, _ = points[1]
            return *midpoint(lat, lon, lat2, lon2), max(distance_km(lat, lon, lat2, lon2) / 2, 5.0)
        if self.kind == "side":
            return lat, lon, 2 * min(radius, _WIDE_KM) + max(radius, 20.0)
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
    for number, (first, end) in enumerate(names):
        floor = words.end[names[number - 1][1] - 1] if number else 0
        phrase = _between(words, names, number) or phrase_at(words, first, end, floor, (number,))
        if phrase is not None:
            found.append(_of_two(words, names, number, phrase))
    return found


def phrase_at(words: Words, first: int, end: int, floor: int, anchors: tuple[int, ...]) -> Phrase | None:
    """Read the relation that the words before or after the tokens ``[first, end)`` tell.

    floor: the character before which nothing is looked at. anchors: as of the phrase.
    """
    start, last = words.start[first], words.end[end - 1]
    opening = max(words.start[words.sentence_of(first)[0]], start - _WINDOW, floor)
    before = words.text[opening:start].lower()
    match = _pattern().search(before) if len(before) == start - opening else None
    if match is None or (match["from"] and not _is_measured(match)) or not _is_told(words, match, end, opening):
        return _suffix(words, first, end, anchors)
    km, (kind, spread), told = _km(match), _kind(match), match["direction"] or match["side"] or match["adjective"]
    bearing = _directions()[told] if told else None
    if bearing is None and km is not None:
        bearing, last = _direction_after(words, end, last)
    if kind == "direction" and km is None:
        km, spread = _DEFAULT_DISTANCE, _DEFAULT_DISTANCE + 15
    relation_end = opening + match.end("relation" if match["relation"] else "adjective" if told else "middle")
    is_far = bool(match["within"]) and bool(_FAR.search(match["within"]))
    return Phrase(opening + match.start(), last, relation_end, kind, anchors, km, bearing, spread, is_far)


def _of_two(words: Words, names: Sequence[tuple[int, int]], number: int, phrase: Phrase) -> Phrase:
    """A border told from both sides: "Ukraine's border with Poland"."""
    if phrase.kind != "border" or len(phrase.anchors) > 1 or not number:
        return phrase
    first, end = names[number - 1]
    if words.text[words.end[end - 1] : phrase.start].lower().strip() not in ("'s", "’s", "'", "’"):
        return phrase
    return replace(phrase, start=words.start[first], anchors=(number - 1, number))


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
    match = _between_pattern(joint).search(before.lower()) if joint in ("and", "to", "with") else None
    if match is None:
        return None
    start = words.start[first] - len(before) + match.start()
    relation_end = start + len(match[0].rstrip())
    kind = "border" if match.groupdict().get("border") else "between"
    return Phrase(start, words.end[last - 1], relation_end, kind, (number, number + 1))


def _suffix(words: Words, first: int, end: int, anchors: tuple[int, ...]) -> Phrase | None:
    """Read a relation after the name: "Kharkiv's outskirts", "Kyiv suburb", "Mozambique's far north"."""
    is_owner = end < len(words) and words.lower[end] in ("'s", "’s", "'", "’")
    at, bearing, is_far = end + is_owner, None, False
    if is_owner and at < len(words) and words.lower[at] in ("far", "extreme"):
        at, is_far = at + 1, True
    if at < len(words) and words.lower[at] in directions():
        bearing = directions()[words.lower[at]]
        at += 1
    begin = words.start[first]
    leads_on = at + 1 < len(words) and words.lower[at + 1] == "of"  # "the Kyiv suburb of Bucha" is Bucha
    is_edge = at < len(words) and words.lower[at] in _outskirts() and words.sentence[at] == words.sentence[first]
    if is_edge and not leads_on:
        spread = _outskirts()[words.lower[at]]
        return Phrase(begin, words.end[at], words.end[at], "outskirts", anchors, None, bearing, spread)
    is_last = at == len(words) or words.pos[at] not in ("NOUN", "PROPN", "ADJ", "PUNCT") or words.lower[at] in ",.;:"
    if is_owner and bearing is not None and is_last and words.sentence[at - 1] == words.sentence[first]:
        return Phrase(begin, words.end[at - 1], words.end[at - 1], "part", anchors, None, bearing, None, is_far)
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
    if told["adjective"] or told["middle"] or (told["within"] and told["unit"] is None):
        return "part", None
    return "direction" if told["direction"] else "distance", None


@per_codebook
def _values(kind: str) -> dict[str, float]:
    lines = [row for row in table("places/relations") if row["kind"] == kind]
    return {words: float(row["value"] or 0) for row in lines for words in row.list("words")}


@per_codebook
def directions() -> dict[str, float]:
    """Words for directions and their bearings in degrees: "north-east", "eastern"."""
    return _values("direction")


@per_codebook
def _directions() -> dict[str, float]:
    """Those, and the letters of the compass."""
    return {**directions(), **_values("compass")}


@per_codebook
def _outskirts() -> dict[str, float]:
    return _values("outskirts")


@per_codebook
def words_for(kind: str) -> frozenset[str]:
    """The words of a kind of row: "line" gives "border", "frontier"."""
    return frozenset(_values(kind))


def _any(kind: str) -> str:
    """One of the words of a kind, longest first, any white space between them."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(_values(kind), key=lambda w: (-len(w), w)))


@per_codebook
def _between_pattern(joint: str) -> re.Pattern[str]:
    """What stands before two names joined by "and" ("between the cities of"), "to" or "with" ("the road from")."""
    sites = r"(?:the\s+\w+\s+of\s+)?$"
    between = r"(?:(?:midway|halfway|somewhere)\s+)?(?:in\s+)?between\s+"
    border = rf"(?P<border>(?:{_any('toward')}\s+)?(?:the\s+)?(?:\w+\s+)?(?:{_any('line')})\s+)?"
    linked = r"(?:linking|connecting|joining)\s+"
    road = r"(?:(?:on|along)\s+)?the\s+(?:main\s+)?(?:road|highway|route|railway|motorway|line)\s+"
    lead = {"and": rf"{border}{between}|(?:{road})?{linked}", "to": rf"{road}from\s+|(?:{road})?{linked}"}
    return re.compile(rf"\b(?:{lead.get(joint, f'(?:{road})?{linked}')}){sites}")


@per_codebook
def _after() -> re.Pattern[str]:
    return re.compile(rf",?\s+to\s+the\s+(?P<direction>{_any('direction')})\b")


@per_codebook
def _pattern() -> re.Pattern[str]:
    """The relation and what may stand between it and the name, which follows at the end of the window."""
    direction = _any("direction")
    distance = (
        rf"(?:(?:{_any('hedge')})\s+)*(?P<number>\d[\d,]*(?:\.\d+)?|{_any('number')})(?:-odd)?[\s-]*"
        rf"(?P<unit>{_any('unit')})(?:\s*\([^()]{{1,24}}\))?(?:\s+away)?\s+"
    )
    toward = r"(?P<within>(?:(?:in|into|from|across|throughout)\s+)?the\s+(?:far\s+|extreme\s+)?)?"
    edge = (
        r"(?:(?:in|on|at|to|over|around|from|into|near|through|toward|towards)\s+)?(?:the|an?)\s+"
        rf"(?:(?P<side>{direction})\s+)?"
    )
    links = "|".join((
        rf"{toward}(?:to\s+the\s+)?(?P<direction>{direction}|{_any('compass')})(?:\s+part)?\s+of",
        r"(?:(?:inland|offshore)\s+)?(?P<from>from|inside|into|of)",
        rf"{edge}(?P<outskirts>{_any('outskirts')})\s+(?:of|to)",
        *(rf"(?P<{kind}>{_any(kind)})" for kind in _PLAIN if kind != "outskirts"),
    ))  # fmt: skip
    bridge = rf"(?:\s+(?:(?:the|its|their)\s+)?(?:\w+\s+){{0,3}}?(?:{_any('site')})(?:\s+of|\s+with|\s*,)?|\s+the)?\s+"
    adjectives = "|".join(w for w in sorted(directions(), key=lambda w: (-len(w), w)) if not w.endswith("ward"))
    return re.compile(
        rf"\b(?:(?P<relation>(?:{distance})?(?:{links})){bridge}"
        rf"|(?P<middle>{_any('middle')})\s+|(?P<adjective>{adjectives})\s+)$"
    )
