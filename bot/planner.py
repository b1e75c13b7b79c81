"""What is due and what becomes of it: picks, composes and draws, thousands of channels at once."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace

from bot.causes import UNMADE, Causes
from bot.clock import Clock
from bot.delivery.plan import Draw
from bot.delivery.reasons import LATE_BECAUSE
from bot.errors import StoreError
from bot.look import Look
from bot.reasons import in_words
from bot.store.claims import Batch, Claimed, Claims, Settled
from bot.store.manners import USUAL
from bot.store.printing import Printed
from bot.store.rows import Plan, State
from bot.store.subscription_rows import Held
from bot.tongues import tongue_for
from briefings.approving import Approval, unsent
from briefings.due import Due, Reckoning, Verdict
from briefings.message import Post
from briefings.model import Library
from briefings.owning import Now, compose_missed, noting_late
from briefings.pick import Nothing, Pick, chosen
from briefings.schedule import Edition, SubscriptionId
from briefings.tongue import speaking

log = logging.getLogger(__name__)

BATCH = 500
"""Subscriptions in one transaction: a commit costs nearly as much for one as for hundreds."""

BREATH = 50
"""Subscriptions that are planned before everybody else has a turn."""


class Planner:
    """Claims every edition that is due; what it claims is in the ledger before it is told."""

    def __init__(
        self,
        claims: Claims,
        library: Callable[[], Library],
        draws: Mapping[str, Draw],
        clock: Clock,
    ) -> None:
        """`draws` holds the platforms that are online: what has none waits until it has."""
        self._claims = claims
        self._library = library
        self._draws = draws
        self._clock = clock
        self._causes = Causes(clock.now())

    async def claim_due(self) -> AsyncIterator[tuple[Plan, ...]]:
        """Claim what is due, batch by batch, the longest due first."""
        look = Look(self._clock.now(), dict(self._library()), self._draws)
        self._causes.look(look.now, self._draws)
        try:
            waiting = deque(sorted(self._draws))
            while waiting:
                claimed = await self._claim(waiting[0], look)
                if claimed is None:
                    waiting.popleft()
                    continue
                yield claimed
                waiting.rotate()  # no platform waits for the others
        except StoreError:
            self._causes.lose(look.now)
            raise
        self._causes.find()

    async def _claim(self, platform: str, look: Look) -> tuple[Plan, ...] | None:
        async with self._claims.batch(platform, BATCH) as batch:
            if not batch.due:
                return None
            await batch.look_back(await look.near(batch))
            settled = []
            for number, held in enumerate(batch.due):
                settled.append(await self._settle(held, batch, look))
                if number % BREATH == 0:
                    await asyncio.sleep(0)
            return await batch.write(settled)

    async def _settle(self, held: Held, batch: Batch, look: Look) -> Settled:
        subscription = held.subscription
        reckoned = look.reckon(held)
        claimed = [await self._become(due, held, batch, look) for due in reckoned.due]
        if notice := self._notice(reckoned, held, look):
            claimed.append(notice)
        troubled = held.troubled
        if reckoned.due:
            troubled = reckoned.due[-1].verdict is not Verdict.SEND
        return Settled(subscription.id, reckoned.cursor, reckoned.look_at, troubled, tuple(claimed))

    async def _become(self, due: Due, held: Held, batch: Batch, look: Look) -> Claimed:
        """What an edition becomes: a post, or a reason why there is none."""
        if due.verdict is Verdict.SKIP:
            return _nothing(due, LATE_BECAUSE.format(reason=self._cause(due)))
        try:
            return await self._planned(due, held, batch, look)
        except StoreError:
            raise
        except Exception as error:  # one edition's trouble is no other's
            log.exception("A post could not be made.", extra={"action": "edition.failed"})
            return _nothing(due, UNMADE.format(name=type(error).__name__))

    async def _planned(self, due: Due, held: Held, batch: Batch, look: Look) -> Claimed:
        subscription = due.subscription
        place = (subscription.platform, subscription.channel)
        picked, approval = await self._picked(due, batch, look)
        if isinstance(picked, Nothing):
            return _nothing(due, picked.reason.value)
        manners = batch.manners.get(place, USUAL)
        post, printed = look.printed(subscription, picked.briefing, manners)
        if held_back := unsent(batch.rules.get(place), approval, printed.name, subscription.zone):
            return _nothing(due, held_back, look.library[picked.briefing].briefing.title)
        reminding = await look.reminding(post, picked.briefing, place, batch)
        if reminding is not post:
            post, printed = reminding, look.drawn(subscription.platform, reminding)
        late = None
        if due.verdict is Verdict.SEND_LATE:
            late, printed = self._late(post, printed, (due, held, look))
        plan = Plan(
            due.edition,
            *place,
            due.moment,
            briefing=picked.briefing,
            title=look.library[picked.briefing].briefing.title,
            pick_reason=picked.reason.value,
            runner_up=picked.runner_up,
            expires_at=due.expires_at,
            threaded=post.threaded,
            late_reason=late,
            printed=printed.name,
        )
        batch.count(plan)
        return Claimed(plan, printed)

    async def _picked(
        self, due: Due, batch: Batch, look: Look
    ) -> tuple[Pick | Nothing, Approval | None]:
        """What comes, and what the editors made of it, where the channel has any."""
        subscription = due.subscription
        place = (subscription.platform, subscription.channel)
        picked = await look.picked(due, batch)
        approval = await batch.approval(due.edition) if place in batch.rules else None
        if approval and approval.briefing in look.library:
            return chosen(picked, approval.briefing), approval
        return picked, approval

    def _late(
        self, post: Post, printed: Printed, about: tuple[Due, Held, Look]
    ) -> tuple[str, Printed]:
        """The cause, and, the first time, a card that tells it."""
        due, held, look = about
        cause = self._cause(due)
        if held.troubled:
            return cause, printed
        now = Now(look.now, due.subscription.zone)
        with speaking(post.card.tongue):
            card = noting_late(post.card, due.moment, in_words(cause), now)
        return cause, look.drawn(due.subscription.platform, replace(post, card=card))

    def _notice(self, reckoned: Reckoning, held: Held, look: Look) -> Claimed | None:
        """What the channel is told, once, where posts did not come."""
        missed = [due for due in reckoned.due if due.verdict is Verdict.SKIP]
        if held.troubled or not missed:
            return None
        subscription = held.subscription
        now = Now(look.now, subscription.zone)
        place = (subscription.platform, subscription.channel)
        edition = Edition(SubscriptionId(f"notice/{'/'.join(place)}"), now.today)
        moments = [due.moment for due in missed]
        with speaking(tongue_for(subscription.language)):
            message = compose_missed(moments, in_words(self._cause(missed[0])), now)
        plan = Plan(edition, *place, look.now, title=message.title, threaded=False)
        printed = look.drawn(subscription.platform, Post(message))
        return Claimed(replace(plan, printed=printed.name), printed)

    def _cause(self, due: Due) -> str:
        return self._causes.of(due.moment, due.subscription.platform)


def _nothing(due: Due, reason: str, title: str | None = None) -> Claimed:
    where = due.subscription
    plan = Plan(due.edition, where.platform, where.channel, due.moment, State.SKIPPED)
    return Claimed(replace(plan, reason=reason, title=title))
