"""What is said in a thread, written down and taken away inside somebody's transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.heard import heard
from bot.store.signs import Message
from bot.store.talks import contribution, discussion, reaction
from bot.store.upsert import inserting
from briefings.model import BriefingId


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread about a briefing, by the platform's own ids."""

    platform: str
    channel: str
    thread: str
    briefing: BriefingId
    title: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody said in a thread; `section` is what it answers, counted from 0."""

    message: str
    person: str
    at: datetime
    section: int | None = None
    text: str | None = None
    links: tuple[str, ...] = ()


async def forget_said(connection: AsyncConnection, where: Message, now: datetime) -> None:
    """As `Discussions.forget`, inside somebody's transaction."""
    platform, channel, message = where
    place = {"platform": platform, "channel": channel, "message": message}
    await connection.execute(delete(reaction).filter_by(**place))
    await connection.execute(delete(contribution).filter_by(**place))
    row = {"platform": platform, "key": _unsaid(channel, message), "at": now}
    late = inserting(connection)(heard).values(row).on_conflict_do_nothing()
    await connection.execute(late)


async def write(connection: AsyncConnection, thread: Thread, said: Contribution) -> None:
    row = {
        **place_of(thread),
        "message": said.message,
        "person": said.person,
        "at": said.at,
        "section": said.section,
        "text": said.text,
        "links": list(said.links),
        "wording": wording(said.text),
    }
    insert = inserting(connection)(contribution).values(row)
    known = [contribution.c[name] for name in ("platform", "channel", "message")]
    newer = {name: insert.excluded[name] for name in ("section", "text", "links", "wording")}
    await connection.execute(insert.on_conflict_do_update(index_elements=known, set_=newer))
    later = or_(discussion.c.heard_at.is_(None), discussion.c.heard_at < said.at)
    query = update(discussion).filter_by(**place_of(thread)).where(later)
    await connection.execute(query.values(heard_at=said.at))


async def is_unsaid(connection: AsyncConnection, thread: Thread, message: str) -> bool:
    """Whether a message was deleted lately: its platform may tell of it once more, and late."""
    key = {"platform": thread.platform, "key": _unsaid(thread.channel, message)}
    query = select(func.count()).select_from(heard).filter_by(**key)
    return bool((await connection.execute(query)).scalar())


def wording(text: str | None) -> str | None:
    """A digest of what somebody said, to see whether it was edited; nothing for no words."""
    return (
        None if text is None else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    )


def _unsaid(channel: str, message: str) -> str:
    return f"unsaid {channel} {message}"


def place_of(thread: Thread) -> dict[str, str]:
    """Where a thread is, by the names of the columns."""
    return {"platform": thread.platform, "channel": thread.channel, "thread": thread.thread}
