"""What the rows of conclusions mean, and how they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, select

from bot.store.discussions import Thread
from bot.store.retold import APPROVED
from bot.store.talks import conclusion, contribution, discussion
from briefings.concluding import View
from briefings.model import BriefingId

_conclusion, _discussion, _contribution = conclusion.c, discussion.c, contribution.c


def conclusion_name(thread: Thread, number: int = 0) -> str:
    """The name of a version: the same in every process."""
    told = f"{thread.platform}|{thread.channel}|{thread.thread}|{number}".encode()
    return hashlib.blake2s(told, digest_size=8).hexdigest()


def views(platform: str, workspace: str) -> Select[Any]:
    """The newest approved version of every discussion of a workspace."""
    same = and_(
        _discussion.platform == _conclusion.platform,
        _discussion.channel == _conclusion.channel,
        _discussion.thread == _conclusion.thread,
    )
    later = conclusion.alias("later")
    is_newest = ~exists().where(
        later.c.platform == _conclusion.platform,
        later.c.channel == _conclusion.channel,
        later.c.thread == _conclusion.thread,
        later.c.version > _conclusion.version,
    )
    replies = (
        select(func.count())
        .where(_contribution.platform == _conclusion.platform)
        .where(_contribution.channel == _conclusion.channel)
        .where(_contribution.thread == _conclusion.thread)
        .scalar_subquery()
    )
    return (
        select(conclusion, _discussion.link, replies.label("replies"))
        .join_from(conclusion, discussion, same, isouter=True)
        .where(_conclusion.platform == platform, _conclusion.workspace == workspace)
        .where(_conclusion.state == APPROVED, is_newest)
        .order_by(_conclusion.changed_at.desc())
    )


def view(row: Row[Any]) -> View:
    """What a row of `views` says."""
    return View(
        row.name,
        BriefingId(row.briefing),
        row.text,
        row.person or "",
        row.changed_at,
        row.replies,
        row.link or None,
    )


def version_row(thread: Thread, number: int, now: datetime) -> dict[str, Any]:
    """The columns that every version of what a discussion comes to has."""
    return {
        **place_of(thread),
        "name": conclusion_name(thread, number),
        "briefing": thread.briefing,
        "version": number,
        "changed_at": now,
    }


def place_of(thread: Thread) -> Mapping[str, str]:
    """Where a thread is, by the names of the columns."""
    return {"platform": thread.platform, "channel": thread.channel, "thread": thread.thread}
