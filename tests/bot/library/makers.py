"""Entries for a library, in a line each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.library.index import Index
from briefings.blocks import Paragraph, plain
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.search import Results


def entry(
    name: str,
    title: str,
    body: str = "",
    topics: tuple[str, ...] = (),
    heading: str = "What's Happening?",
    age: int = 0,
) -> Entry:
    """An entry with one section, that came in `age` days before the others."""
    section = Section(plain(heading), 2, (Paragraph(plain(body)),))
    added = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(days=age)
    return Entry(BriefingId(name), Briefing(title, (section,), topics=topics), added)


def found(index: Index, query: str, limit: int = 10, offset: int = 0) -> list[str]:
    """The ids that a query finds, in order."""
    return ids(index.search(query, limit, offset))


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]
