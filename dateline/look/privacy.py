"""Privacy: names of private persons replaced by stable pseudonyms in everything that leaves the machine.

A person named only as a witness, victim, resident or relative did not choose to be in the news
(invariant 7; Berkeley Protocol, data minimisation). The pseudonym is a short hash of the name: the
same person has the same one in every export of every ledger, and too few digits are kept to tell a
guessed name from a thousand others that hash alike.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import cast

import msgspec

from dateline.records import Actor, Reading, Report

__all__ = ["Pseudonyms", "pseudonym", "pseudonymised", "unveiled"]

_DIGITS = 4
_SHORT = 3  # letters: shorter parts of a name are too often other words


class Pseudonyms:
    """The names to replace in one report's words, and what by."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.forms = dict(forms)
        longest_first = sorted(self.forms, key=lambda form: (-len(form), form))
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    @classmethod
    def of(cls, report: Report, reading: Reading) -> Pseudonyms:
        """Those of a report: every form its private persons are named by, and the parts of their names."""
        return cls({form: name for actor in reading.actors for form, name in _forms(actor, report.text).items()})

    def also(self, names: Iterable[str]) -> Pseudonyms:
        """These and other names of the same persons: each goes by what stands for the first of them known here."""
        others = sorted(set(names))
        known = next((new for name in others for _, _, new in self.edits(name)), None)
        return Pseudonyms(self.forms | ({} if known is None else dict.fromkeys(others, known)))

    def words(self, text: str) -> str:
        """The text with names replaced."""
        return self._pattern.sub(lambda match: self.forms[match[0]], text) if self.forms else text

    def edits(self, text: str) -> list[tuple[int, int, str]]:
        """What ``words`` would replace: start, end and the new words, in order."""
        return [(m.start(), m.end(), self.forms[m[0]]) for m in self._pattern.finditer(text)] if self.forms else []


def pseudonymised(report: Report, reading: Reading, names: Pseudonyms | None = None) -> tuple[Report, Reading]:
    """A report and its reading with private names replaced and every offset moved to match.

    The report keeps its id, so that rows of one export still join. names: those to replace, if not the reading's own.
    """
    names = names or Pseudonyms.of(report, reading)
    if not names.forms:
        return report, reading
    shift = _Shift(names.edits(report.text))
    text = names.words(report.text)
    clean = msgspec.structs.replace(report, text=text, title=report.title and names.words(report.title))
    raw = msgspec.to_builtins(reading)
    return clean, msgspec.convert(_moved(raw, shift, names), Reading)


def unveiled(report: Report, reading: Reading, values: Mapping[str, object]) -> dict[str, object]:
    """Values written before the words of ``pseudonymised`` as they are before the report's own: offsets and names."""
    names = {pseudonym(actor.name): actor.name for actor in reading.actors if _forms(actor, report.text)}
    back, gain = [], 0
    for start, end, new in Pseudonyms.of(report, reading).edits(report.text):
        back.append((start + gain, start + gain + len(new), report.text[start:end]))
        gain += len(new) - (end - start)
    moved = _moved(dict(values), _Shift(back), Pseudonyms(names))
    return cast("dict[str, object]", moved)


def _forms(actor: Actor, text: str) -> dict[str, str]:
    if actor.public or actor.kind != "person":
        return {}
    named = {text[start:end] for start, end, how in actor.mentions if how == "name"} | {actor.name}
    parts = {part for form in named for part in form.split() if len(part) > _SHORT and part[:1].isupper()}
    return dict.fromkeys(sorted(named | parts), pseudonym(actor.name))


def pseudonym(name: str) -> str:
    """The name a private person goes by in exports, whatever the order of the name's parts."""
    folded = " ".join(sorted(name.lower().split()))
    return f"Person {hashlib.blake2b(folded.encode(), digest_size=4).hexdigest()[:_DIGITS]}"


class _Shift:
    """Moves offsets of the old text to the new one; an offset inside a replaced name moves to its edge."""

    def __init__(self, edits: Iterable[tuple[int, int, str]]) -> None:
        self._edits = list(edits)
        self._starts = [start for start, _, _ in self._edits]
        self._gain = [0]
        for start, end, new in self._edits:
            self._gain.append(self._gain[-1] + len(new) - (end - start))

    def start(self, offset: int) -> int:
        """Move where a span opens."""
        k = bisect_right(self._starts, offset)
        inside = k > 0 and offset < self._edits[k - 1][1]
        return self._edits[k - 1][0] + self._gain[k - 1] if inside else offset + self._gain[k]

    def end(self, offset: int) -> int:
        """Move where a span closes."""
        k = bisect_left(self._starts, offset)
        inside = k > 0 and offset <= self._edits[k - 1][1]
        start, _, new = self._edits[k - 1] if inside else (offset, 0, "")
        return start + len(new) + self._gain[k - 1] if inside else offset + self._gain[k]


def _moved(value: object, shift: _Shift, names: Pseudonyms) -> object:
    """A record as plain data with its spans moved and its strings cleaned."""
    if isinstance(value, str):
        return names.words(value)
    if isinstance(value, dict):
        moved = {key: _field(key, item, shift, names) for key, item in value.items()}
        if "start" in value:
            moved["start"], moved["end"] = shift.start(value["start"]), shift.end(value["end"])
        return moved
    if isinstance(value, list | tuple):
        return [_moved(item, shift, names) for item in value]
    return value


def _field(key: str, value: object, shift: _Shift, names: Pseudonyms) -> object:
    if key in ("content", "mentions"):  # lists of [start, end, …]; elsewhere a pair of numbers is two indices
        return [[shift.start(start), shift.end(end), *how] for start, end, *how in cast("list[list[int]]", value)]
    return _moved(value, shift, names)
