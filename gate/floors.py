"""Pinned floors: a figure may rise, not fall; lowering one needs a reason in the file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TypedDict

__all__ = ["FILE", "Floor", "Floors", "digest", "falls", "key", "load_floors", "raise_floors", "save_floors"]

FILE = Path(__file__).parent / "floors.json"
_SLACK = 0.05  # figures are printed to one or two decimals; less than this is no fall


class Floor(TypedDict, total=False):
    """One pinned figure; ``reason``: why it was ever lowered."""

    floor: float
    reason: str


class Floors(TypedDict):
    """The file: digests of the gold files the figures were taken on, and the floors."""

    gold: dict[str, str]
    floors: dict[str, Floor]


def key(set_name: str, figure: str) -> str:
    """How a figure is named in the file."""
    return f"{set_name}: {figure}"


def load_floors() -> Floors:
    """Read ``floors.json``; an absent file is one without floors."""
    if not FILE.exists():
        return Floors(gold={}, floors={})
    data: Floors = json.loads(FILE.read_text(encoding="utf-8"))
    return data


def save_floors(floors: Floors) -> None:
    """Write the file, sorted, so that a change is one line."""
    FILE.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a gold file, so that a floor is never compared with another corpus."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def falls(measured: float, floor: float, *, less_is_better: bool) -> bool:
    """Whether a figure has fallen below its floor."""
    slack = 0.002 if less_is_better or abs(floor) <= 1 else _SLACK
    return measured > floor + slack if less_is_better else measured < floor - slack


def raise_floors(floors: Floors, measured: dict[str, tuple[float, bool]]) -> list[str]:
    """Pin figures that are better than their floors; return the names raised. Never lowers one."""
    raised = []
    for name, (value, less_is_better) in sorted(measured.items()):
        old = floors["floors"].get(name)
        better = old is None or (value < old["floor"] if less_is_better else value > old["floor"])
        if better:
            floors["floors"][name] = Floor(floor=round(value, 3))
            raised.append(name)
    return raised
