"""Dateline: dated news reports in, a ledger out."""

from dateline._version import __version__

__all__ = ["__version__"]
