"""Opens the thread under a card: opening it twice opens one, so it is tried until it is open."""

from __future__ import annotations

from bot.delivery import reasons
from bot.delivery.sending import TRIES, Later, Sender
from bot.delivery.titles import open_named
from bot.errors import PostDelayed, PostUnknown
from bot.store.rows import Plan

AGAIN = 3.0
"""Seconds before a thread is opened again where nobody knows whether it was."""


async def open_thread(sender: Sender, plan: Plan, card: str) -> str:
    """The thread under an edition's card, written down; raises PostRefused or Later."""
    failure = ""
    for _ in range(TRIES):
        try:
            async with sender.pace.opening(sender.since):
                thread = await open_named(
                    sender.platform, plan.channel, card, plan.title or "", sender.neutral_title
                )
        except PostDelayed as delay:
            failure = str(delay)
            if delay.seconds > sender.patience:
                raise Later(failure, delay.seconds) from delay
            await sender.clock.sleep(delay.seconds)
        except PostUnknown as unknown:
            failure = str(unknown)
            await sender.clock.sleep(AGAIN)
        else:
            await sender.ledger.open_thread(plan.edition, thread)
            return thread
    raise Later(reasons.NO_THREAD.format(channel=plan.channel, reason=failure), 60)
