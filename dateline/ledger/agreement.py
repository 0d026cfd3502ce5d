"""How far reviewers agree: Krippendorff's alpha for each field, over the records that two or more have judged.

Source: K. Krippendorff, *Content Analysis*, 2nd ed. 2004, ch. 11: nominal data, any number of coders, missing values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.ledger.corrections import Correction

__all__ = ["Agreement", "agreement", "nominal_alpha"]

_AS_READ = "as read"  # a reviewer who judged the record and left the field alone
_VERDICTS = {"accept": "accepted", "reject": "rejected"}
_Unit = tuple[str, str, int, int]  # report, kind, start, end: the same words, whatever the record is called by now


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement on one field.

    field: a field of the records, or ``verdict`` (accepted or rejected). alpha: 1 all agree, 0 as by chance, None where
    every value is the same, which says nothing. units: records judged by two or more. coders: who judged them.
    """

    field: str
    alpha: float | None
    units: int
    coders: tuple[str, ...]


def agreement(corrections: Iterable[Correction]) -> list[Agreement]:
    """Alpha for the verdict and each field anyone changed, by name; corrections that were undone do not count.

    A reviewer has judged a record by any correction of it; the last one of a field is what holds. Rejecting says
    nothing of the fields.
    """
    judged: dict[_Unit, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    fields = set()
    for c in corrections:
        if c.undone_at is not None:
            continue
        field = c.field or "verdict"
        value = c.new if c.action == "edit" else _VERDICTS.get(c.action)
        if value is not None:
            fields.add(field)
            judged[c.report, c.kind, c.start, c.end][c.who][field] = value
    return [_of(field, judged.values()) for field in sorted(fields)]


def nominal_alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha of nominal values: one sequence of the coders' values a unit; None where nothing varies."""
    totals: Counter[str] = Counter()
    observed = 0.0
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        totals.update(counts)
        observed += sum(n * (len(values) - n) for n in counts.values()) / (len(values) - 1)
    size = sum(totals.values())
    expected = sum(n * (size - n) for n in totals.values())
    return 1 - (size - 1) * observed / expected if expected else None


def _of(field: str, records: Iterable[Mapping[str, Mapping[str, str]]]) -> Agreement:
    units, coders = [], set()
    for by in records:
        values = {who: value for who, said in by.items() if (value := _value(said, field)) is not None}
        if len(values) > 1:
            units.append(list(values.values()))
            coders |= set(values)
    return Agreement(field=field, alpha=nominal_alpha(units), units=len(units), coders=tuple(sorted(coders)))


def _value(said: Mapping[str, str], field: str) -> str | None:
    if field == "verdict":
        return said.get("verdict", "accepted")  # who corrects a field takes the record for one
    return None if said.get("verdict") == "rejected" else said.get(field, _AS_READ)
