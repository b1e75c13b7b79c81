"""The statements that move editions and messages from state to state, and what records it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, update

from bot.store import tables
from bot.store.rows import (
    State,
    Transition,
    Written,
    key,
)
from bot.store.states import EDITION_MOVES, MESSAGE_MOVES
from bot.store.writer import Step
from briefings.schedule import Edition

_message, _edition = tables.message.c, tables.edition.c

MOVE_MESSAGE = (
    update(tables.message)
    .where(
        _message.subscription == bindparam("its_subscription"),
        _message.day == bindparam("its_day"),
        _message.number == bindparam("its_number"),
        _message.state == bindparam("before"),
        _message.tries == bindparam("tried"),
        _message.looks == bindparam("looked"),
    )
    .values(
        state=bindparam("after"),
        tries=bindparam("now_tried"),
        looks=bindparam("now_looked"),
        platform_id=bindparam("its_platform_id"),
        first_tried_at=bindparam("its_first_tried_at"),
        reason=bindparam("why"),
        changed_at=bindparam("at"),
    )
)
MOVE_EDITION = (
    update(tables.edition)
    .where(
        _edition.subscription == bindparam("its_subscription"),
        _edition.day == bindparam("its_day"),
        _edition.state == bindparam("before"),
        func.coalesce(_edition.owner, "") == bindparam("from_owner"),
    )
    .values(
        state=bindparam("after"),
        owner=bindparam("to_owner"),
        next_try_at=bindparam("later"),
        reason=bindparam("why"),
        changed_at=bindparam("at"),
    )
)
LEAVE_HOUR = (
    update(tables.edition)
    .where(
        _edition.subscription == bindparam("its_subscription"),
        _edition.day == bindparam("its_day"),
    )
    .values(expires_at=None)
)
RECORD = tables.transition.insert()


def moved(
    message: Written, state: State, at: datetime, platform_id: str | None, reason: str | None
) -> Written:
    """The message as it is after a move."""
    sending = state is State.SENDING
    return Written(
        message.edition,
        message.number,
        message.draft,
        state,
        platform_id or message.platform_id,
        message.first_tried_at or (at if sending else None),
        message.tries + sending,
        reason,
        message.looks + 1 if message.state is state else 0,
    )


def move_message(message: Written, becomes: Written, reason: str | None, at: datetime) -> Step:
    """A message's move; it goes wrong where the message is not as it was."""
    if becomes.state not in MESSAGE_MOVES.get(message.state, ()):
        raise AssertionError(f"No message moves from {message.state} to {becomes.state}.")
    values = {
        **_its(message.edition),
        "its_number": message.number,
        "before": message.state,
        "tried": message.tries,
        "looked": message.looks,
        "after": becomes.state,
        "now_tried": becomes.tries,
        "now_looked": becomes.looks,
        "its_platform_id": becomes.platform_id,
        "its_first_tried_at": becomes.first_tried_at,
        "why": reason,
        "at": at,
    }
    return Step(MOVE_MESSAGE, values, moves=True)


def move_edition(
    edition: Edition,
    states: tuple[State, State],
    owners: tuple[str | None, str | None],
    at: datetime,
    reason: str | None = None,
    later: datetime | None = None,
) -> Step:
    """An edition's move from one state and owner to the other, with the time of its next try."""
    before, after = states
    if after not in EDITION_MOVES.get(before, ()):
        raise AssertionError(f"No edition moves from {before} to {after}.")
    values = {
        **_its(edition),
        "before": before,
        "after": after,
        "from_owner": owners[0] or "",
        "to_owner": owners[1],
        "later": later,
        "why": reason,
        "at": at,
    }
    return Step(MOVE_EDITION, values, moves=True)


def without_hour(edition: Edition) -> Step:
    """From now on an edition is never too late."""
    return Step(LEAVE_HOUR, _its(edition))


def recorded(move: Transition) -> Step:
    """The row that remembers a move."""
    values = {
        **key(move.edition),
        "number": move.number,
        "before": move.before,
        "after": move.after,
        "at": move.at,
        "reason": move.reason,
        "worker": move.worker,
    }
    return Step(RECORD, values)


def _its(edition: Edition) -> dict[str, object]:
    return {"its_subscription": edition.subscription, "its_day": edition.day}
