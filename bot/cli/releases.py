"""Parked posts, shown and released: what `briefing-bot parked` does."""

from __future__ import annotations

import json

from bot.clock import SystemClock
from bot.errors import SettingError
from bot.settings import Configuration
from bot.store.database import exists, open_database
from bot.store.releasing import Releasing, Verdict
from bot.store.rows import Record
from briefings.schedule import Edition


async def find_parked(configuration: Configuration) -> tuple[Record, ...]:
    """The posts that nobody could find out about; none where there is no database yet."""
    url = configuration.own.database_url
    if not exists(url):
        return ()
    async with open_database(url) as database:
        return await Releasing(database, SystemClock()).parked()


async def release(
    configuration: Configuration, edition: Edition, verdict: str, message: str | None
) -> str:
    """Release an edition with a word of `parked --as`, and say so.

    Raises SettingError where nothing of that name is parked.
    """
    found = Verdict[verdict.upper()]
    async with open_database(configuration.own.database_url) as database:
        ledger = Releasing(database, SystemClock())
        record = await ledger.find(edition)
        if record is None:
            named = f"{edition.subscription} has no edition of {edition.day}"
            raise SettingError(f"{named}: see `briefing-bot parked`.")
        await ledger.release(record, found, message)
    return f"“{record.plan.title}” is released ({found}): a running bot goes on with it."


def told(records: tuple[Record, ...]) -> str:
    """What is parked and what to do about it, for people."""
    if not records:
        return "Nothing is parked."
    lines = []
    for record in records:
        edition = record.plan.edition
        lines.append(f"{edition.subscription} {edition.day}: “{record.plan.title}”")
        lines.append(f"  {record.plan.reason}")
    lines.append(
        "Look into the channel, then: briefing-bot parked SUBSCRIPTION DAY --as post|there|skip"
    )
    return "\n".join(lines)


def as_rows(records: tuple[Record, ...]) -> str:
    """What is parked, as a JSON list."""
    return json.dumps([_row(record) for record in records], indent=2, ensure_ascii=False)


def _row(record: Record) -> dict[str, object]:
    plan = record.plan
    return {
        "subscription": plan.edition.subscription,
        "day": plan.edition.day.isoformat(),
        "platform": plan.platform,
        "channel": plan.channel,
        "title": plan.title,
        "reason": plan.reason,
    }
