"""A desk that changes nothing twice: events are repeated, and several processes may hear one."""

from __future__ import annotations

import logging
from typing import Protocol, assert_never

from bot.errors import StoreError
from bot.platforms.desk import Answer, Desk, Relay, Repeated
from bot.platforms.events import Asked, Event, Ordered, Pressed, Submitted
from briefings import answers
from briefings.intents import (
    Discuss,
    MoreResults,
    MoreSections,
    OpenBriefing,
    OpenForm,
    OpenSection,
)
from briefings.message import Reply
from briefings.orders import is_shown
from briefings.talk_intents import Conclude, OpenConclusions

log = logging.getLogger(__name__)

LOOKS = (
    Conclude,
    Discuss,
    MoreResults,
    MoreSections,
    OpenBriefing,
    OpenConclusions,
    OpenForm,
    OpenSection,
)
"""What is pressed to see something; whatever else is pressed may change something."""


class Memory(Protocol):
    """Who remembers the events of all processes."""

    async def is_first(self, platform: str, key: str) -> bool:
        """Whether nobody heard this event before; raises StoreError."""


class Once(Relay):
    """A desk to which an event that may change something comes once, however often it is heard."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        super().__init__(desk)
        self._memory = memory

    async def answer(self, event: Event) -> Answer:
        """The desk's answer, or that there is one already."""
        if not event.key or not _may_change(event) or await self._is_first(event):
            return await self._desk.answer(event)
        said = {"action": "event.repeated", "platform": event.place.platform}
        log.info("An event was heard a second time: nothing was done twice.", extra=said)
        return Repeated(Reply(answers.compose_repeated()))

    async def _is_first(self, event: Event) -> bool:
        try:
            return await self._memory.is_first(event.place.platform, event.key)
        except StoreError as error:  # the desk says so: it can change nothing either
            log.warning("%s", error, extra={"action": "event.unremembered"})
            return True


def _may_change(event: Event) -> bool:
    match event:
        case Asked():
            return False
        case Pressed(intent):
            return intent is not None and not isinstance(intent, LOOKS)
        case Ordered(text):
            return not is_shown(text)
        case Submitted():
            return True
        case _:
            assert_never(event)
