"""Annotate: a report's words to a reading."""
