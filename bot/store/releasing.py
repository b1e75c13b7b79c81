"""Releases editions that are parked or refused, as a person decides who has looked."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.errors import SettingError
from bot.store.ledger import Ledger
from bot.store.moves import move_edition, move_message, recorded, without_hour
from bot.store.rows import Record, State, Written
from bot.store.writer import Step
from briefings.tongue import mark


class Verdict(StrEnum):
    """What a person found out by looking into the channel."""

    POST = mark("post it")
    THERE = mark("it is there")
    SKIP = mark("skip")


HELD = (State.PARKED, State.REFUSED)


RELEASED = mark("released by hand: {verdict}")
NOT_THERE = mark("The platform refused it, so it is not there: post it, or skip it.")
NAME_IT = mark(
    "The card is what was in doubt: name it with --message and its id, so that its thread can go on"
    " under it."
)


class Releasing(Ledger):
    """The ledger as those use it who release what is held."""

    async def release(self, record: Record, verdict: Verdict, found: str | None = None) -> None:
        """Move a held edition on; `found` is the id of its card, where that is what was in doubt.

        Raises SettingError where that cannot be, with what can.
        """
        plan = record.plan
        if plan.state not in HELD:
            raise SettingError(f"“{plan.title}” is {plan.state}: there is nothing to release.")
        steps: list[Step] = []
        for message in await self.messages(plan.edition):
            if message.state in HELD:
                steps += self._moved(message, verdict, found)
        state = State.SKIPPED if verdict is Verdict.SKIP else State.PLANNED
        reason = RELEASED.format(verdict=verdict)
        move = self._transition(plan.edition, None, (plan.state, state), reason)
        owners = (record.owner, None)
        steps.append(without_hour(plan.edition))  # whoever releases it decides, not its hour
        steps.append(move_edition(plan.edition, (plan.state, state), owners, move.at, reason))
        await self._writer.write([*steps, recorded(move)])
        self._told(plan, move)

    def _moved(self, message: Written, verdict: Verdict, found: str | None) -> list[Step]:
        state = _becomes(message, verdict, found)
        reason = RELEASED.format(verdict=verdict)
        move = self._transition(message.edition, message.number, (message.state, state), reason)
        becomes = replace(message, state=state, platform_id=found or message.platform_id)
        return [move_message(message, becomes, reason, move.at), recorded(move)]


def _becomes(message: Written, verdict: Verdict, found: str | None) -> State:
    if verdict is Verdict.SKIP:
        return State.SKIPPED
    if verdict is Verdict.POST:
        return State.PLANNED
    if message.state is State.REFUSED:
        raise SettingError(NOT_THERE)
    if not message.number and not found:
        raise SettingError(NAME_IT)
    return State.RECONCILED
