"""Count in how many news reports each word is.

    python -m training.rarity --corpora FOLDER

FOLDER holds the development corpora, of which the news named in ``NEWS`` is counted. Writes
``codebook/link/rarity.tsv``: the words of three reports or more, each with the number of its reports; single words
and nothing else of any text.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from dateline.codebook.tables import HOME
from dateline.link.wording import content_words
from gate import load

__all__ = ["NEWS", "main", "table"]

NEWS = (
    "attribution/train", "crossdoc/ecb.train", "crossdoc/incidents.train", "crossdoc/t17.dev", "places/dev",
    "time/train",
)  # fmt: skip
_LEAST = 3  # a word of fewer reports is as rare as one that was never seen
_CLEAN = re.compile(r"[\w'’.,:&-]*\w[\w'’.,:&-]*")
_HEAD = """\
# In how many of the reports counted a word is, plural and possessor's s off (python -m training.rarity); the words of
# one count on one line. (all): the reports counted. A word that is not here is as rare as can be.
reports\twords
"""


def main() -> None:
    """Read the command line, count and write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpora", type=Path, required=True)
    corpora: Path = arguments.parse_args().corpora
    texts = {str(row["text"]) for name in NEWS for row in load(corpora / f"{name}.jsonl")}
    (HOME / "link" / "rarity.tsv").write_text(table(texts), encoding="utf-8")


def table(texts: Iterable[str]) -> str:
    """The table of the words of some texts, the same for the same set of texts."""
    count: Counter[str] = Counter()
    reports = 0
    for text in texts:
        count.update(word for word in content_words(text) if _CLEAN.fullmatch(word))
        reports += 1
    lines: dict[int, list[str]] = defaultdict(list)
    for word in sorted(word for word, number in count.items() if number >= _LEAST):
        lines[count[word]].append(word)
    lines[reports].append("(all)")
    return _HEAD + "".join(f"{number}\t{' '.join(words)}\n" for number, words in sorted(lines.items()))


if __name__ == "__main__":
    main()
