"""Adapters of the sets of events. Figures on rows the shipped models were trained on are taken out of fold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from dateline.annotate.coding.triggers import find_triggers
from dateline.annotate.coding.types import RelationModels, relation_root
from dateline.annotate.reader import Reader
from dateline.annotate.words import Parser
from dateline.codebook.plover import event_tables
from dateline.records import Report
from gate import Read, Row

__all__ = ["predict_codes", "predict_petr", "predict_plv"]

_MUTUAL = frozenset(["AGREE", "CONSULT", "SUPPORT", "COOPERATE"])
# PLOVER has none of our own types: what they come of are its assaults.
_FOLDED = dict.fromkeys(("CONTROL", "DISPLACE", "DAMAGE", "CASUALTIES"), "ASSAULT")


def predict_plv(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:  # noqa: ARG001
    """The root between the two actors given, and the chief event read from the raw text.

    Rows of the file the models were trained on are read with models trained on its other folds.
    """
    if not all("fold" in row and row["id"].startswith("plv-train") for row in rows):
        yield from _plv(read(rows), None)
        return
    for fold in sorted({row["fold"] for row in rows}):
        models = _models(rows, fold)
        these = [row for row in rows if row["fold"] == fold]
        yield from _plv(_reread(these, models), models)


def predict_codes(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """The chief event of each sentence with coded actors; ``extra``: the rows the models were trained on.

    A sentence that is among those rows is read with models trained on the other folds.
    """
    rows = [{**row, "date": None} for row in rows]  # the dates there are dummies, and tell who is in office wrongly
    trained: dict[str, Row] = {}
    if extra is not None:
        with extra.open(encoding="utf-8") as file:
            trained = {row["id"]: row for row in map(json.loads, file)}
    folds = {row["id"]: trained[row["plv_id"]]["fold"] for row in rows if row.get("plv_id") in trained}
    for fold in sorted(set(folds.values())):
        these = [row for row in rows if folds.get(row["id"]) == fold]
        models = _models(list(trained.values()), fold)
        yield from (_coded(pair, models) for pair in _reread(these, models))
    yield from map(_coded, read([row for row in rows if row["id"] not in folds]))


def predict_petr(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:  # noqa: ARG001
    """The dyads among the actors of a dictionary; ``extra``: the dictionary."""
    from gate.lexicon import Lexicon  # noqa: PLC0415  # only this set needs them
    from gate.petr import dyads  # noqa: PLC0415

    lexicon, tables = Lexicon.load(extra), event_tables()
    for row in rows:
        words = _parser().parse(row["text"])
        found = dyads(words, lexicon.mentions(words, row.get("date")), find_triggers(words, tables))
        yield {"id": row["id"], "events": [{"source": [{"code": a}], "target": [{"code": b}]} for a, b in found]}


def _plv(readings: Iterator[tuple[Row, Row]], models: RelationModels | None) -> Iterator[Row]:
    tables, parser = event_tables(), _parser()
    for row, reading in readings:
        source, target = ([tuple(span) for span in row[side].get("spans") or []] for side in ("source", "target"))
        root = relation_root(parser.parse(row["text"]), source, target, tables, models)
        yield {"id": row["id"], "root": _names()[root], "events": _chief(row, reading, models)}


def _coded(pair: tuple[Row, Row], models: RelationModels | None = None) -> Row:
    row, reading = pair
    return {"id": row["id"], "events": _chief(row, reading, models)}


def _chief(row: Row, reading: Row, models: RelationModels | None) -> list[Row]:
    """The event to report of a text: one with both sides, then the main one, then the first.

    The sets name a thing or a place as the target of acts that have no other ("imposed a curfew in"), so that is given.
    """
    events = reading["events"]
    if not events:
        return []
    rank = {"main": 0, "subordinate": 1, "background": 2}

    def key(event: Row) -> tuple[int, int, int]:
        sides = bool(event["initiators"]) + bool(event["recipients"])
        both = sides + (len(event["initiators"]) > 1 and not event["recipients"])
        return rank[event["salience"]], -both, event["start"]

    event = min(events, key=key)
    sides = {
        side: [_shown(row, reading["actors"][int(name[1:])], event) for name in event[key]]
        for side, key in (("source", "initiators"), ("target", "recipients"))
    }
    if not sides["target"] and (about := event.get("about")) is not None:
        span = [about["start"], about["end"]]
        sides["target"] = [
            {"text": row["text"][slice(*span)], "spans": [span], "code": _country_in(reading, span, event)}
        ]
    elif not sides["target"] and event.get("place") is not None and len(sides["source"]) < 2:
        place = reading["places"][event["place"]]
        sides["target"] = [
            {"text": place["name"], "spans": [[place["start"], place["end"]]], "code": place.get("country")}
        ]
    kind = _flat(row, event, sides, models)
    mutual = event["type"] in _MUTUAL and len(sides["source"]) > 1 and not sides["target"]
    return [{"type": kind, "mode": event.get("mode"), "reciprocal": mutual, **sides}]


def _flat(row: Row, event: Row, sides: Mapping[str, Sequence[Row]], models: RelationModels | None) -> str:
    """An event's type as PLOVER codes it, which puts into the type what the ledger says by type and status.

    A planned visit is there an agreement, a broken promise a refusal: for what is open, the relation model knows.
    """
    kind: str = _FOLDED.get(event["type"], event["type"])
    spans = {side: [tuple(span) for actor in actors for span in actor["spans"]] for side, actors in sides.items()}
    if event["status"] in ("happened", "ongoing") or not all(spans.values()):
        return kind
    root = relation_root(_parser().parse(row["text"]), spans["source"], spans["target"], event_tables(), models)
    return _names()[root]


@cache
def _names() -> dict[str, str]:
    """The type PLV names each CAMEO root by."""
    return {kind.root: "YIELD" if kind.root == "08" else kind.name for kind in event_tables().types.values()}


def _country_in(reading: Row, span: Sequence[int], event: Row) -> str | None:
    """The country of the first place named in a stretch of words, else of the event's place."""
    places = reading["places"]
    here = [] if event.get("place") is None else [places[event["place"]]]
    inside = (place for place in places if span[0] <= place["start"] and place["end"] <= span[1])
    return next((place["country"] for place in (*inside, *here) if place.get("country")), None)


