"""An incident: what is agreed, where, its toll by source, who says what, and which reports tell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Path

from dateline.ledger import TableRow
from dateline.look.page.answers import Sheet, gone
from dateline.look.page.asked import ZoneDep
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.basemap import Frame, Outline, framed, outline
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows
from dateline.look.page.views.membership import Membership, VersionView, memberships, versions_of
from dateline.look.page.views.tollchart import TollChart, toll_chart
from dateline.look.page.views.voices import DisputeView, Voice, disputes_of, voice_of
from dateline.look.page.wording import figure
from dateline.records import Incident

__all__ = ["IncidentView", "incident_sheet", "incident_view"]

Key = Annotated[str, Path(max_length=64)]
_WIDTH, _HEIGHT = 456, 340
_OTHERS = "Others"
_VOICES = 3  # in a cell
_COLUMNS = (
    "id", "report", "published", "outlet", "source", "type", "mode", "status", "factuality", "words", "initiators",
    "recipients", "place", "country", "lat", "lon", "radius_km", "earliest", "latest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Circle:
    """One wording of the place; ``wide``: vaguer than the most precise."""

    x: float
    y: float
    r: float
    name: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Town:
    """Another place of the ledger, to know one's way about; ``anchor``: on which side its name stands."""

    x: float
    y: float
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class SketchMap:
    """The place of an incident; ``bar``: a scale bar of ``bar_km``."""

    width: int
    height: int
    base: Outline
    circles: tuple[Circle, ...]
    towns: tuple[Town, ...]
    bar: float
    bar_km: float


@dataclass(frozen=True, slots=True)
class Matter:
    """A row of "who says what": voices by the column of their source."""

    name: str
    cells: tuple[tuple[Voice, ...], ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """All about one incident."""

    incident: IncidentRow
    lede: str
    initiators: tuple[str, ...]
    recipients: tuple[str, ...]
    time_words: tuple[str, ...]
    place_words: tuple[str, ...]
    disputes: tuple[DisputeView, ...]
    map: SketchMap | None
    tolls: tuple[TollChart, ...]
    columns: tuple[str, ...]
    matters: tuple[Matter, ...]
    reports: tuple[Membership, ...]
    versions: tuple[VersionView, ...]


def incident_view(incident_id: Key, sight: SightDep, zone: ZoneDep) -> IncidentView:
    """One happening, as all reports together tell it."""
    incident = _found(sight, incident_id)
    (row,) = incident_rows(sight, [incident])
    accounts = sight.browse.accounts(incident.id)
    if not sight.names:
        accounts = [sight.hidden(str(account["report"]), account) for account in accounts]
    over = sight.browse.over([incident.id]).get(incident.id, [])
    disputes = disputes_of(sight, [(d, "") for d in over])
    columns, matters = _matters(sight, incident, accounts)
    charts = (toll_chart(toll, zone) for toll in incident.tolls)
    return IncidentView(
        row, _lede(sight, row, accounts), _named(sight, incident, incident.initiators),
        _named(sight, incident, incident.recipients), _said(accounts, "time_words"),
        _said(accounts, "place"), disputes, _map(sight, accounts), tuple(c for c in charts if c), columns, matters,
        memberships(sight, incident, accounts), versions_of(sight, incident),
    )  # fmt: skip


def incident_sheet(incident_id: Key, sight: SightDep) -> Sheet:
    """The accounts of an incident, one event a row."""
    incident = _found(sight, incident_id)

    def rows() -> Iterator[list[object]]:
        for account in sight.browse.accounts(incident.id):
            clean = sight.hidden(str(account["report"]), account)
            yield [clean[name] for name in _COLUMNS]

    return Sheet(_COLUMNS, rows())


def _found(sight: Sight, key: str) -> Incident:
    incident = sight.browse.one(Incident, key)
    if incident is None:
        raise gone(f"incident {key}")
    return incident


def _named(sight: Sight, incident: Incident, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sight.words_of(incident.reports, name) for name in names)


def _said(accounts: Sequence[TableRow], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(a[column]) for a in accounts if a[column]))


