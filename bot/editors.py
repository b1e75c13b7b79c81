"""Answers those who approve of posts: what they decide before the hour, and who is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.candidates import Candidates
from bot.clock import Clock
from bot.errors import PostError
from bot.platforms.abilities import Knowing, Reaching
from bot.platforms.desk import Answer
from bot.platforms.events import Person, Place
from bot.platforms.port import Platform
from bot.reasons import in_words
from bot.store.agreements import Act
from bot.store.approval_rows import Barred
from bot.store.approvals import Approvals
from bot.store.subscriptions import Subscriptions
from bot.tongues import tongue_for
from bot.writers import Writers
from briefings import editor_words as words
from briefings import owner_words
from briefings.approving import Approval, Decision, Rule, compose_decision, compose_rule
from briefings.assignments import Ask, Trust
from briefings.intents import Decide, Verdict
from briefings.message import Audience, Message, Reply
from briefings.owning import compose_sentence
from briefings.phrases import Misread
from briefings.tongue import Tongue, say, speaking, spoken

BARRED = {
    Barred.UNKNOWN: words.STALE,
    Barred.STALE: words.STALE,
    Barred.TOO_LATE: words.TOO_LATE,
}


class Editors:
    """Writes decisions down for those in the editors' channel, and tells all of them."""

    def __init__(
        self,
        approvals: Approvals,
        subscriptions: Subscriptions,
        candidates: Candidates,
        writers: Writers,
        platforms: Mapping[str, Platform],
        clock: Clock,
    ) -> None:
        self._approvals = approvals
        self._subscriptions = subscriptions
        self._candidates = candidates
        self._writers = writers
        self._platforms = platforms
        self._clock = clock

    async def order(self, order: Ask | Trust, place: Place, person: Person) -> Message:
        """Who approves of a channel's posts from now on; raises Misread."""
        here = (place.platform, place.channel)
        if isinstance(order, Ask) and not order.editors:
            return compose_rule(await self._approvals.rule(here))
        if not person.may_manage:
            said = owner_words.not_allowed(person.managers)
            return compose_sentence(say(owner_words.NOT_ALLOWED_TITLE), said)
        if await self._subscriptions.at(here) is None:
            return compose_sentence(say(owner_words.CHANGED), say(owner_words.NOT_SUBSCRIBED))
        act = Act(person.id, "approval")
        if isinstance(order, Trust):
            await self._approvals.agree(here, None, act)
            return compose_sentence(say(words.APPROVAL_TITLE), say(words.RULE_ENDED))
        rule = await self._rule(order, place)
        await self._approvals.agree(here, rule, act)
        return compose_rule(rule)

    async def decide(self, intent: Decide, place: Place, person: str) -> Answer:
        """What comes of a press on what is up for approval."""
        found = await self._approvals.find(intent.approval)
        if found is None:
            return Reply(compose_sentence(say(words.STALE_TITLE), say(words.STALE)))
        (platform, channel), approval = found
        if (place.platform, place.channel) != (platform, approval.rule.editors):
            return Reply(compose_sentence(say(words.STALE_TITLE), say(words.NOT_EDITORS)))
        if intent.round != approval.round:
            return Reply(compose_sentence(say(words.STALE_TITLE), say(words.STALE)))
        match intent.verdict:
            case Verdict.EDIT:
                return await self._writers.rewrite(approval.briefing, place, person, may=True)
            case Verdict.SWAP:
                return await self._swap(approval, (platform, channel), person)
            case Verdict.APPROVE | Verdict.HOLD:
                return await self._write(approval, intent.verdict, (platform, channel), person)

    async def _write(
        self, approval: Approval, verdict: Verdict, place: tuple[str, str], person: str
    ) -> Reply:
        before = approval.decision
        if before and before.verdict is verdict:
            return Reply(await self._told(approval, place))
        decision = Decision(verdict, person, self._clock.now())
        done = await self._approvals.decide(approval.name, approval.round, decision)
        if isinstance(done, Barred):
            return Reply(compose_sentence(say(words.STALE_TITLE), say(BARRED[done])))
        with speaking(await self._tongue(place)):
            return Reply(await self._told(done, place), Audience.CHANNEL)

    async def _swap(self, approval: Approval, place: tuple[str, str], person: str) -> Reply:
        other = await self._candidates.instead_of(approval, place)
        if other is None:
            return Reply(compose_sentence(say(words.APPROVAL_TITLE), say(words.NO_OTHER)))
        done = await self._approvals.swap(approval.name, approval.round, other)
        if isinstance(done, Barred):
            return Reply(compose_sentence(say(words.STALE_TITLE), say(BARRED[done])))
        with speaking(await self._tongue(place)):
            said = words.swapped(person, self._title(approval), self._title(done))
            told = compose_sentence(say(words.APPROVAL_TITLE), said)
        return Reply(told, Audience.CHANNEL)

    async def _told(self, approval: Approval, place: tuple[str, str]) -> Message:
        channel = await called(self._platforms.get(place[0]), place[1])
        agreed = await self._subscriptions.at(place)
        zone = agreed.terms.zone if agreed else ZoneInfo("UTC")
        return compose_decision(approval, self._title(approval), channel, zone)

    async def _tongue(self, place: tuple[str, str]) -> Tongue:
        """The language of a channel's posts, in which its editors are asked as well."""
        agreed = await self._subscriptions.at(place)
        return tongue_for(agreed.terms.language) if agreed else spoken()

    def _title(self, approval: Approval) -> str:
        return self._candidates.title(approval.briefing)

    async def _rule(self, order: Ask, place: Place) -> Rule:
        platform = self._platforms.get(place.platform)
        rule = Rule(order.editors, order.editors, order.silence)
        if not isinstance(platform, Knowing):
            return rule
        try:
            found = await platform.named(order.editors, place.workspace)
        except PostError as error:
            raise Misread(in_words(str(error))) from None
        if found is None:
            raise Misread(words.nobody_knows(order.editors))
        return replace(rule, editors=found.id, called=f"#{found.name}")


async def called(platform: Platform | None, channel: str) -> str:
    """What people call a channel, as they write it; its id where nobody says."""
    if not isinstance(platform, Reaching):
        return channel
    try:
        name = await platform.called(channel)
    except PostError:
        return channel
    return channel if name == channel else f"#{name}"
