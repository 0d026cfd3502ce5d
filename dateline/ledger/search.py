"""Full-text search over titles and texts: FTS5 on SQLite, a ``tsvector`` on PostgreSQL.

What a user may write is the same on both: words (all must occur, in any form: "shelled" finds
"shelling"), ``"a phrase"``, ``-without``, ``one OR other``. The index is kept by the database
itself (triggers, a generated column), so that it cannot fall behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from dateline.ledger.texts import storable

__all__ = ["RANKED", "SearchRow", "create_search", "search"]

RANKED = 2000
"""Reports that are ranked: of those that hold very common words the latest added."""

SearchRow = dict[str, str | float | None]

_SQLITE = (
    """CREATE VIRTUAL TABLE reports_search USING fts5(
         title, text, content = 'reports', content_rowid = 'number',
         tokenize = 'porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER reports_search_add AFTER INSERT ON reports BEGIN
         INSERT INTO reports_search (rowid, title, text) VALUES (new.number, new.title, new.text);
       END""",
    """CREATE TRIGGER reports_search_drop AFTER DELETE ON reports BEGIN
         INSERT INTO reports_search (reports_search, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text);
       END""",
    """CREATE TRIGGER reports_search_change AFTER UPDATE OF title, text ON reports BEGIN
         INSERT INTO reports_search (reports_search, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text);
         INSERT INTO reports_search (rowid, title, text) VALUES (new.number, new.title, new.text);
       END""",
)
# PostgreSQL keeps at most 1 MB of an index entry: of a longer report the first 100,000 characters are found.
_POSTGRESQL = (
    """ALTER TABLE reports ADD COLUMN searched tsvector GENERATED ALWAYS AS
         (to_tsvector('english', coalesce(title, '') || ' ' || left(text, 100000))) STORED""",
    "CREATE INDEX reports_searched ON reports USING gin (searched)",
)
_SQLITE_QUERY = """
    SELECT r.id AS report, r.published, r.outlet, r.title,
           snippet(reports_search, -1, :before, :after, ' … ', 24) AS snippet, -s.rank AS score
    FROM reports_search s JOIN reports r ON r.number = s.rowid
    WHERE reports_search MATCH :query AND s.rowid >= :least ORDER BY s.rank, r.id LIMIT :limit"""
# The last of the latest: where there are fewer, all are ranked.
_SQLITE_LEAST = """
    SELECT rowid FROM reports_search WHERE reports_search MATCH :query ORDER BY rowid DESC LIMIT 1 OFFSET :ranked"""
_POSTGRESQL_QUERY = """
    SELECT report, published, outlet, title, ts_headline('english', text, query, :marks) AS snippet, score
    FROM (SELECT r.id AS report, r.published, r.outlet, r.title, r.text, query, ts_rank_cd(r.searched, query) AS score
          FROM websearch_to_tsquery('english', :query) query,
               LATERAL (SELECT * FROM reports WHERE searched @@ query ORDER BY number DESC LIMIT :ranked) r
          ORDER BY score DESC, r.id LIMIT :limit) found
    ORDER BY score DESC, report"""
_PART = re.compile(r'(-?)"([^"]*)"?|(-?)(\S+)')


def create_search(connection: Connection) -> None:
    """Make the index and what keeps it."""
    for statement in _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE:
        connection.execute(text(statement))


def search(connection: Connection, words: str, limit: int, marks: tuple[str, str]) -> Iterator[SearchRow]:
    """Yield the reports in which the words occur, best first, each with a snippet in which they are marked.

    Of more than ``RANKED`` such reports only the latest added are ranked and given.
    """
    words = storable(words).replace("\u2400", " ")
    if connection.dialect.name == "postgresql":
        options = ", ".join(
            (f'StartSel="{marks[0]}"', f'StopSel="{marks[1]}"', "MaxFragments=1", "MaxWords=24", "MinWords=12")
        )
        found = connection.execute(
            text(_POSTGRESQL_QUERY), {"query": words, "marks": options, "limit": limit, "ranked": RANKED}
        )
    else:
        query = _fts5(words)
        if query is None:
            return
        least = connection.scalar(text(_SQLITE_LEAST), {"query": query, "ranked": RANKED - 1}) or 0
        values = {"query": query, "least": least, "before": marks[0], "after": marks[1], "limit": limit}
        found = connection.execute(text(_SQLITE_QUERY), values)
    for row in found.mappings():
        yield dict(row)


def _fts5(words: str) -> str | None:
    """Say the user's words in FTS5's language, quoted, so that nothing in them is an operator by accident."""
    wanted: list[str] = []
    unwanted: list[str] = []
    either = False
    for found in _PART.finditer(words):
        if found[4] == "OR" and wanted:
            either = True
            continue
        phrase = found[2] if found[4] is None else found[4].replace('"', " ")
        if not any(c.isalnum() for c in phrase):
            continue
        if found[1] or found[3]:
            unwanted.append(f'"{phrase}"')
        elif either:
            wanted[-1] = f'{wanted[-1]} OR "{phrase}"'
        else:
            wanted.append(f'"{phrase}"')
        either = False
    if not wanted:
        return None
    query = " AND ".join(f"({part})" for part in wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query
