"""The way to the desk: nobody floods it, answers go before posts, and nothing is done twice."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TypeAlias

from bot.clock import Clock
from bot.delivery.deliver import Delivery
from bot.delivery.giving_way import GivingWay
from bot.inbox import Inbox, Receiving
from bot.interpreting import Interpreter
from bot.once import Once
from bot.own_settings import Settings
from bot.platforms.desk import Answer, Desk, Relay
from bot.platforms.events import Asked, Event, Pressed, Submitted
from bot.tongues import learn
from bot.works import Works
from briefings.message import Reply
from briefings.patience import Allowance, compose_wait, spend

log = logging.getLogger(__name__)

PEOPLE = 10_000
"""People whose allowance is remembered; whoever asked longest ago begins with a full one."""

Who: TypeAlias = tuple[str, str, str]


def entrance(
    desk: Desk, works: Works, delivery: Delivery, own: Settings, inbox: Inbox
) -> Receiving:
    """The desk as the platforms reach it, with every language at hand."""
    learn()
    gate: Desk = GivingWay(Once(desk, works.heard), delivery)
    if own.briefing_commands_a_minute:
        gate = Turnstile(gate, works.clock, own.briefing_commands_a_minute)
    return Receiving(Interpreter(gate, works.subscriptions, own.briefing_language), inbox)


class Turnstile(Relay):
    """A desk that asks for a moment's patience of anybody who asks for very much."""

    def __init__(self, desk: Desk, clock: Clock, a_minute: int, people: int = PEOPLE) -> None:
        super().__init__(desk)
        self._clock = clock
        self._a_minute = a_minute
        self._people = people
        self._had: OrderedDict[Who, Allowance] = OrderedDict()

    async def answer(self, event: Event) -> Answer:
        """The desk's answer; what somebody filled in is never sent back for coming too early."""
        wait = self._pass(event)
        if not wait or isinstance(event, Submitted):
            return await self._desk.answer(event)
        return Reply(compose_wait(wait))

    def _pass(self, event: Event) -> float:
        """The seconds that this person has to wait."""
        who = _who(event)
        had = self._had.pop(who, None)
        left, wait = spend(had, self._a_minute, self._clock.ticks())
        self._had[who] = left
        if len(self._had) > self._people:
            self._had.popitem(last=False)
        if wait and had and not had.waits:
            said = {"action": "person.limited", "platform": event.place.platform}
            said |= {"channel": event.place.channel}
            log.warning("%s sends more than %d a minute.", who[-1], self._a_minute, extra=said)
        return wait


def _who(event: Event) -> Who:
    person = event.person if isinstance(event, Asked | Pressed) else event.person.id
    return event.place.platform, event.place.workspace, person
