"""The event tables: types, modes, contexts, triggers with their frames, cues of certainty, and maps to other schemes.

The built-in ones are the files of ``codebook/plover``. A user's file holds any of the same tables, each
under a line ``[types]``, ``[triggers]`` and so on; what it names it adds, or puts in the place of the
built-in entry. Nothing depends on the order of lines: of several entries for one word the one with most
conditions wins, and two that differ only in their type are an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from dateline.codebook.tables import Row, rows, sections

__all__ = [
    "EVENT_COLUMNS",
    "Certainty",
    "Condition",
    "Effect",
    "EventTables",
    "EventType",
    "LightVerb",
    "Mapped",
    "Trigger",
    "event_tables",
]

Effect = Literal[
    "fact", "implied", "negative", "claim", "future", "want", "ask", "possible", "doubt", "aspect", "ended", "unknown",
    "condition", "would", "able",
]  # fmt: skip
_EFFECTS = frozenset(Effect.__args__)  # type: ignore[attr-defined]  # Literal's own list, not declared
_KINDS = frozenset(
    ["obj", "noobj", "prep", "prep_obj", "prt", "to", "that", "own", "subj", "of", "compound", "acomp", "oprd",
     "passive"]
)  # fmt: skip
_GROUPS = frozenset(["@place", "@person", "@group"])
_POS = frozenset(["verb", "noun", "adj"])
_STANDS = _POS | frozenset(["aux", "adv", "mark", "beside", "compound", "object", "subject", "row"])
_QUADS = frozenset(["VC", "MC", "VX", "MX", "H", ""])
_NO_EVENT = "-"
EVENT_COLUMNS = {
    "types": ("type", "root", "quad", "score", "recipient", "about"),
    "modes": ("type", "mode", "about"),
    "contexts": ("context", "words"),
    "triggers": ("triggers", "pos", "with", "type", "mode", "roles"),
    "light_verbs": ("verb", "particle", "noun", "subject", "effect"),
    "certainty": ("words", "pos", "with", "effect"),
    "negation": ("word", "kind"),
    "classes": ("class", "words"),
    "maps": ("type", "mode", "cameo", "acled_event", "acled_sub_event", "ucdp"),
}
"""The event tables and their columns, as they stand in ``codebook/plover`` and in a user's file."""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event. ``root``: the CAMEO root ("19") the trained model knows it by, "" if it does not."""

    name: str
    root: str
    quad: str
    score: float
    needs_recipient: bool
    about: str


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """One condition of a frame: ``kind`` as in the table's head; ``words``: any of these, empty: any at all."""

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an event when all conditions hold; ``type`` "" says that it then names none.

    initiators, recipients: where they stand ("subj", "obj", or prepositions); empty: the usual places;
    None: nowhere.
    """

    lemma: str
    pos: str
    conditions: tuple[Condition, ...]
    type: str
    mode: str | None
    initiators: tuple[str, ...] | None = ()
    recipients: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that leaves the meaning to a noun at ``noun`` (obj, subj or a preposition)."""

    noun: str
    subject: Literal["initiator", "recipient"]
    effect: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """What a word says of an event below it; ``reach``: comp (clauses), obj (its object noun), any."""

    effect: Effect
    reach: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A type's (and mode's) names in other schemes; "" where no match is sound."""

    cameo: str
    acled_event: str
    acled_sub_event: str
    ucdp: str


@dataclass(frozen=True)
class EventTables:
    """All event tables, by what they are looked up with.

    triggers: by (lemma, part of speech), the entry with most conditions first; lemmas: theirs. light_verbs: by (lemma,
    particle). certainty: by (word, part of speech). contexts: names by first lemma and whole phrase.
    classes: the classes of meaning of a lemma. roots: the types that share a CAMEO root, by name.
    """

    types: Mapping[str, EventType]
    modes: frozenset[tuple[str, str]]
    contexts: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]
    lemmas: frozenset[str]
    light_verbs: Mapping[tuple[str, str], LightVerb]
    certainty: Mapping[tuple[str, str], Certainty]
    negation: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    maps: Mapping[tuple[str, str], Mapped]
    roots: Mapping[str, tuple[str, ...]]


@cache
def event_tables(extra: Path | None = None) -> EventTables:
    """Read the built-in tables and, over them, those of a user's file.

    Raises ``TableError`` naming the file and the line that cannot be used.
    """
    tables = {name: list(rows(f"plover/{name}.tsv", columns)) for name, columns in EVENT_COLUMNS.items()}
    if extra is not None:
        for name, row in sections(extra, EVENT_COLUMNS):
            tables[name].append(row)
    types = {row["type"]: _type(row) for row in tables["types"]}
    modes = frozenset((_known(row, types), row["mode"]) for row in tables["modes"])
    triggers = _triggers(tables["triggers"], types, modes)
    return EventTables(
        types=types,
        modes=modes,
        contexts=_contexts(tables["contexts"]),
        triggers=triggers,
        lemmas=frozenset(lemma for lemma, _ in triggers),
        light_verbs={
            (verb, row["particle"]): LightVerb(row["noun"], _side(row), row["effect"])
            for row in tables["light_verbs"]
            for verb in row.list("verb")
        },
        certainty={(word, row["pos"]): _certainty(row) for row in tables["certainty"] for word in row.list("words")},
        negation={row["word"]: row["kind"] for row in tables["negation"]},
        classes=_classes(tables["classes"]),
        maps={
            (_known(row, types), row["mode"]): Mapped(
                row["cameo"], row["acled_event"], row["acled_sub_event"], row["ucdp"]
            )
            for row in tables["maps"]
        },
        roots=_roots(types.values()),
    )


def _type(row: Row) -> EventType:
    if not row["type"] or row["type"] == _NO_EVENT:
        raise row.error("a type needs a name")
    if row["quad"] not in _QUADS:
        raise row.error(f"quad is {row['quad']!r}; it must be one of VC, MC, VX, MX, H")
    try:
        score = float(row["score"] or 0)
    except ValueError:
        raise row.error(f"score is {row['score']!r}, not a number") from None
    return EventType(row["type"], row["root"], row["quad"], score, row["recipient"] == "required", row["about"])


def _known(row: Row, types: Mapping[str, EventType]) -> str:
    if row["type"] not in types:
        raise row.error(f"no type is named {row['type']!r}")
    return row["type"]


def _side(row: Row) -> Literal["initiator", "recipient"]:
    if row["subject"] not in ("initiator", "recipient"):
        raise row.error(f"subject is {row['subject']!r}; it must be initiator or recipient")
    return cast('Literal["initiator", "recipient"]', row["subject"])


def _certainty(row: Row) -> Certainty:
    if row["pos"] not in _STANDS:
        raise row.error(f"pos is {row['pos']!r}; it must be one of {', '.join(sorted(_STANDS))}")
    if row["effect"] not in _EFFECTS:
        raise row.error(f"effect is {row['effect']!r}; it must be one of {', '.join(sorted(_EFFECTS))}")
    return Certainty(cast("Effect", row["effect"]), row["with"])


def _contexts(table: Iterable[Row]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in table:
        for words in row.list("words"):
            phrase = tuple(words.split())
            by_first.setdefault(phrase[0], []).append((phrase, row["context"]))
    return {first: tuple(sorted(phrases)) for first, phrases in by_first.items()}


def _classes(table: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    of_word: dict[str, set[str]] = {}
    for row in table:
        for word in row.list("words"):
            of_word.setdefault(word, set()).add(row["class"])
    return {word: tuple(sorted(names)) for word, names in of_word.items()}


def _triggers(
    table: Iterable[Row], types: Mapping[str, EventType], modes: frozenset[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Trigger, ...]]:
    chosen: dict[tuple[str, str, tuple[Condition, ...]], tuple[Trigger, Row]] = {}
    for row in table:
        for trigger in _row_triggers(row, types, modes):
            key = (trigger.lemma, trigger.pos, trigger.conditions)
            before = chosen.get(key)
            if before and before[1].path == row.path and before[0] != trigger:
                raise row.error(f"{trigger.lemma!r} has the same conditions on line {before[1].line}")
            chosen[key] = (trigger, row)
    by_word: dict[tuple[str, str], list[Trigger]] = {}
    for trigger, _ in chosen.values():
        by_word.setdefault((trigger.lemma, trigger.pos), []).append(trigger)
    return {word: tuple(sorted(entries, key=_rank)) for word, entries in by_word.items()}


def _rank(trigger: Trigger) -> tuple[int, int, tuple[Condition, ...]]:
    """Most conditions first, then those that name words; labels and line order play no part."""
    named = sum(bool(c.words) and not c.words[0].startswith("@") for c in trigger.conditions)
    return -len(trigger.conditions), -named, trigger.conditions


def _row_triggers(row: Row, types: Mapping[str, EventType], modes: frozenset[tuple[str, str]]) -> Iterator[Trigger]:
    if row["pos"] not in _POS:
        raise row.error(f"pos is {row['pos']!r}; it must be one of {', '.join(sorted(_POS))}")
    name = "" if row["type"] == _NO_EVENT else _known(row, types)
    mode = row["mode"] or None
    if mode and (name, mode) not in modes:
        raise row.error(f"{name} has no mode {mode!r}")
    conditions = tuple(sorted(_condition(row, words) for words in row["with"].split()))
    givers, takers = _roles(row)
    for lemma in row.list("triggers"):
        yield Trigger(lemma, row["pos"], conditions, name, mode, givers, takers)


def _condition(row: Row, words: str) -> Condition:
    kind, _, values = words.partition("=")
    if kind not in _KINDS:
        raise row.error(f"no condition is called {kind!r}; there are {', '.join(sorted(_KINDS))}")
    parts = tuple(sorted(part for part in values.split("|") if part))
    if bad := [part for part in parts if part.startswith("@") and part not in _GROUPS]:
        raise row.error(f"{bad[0]} is none of {', '.join(sorted(_GROUPS))}")
    return Condition(kind, parts)


def _roles(row: Row) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    if not row["roles"]:
        return (), ()
    givers, arrow, takers = row["roles"].partition(">")
    if not arrow:
        raise row.error(f"roles is {row['roles']!r}; it must look like subj>obj")
    return tuple(givers.split("|")) if givers else None, tuple(takers.split("|")) if takers else None


def _roots(types: Iterable[EventType]) -> dict[str, tuple[str, ...]]:
    by_root: dict[str, list[EventType]] = {}
    for kind in types:
        if kind.root:
            by_root.setdefault(kind.root, []).append(kind)
    return {
        root: tuple(k.name for k in sorted(kinds, key=lambda k: (k.quad, k.score))) for root, kinds in by_root.items()
    }
