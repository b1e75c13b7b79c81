"""What the ledger's rows mean: editions, plans, messages, and their states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.platforms.port import Payload
from bot.store.states import OPEN, State
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

__all__ = ["OPEN", "Draft", "Plan", "Record", "State", "Transition", "Written"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edition is to become, written down before anything is sent."""

    edition: Edition
    platform: str
    channel: str
    due_at: datetime
    state: State = State.PLANNED
    briefing: BriefingId | None = None
    title: str | None = None
    pick_reason: str | None = None
    runner_up: BriefingId | None = None
    reason: str | None = None
    expires_at: datetime | None = None
    """From then on a post of which nothing stands yet comes too late."""
    threaded: bool = True
    """Whether a thread is opened under the card; else all of the post is in the channel."""
    late_reason: str | None = None
    printed: str | None = None
    """The name of the post's messages, where their rows are written when it is taken up."""
    within: str | None = None
    """The thread that all of it goes into, where it is not a post of its own."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to send and the marker that makes it known again."""

    marker: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Written:
    """A message as the ledger has it; number 0 is the card."""

    edition: Edition
    number: int
    draft: Draft
    state: State
    platform_id: str | None
    first_tried_at: datetime | None
    tries: int = 0
    """With the state, what a move is compared with: of two workers, one makes it."""
    reason: str | None = None
    looks: int = 0
    """Looks since the last try that did not find it; they go on where a worker left off."""


@dataclass(frozen=True, slots=True)
class Record:
    """An edition as the ledger has it."""

    plan: Plan
    thread: str | None
    owner: str | None = None
    next_try_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A move of an edition, or of one of its messages, from one state to another."""

    edition: Edition
    number: int | None
    before: State
    after: State
    at: datetime
    reason: str | None
    worker: str


def key(edition: Edition) -> dict[str, Any]:
    return {"subscription": edition.subscription, "day": edition.day}


def record(row: Row[Any]) -> Record:
    plan = Plan(
        Edition(SubscriptionId(row.subscription), row.day),
        row.platform,
        row.channel,
        row.due_at,
        State(row.state),
        row.briefing,
        row.title,
        row.pick_reason,
        row.runner_up,
        row.reason,
        row.expires_at,
        threaded=row.threaded,
        late_reason=row.late_reason,
        printed=row.printed,
        within=row.within,
    )
    return Record(plan, row.thread, row.owner, row.next_try_at)


def written(row: Row[Any], body: Payload) -> Written:
    return Written(
        Edition(SubscriptionId(row.subscription), row.day),
        row.number,
        Draft(row.marker, body),
        State(row.state),
        row.platform_id,
        row.first_tried_at,
        row.tries,
        row.reason,
        row.looks,
    )


def transition(row: Row[Any]) -> Transition:
    return Transition(
        Edition(SubscriptionId(row.subscription), row.day),
        row.number,
        State(row.before),
        State(row.after),
        row.at,
        row.reason,
        row.worker,
    )


def digest(payload: Payload) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def edition_row(plan: Plan, now: datetime) -> dict[str, object]:
    return {
        **key(plan.edition),
        "platform": plan.platform,
        "channel": plan.channel,
        "due_at": plan.due_at,
        "state": plan.state,
        "briefing": plan.briefing,
        "title": plan.title,
        "pick_reason": plan.pick_reason,
        "runner_up": plan.runner_up,
        "reason": plan.reason,
        "threaded": plan.threaded,
        "late_reason": plan.late_reason,
        "printed": plan.printed,
        "within": plan.within,
        "expires_at": plan.expires_at,
        "changed_at": now,
    }


def message_rows(
    edition: Edition, drafts: Sequence[Draft], now: datetime
) -> list[dict[str, object]]:
    return [
        {
            **key(edition),
            "number": number,
            "marker": draft.marker,
            "digest": digest(draft.payload),
            "state": State.PLANNED,
            "tries": 0,
            "looks": 0,
            "changed_at": now,
        }
        for number, draft in enumerate(drafts)
    ]
