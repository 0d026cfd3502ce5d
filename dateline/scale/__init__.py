"""Scale: a function over many items, results in order."""

from dateline.scale.errors import ItemError, ItemFailed, StartError, WorkerLost
from dateline.scale.here import Here

__all__ = ["Here", "ItemError", "ItemFailed", "StartError", "WorkerLost"]
