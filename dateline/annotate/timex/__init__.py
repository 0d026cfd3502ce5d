"""Time expressions: pieces of text, their grammar, their senses and the calendar they resolve to."""
