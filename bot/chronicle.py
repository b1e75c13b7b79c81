"""Tells the log of every move of an edition and of its messages: one action an event."""

from __future__ import annotations

import logging

from bot.store.rows import Plan, State, Transition

log = logging.getLogger(__name__)

LOUD = {
    State.SENT: logging.INFO,
    State.RECONCILED: logging.INFO,
    State.DELAYED: logging.WARNING,
    State.UNKNOWN: logging.WARNING,
    State.SKIPPED: logging.WARNING,
    State.REFUSED: logging.ERROR,
    State.PARKED: logging.ERROR,
}
"""How loud a move into a state is told; into any other it is told to those who debug."""


def tell(plan: Plan | None, move: Transition) -> None:
    """Tell of a move, with the fields that programs look for."""
    edition = move.number is None
    level = LOUD.get(move.after, logging.DEBUG)
    if not edition and move.after is State.SENT:
        level = logging.DEBUG  # the edition's line says it once for all its messages
    if not log.isEnabledFor(level):
        return
    kind = "edition" if edition else "message"
    log.log(
        level,
        "%s",
        _sentence(plan, move),
        extra={"action": f"{kind}.{move.after}", **_of(plan, move)},
    )


def _sentence(plan: Plan | None, move: Transition) -> str:
    what = f"“{plan.title}”" if plan and plan.title else str(move.edition.subscription)
    if move.number is not None:
        what = f"Message {move.number} of {what}"
    where = f" for {plan.platform} channel {plan.channel}" if plan else ""
    return f"{what}{where} is {move.after}{f': {move.reason}' if move.reason else '.'}"


def _of(plan: Plan | None, move: Transition) -> dict[str, object]:
    fields: dict[str, object] = {
        "edition": f"{move.edition.subscription} {move.edition.day}",
        "before": move.before.value,
        "worker": move.worker,
    }
    if plan:
        fields |= {"platform": plan.platform, "channel": plan.channel}
    if move.number is not None:
        fields["part"] = move.number
    return fields | ({"reason": move.reason} if move.reason else {})
