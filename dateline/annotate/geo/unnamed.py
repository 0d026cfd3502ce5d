"""Places told without a name: "south of the capital", "the Polish border", "in the east", "from three sides".

What such words count from is found among the report's names: the last town or capital mentioned, the country
spoken of, the neighbour that a border is shared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.annotate.geo.extents import capital_of, country_of
from dateline.annotate.geo.mentions import Mentions
from dateline.annotate.geo.relations import Phrase, directions, phrase_at, words_for
from dateline.annotate.words import Words

__all__ = ["find_unnamed"]

_LEAD = 4  # words between "the" and "capital"
_BACK = 12  # words between a place and "from three sides"
_DETERMINERS = frozenset(["the", "its", "their", "our"])
_POSSESSIVE = frozenset(["'s", "’s", "'", "’"])
_INTO = frozenset(["in", "across", "throughout"])


def find_unnamed(mentions: Mentions) -> list[Phrase]:
    """Find the phrases, in order."""
    found: list[Phrase] = []
    heads = words_for("capital") | words_for("town") | words_for("country") | words_for("line")
    for i, word in enumerate(mentions.words.lower):
        phrase = None
        if word in heads:
            phrase = _by_head(mentions, i)
        elif word == "from":
            phrase = _sides(mentions, i)
        elif word in _INTO:
            phrase = _part(mentions, i)
        if phrase is not None and (not found or phrase.start >= found[-1].end):
            found.append(phrase)
    return found


def _by_head(mentions: Mentions, head: int) -> Phrase | None:
    """A phrase around "the capital", "the city", "the country" or "the Polish border"."""
    words = mentions.words
    first = _determiner(words, head)
    owners = mentions.within(max(first, head - _LEAD), head)
    if words.lower[head] in words_for("line"):
        return _border(mentions, first, head, owners)
    if first < 0 or _leads_on(mentions, head):
        return None
    floor = max((words.end[mentions.names[i].end - 1] for i in mentions.before(first)[:1]), default=0)
    phrase = phrase_at(words, first, head + 1, floor, ())
    if phrase is None:
        return None
    if words.lower[head] in words_for("capital"):
        return _of_capital(mentions, phrase, first, owners)
    return (
        _of_town(mentions, phrase, first)
        if words.lower[head] in words_for("town")
        else _of_country(mentions, phrase, first)
    )


def _of_town(mentions: Mentions, phrase: Phrase, token: int) -> Phrase | None:
    at = mentions.last(token, "P.")
    return None if at is None else replace(phrase, anchors=(at,))


def _of_country(mentions: Mentions, phrase: Phrase, token: int) -> Phrase | None:
    at = mentions.country_spoken_of(token)
    if at is None or phrase.kind != "part":
        return None
    if mentions.feature(at) == "A.PCLI":
        return replace(phrase, anchors=(at,))
    return replace(phrase, numbers=(country_of(mentions.gazetteer, mentions.country(at)),))


def _of_capital(mentions: Mentions, phrase: Phrase, token: int, owners: Sequence[int]) -> Phrase | None:
    """The phrase by the capital of the people named before it, else by the last one mentioned."""
    if owners:
        number = capital_of(mentions.gazetteer, mentions.country(owners[0]))
        at = next((i for i in mentions.before(token) if mentions.number(i) == number), None)
    else:
        at = mentions.last(token, "P.PPLC")
        spoken = mentions.country_spoken_of(token) if at is None else None
        number = -1 if spoken is None else capital_of(mentions.gazetteer, mentions.country(spoken))
    if at is not None:
        return replace(phrase, anchors=(at,))
    return replace(phrase, numbers=(number,)) if number >= 0 else None


def _border(mentions: Mentions, first: int, head: int, owners: Sequence[int]) -> Phrase | None:
    """A border named by one or two of its countries: "near the Polish border", "the US-Mexico border"."""
    words = mentions.words
    sides = [i for i in owners if mentions.feature(i) in ("A.PCLI", "A.ADM1") or mentions.names[i].demonym][:2]
    follows = words.lower[head + 1] if head + 1 < len(words) else ""
    if not sides or mentions.number(sides[0]) < 0 or follows in ("with", "between", "guard", "guards", "-"):
        return None
    opens = first if first >= 0 else mentions.names[sides[0]].first
    before = mentions.names[sides[0] - 1] if sides[0] else None
    floor = words.end[before.end - 1] if before and before.end <= opens else 0
    told = phrase_at(words, opens, head + 1, floor, ())
    start = told.start if told else words.start[opens - (opens > 0 and words.lower[opens - 1] in words_for("toward"))]
    km = told.distance_km if told else None
    return Phrase(start, words.end[head], words.end[head], "border", tuple(sides), km)


def _sides(mentions: Mentions, at: int) -> Phrase | None:
    """Where something comes from: "moved into their country from three sides", "on Kyiv from the north-east"."""
    words = mentions.words
    end, bearing = at + 1, None
    if end + 1 < len(words) and words.lower[end + 1] in words_for("sides"):
        end += 2
    elif end < len(words) and words.lower[end] == "the":
        end, bearing = _direction(words, end + 1)
        if end < len(words) and words.lower[end] == "and":
            second, other = _direction(words, end + 1 + (words.lower[min(end + 1, len(words) - 1)] == "the"))
            end, bearing = (second, None) if other is not None else (end, bearing)
        if end == at + 2:
            return None
    if end == at + 1 or _goes_on(words, end):
        return None
    owners = [i for i in mentions.before(at)[:1] if mentions.names[i].end > at - _BACK]
    opens = max(at - _BACK, words.sentence_of(at)[0])
    if any(words.lower[t] in words_for("country") for t in range(at - 1, max(opens, at - 4), -1)):
        spoken = mentions.country_spoken_of(at)
        owners = [] if spoken is None else [spoken]
    if not owners or mentions.names[owners[0]].demonym or mentions.number(owners[0]) < 0:
        return None
    start, last = words.start[at], words.end[end - 1]
    return Phrase(start, last, last, "side", (owners[0],), None, bearing)


def _part(mentions: Mentions, at: int) -> Phrase | None:
    """A part of the country spoken of: "in the east", "across the far north"."""
    words = mentions.words
    if at + 2 >= len(words) or words.lower[at + 1] != "the":
        return None
    is_far = words.lower[at + 2] in ("far", "extreme")
    end, bearing = _direction(words, at + 2 + is_far)
    beside = mentions.before(at)[:1]
    if bearing is None or _goes_on(words, end) or any(mentions.names[i].end == at for i in beside):
        return None
    spoken = mentions.country_spoken_of(at)
    if spoken is None:
        return None
    number = country_of(mentions.gazetteer, mentions.country(spoken))
    anchors, numbers = ((spoken,), ()) if mentions.number(spoken) == number else ((), (number,))
    start, last = words.start[at], words.end[end - 1]
    return Phrase(start, last, last, "part", anchors, None, bearing, None, is_far, numbers)


def _direction(words: Words, at: int) -> tuple[int, float | None]:
    """The end of a direction's words ("north", "north-east", not "northern", "the West") and its bearing."""
    if (
        at + 2 < len(words)
        and words.lower[at + 1] == "-"
        and f"{words.lower[at]}-{words.lower[at + 2]}" in directions()
    ):
        return at + 3, directions()[f"{words.lower[at]}-{words.lower[at + 2]}"]
    if at < len(words) and words.form[at] in directions() and not words.form[at].endswith(("ern", "ward", "wards")):
        return at + 1, directions()[words.form[at]]
    return at, None


def _goes_on(words: Words, end: int) -> bool:
    """Whether the words after a direction make it another's: "the east of", "the south bank"."""
    return end < len(words) and (words.lower[end] in ("of", "-") or words.pos[end] in ("NOUN", "PROPN", "ADJ"))


def _leads_on(mentions: Mentions, head: int) -> bool:
    """Whether a name follows that says which: "the capital, Kyiv", "the city of Sumy"."""
    words = mentions.words
    if head + 1 < len(words) and (words.lower[head + 1] == "of" or words.pos[head + 1] in ("NOUN", "PROPN")):
        return True
    return bool(mentions.within(head + 1, head + 3)) and words.lower[head + 1] in (",", "(")


def _determiner(words: Words, head: int) -> int:
    """Where "the Indonesian capital" begins, -1 where no such words stand before it."""
    opens = words.sentence_of(head)[0]
    for i in range(head - 1, max(opens, head - 1 - _LEAD) - 1, -1):
        if words.lower[i] in _DETERMINERS:
            return i
        if (
            words.pos[i] not in ("ADJ", "PROPN", "NOUN", "PUNCT")
            or words.lower[i] in _POSSESSIVE
            or words.lower[i] == ","
        ):
            return -1
    return -1
