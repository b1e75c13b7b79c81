"""The language of each person who asks, which Slack tells only to whom asks for it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace

from bot.platforms.events import Asked, Event, Pressed
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.people import language_in, shown_of

PEOPLE = 10_000
"""People whose language is remembered; whoever asked longest ago is asked for again."""

PATIENCE = 0.5
"""Seconds after which an answer rather comes in another language than late."""

KEPT = 3_600.0
"""Seconds for which a language is remembered: people change it, though seldom."""


AGAIN = 60.0
"""Seconds before Slack is asked again for somebody about whom it told nothing."""


class Locales:
    """Asks Slack for people's languages, and remembers them for a while."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    async def of(self, user: str) -> str:
        """The tag of a person's language, such as `de-DE`; empty where Slack does not tell it."""
        now = asyncio.get_running_loop().time()
        language, until = self._known.get(user, ("", 0.0))
        if now < until:
            return language
        shown = await shown_of(self._calls, user, PATIENCE)
        language = language_in(shown) or language
        self._known[user] = (language, now + (KEPT if shown else AGAIN))
        self._known.move_to_end(user)
        if len(self._known) > PEOPLE:
            self._known.popitem(last=False)
        return language

    async def told(self, event: Event) -> Event:
        """The event with the language of whoever asks; a person's own is told with them."""
        if isinstance(event, Asked | Pressed):
            return replace(event, language=await self.of(event.person))
        return event
