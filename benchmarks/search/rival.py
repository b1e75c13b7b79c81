"""The same library in SQLite FTS5: words with bm25, beginnings, and trigrams of titles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from bot.library.body import text_of_briefing
from bot.library.index import HEAP
from briefings.model import Entry


class Rival:
    """Search as SQLite offers it, in memory, in the same steps: words, beginnings, trigrams."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE w USING fts5(id UNINDEXED, title, topics, body, prefix='3 5')"
        )
        self._db.execute(
            "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title, tokenize='trigram')"
        )
        for table in "wt":  # as much in memory as tantivy has, before it is merged
            self._db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', {HEAP})")
        for entry in entries:
            told = entry.briefing
            row = (entry.id, told.title, " ".join(told.topics), text_of_briefing(told))
            self._db.execute("INSERT INTO w VALUES (?, ?, ?, ?)", row)
            self._db.execute("INSERT INTO t VALUES (?, ?)", row[:2])
        self._db.commit()

    def search(self, query: str, limit: int = 5) -> list[str]:
        """Ids, best first."""
        words = [f'"{word}"' for word in query.lower().split()]
        trigrams = {f'"{query[at : at + 3]}"' for at in range(len(query) - 2)}
        return (
            self._ids("w", " ".join(words), limit, "bm25(w, 0, 8, 5, 1)")
            or self._ids("w", " ".join(f"{word}*" for word in words), limit, "bm25(w, 0, 8, 5, 1)")
            or self._ids("t", " OR ".join(trigrams), limit, "rank")
        )

    def _ids(self, table: str, match: str, limit: int, order: str) -> list[str]:
        sql = f"SELECT id FROM {table} WHERE {table} MATCH ? ORDER BY {order} LIMIT ?"
        return [row[0] for row in self._db.execute(sql, (match, limit))] if match else []
