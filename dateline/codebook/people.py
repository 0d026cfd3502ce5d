"""Who acts in the news: names of states, bodies and office holders, and the nouns for all others.

From the tables in ``actors/`` and ``countries.tsv``. Sectors and country codes are PLOVER's
(ISO 3166-1 alpha-3 besides IGO, UNO, EUR, NGO, MNC, IMG).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from dateline.codebook.countries import load_countries
from dateline.codebook.tables import Row, rows
from dateline.records.reading import ActorKind

__all__ = ["Known", "People", "Role", "load_people"]

NameKind = Literal["country", "demonym", "capital", "region", "people", "bloc", "body", "holder"]
RoleKind = Literal[
    "office", "spokes", "private", "source", "armed_force", "government", "organisation", "outlet", "people"
]

_FIRST_PIECE = re.compile(r"[^\s\-/’']+")


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for.

    what: country, demonym, capital, region (of a country); people or bloc (``peoples.tsv``); body (``bodies.tsv``);
    holder of an office (``leaders.tsv``), with its ``role`` and the years of it.
    """

    what: NameKind
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None = None
    role: str | None = None
    gender: str = ""
    since: int = 0
    until: int = 9999


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for who acts: the columns of ``roles.tsv``; public: named people of it are public."""

    kind: RoleKind
    sector: str | None
    public: bool
    gender: str
    country: str | None = None


@dataclass(frozen=True)
class People:
    """The look-ups.

    names: by a name's first piece ("al" of "al-Shabaab"), the names that begin so, longest first,
    apostrophes straight. roles: by the last word of a phrase, its words before that, longest first.
    titles: "mr", "gen" and their sector and gender. first_names: gender. endings: last words of
    organisations' names with kind and sector. sectors: the codes. groups: small sets of words
    (``contexts.tsv``).
    """

    names: dict[str, tuple[tuple[str, tuple[Known, ...]], ...]]
    roles: dict[str, tuple[tuple[tuple[str, ...], Role], ...]]
    titles: dict[str, tuple[str | None, str]]
    first_names: dict[str, str]
    endings: dict[str, tuple[ActorKind, str]]
    sectors: dict[str, str]
    groups: dict[str, frozenset[str]]

    def named(self, text: str, start: int, piece: str) -> Iterator[tuple[int, tuple[Known, ...]]]:
        """The names that stand at ``text[start:]`` and begin with ``piece``: (end, meanings), longest first."""
        for name, known in self.names.get(piece, ()):
            end = start + len(name)
            if text[start:end].replace("’", "'").replace("\n", " ") == name:
                yield end, known


@cache
def load_people() -> People:
    """Read the tables once."""
    sectors = {row["code"]: row["meaning"] for row in rows("actors/sectors.tsv", ("code", "meaning"))}
    return People(
        names=_index(),
        roles=_roles(sectors),
        titles={
            word: (row["sector"] or None, row["gender"])
            for row in rows("actors/titles.tsv", ("sector", "gender", "words"))
            for word in row.list("words")
        },
        first_names={
            name: row["gender"]
            for row in rows("actors/first_names.tsv", ("gender", "names"))
            for name in row.list("names")
        },
        endings={
            word: (_kind(row), row["sector"])
            for row in rows("actors/organisation_words.tsv", ("kind", "sector", "words"))
            for word in row.list("words")
        },
        sectors=sectors,
        groups={row["group"]: frozenset(row.list("words")) for row in rows("actors/contexts.tsv", ("group", "words"))},
    )


def first_piece(name: str) -> str:
    """The part of a name up to its first space, hyphen, slash or apostrophe: the key of ``People.names``."""
    match = _FIRST_PIECE.match(name)
    return match[0] if match else name


def _index() -> dict[str, tuple[tuple[str, tuple[Known, ...]], ...]]:
    meanings: dict[str, list[Known]] = {}
    for name, known in (*_bodies(), *_holders(), *_peoples(), *_countries(), *_regions()):
        meanings.setdefault(name.replace("’", "'"), []).append(known)
    index: dict[str, list[tuple[str, tuple[Known, ...]]]] = {}
    for name, all_known in meanings.items():
        for piece in sorted({first_piece(name), name.split()[0]}):
            index.setdefault(piece, []).append((name, tuple(all_known)))
    return {piece: tuple(sorted(names, key=lambda n: (-len(n[0]), n[0]))) for piece, names in index.items()}


def _countries() -> Iterator[tuple[str, Known]]:
    table = load_countries()
    for country in table.all:
        known = Known("country", country.name, "government", country.iso3)
        for name in (country.name, *country.aliases):
            if table.named(name) is country:
                yield name, known
        for demonym in country.demonyms:
            if table.by_demonym[demonym.lower()] is country:
                yield demonym, Known("demonym", country.name, "government", country.iso3)
        for capital in country.capitals:
            if table.by_capital[capital.lower()] is country:
                yield capital, Known("capital", country.name, "government", country.iso3)


def _regions() -> Iterator[tuple[str, Known]]:
    for row in rows("actors/regions.tsv", ("country", "names")):
        for name in row.list("names"):
            yield name, Known("region", name, "government", row["country"])


def _bodies() -> Iterator[tuple[str, Known]]:
    for row in rows("actors/bodies.tsv", ("kind", "country", "sector", "name", "aliases")):
        known = Known("body", row["name"], _kind(row), row["country"], row["sector"] or None)
        for name in (row["name"], *row.list("aliases")):
            yield name, known


def _holders() -> Iterator[tuple[str, Known]]:
    columns = ("country", "sector", "role", "since", "until", "gender", "surname", "name", "aliases")
    for row in rows("actors/leaders.tsv", columns):
        try:
            years = int(row["since"]), int(row["until"] or 9999)
        except ValueError as error:
            raise row.error(str(error)) from error
        office = row["country"], row["sector"] or None, row["role"]
        known = Known("holder", row["name"], "person", *office, row["gender"], *years)
        names = [row["name"], *row.list("aliases")]
        if row["surname"] == "yes":
            names += [name.split()[-1] for name in names]
        for name in dict.fromkeys(names):
            yield name, known


def _peoples() -> Iterator[tuple[str, Known]]:
    for row in rows("actors/peoples.tsv", ("kind", "country", "words")):
        for word in row.list("words"):
            what: NameKind = "bloc" if row["kind"] == "bloc" else "people"
            yield word, Known(what, word, "people", row["country"])


def _roles(sectors: dict[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    index: dict[str, dict[tuple[str, ...], Role]] = {}
    for row in rows("actors/roles.tsv", ("sector", "kind", "public", "gender", "country", "words")):
        if row["sector"] and row["sector"] not in sectors:
            raise row.error(f"no sector {row['sector']}")
        if row["kind"] not in get_args(RoleKind):
            raise row.error(f"no kind {row['kind']}")
        role = Role(
            cast(RoleKind, row["kind"]),
            row["sector"] or None,
            row["public"] == "yes",
            row["gender"],
            row["country"] or None,
        )
        for phrase in row.list("words"):
            *before, last = phrase.replace("-", " - ").replace("'s", " 's").split()
            index.setdefault(last, {}).setdefault(tuple(before), role)
    return {last: tuple(sorted(found.items(), key=lambda p: (-len(p[0]), p[0]))) for last, found in index.items()}


def _kind(row: Row) -> ActorKind:
    if row["kind"] not in get_args(ActorKind):
        raise row.error(f"no kind of actor {row['kind']}")
    return cast(ActorKind, row["kind"])
