"""Who is first in each channel's line: how much work the question is for a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from bot.store import queries, tables
from bot.store.database import open_database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_a_table_that_was_not_counted_yet_is_walked_through_once(postgres_url: str) -> None:
    """Comparing each with each other took 20 seconds for ten thousand new rows."""
    async with open_database(postgres_url) as database:
        rows = [
            {
                "subscription": f"discord/{number}",
                "day": date(2026, 11, 23),
                "platform": "discord",
                "channel": str(number // 2),
                "due_at": NOON - timedelta(minutes=number),
                "state": "planned",
                "threaded": False,
                "changed_at": NOON,
            }
            for number in range(500)
        ]
        asked = queries.heads_of_line("discord", "me", NOON, 10)
        written = asked.compile(database, compile_kwargs={"literal_binds": True})
        async with database.begin() as connection:
            await connection.execute(tables.edition.insert(), rows)
            plan = (await connection.execute(text(f"EXPLAIN {written}"))).scalars().all()
            first = (await connection.execute(asked)).all()
    assert not [line for line in plan if "Nested Loop" in line]
    assert [int(row.subscription[8:]) for row in first] == list(range(499, 479, -2))
