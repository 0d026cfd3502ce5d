"""One file to share: the ledger as a page that needs no server and no network.

It holds what the pages show, drawn by the same templates; links lead to other parts of the file, links to what the file
does not hold become plain words. Its policy lets nothing but its own style and script run.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dateline.ledger import Ledger
from dateline.look.page.asked import Asked
from dateline.look.page.assets import STATIC, Assets
from dateline.look.page.rendering import Renderer
from dateline.look.page.sight import Sight
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows
from dateline.look.page.views.map import MapView, map_view
from dateline.look.page.views.report import ReportView, report_view
from dateline.look.page.views.timeline import Story, story, window_of
from dateline.look.page.views.voices import (
    DisputeView,
    QuestionView,
    ReversalView,
    ThreadView,
    disputes_of,
    questions_of,
    reversals_of,
    threads_of,
)
from dateline.records import Dispute, Incident, OpenQuestion, Reversal, Thread

__all__ = ["LIMIT", "shared"]

LIMIT = 3_000_000
"""Bytes a file may have: what a mail server lets through."""
_MOST = 300  # of each kind
_KINDS = ("incidents", "disputes", "reversals", "threads", "questions")
_NOTHING = Markup()
_BARS = 60
_LINK = re.compile(r'<a\b([^>]*?)\shref="([/#][^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_REPORT = re.compile(r"^/reports/(\w+)(?:#[mr]-(\w+))?$")
_INCIDENT = re.compile(r"^/incidents/(\w+)$")


D = TypeVar("D", Dispute, Reversal, Thread, OpenQuestion)


@dataclass(frozen=True, slots=True)
class ShareView:
    """What the file shows. ``asked_for``: records some part of it links to; ``left_out``: what it had no room for."""

    title: str
    names: bool
    text: bool
    counts: dict[str, int]
    first: str | None
    last: str | None
    story: Story | None
    map: MapView | None
    disputes: tuple[DisputeView, ...]
    reversals: tuple[ReversalView, ...]
    threads: tuple[ThreadView, ...]
    questions: tuple[QuestionView, ...]
    incidents: tuple[IncidentRow, ...]
    reports: tuple[ReportView, ...] = ()
    left_out: tuple[str, ...] = ()
    asked_for: frozenset[str] = field(default=frozenset())
    style: Markup = _NOTHING
    style_hash: str = ""
    script: Markup = _NOTHING
    script_hash: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The sections there are, for the navigation."""
        named = {"Timeline": self.story, "Map": self.map and self.map.points, "Disputes": self.disputes,
                 "Reversals": self.reversals, "Threads": self.threads, "Questions": self.questions,
                 "Incidents": self.incidents, "Reports": self.reports}  # fmt: skip
        return tuple(name for name, part in named.items() if part)


def shared(ledger: Ledger, *, names: bool = False, text: bool = True, zone: str = "UTC", limit: int = LIMIT) -> str:
    """The file as HTML, at most ``limit`` bytes of UTF-8: texts of older reports are left out first, and it says so.

    names: private persons by name, not by pseudonym. text: the reports whole, not only what is quoted of them.
    """
    sight, at = Sight(ledger, names=names), ZoneInfo(zone)
    renderer = Renderer(Assets())
    bare = _view(sight, at, names=names, text=text)
    page = _linked(_drawn(renderer, bare, at), frozenset())
    if not text:
        return page
    links = frozenset(f"{found[1]}-{found[2]}" for found in map(_REPORT.match, _hrefs(renderer, bare, at)) if found)
    room = limit - len(page.encode()) - 4096
    ids = [report.id for report in ledger.reports()]
    kept: list[ReportView] = []
    for key in reversed(ids):
        view = report_view(key, sight, at)
        room -= len(_drawn(renderer, replace(_EMPTY, reports=(view,), asked_for=links), at).encode())
        if room < 0:
            break
        kept.append(view)
    notes = bare.left_out
    if len(kept) < len(ids):
        fewer = len(ids) - len(kept)
        notes = (*notes, f"The texts of {fewer:,} older reports are left out: the file would be too large to mail.")
    whole = replace(bare, reports=tuple(reversed(kept)), asked_for=links, left_out=notes)
    return _linked(_drawn(renderer, whole, at), frozenset(view.id for view in kept))


def _view(sight: Sight, zone: ZoneInfo, *, names: bool, text: bool) -> ShareView:
    counts = sight.ledger.counts()
    first, last = sight.browse.extent()
    window = window_of(sight, Asked(), zone) if first else None
    incidents = sight.ledger.incidents()
    chosen = sorted(incidents, key=lambda i: (-i.sources, i.id))[:_MOST]
    chosen.sort(key=_when)
    style, script = (_inline(name) for name in ("style.css", "share.js"))
    return ShareView(
        title="What the reports say", names=names, text=text, counts=counts, first=first, last=last,
        story=story(sight, *window, zone, limit=_BARS) if window else None,
        map=map_view(sight, Asked(), zone) if window else None,
        disputes=disputes_of(sight, _latest(sight, Dispute)), reversals=reversals_of(sight, _latest(sight, Reversal)),
        threads=threads_of(sight, _latest(sight, Thread)),
        questions=questions_of(sight, [one for one, _ in _latest(sight, OpenQuestion)]),
        incidents=incident_rows(sight, chosen), left_out=_left_out(counts),
        style=style, style_hash=_hash(style), script=script, script_hash=_hash(script),
    )  # fmt: skip


def _latest(sight: Sight, kind: type[D]) -> list[tuple[D, str]]:
    return [(one, mark[0]) for one, mark in sight.browse.latest(kind, limit=_MOST)]


def _when(incident: Incident) -> tuple[str, str]:
    moment = incident.earliest or incident.latest
    return (moment.isoformat() if moment else "9999", incident.id)


def _left_out(counts: dict[str, int]) -> tuple[str, ...]:
    over = {name: counts[name] for name in _KINDS if counts[name] > _MOST}
    return tuple(f"{_MOST} of {count:,} {name} are shown." for name, count in over.items())


def _inline(name: str) -> Markup:
    """A file of the page to stand within it; ours, and without what would end its element."""
    text = (STATIC / name).read_text("utf-8")
    assert "</" not in text, name
    return Markup(text)  # noqa: S704


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _drawn(renderer: Renderer, view: ShareView, zone: ZoneInfo) -> str:
    return renderer.part("share.html", view, zone)


def _hrefs(renderer: Renderer, view: ShareView, zone: ZoneInfo) -> Sequence[str]:
    return [found[2] for found in _LINK.finditer(_drawn(renderer, view, zone))]


def _linked(page: str, reports: frozenset[str]) -> str:
    """The page with links that lead into itself; what it does not hold is no link."""
    ids = set(_ID.findall(page))

    def turned(found: re.Match[str]) -> str:
        to = found[2][1:] if found[2].startswith("#") else None
        if report := _REPORT.match(found[2]):
            to = "-".join(filter(None, report.groups())) if report[1] in reports else None
        elif incident := _INCIDENT.match(found[2]):
            to = f"i-{incident[1]}"
        if to not in ids:
            return "" if found[4] == "words" else found[4]
        return f'<a{found[1]} href="#{to}"{found[3]}>{found[4]}</a>'

    return _LINK.sub(turned, page)


_EMPTY = ShareView("", names=False, text=True, counts={"reports": 0}, first=None, last=None, story=None, map=None,
                   disputes=(), reversals=(), threads=(), questions=(), incidents=())  # fmt: skip
