"""Annotate: a report's words to a reading; the order of work stands in `reader`."""
