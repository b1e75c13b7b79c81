"""What the rows of approvals mean, and how they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from enum import Enum, auto
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import newsroom
from bot.store.agreements import Place
from briefings.approving import Approval, Decision, Rule, Silence
from briefings.intents import Verdict
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

_approval, _editors = newsroom.approval.c, newsroom.editors.c
_SAME_CHANNEL = (_approval.platform == _editors.platform) & (_approval.channel == _editors.channel)


class Barred(Enum):
    """Why a decision does not count."""

    UNKNOWN = auto()
    STALE = auto()
    TOO_LATE = auto()


def approval_name(edition: Edition) -> str:
    """The name of an edition's approval: the same in every process."""
    told = f"{edition.subscription}|{edition.day}".encode()
    return hashlib.blake2s(told, digest_size=8).hexdigest()


def approvals() -> Select[Any]:
    """The approvals of channels that ask for any, each with what its channel chose."""
    joined = newsroom.approval.join(newsroom.editors, _SAME_CHANNEL)
    return select(newsroom.approval, _editors.called, _editors.silence).select_from(joined)


def approval(row: Row[Any]) -> Approval:
    """A row of `approvals`; its rule names the channel in which it was shown."""
    return Approval(
        row.name,
        edition_of(row),
        row.channel,
        row.due_at,
        BriefingId(row.briefing),
        row.printed,
        row.round,
        rule(row),
        _decision(row),
    )


def rule(row: Row[Any]) -> Rule:
    """What a channel chose."""
    return Rule(row.editors, row.called, Silence(row.silence))


def edition_of(row: Row[Any]) -> Edition:
    """The edition that is up for approval."""
    return Edition(SubscriptionId(row.subscription), row.day)


async def rules_among(
    connection: AsyncConnection, platform: str, channels: Collection[str]
) -> Mapping[Place, Rule]:
    """How the posts of some channels are approved, where they are."""
    query = select(newsroom.editors).filter_by(platform=platform)
    rows = await connection.execute(query.where(_editors.channel.in_(channels)))
    return {(row.platform, row.channel): rule(row) for row in rows}


async def approvals_among(
    connection: AsyncConnection, editions: Collection[Edition]
) -> Mapping[Edition, Approval]:
    """The approvals of editions; nobody else decides on them until the transaction ends."""
    names = [approval_name(each) for each in editions]
    query = approvals().where(_approval.name.in_(names)).with_for_update(of=newsroom.approval)
    return {edition_of(row): approval(row) for row in await connection.execute(query)}


def _decision(row: Row[Any]) -> Decision | None:
    if row.verdict is None:
        return None
    return Decision(Verdict(row.verdict), row.person, row.decided_at)
