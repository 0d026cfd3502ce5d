"""What can go wrong with one item of many, with the item named."""

from __future__ import annotations

__all__ = ["ItemError", "ItemFailed", "StartError", "WorkerLost"]


class ItemError(RuntimeError):
    """One item could not be worked on.

    index: its place among the items, from 0. item: the item itself. words: what happened to it.
    """

    def __init__(self, index: int, item: object, words: str) -> None:
        super().__init__(f"item {index}: {words}")
        self.index = index
        self.item = item
        self.words = words


class ItemFailed(ItemError):  # noqa: N818 (a kind of ItemError)
    """The worker raised an exception on this item; ``trace`` is its traceback as text."""

    def __init__(self, index: int, item: object, words: str, trace: str = "") -> None:
        super().__init__(index, item, words)
        self.trace = trace


class WorkerLost(ItemError):  # noqa: N818
    """The worker's process ended on this item twice, the second time alone with it in a fresh process."""


class StartError(RuntimeError):
    """Processes ended before a worker was made in them, or its exception could not travel."""
