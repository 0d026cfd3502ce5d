"""Write docs/ledger.svg: the head of what ``dateline read samples/reports`` prints."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
LINES = 44


def main() -> None:
    """Read the samples, keep the first lines of the second day and the disputes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dateline", "read", ROOT / "samples" / "reports", "--ledger", f"{folder}/x.db"]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    day = next(i for i, line in enumerate(out) if line.startswith("Friday 25"))
    disputes = next(i for i, line in enumerate(out) if line == "Disputed")
    shown = [*out[day : day + LINES], "…", *out[disputes : disputes + LINES // 2], "…", *out[-2:]]
    console = Console(record=True, width=100, file=io.StringIO())
    for line in shown:
        console.print(Text(line))
    console.save_svg(str(ROOT / "docs" / "ledger.svg"), title="dateline read samples/reports")


if __name__ == "__main__":
    main()
