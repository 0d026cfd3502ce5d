"""Parts of the events: triggers, frames, relations between actors, and how certain they are."""
