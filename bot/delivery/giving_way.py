"""Answers to people go before posts: each takes its turn out of the lane's budget at once."""

from __future__ import annotations

from bot.delivery.deliver import Delivery
from bot.platforms.desk import Answer, Completion, Desk
from bot.platforms.events import Event, News, Visited
from bot.platforms.talk import Talk
from briefings.message import Home


class GivingWay:
    """A desk whose every answer makes the posts of its platform wait a little."""

    def __init__(self, desk: Desk, delivery: Delivery) -> None:
        self._desk = desk
        self._delivery = delivery

    async def answer(self, event: Event) -> Answer:
        """The desk's answer; it never waits for a turn itself."""
        self._delivery.pace(event.place.platform).answer(event.place.channel)
        return await self._desk.answer(event)

    async def home(self, visit: Visited) -> Home:
        """The desk's view of itself, which is no message."""
        return await self._desk.home(visit)

    async def hear(self, news: News) -> None:
        """Take note."""
        await self._desk.hear(news)

    async def listen(self, talk: Talk) -> None:
        """Take note."""
        await self._desk.listen(talk)

    def complete(self, text: str) -> tuple[Completion, ...]:
        """The desk's completions, which are no messages."""
        return self._desk.complete(text)
