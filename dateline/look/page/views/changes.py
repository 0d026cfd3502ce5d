"""What became known after a moment: new, moved, disputed, settled, reversed, corrected; each in its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dateline.look.page.sight import LINKED_BEHIND, LINKED_ON_SPOT, Sight
from dateline.look.page.views.voices import Voice, voice_of
from dateline.records import Change

__all__ = ["ChangeRow", "ChangesView", "changes_since"]

_SHOWN = 40
_SIGNS = {"new": "new", "moved": "moved", "disputed": "disputed", "settled": "settled", "reversed": "reversal",
          "corrected": "settled"}  # fmt: skip
_PATHS = {"incident": "/incidents/", "toll": "/incidents/", "dispute": "/disputes/"}
_LISTS = {"reversal": "/reversals#v-", "thread": "/threads#h-", "question": "/questions#q-"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change; ``sign``: the shape of its tag. before, after: how it stood and stands, in words."""

    change: str
    sign: str
    kind: str
    about: str
    before: str | None
    after: str | None
    at: str | None
    sources: int
    href: str
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What changed since a moment; ``too_many``: reports, if more than a page links; ``waits``: not reckoned yet."""

    since: str
    tally: Mapping[str, int]
    rows: tuple[ChangeRow, ...]
    left_out: int
    too_many: int = 0
    waits: bool = False


def changes_since(sight: Sight, since: datetime) -> ChangesView:
    """What this sight of the ledger has that it had not at the moment."""
    reports = sight.browse.report_count()
    if reports > LINKED_BEHIND:
        return ChangesView(since.isoformat(), {}, (), 0, reports)
    kept = sight.kept if reports <= LINKED_ON_SPOT else sight.later
    found = kept(f"changes since {since.isoformat()}", lambda: _changes(sight, since))
    if found is None:
        return ChangesView(since.isoformat(), {}, (), 0, waits=True)
    shown = found[:_SHOWN]
    told = sight.browse.told(record for change in shown for record in change.records[:1])
    rows = []
    for change in shown:
        first = change.records[0] if change.records else ""
        report = first.rpartition(":")[0]
        about, before, after = (
            " ".join(sight.words(report, words).split()) if words and report else words
            for words in (change.about, change.before, change.after)
        )
        voice = voice_of(told[first], sight) if first in told else None
        rows.append(
            ChangeRow(
                change.change, _SIGNS[change.change], change.kind, about or change.about, before, after, change.at,
                change.sources, _href(change), voice,
            )
        )  # fmt: skip
    return ChangesView(since.isoformat(), Counter(c.change for c in found), tuple(rows), len(found) - len(shown))


def _changes(sight: Sight, since: datetime) -> tuple[Change, ...]:
    from dateline.desk import changes  # noqa: PLC0415 - the whole road is long to import

    return changes(sight.ledger, since)


def _href(change: Change) -> str:
    if change.kind in _PATHS:
        return _PATHS[change.kind] + change.id
    if change.kind in _LISTS:
        return _LISTS[change.kind] + change.id
    report, _, record = change.id.rpartition(":")
    return f"/reports/{report}#m-{record}"
