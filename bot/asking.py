"""Asks the editors: shows what would go out before its hour, and again when that changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.candidates import Candidates
from bot.clock import Clock
from bot.delivery.plan import Draw, draw_post
from bot.editors import called
from bot.errors import BriefingBotError
from bot.platforms.port import Platform
from bot.preflight import Preflight
from bot.store.agreements import Place
from bot.store.approval_rows import approval_name
from bot.store.approvals import Approvals
from bot.store.claims import Claimed
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.printing import Printed
from bot.store.rows import Plan
from bot.store.subscriptions import Subscriptions
from bot.tongues import tongue_for
from briefings.approving import Approval, Rule, asks_at, compose_ask
from briefings.card import compose_post
from briefings.chapters import title_of
from briefings.manners import Manners
from briefings.message import Post
from briefings.model import BriefingId, Entry, Library
from briefings.owning import Now
from briefings.preflight import noting
from briefings.schedule import Edition, Subscription, SubscriptionId, editions_between
from briefings.tongue import speaking

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between looks; one with nothing to do reads a small table."""

AHEAD = timedelta(days=3)
"""Further than any evening before."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is asked with."""

    approvals: Approvals
    subscriptions: Subscriptions
    ledger: Ledger
    candidates: Candidates
    library: Callable[[], Library]
    manners: ChannelManners
    draws: Mapping[str, Draw]
    platforms: Mapping[str, Platform]
    wake: Callable[[str], None]
    clock: Clock
    preflight: Preflight | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """An edition whose editors are to be asked."""

    subscription: Subscription
    edition: Edition
    at: datetime

    @property
    def place(self) -> Place:
        """Where it will be posted."""
        return self.subscription.platform, self.subscription.channel


@dataclass(slots=True)
class Asking:
    """Looks at the clock, and writes down what is to be shown; others may do so as well."""

    desk: Desk
    seen: dict[Edition, tuple[Approval, Entry, Rule, Manners]] = field(default_factory=dict)
    """What needed nothing at the last look: a post is drawn again when one of them changed."""

    async def look(self) -> None:
        """Ask whoever is to be asked by now; never raises."""
        try:
            rules = await self.desk.approvals.rules()
            for place, rule in rules.items():
                if place[0] in self.desk.draws:
                    await self._ask_for(place, rule)
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "approval.put_off"})
        except Exception:  # the next look goes on where this one broke
            log.exception("Asking broke off.", extra={"action": "approval.failed"})

    async def _ask_for(self, place: Place, rule: Rule) -> None:
        agreed = await self.desk.subscriptions.at(place)
        now = self.desk.clock.now()
        coming = (_next(each, now) for each in agreed.subscriptions) if agreed else ()
        due = [each for each in coming if each and asks_at(each.at, each.subscription.zone) <= now]
        known = await self.desk.approvals.of([each.edition for each in due]) if due else {}
        for each in sorted(due, key=lambda one: one.at):
            if await self.desk.ledger.find(each.edition) is None:
                with speaking(tongue_for(each.subscription.language)):
                    await self._show(each, rule, known.get(each.edition))

    async def _show(self, due: Due, rule: Rule, known: Approval | None) -> None:
        entry = await self._entry(due, known.briefing if known else None)
        manners = await self.desk.manners.of(due.place)
        if entry is None or (known and self.seen.get(due.edition) == (known, entry, rule, manners)):
            return
        printed = self._drawn(due, entry, manners)
        wanted = Approval(
            approval_name(due.edition),
            due.edition,
            due.subscription.channel,
            due.at,
            entry.id,
            printed.name,
            known.round + 1 if known else 0,
            rule,
        )
        if known and replace(wanted, round=known.round, decision=known.decision) == known:
            self.seen[due.edition] = (known, entry, rule, manners)
        else:
            await self._put_up(due, wanted, entry, manners)

    async def _put_up(self, due: Due, approval: Approval, entry: Entry, manners: Manners) -> None:
        now = Now(self.desk.clock.now(), due.subscription.zone)
        channel = await called(self.desk.platforms.get(due.place[0]), due.place[1])
        asked_for = compose_ask(approval, entry, due.subscription.layout, channel, now, manners)
        post = await self._checked(asked_for, due, entry)
        printed = Printed.of(draw_post(post, self.desk.draws[due.place[0]]))
        asked = SubscriptionId(f"approval/{due.edition.subscription}/{approval.round}")
        plan = Plan(
            Edition(asked, due.edition.day),
            due.place[0],
            approval.rule.editors,
            now.at,
            title=f"{post.card.title}: {title_of(entry.briefing)}",
            expires_at=due.at,
            printed=printed.name,
        )
        if await self.desk.approvals.show(due.place, approval, Claimed(plan, printed)):
            said = {"action": "approval.asked", "platform": due.place[0], "channel": due.place[1]}
            log.info("The editors of %s are asked.", due.place[1], extra=said)
            self.desk.wake(due.place[0])

    async def _checked(self, ask: Post, due: Due, entry: Entry) -> Post:
        """What editors are asked, with what was found about the messages below it."""
        preflight, platform = self.desk.preflight, due.place[0]
        if preflight is None:
            return ask
        draw = self.desk.draws[platform]
        payloads = [payload for each in ask.parts for payload in draw(each)]
        return noting(ask, await preflight.check(entry, platform, payloads))

    async def _entry(self, due: Due, known: BriefingId | None) -> Entry | None:
        """What is up, or, where that is no longer in the library, what would come now."""
        library = self.desk.library()
        if known and known in library:
            return library[known]
        found = await self.desk.candidates.first(due.subscription, due.edition)
        return library.get(found) if found else None

    def _drawn(self, due: Due, entry: Entry, manners: Manners) -> Printed:
        post = compose_post(entry, due.subscription.layout, manners)
        return Printed.of(draw_post(post, self.desk.draws[due.place[0]]))


def _next(subscription: Subscription, now: datetime) -> Due | None:
    coming = editions_between(subscription, now, now + AHEAD)
    return next((Due(subscription, each, at) for each, at in coming if at > now), None)
