"""Measure the gazetteer: ``python -m scripts.gazetteer_cost``: time to open it, to look a name up, and its memory.

Opening maps the file; pages are read as they are needed and shared by all processes of a machine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from dateline.codebook.gazetteer import Gazetteer, fold
from dateline.codebook.gazetteer.layout import BIN

NAMES = ("Kyiv", "Kharkov", "Ivankiv", "Springfield", "Paris", "Homel", "Donbas", "Nosuchplace", "São Paulo", "US")
_OPENINGS, _ROUNDS = 9, 2000
_SHARED = """
import re
from dateline.codebook.gazetteer import Gazetteer, fold
gazetteer = Gazetteer()
for number in range(0, len(gazetteer), 7):
    gazetteer.numbers(fold(gazetteer.name(number)))
block = re.search(r"gazetteer.bin.*?(?=^[0-9a-f]+-)", open("/proc/self/smaps").read(), re.DOTALL | re.MULTILINE)[0]
print(*(re.search(rf"^{key}: +([0-9]+)", block, re.MULTILINE)[1] for key in ("Rss", "Private_Dirty")))
"""


def main() -> None:
    """Print the figures."""
    openings = []
    for _ in range(_OPENINGS):
        began = time.perf_counter()
        gazetteer = Gazetteer()
        openings.append(time.perf_counter() - began)
    folded = [fold(name) for name in NAMES]
    began = time.perf_counter()
    for _ in range(_ROUNDS):
        for name in folded:
            gazetteer.numbers(name)
    each = (time.perf_counter() - began) / (_ROUNDS * len(folded))
    print(f"{len(gazetteer):,} places, {BIN.stat().st_size / 1e6:.1f} MB on disk")
    print(f"open {1e3 * median(openings):.1f} ms, look-up {1e6 * each:.1f} µs a name")
    if sys.platform == "linux":
        out = subprocess.run([sys.executable, "-c", _SHARED], check=True, capture_output=True, text=True).stdout
        mapped, private = (int(kb) / 1e3 for kb in out.split())
        print(f"after 60,000 look-ups {mapped:.1f} MB of it in memory, {private:.1f} MB of that not shared")


if __name__ == "__main__":
    main()