def _shown(row: Row, actor: Mapping[str, Any], event: Row) -> Row:
    """An actor with its mentions in the event's sentence."""
    sentence = event["sentence"]
    spans = [[m[0], m[1]] for m in actor["mentions"] if sentence["start"] <= m[0] and m[1] <= sentence["end"]]
    text = " ".join(row["text"][start:end] for start, end in spans) or actor["name"]
    return {"text": text, "spans": spans, "code": actor.get("country"), "sector": actor.get("sector")}


def _reread(rows: Sequence[Row], models: RelationModels) -> Iterator[tuple[Row, Row]]:
    """Read rows in this process with other models than those shipped."""
    reader = _reader()
    with patch("dateline.annotate.events.shipped_models", lambda: models):
        reports = [Report(text=row["text"], published=row.get("date")) for row in rows]
        readings = [msgspec.to_builtins(reading) for reading in reader.read_many(reports)]
    yield from zip(rows, readings, strict=True)


@cache
def _reader() -> Reader:
    return Reader()


@cache
def _parser() -> Parser:
    return _reader().parser


def _models(rows: Sequence[Row], fold: int) -> RelationModels:
    """Models trained on our own sentences and all rows but those of one fold; made once for the same rows."""
    key = hash((fold, tuple(row["id"] for row in rows)))
    if key not in _FITTED:
        from training.events import corpus_examples, fit, own_examples  # noqa: PLC0415  # needs the extra "train"

        others = [row for row in rows if row["fold"] != fold]
        _FITTED[key] = fit([*corpus_examples(others, _parser()), *own_examples(_parser())])
    return _FITTED[key]


_FITTED: dict[int, RelationModels] = {}
