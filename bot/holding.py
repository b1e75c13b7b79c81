"""Releases what is held in a channel, as somebody found it who has looked."""

from __future__ import annotations

from bot.errors import SettingError
from bot.reasons import in_words
from bot.store.agreements import Place
from bot.store.releasing import HELD, Releasing, Verdict
from briefings.holding import compose_none_held, compose_released
from briefings.message import Message
from briefings.orders import Release
from briefings.owning import compose_wrong

LOOKED_THROUGH = 100
"""Editions of a channel, the newest first, among which a held one is looked for."""


class Holding:
    """The held posts of channels; raises StoreError."""

    def __init__(self, ledger: Releasing) -> None:
        self._ledger = ledger

    async def release(self, order: Release, place: Place) -> Message:
        """Release the oldest post of a day that is held in a channel, and say so."""
        recent = await self._ledger.recent(*place, LOOKED_THROUGH)
        held = [each for each in recent if each.plan.state in HELD]
        found = [each for each in held if each.plan.edition.day == order.day]
        if not found:
            return compose_none_held(order.day)
        oldest = min(found, key=lambda each: each.plan.due_at)
        try:
            await self._ledger.release(oldest, Verdict[order.found.upper()])
        except SettingError as error:
            return compose_wrong(in_words(str(error)))
        return compose_released(oldest.plan.title, order.found)
