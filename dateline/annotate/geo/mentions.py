"""The names of a report with the places they were put at, and look-ups among them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.geo.extents import country_of
from dateline.annotate.geo.names import Name, demonyms
from dateline.annotate.geo.ranking import Choice
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer

__all__ = ["Mentions"]


@dataclass(frozen=True)
class Mentions:
    """The names of a report, where they were put, and look-ups among them.

    anchors: positions of names that only tell where another is ("Vasylkiv, 40 km south of Kyiv").
    """

    words: Words
    names: Sequence[Name]
    choices: Sequence[Choice]
    gazetteer: Gazetteer
    anchors: frozenset[int] = frozenset()

    def number(self, i: int) -> int:
        """The place a name was put at, -1 where none; of a demonym its country."""
        name = self.names[i]
        if name.demonym:
            return country_of(self.gazetteer, demonyms()[self.words.lower[name.first]])
        return self.choices[i].number

    def feature(self, i: int) -> str:
        """GeoNames class and code of a name's place, or ""."""
        number = self.number(i)
        return self.gazetteer.features[self.gazetteer.feature[number]] if number >= 0 else ""

    def country(self, i: int) -> str:
        """ISO 3166-1 alpha-3 code of a name's country, or ""."""
        return self.country_of(self.number(i)) or ""

    def country_of(self, number: int) -> str | None:
        """ISO 3166-1 alpha-3 code of a place's country, None where it has none."""
        return (self.gazetteer.countries[self.gazetteer.country[number]] or None) if number >= 0 else None

    def before(self, token: int) -> range:
        """The positions of the names that end before a token, last first."""
        return range(bisect_left(self.names, token, key=lambda n: n.first) - 1, -1, -1)

    def within(self, first: int, end: int) -> list[int]:
        """The positions of the names that begin at tokens ``[first, end)``."""
        return list(range(*(bisect_left(self.names, t, key=lambda n: n.first) for t in (first, end))))

    def last(self, token: int, features: str) -> int | None:
        """The last name before a token whose place has a feature that begins so, and is spoken of for itself."""
        found = (i for i in self.before(token) if self.feature(i).startswith(features) and i not in self.anchors)
        return next(found, None)

    def country_spoken_of(self, token: int) -> int | None:
        """The position of a name of the country spoken of: the last named in the sentence, else the most named."""
        opens = self.words.sentence_of(token)[0]
        for i in self.before(token):
            if self.names[i].first >= opens and self.feature(i) == "A.PCLI" and not self.names[i].demonym:
                return i
        before = [i for i in self.before(token) if self.country(i)]
        count = Counter(self.country(i) for i in before if not self.names[i].demonym)
        if not count:
            return None
        most = max(count, key=lambda iso3: (count[iso3], iso3))
        named = (i for i in before if self.country(i) == most)
        return min(named, key=lambda i: (self.feature(i) != "A.PCLI", -i))
