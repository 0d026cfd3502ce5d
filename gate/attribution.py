"""Claims as attributions of PolNeAR's kind: outermost, with a cue, within the cue's paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["predict_attribution"]

Row = dict[str, Any]
Read = Callable[[Sequence[Row]], Iterator[tuple[Row, Row]]]


def predict_attribution(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:  # noqa: ARG001
    """Turn the claims of each reading into the scorer's rows.

    Three habits of the corpus are followed. It has no claims within claims; every attribution has a
    cue; and a quotation that goes on in the next paragraph is cut at its own (``extra`` is not needed).
    """
    for row, reading in read(rows):
        claims = [c for c in reading["claims"] if c.get("parent") is None and c.get("cue_span")]
        yield {"id": row["id"], "attributions": [_attribution(row["text"], claim) for claim in claims]}


def _attribution(text: str, claim: Row) -> Row:
    cue = claim["cue_span"]
    first = text.rfind("\n", 0, cue["start"]) + 1
    end = text.find("\n", cue["end"])
    end = len(text) if end < 0 else end
    source = claim.get("source_span")
    content = [[a, b] for a, b in claim["content"] if first <= a < end] or claim["content"]
    return {
        "source": [[source["start"], source["end"]]] if source else [],
        "cue": [[cue["start"], cue["end"]]],
        "content": content,
    }