def _lede(sight: Sight, row: IncidentRow, accounts: Sequence[TableRow]) -> str:
    """How certain it is, in a sentence."""
    sources = [sight.words(str(a["report"]), str(a["source"])) for a in accounts if a["claim"]]
    claimed = dict.fromkeys(sources)
    said = {
        "happened": "Told as having happened",
        "claimed": f"Claimed by {', '.join(list(claimed)[:3])}" if claimed else "Claimed",
        "planned": "Planned or possible, not told as having happened",
        "denied": "Told only as not having happened",
    }[row.certainty]
    return f"{said}; {row.sources} independent {'source' if row.sources == 1 else 'sources'}."


def _map(sight: Sight, accounts: Sequence[TableRow]) -> SketchMap | None:
    """The wordings of the place, the most precise drawn solid."""
    where: dict[tuple[float, float, float], str] = {}
    for a in accounts:
        lat, lon = a["lat"], a["lon"]
        if isinstance(lat, float) and isinstance(lon, float):
            where.setdefault((lat, lon, float(a["radius_km"] or 1.0)), str(a["place"]))
    if not where:
        return None
    reach = [(lat + s * r / 111, lon + s * r / 70) for lat, lon, r in where for s in (-1, 1)]
    frame = framed(reach, _WIDTH, _HEIGHT, margin=0.2)
    precise = min(r for _, _, r in where)
    circles = tuple(
        Circle(*frame.xy(lon, lat), round(max(3.0, frame.km(r)), 1), name, r > precise)
        for (lat, lon, r), name in sorted(where.items(), key=lambda item: -item[0][2])
    )
    bar = max(k for k in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0) if frame.km(k) < _WIDTH / 3
              or k == 1.0)  # fmt: skip
    return SketchMap(
        _WIDTH, _HEIGHT, outline(frame), circles, _towns(sight, frame, circles), round(frame.km(bar), 1), bar
    )


def _towns(sight: Sight, frame: Frame, circles: Sequence[Circle]) -> tuple[Town, ...]:
    """Places of other incidents on the picture, as many as have room for their names."""
    taken = [(c.x, c.y) for c in circles if not c.wide]
    found = []
    for name, lat, lon in sight.towns():
        x, y = frame.xy(lon, lat)
        inside = 8 < x < frame.width - 8 and 16 < y < frame.height - 24
        if inside and all(abs(x - a) > 100 or abs(y - b) > 22 for a, b in taken):
            taken.append((x, y))
            found.append(Town(x, y, name, "start" if x < frame.width * 0.65 else "end"))
    return tuple(found)


def _matters(
    sight: Sight, incident: Incident, accounts: Sequence[TableRow]
) -> tuple[tuple[str, ...], tuple[Matter, ...]]:
    """What is said of each matter, in columns: the two sources that say most, and the others."""
    refs: dict[str, list[str]] = defaultdict(list)
    figures: dict[tuple[str, str], str] = {}
    for account in accounts:
        refs["What happened"].append(str(account["claim"] or account["id"]))
    for toll in incident.tolls:
        name = f"{toll.kind.capitalize()}{', ' + toll.victims if toll.victims else ''}"
        for entry in toll.entries:
            if entry.copy_of is None:
                refs[name].append(entry.claim or entry.quantity)
                figures[name, refs[name][-1]] = figure(entry.low, entry.high)
    told = sight.browse.told(ref for found in refs.values() for ref in found)
    voices = {ref: voice_of(one, sight) for ref, one in told.items()}
    weight = Counter(voice.source for voice in voices.values())
    chief = tuple(source for source, _ in sorted(weight.items(), key=lambda w: (-w[1], w[0]))[:2])
    columns = (*chief, _OTHERS) if len(weight) > len(chief) else chief
    matters = []
    for name, found in refs.items():
        cells: list[tuple[Voice, ...]] = []
        for column in columns:
            own = [
                replace(voices[r], figure=figures.get((name, r)))
                for r in dict.fromkeys(found)
                if r in voices and _stands(voices[r], column, chief)
            ]
            cells.append(tuple(_once(own)[:_VOICES]))
        matters.append(Matter(name, tuple(cells)))
    return columns, tuple(matters)


def _stands(voice: Voice, column: str, chief: Sequence[str]) -> bool:
    return voice.source == column if column in chief else voice.source not in chief


def _once(voices: Sequence[Voice]) -> list[Voice]:
    """The same words of the same report once."""
    return list({(v.report, v.words): v for v in voices}.values())
