"""Who acts in the news: names of states, bodies and office holders, and the nouns for all others.

From the tables in ``actors/`` and ``countries.tsv``. Sectors and country codes are PLOVER's
(ISO 3166-1 alpha-3 besides IGO, UNO, EUR, NGO, MNC, IMG). A user's file holds any of the same tables under
``[bodies]``, ``[leaders]`` and so on: a name or noun that it gives means what it says there and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from dateline.codebook.countries import load_countries
from dateline.codebook.tables import Row, rows, sections
from dateline.records.reading import ActorKind

__all__ = ["ACTOR_TABLES", "Known", "People", "Role", "load_people"]

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


ACTOR_TABLES: dict[str, tuple[str, ...]] = {
    "sectors": ("code", "meaning"),
    "bodies": ("kind", "country", "sector", "name", "aliases"),
    "leaders": ("country", "sector", "role", "since", "until", "gender", "surname", "name", "aliases"),
    "peoples": ("kind", "country", "words"),
    "regions": ("country", "names"),
    "roles": ("sector", "kind", "public", "gender", "country", "words"),
    "titles": ("sector", "gender", "words"),
    "first_names": ("gender", "names"),
    "organisation_words": ("kind", "sector", "words"),
}
"""The columns of the tables of actors that a user may add to."""

Tables = dict[str, list[Row]]


@cache
def load_people(extra: Path | None = None) -> People:
    """Read the tables and, before them, those of a user's file; ``TableError`` names a line that cannot be used."""
    own: Tables = {name: [] for name in ACTOR_TABLES}
    for name, row in sections(extra, ACTOR_TABLES) if extra is not None else ():
        own[name].append(row)
    tables = {name: list(rows(f"actors/{name}.tsv", columns)) for name, columns in ACTOR_TABLES.items()}
    every = {name: [*built_in, *own[name]] for name, built_in in tables.items()}  # of two lines the last one stands
    sectors = {row["code"]: row["meaning"] for row in every["sectors"]}
    return People(
        names=_index(tables, own),
        roles=_roles([*own["roles"], *tables["roles"]], sectors),
        titles={w: (row["sector"] or None, row["gender"]) for row in every["titles"] for w in row.list("words")},
        first_names={name: row["gender"] for row in every["first_names"] for name in row.list("names")},
        endings={w: (_kind(row), row["sector"]) for row in every["organisation_words"] for w in row.list("words")},
        sectors=sectors,
        groups={row["group"]: frozenset(row.list("words")) for row in rows("actors/contexts.tsv", ("group", "words"))},
    )


def first_piece(name: str) -> str:
    """The part of a name up to its first space, hyphen, slash or apostrophe: the key of ``People.names``."""
    match = _FIRST_PIECE.match(name)
    return match[0] if match else name


def _index(tables: Tables, own: Tables) -> dict[str, tuple[tuple[str, tuple[Known, ...]], ...]]:
    mine = _meanings((*_named(own), *_regions(own["regions"])))
    meanings = _meanings((*_named(tables), *_countries(), *_regions(tables["regions"]))) | mine
    index: dict[str, list[tuple[str, tuple[Known, ...]]]] = {}
    for name, all_known in meanings.items():
        for piece in sorted({first_piece(name), name.split()[0]}):
            index.setdefault(piece, []).append((name, tuple(all_known)))
    return {piece: tuple(sorted(names, key=lambda n: (-len(n[0]), n[0]))) for piece, names in index.items()}


def _meanings(named: Iterable[tuple[str, Known]]) -> dict[str, list[Known]]:
    meanings: dict[str, list[Known]] = {}
    for name, known in named:
        meanings.setdefault(name.replace("’", "'"), []).append(known)
    return meanings


def _named(tables: Tables) -> Iterator[tuple[str, Known]]:
    yield from _bodies(tables["bodies"])
    yield from _holders(tables["leaders"])
    yield from _peoples(tables["peoples"])


def _regions(table: Iterable[Row]) -> Iterator[tuple[str, Known]]:
    for row in table:
        for name in row.list("names"):
            yield name, Known("region", name, "government", row["country"])


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


def _bodies(table: Iterable[Row]) -> Iterator[tuple[str, Known]]:
    for row in table:
        if not row["name"]:
            raise row.error("a body needs a name")
        known = Known("body", row["name"], _kind(row), row["country"], row["sector"] or None)
        for name in (row["name"], *row.list("aliases")):
            yield name, known


def _holders(table: Iterable[Row]) -> Iterator[tuple[str, Known]]:
    for row in table:
        if not row["name"]:
            raise row.error("the holder of an office needs a name")
        try:
            years = int(row["since"] or 0), int(row["until"] or 9999)
        except ValueError:
            raise row.error(f"since and until are years, not {row['since']!r} and {row['until']!r}") from None
        office = row["country"], row["sector"] or None, row["role"]
        known = Known("holder", row["name"], "person", *office, row["gender"], *years)
        names = [row["name"], *row.list("aliases")]
        if row["surname"] == "yes":
            names += [name.split()[-1] for name in names]
        for name in dict.fromkeys(names):
            yield name, known


def _peoples(table: Iterable[Row]) -> Iterator[tuple[str, Known]]:
    for row in table:
        for word in row.list("words"):
            what: NameKind = "bloc" if row["kind"] == "bloc" else "people"
            yield word, Known(what, word, "people", row["country"])


def _roles(table: Iterable[Row], sectors: dict[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    index: dict[str, dict[tuple[str, ...], Role]] = {}
    for row in table:
        if row["sector"] and row["sector"] not in sectors:
            raise row.error(f"no sector is called {row['sector']!r}; there are {', '.join(sorted(sectors))}")
        if row["kind"] not in get_args(RoleKind):
            raise row.error(f"kind is {row['kind']!r}; it must be one of {', '.join(get_args(RoleKind))}")
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
        raise row.error(f"kind is {row['kind']!r}; it must be one of {', '.join(get_args(ActorKind))}")
    return cast(ActorKind, row["kind"])
