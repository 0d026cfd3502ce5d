"""Write the README's table of figures from the pinned floors: ``python -m scripts.table [--check]``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from gate.floors import key, load_floors
from gate.sets import SETS

README = Path(__file__).parent.parent / "README.md"
MARKS = re.compile(r"(<!-- gate -->\n).*?(<!-- /gate -->)", re.DOTALL)

# What others reach on the same files, as the corpora's own pages tell or as measured there with their scorers.
PEERS = {
    "attribution: relation, half F1": "38.5 open rules; 73.8 a second human",
    "attribution: source, exact F1": "73 without BERT; 78 a second human",
    "attribution: cue, exact F1": "66 without BERT; 71 a second human",
    "attribution: content, exact F1": "64 without BERT; 71 a second human",
    "time: value F1": "73.9 HeidelTime 2.2",
    "time: strict F1": "80.6 HeidelTime 2.2",
    "time: relaxed F1": "91.4 HeidelTime 2.2",
    "meantime: value F1": "72.3 HeidelTime 2.2",
    "places: strict F1": "74.9 spaCy and the most populous namesake",
    "places: accuracy@161 km or id": "82.0 the same with country points",
    "places: country": "86.3 the same",
    "places: end to end F1, km or id": "64.5 the same",
    "metonymy: accuracy": "84.8 published (ReLocaR)",
    "plv: root macro-F1": "44 PETRARCH2; 74.3 RoBERTa-large zero-shot",
    "plv: quad macro-F1": "57.6 PETRARCH2; 86.7 RoBERTa-large zero-shot",
    "plv: binary macro-F1": "66.0 PETRARCH2; 96.5 RoBERTa-large zero-shot",
    "plv: from raw text, triple recall": "27.1 PETRARCH2",
    "codes: type + actors' words F1": "28.8 PETRARCH2",
    "codes: type + actor codes F1": "31.3 PETRARCH2",
    "petr: dictionary dyads F1": "62.8 PETRARCH2",
    "ecb: CoNLL F1": "74.8 head lemma; 88.4 large models",
    "gvc: CoNLL F1": "56.7 head lemma; 85.8 large models",
    "incidents: pairwise F1": "76.8 TF-IDF",
    "records: killed and injured right %": "62.4 TF-IDF and patterns",
    "questions: S2 accuracy": "39.0 string filters",
    "questions: S3 accuracy": "21.7 string filters",
    "tolls: stated killed F1": "59.0 patterns",
    "tolls: reports differ F1": "26.7 patterns",
}


def table() -> str:
    """The table in Markdown, one line a pinned figure."""
    floors = load_floors()["floors"]
    lines = ["| set | figure | Dateline | others |", "|---|---|--:|---|"]
    for chosen in SETS.values():
        for figure in chosen.figures:
            name = key(chosen.name, figure.name)
            if name in floors:
                shown = f"{floors[name]['floor']:.2f}" if figure.aim < 2 else f"{floors[name]['floor']:.1f}"
                lines.append(f"| {chosen.name} | {figure.name} | {shown} | {PEERS.get(name, '')} |")
    own = {name.removeprefix("samples: "): f["floor"] for name, f in floors.items() if name.startswith("samples: ")}
    lines += [f"| our samples | {name} | {value:.1f} | |" for name, value in sorted(own.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = README.read_text(encoding="utf-8")
    made = MARKS.sub(lambda m: m[1] + table() + m[2], page)
    if "--check" in sys.argv:
        sys.exit(0 if made == page else f"{README} is old: python -m scripts.table")
    README.write_text(made, encoding="utf-8")
