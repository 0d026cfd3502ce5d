"""Verdicts: what people said of incidents, laid over the groups that the scores made.

Events that people merged are one incident, and with them all that the machine had joined to any of them; of those they
split, the ones named leave, the others stay. A later verdict wins over an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.records import Verdict

__all__ = ["joined_reports", "judged"]


def joined_reports(verdicts: Iterable[Verdict]) -> list[list[str]]:
    """The ids of reports whose events people said to be one happening, a list a verdict."""
    return [sorted({ref.rpartition(":")[0] for ref in verdict.one}) for verdict in verdicts if not verdict.other]


def judged(groups: Iterable[Sequence[str]], verdicts: Sequence[Verdict]) -> list[list[str]]:
    """The groups of references after the verdicts, each sorted, in the order of their first member."""
    members = [set(group) for group in groups]
    for verdict in verdicts:
        members = _merged(members, set(verdict.one)) if not verdict.other else _split(members, verdict)
    return sorted(sorted(group) for group in members if group)


def _merged(groups: list[set[str]], together: set[str]) -> list[set[str]]:
    touched = [group for group in groups if group & together]
    rest = [group for group in groups if not group & together]
    return [*rest, set().union(*touched)] if touched else rest


def _split(groups: list[set[str]], verdict: Verdict) -> list[set[str]]:
    one, other = set(verdict.one), set(verdict.other)
    apart = []
    for group in groups:
        apart += [group - one, group & one] if group & one and group & other else [group]
    return apart
