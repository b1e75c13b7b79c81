"""Posts that a platform took late or not at all: why is kept, and said in the channel once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery import reasons
from bot.delivery.deliver import Delivery
from bot.delivery.plan import drafts
from bot.delivery.titles import tongue_of
from bot.platforms.port import platform_of
from bot.store.ledger import Ledger
from bot.store.rows import Plan, Record, State, Written
from briefings.due import PUNCTUAL
from briefings.lateness import compose_held_up
from briefings.schedule import Edition, SubscriptionId
from briefings.tongue import speaking

LOOKED_THROUGH = 30
"""Editions of a channel among which the one before is looked for."""


class Lateness:
    """Notes what came late because of its platform, and tells the first of several in a row."""

    def __init__(self, ledger: Ledger, delivery: Delivery, clock: Clock) -> None:
        self._ledger = ledger
        self._delivery = delivery
        self._clock = clock

    async def note(
        self, record: Record, messages: Sequence[Written], state: State, began: datetime
    ) -> None:
        """Note why an edition was late, as it stood when its delivery began; raises StoreError."""
        plan, late = record.plan, began - record.plan.due_at
        cause = self._cause(plan, messages)
        is_post = plan.briefing is not None and state in {State.SENT, State.SKIPPED}
        if not is_post or cause is None or plan.late_reason or late <= PUNCTUAL:
            return
        told = await self._was_late_before(plan)
        await self._ledger.note_late(plan.edition, cause)
        if not told:
            await self._tell(plan, state, late)

    def _cause(self, plan: Plan, messages: Sequence[Written]) -> str | None:
        """What kept the card from its channel; nothing where it only waited for its turn."""
        tried = [each for each in messages[:1] if each.state in {State.DELAYED, State.UNKNOWN}]
        if tried:
            return tried[0].reason
        joined = self._delivery.joined.get(plan.platform)
        away = joined is not None and plan.due_at < joined
        called = platform_of(plan.platform).capitalize()
        return reasons.UNREACHED.format(platform=called) if away else None

    async def _was_late_before(self, plan: Plan) -> bool:
        recent = await self._ledger.recent(plan.platform, plan.channel, LOOKED_THROUGH)
        own, day = plan.edition.subscription, plan.edition.day
        mine = (each.plan for each in recent if each.plan.edition.subscription == own)
        before = next((each for each in mine if each.edition.day < day), None)
        return before is not None and before.late_reason is not None

    async def _tell(self, plan: Plan, state: State, late: timedelta) -> None:
        """Say it in a message of its own, once a day and channel."""
        if (platform := self._delivery.platforms.get(plan.platform)) is None:
            return
        called = platform_of(plan.platform).capitalize()
        with speaking(await tongue_of(plan, self._delivery.language)):
            message = compose_held_up(called, late, came=state is State.SENT)
        name = SubscriptionId(f"late/{plan.platform}/{plan.channel}")
        now = self._clock.now()
        edition = Edition(name, plan.edition.day)
        notice = Plan(
            edition, plan.platform, plan.channel, now, title=message.title, threaded=False
        )
        told = drafts(notice, platform.draw(message), await self._ledger.secret())
        if await self._ledger.claim(notice, told):
            await self._delivery.deliver(edition)
