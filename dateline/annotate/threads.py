"""Threads: one thread of linear algebra while reading.

Our products are small: several threads spend their time waiting for each other, and on a busy machine
(two processes on two cores) many times what the product takes. One thread also means one way to add up a sum, so that a
reading does not depend on how many cores there are (invariant 4).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController

__all__ = ["one_thread"]


def one_thread() -> AbstractContextManager[object]:
    """Hold numpy's BLAS to one thread until the context is left."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    """What BLAS is loaded; looking for it takes longer than a reading."""
    return ThreadpoolController()
