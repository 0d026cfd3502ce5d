"""The sets the gate knows: where gold lies, which adapter and scorer serve it, which figures count."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from gate import Adapter

__all__ = ["SETS", "Figure", "Set"]


@dataclass(frozen=True)
class Figure:
    """One number of a scorer's last line.

    path: its keys there, joined by dots; aim: what the project wants of it; options: the scorer's.
    """

    name: str
    path: str
    aim: float
    less_is_better: bool = False
    scale: float = 1.0
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Set:
    """One benchmark set.

    Paths are relative to the corpora's folder; extra: a second file it needs.
    """

    name: str
    adapter: str
    gold: str
    figures: tuple[Figure, ...]
    extra: str | None = None
    extra_needed: bool = True

    @property
    def scorer(self) -> str:
        """The scorer of the set's area."""
        return f"{self.gold.split('/', maxsplit=1)[0]}/score.py"

    def predict(self) -> Adapter:
        """The adapter: ``module:function`` inside the gate."""
        module, function = self.adapter.split(":")
        adapter: Adapter = getattr(import_module(f"gate.{module}"), function)
        return adapter


def _places(name: str, key: str, aim: float) -> Figure:
    return Figure(name, f"MACRO.{key}", aim, scale=100, options=("--no-demonyms",))


_SETS = (
    Set(
        "attribution", "attribution:predict_attribution", "attribution/dev.jsonl",
        (
            Figure("relation, half F1", "relation.half.f1", 71),
            Figure("source, exact F1", "spans.source.exact.f1", 78),
            Figure("cue, exact F1", "spans.cue.exact.f1", 73),
            Figure("content, exact F1", "spans.content.exact.f1", 65),
            Figure("recall, direct", "recall.direct.r", 86),
            Figure("recall, mixed", "recall.mixed.r", 79),
            Figure("recall, indirect", "recall.indirect.r", 59),
        ),
    ),
    Set(
        "time", "time:predict_time", "time/dev.jsonl",
        (
            Figure("value F1", "value.f1", 80),
            Figure("strict F1", "strict.f1", 83),
            Figure("relaxed F1", "relaxed.f1", 92),
        ),
    ),
    Set("meantime", "time:predict_time", "time/meantime.dev.jsonl", (Figure("value F1", "value.f1", 80),)),
    Set(
        "places", "places:predict_places", "places/dev.jsonl",
        (
            _places("strict F1", "strict_f1", 82),
            _places("accuracy@161 km or id", "acc161_id", 90),
            _places("country", "country", 94),
            _places("end to end F1, km or id", "e2e_id_f1", 74),
        ), "places/dev.jsonl", extra_needed=False,
    ),
    Set(
        "metonymy", "places:predict_metonymy", "places/metonymy.train.jsonl",
        (Figure("accuracy", "accuracy", 83, scale=100, options=("--metonymy",)),),
        "places/dev.jsonl", extra_needed=False,
    ),
    Set(
        "relational", "places:predict_relational", "places/relational.dev.jsonl",
        (Figure("within tolerance", "within_tolerance", 90, scale=100, options=("--relational",)),),
    ),
    Set(
        "plv", "events:predict_plv", "events/plv.dev.jsonl",
        (
            Figure("root macro-F1", "plv.root_macro_f1", 83),
            Figure("quad macro-F1", "plv.quad_macro_f1", 92.5),
            Figure("binary macro-F1", "plv.binary_macro_f1", 97),
            Figure("from raw text, triple recall", "plv.e2e_triple_recall", 70),
        ),
    ),
    Set(
        "codes", "events:predict_codes", "events/codes.dev.jsonl",
        (
            Figure("type + actors' words F1", "gsr.triple_text.f1", 75),
            Figure("type + actor codes F1", "gsr.triple_code.f1", 73),
        ), "events/plv.dev.jsonl", extra_needed=False,
    ),
    Set(
        "petr", "events:predict_petr", "events/petr.dev.jsonl",
        (Figure("dictionary dyads F1", "petr.dyad_code.f1", 80),), "events/petr.lexicon.json",
    ),
    Set(
        "factuality", "factuality:predict_factuality", "factuality/dev.jsonl",
        (
            Figure("UW mean absolute error", "uw.mae", 0.43, less_is_better=True),
            Figure("UW r", "uw.r", 0.78),
            Figure("UDS mean absolute error", "uds.mae", 0.90, less_is_better=True),
            Figure("UDS r", "uds.r", 0.82),
            Figure("MEANTIME status, accuracy", "meantime.status.accuracy", 86),
            Figure("MEANTIME status, mean F1", "meantime.status.macro_f1", 55),
        ),
    ),
    Set(
        "ecb", "crossdoc:predict_chains", "crossdoc/ecb.dev.jsonl",
        (
            Figure("CoNLL F1", "CoNLL_f1", 79),
            Figure("CoNLL F1, no singletons", "CoNLL_f1", 72, options=("--no-singletons",)),
        ),
    ),
    Set("gvc", "crossdoc:predict_chains", "crossdoc/gvc.dev.jsonl", (Figure("CoNLL F1", "CoNLL_f1", 70),)),
    Set(
        "incidents", "crossdoc:predict_incidents", "crossdoc/incidents.dev.jsonl",
        (Figure("pairwise F1", "pairwise_f1", 86), Figure("exact groups %", "exact_groups_pct", 86)),
    ),
    Set(
        "records", "crossdoc:predict_records", "crossdoc/records.dev.jsonl",
        (Figure("killed and injured right %", "killed_and_injured_pct", 77),), "crossdoc/incidents.dev.jsonl",
    ),
    Set(
        "questions", "crossdoc:predict_questions", "crossdoc/questions.dev.jsonl",
        (
            Figure("S2 accuracy", "S2_accuracy", 52),
            Figure("S2 documents F1", "S2_doc_f1", 64),
            Figure("S3 accuracy", "S3_accuracy", 42),
        ),
        "crossdoc/incidents.dev.jsonl",
    ),
    Set(
        "tolls", "crossdoc:predict_tolls", "crossdoc/tolls.dev.jsonl",
        (Figure("stated killed F1", "stated_killed_f1", 85), Figure("reports differ F1", "differ_f1", 75)),
    ),
)  # fmt: skip
SETS: dict[str, Set] = {s.name: s for s in _SETS}
