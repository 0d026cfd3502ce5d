"""RSS and Atom files to reports; entries that give only a summary are marked as partial."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dateline.intake.draft import Draft
from dateline.intake.pages import fragment_text
from dateline.intake.problem import Problem, Say

__all__ = ["feed_drafts"]


def feed_drafts(raw: bytes, path: str, problems: Say) -> Iterator[Draft]:
    """Yield a draft for each entry with words of its own; broken XML is read as far as it goes.

    Nothing is fetched: feedparser gets the bytes as a stream, never a name it could open.
    """
    import feedparser  # only feeds need it  # noqa: PLC0415

    try:
        feed = feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # whatever a feed does to it, the other files are read
        problems(Problem(path, None, f"cannot be taken apart ({type(error).__name__}: {error}); skipped"))
        return
    if feed.bozo and feed.entries and not _is_encoding(feed.bozo_exception):
        words = f"is broken XML ({feed.bozo_exception}); {len(feed.entries)} entries could be read"
        problems(Problem(path, None, words, skipped=False))
    if not feed.entries:
        problems(Problem(path, None, "is no RSS or Atom feed, or has no entries; skipped"))
    for number, entry in enumerate(feed.entries, start=1):
        text, partial = _text(entry)
        if not text:
            problems(Problem(path, None, f"entry {number} has neither content nor summary; skipped"))
            continue
        yield Draft(
            text=text,
            path=path,
            date=entry.get("published") or entry.get("updated"),
            outlet=entry.get("source", {}).get("title") or feed.feed.get("title"),
            title=fragment_text(entry.get("title", "")) or None,
            url=entry.get("link"),
            language=feed.feed.get("language"),
            partial=partial,
        )


def _text(entry: Any) -> tuple[str, bool]:  # noqa: ANN401 (feedparser's dicts have no types)
    """The entry's text, and whether it is only a summary."""
    for content in entry.get("content", []):
        text = fragment_text(content.get("value", ""))
        if text:
            return text, False
    return fragment_text(entry.get("summary", "")), True


def _is_encoding(error: object) -> bool:
    """Whether feedparser only complains of the declared charset, which does no harm."""
    return type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")
