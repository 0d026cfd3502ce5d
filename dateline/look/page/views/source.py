"""A source or actor: what it said and did, in order, with its reversals, and the other forms of its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated

from fastapi import Path, Query

from dateline.ledger import Naming, Told
from dateline.look.page.answers import Sheet, gone
from dateline.look.page.asked import Asked, AskedDep
from dateline.look.page.paging import PAGE, batch, mark
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.voices import ReversalView, Voice, reversals_of, source_href, voice_of
from dateline.look.privacy import pseudonym

__all__ = ["SourceRow", "SourceView", "SourcesView", "source_sheet", "source_view", "sources_view"]

Name = Annotated[str, Path(max_length=300)]
_VARIANTS = 12
_NAMES = 30  # on a page of the list
_REVERSALS = 10
_PREFIX = 4  # letters that forms of one name begin with alike


@dataclass(frozen=True, slots=True)
class Deed:
    """Something said or done: ``label`` is the stance of a claim or the type of an event."""

    said: bool
    label: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A name in the list with what it is; ``records``: claims and events in its name, counted to a hundred of each."""

    name: str
    href: str
    kind: str
    country: str | None
    role: str | None
    public: bool
    records: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """All about one name; ``told_in``: the reports of what is shown, each with its outlet and moment."""

    asked: Asked
    name: str
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    roles: tuple[str, ...]
    public: bool
    outlet_reports: int
    variants: tuple[SourceRow, ...]
    reversals: tuple[ReversalView, ...]
    deeds: tuple[Deed, ...]
    told_in: tuple[tuple[str, str | None, str | None], ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class SourcesView:
    """Names in alphabetical order; ``q``: words they hold."""

    q: str
    outlets: tuple[tuple[str, int], ...]
    sources: tuple[SourceRow, ...]
    after: str | None


def source_view(name: Name, sight: SightDep, asked: AskedDep) -> SourceView:
    """Everything one source said and did, the latest first, with its reversals."""
    asked_for, name = name, sight.called(name) or ""
    namings = sight.browse.namings(name)
    outlets = {outlet.casefold(): count for outlet, count in sight.kept("outlets", sight.browse.outlets)}
    reports = outlets.get(name.casefold(), 0)
    if not namings and not reports:
        raise gone(f"source {asked_for}")
    found = sight.browse.deeds(name, limit=PAGE + 1, after=mark(asked.after))
    page = batch(found)
    told = sight.browse.told(page.rows)
    reversals = sight.browse.reversals_by([n.name for n in namings] or [name], limit=_REVERSALS)
    return SourceView(
        asked, _shown(sight, namings, name), _each(namings, "kind"), _each(namings, "country"), _each(namings, "role"),
        all(n.public for n in namings), reports, _variants(sight, name), reversals_of(sight, reversals),
        tuple(_deed(told[ref], sight) for ref in page.rows if ref in told),
        tuple(sorted({(one.report, one.outlet, one.published) for one in told.values()}, key=lambda r: r[2] or "")),
        page.after,
    )  # fmt: skip


def source_sheet(name: Name, sight: SightDep) -> Sheet:
    """Everything a source said and did, one record a row."""

    def rows() -> Iterator[list[object]]:
        after, own = None, sight.called(name) or ""
        while found := sight.browse.deeds(own, limit=500, after=after):
            told = sight.browse.told(ref for ref, _ in found)
            for ref, _ in found:
                if ref in told:
                    one = told[ref]
                    words = sight.pseudonyms(one.report).words(one.words)
                    yield [one.id, one.published, one.outlet, one.kind, one.label, one.status, words]
            after = found[-1][1]

    return Sheet(("record", "published", "outlet", "kind", "label", "status", "words"), rows())


def sources_view(
    sight: SightDep, asked: AskedDep, q: Annotated[str, Query(max_length=100, description="Words of a name")] = ""
) -> SourcesView:
    """Who speaks and acts in the reports, in alphabetical order."""
    before = (mark(asked.after) or ("", ""))[1]
    if q.strip():
        wanted = sight.browse.folded(q.strip())
        known = (name for name in sight.names_of_people() if wanted in name and name > before and sight.listed(name))
    else:
        known = (name for name in _names(sight, before) if sight.listed(name))
    names = list(islice(known, _NAMES + 1))
    page = batch([(name, ("", name)) for name in names], _NAMES)
    outlets = tuple(sight.kept("outlets", sight.browse.outlets)[:20])
    return SourcesView(q, outlets, _rows(sight, page.rows), page.after)


def _names(sight: Sight, after: str) -> Iterator[str]:
    """All names behind one, in order."""
    while found := sight.browse.names(after=after, limit=_NAMES + 1):
        yield from found
        after = found[-1]


def _rows(sight: Sight, names: Collection[str]) -> tuple[SourceRow, ...]:
    """The names as lines of a list; those that only people's corrections left are not there."""
    return tuple(_row(sight, name, namings, records) for name, namings, records in sight.browse.cards(names) if namings)


def _row(sight: Sight, folded: str, namings: list[Naming], records: int) -> SourceRow:
    name, first = _shown(sight, namings, folded), namings[0]
    public = all(n.public for n in namings)
    href = source_href(first.name if first.public or sight.names else name)
    return SourceRow(name, href, first.kind.replace("_", " "), first.country, first.role, public, records)


def _shown(sight: Sight, namings: list[Naming], name: str) -> str:
    """The commonest spelling; of a private person the pseudonym where names are not shown."""
    if not namings:
        return name
    return namings[0].name if sight.names or namings[0].public else pseudonym(namings[0].name)


def _each(namings: list[Naming], field: str) -> tuple[str, ...]:
    values = dict.fromkeys(str(getattr(n, field)).replace("_", " ") for n in namings if getattr(n, field))
    return tuple(values)[:6]


def _variants(sight: Sight, name: str) -> tuple[SourceRow, ...]:
    """Other names that begin, or whose last word begins, with the same letters: spellings of one name mostly."""
    last = name.rsplit(maxsplit=1)[-1] if name.split() else name
    found = dict.fromkeys(
        other for word in dict.fromkeys((name, last)) for other in sight.browse.names_from(word[:_PREFIX], limit=40)
        if len(word) >= _PREFIX
    )  # fmt: skip
    own = sight.browse.folded(name)
    return _rows(sight, [other for other in found if other != own][:_VARIANTS])


def _deed(told: Told, sight: Sight) -> Deed:
    return Deed(told.kind == "claims", told.label or "", voice_of(told, sight))
