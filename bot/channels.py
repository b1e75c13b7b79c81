"""What a channel's owners ask about its posts: what is agreed, what comes, what was, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain

from bot.reasons import in_words
from bot.store.agreements import Agreement, Place
from bot.store.approvals import Approvals
from bot.store.ledger import Ledger
from bot.store.recollections import Recollections
from bot.store.releasing import HELD
from bot.store.rows import Plan, Record, State
from bot.store.subscriptions import Subscriptions
from bot.today import Today
from briefings import owner_words as words
from briefings.approving import Approval, Decision, told
from briefings.catching_up import noting_catching_up
from briefings.chapters import title_of
from briefings.editor_words import up_for
from briefings.holding import noting_held
from briefings.intents import Verdict
from briefings.message import Message
from briefings.model import Library
from briefings.owning import (
    Now,
    Outcome,
    compose_help,
    compose_list,
    compose_next,
    compose_sentence,
    compose_status,
    compose_why,
)
from briefings.pick import Nothing
from briefings.schedule import coming_editions
from briefings.tongue import mark, say

COMING = 5
PAST = 10
AHEAD = 60
"""Days in which the coming posts are looked for."""


STATES = {
    State.PLANNED: mark("planned"),
    State.CLAIMED: mark("under way"),
    State.SENDING: mark("under way"),
    State.DELAYED: mark("delayed"),
    State.UNKNOWN: mark("in doubt"),
    State.RECONCILED: mark("sent"),
    State.SENT: mark("sent"),
    State.REFUSED: mark("refused"),
    State.PARKED: mark("parked"),
    State.SKIPPED: mark("skipped"),
}


class Channels:
    """Answers questions and changes nothing."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        ledger: Ledger,
        today: Today,
        library: Callable[[], Library],
        approvals: Approvals,
        recollections: Recollections,
    ) -> None:
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._today = today
        self._library = library
        self._approvals = approvals
        self._recollections = recollections

    async def show(self, what: str, place: Place, now: Now) -> Message:
        """`list`, `next`, `why`, `status` or `help` of a channel."""
        if what == "help":
            return compose_help()
        agreed = await self._subscriptions.at(place)
        if agreed is None:
            return compose_sentence(say(words.CHANGED), say(words.NOT_SUBSCRIBED))
        match what:
            case "next":
                return compose_next(await self.coming(agreed, COMING, now.at), now)
            case "why":
                return await self._why(place, now)
            case "status":
                return await self._status(agreed, place, now)
            case _:
                return await self._list(agreed, place, now)

    async def coming(self, agreed: Agreement, count: int, now: datetime) -> Sequence[datetime]:
        """The moments of the coming posts, without those of days that had theirs."""
        coming = chain.from_iterable(
            coming_editions(each, now, AHEAD) for each in agreed.subscriptions
        )
        moments = sorted((when, edition) for edition, when in coming)
        found: list[datetime] = []
        for when, edition in moments:
            if len(found) == count:
                break
            if await self._ledger.find(edition) is None:
                found.append(when)
        return found

    async def _list(self, agreed: Agreement, place: Place, now: Now) -> Message:
        first = await self.coming(agreed, 1, now.at)
        changes = await self._subscriptions.changes(place)
        return compose_list(
            agreed.terms, next(iter(first), None), changes, now, declared=agreed.declared
        )

    async def _status(self, agreed: Agreement, place: Place, now: Now) -> Message:
        records = await self._ledger.recent(*place, PAST)
        decided = await self._approvals.of([each.plan.edition for each in records])
        past = [_outcome(each, decided.get(each.plan.edition), now) for each in records]
        coming = await self._approvals.at(place)
        outcomes = [*(self._up(each, now) for each in coming), *past]
        first = await self.coming(agreed, 1, now.at)
        held = [each.plan.edition.day for each in records if each.plan.state in HELD]
        told = noting_held(compose_status(outcomes, next(iter(first), None), now), held)
        return await self._noting_progress(told, place)

    async def _noting_progress(self, message: Message, place: Place) -> Message:
        """The message, and how far the reading of missed discussions has got."""
        for each in await self._recollections.progress():
            if each.platform == place[0] and each.ended_at is None:
                return noting_catching_up(message, each.read, each.threads)
        return message

    async def _why(self, place: Place, now: Now) -> Message:
        library = self._library()
        picked = await self._today.at(place)
        wanted = () if isinstance(picked, Nothing) else (picked.briefing, picked.runner_up)
        known = (library[each] for each in wanted if each and each in library)
        up = [self._up(each, now) for each in await self._approvals.at(place)]
        return compose_why(picked, {each.id: each.briefing.title for each in known}, up, now)

    def _up(self, approval: Approval, now: Now) -> Outcome:
        """What is up for approval, or was approved, and waits for its hour."""
        entry = self._library().get(approval.briefing)
        title = title_of(entry.briefing) if entry else approval.briefing
        if approval.decision:
            said, person = told(approval.decision, now.zone), approval.decision.person
            return Outcome(approval.due_at, title, said, None, person)
        return Outcome(approval.due_at, title, up_for(approval.rule.called), None)


def _outcome(record: Record, approval: Approval | None, now: Now) -> Outcome:
    plan = record.plan
    decision = approval.decision if approval else None
    kept = plan.reason or plan.late_reason
    reason = in_words(kept) if kept else None
    if decision and (kept is None or _is_held(plan, decision)):
        reason = told(decision, now.zone)  # in the reader's language and time zone
    person = decision.person if decision else None
    return Outcome(plan.due_at, plan.title, say(STATES[plan.state]), reason, person)


def _is_held(plan: Plan, decision: Decision) -> bool:
    return plan.state is State.SKIPPED and decision.verdict is Verdict.HOLD
