"""Answers to people go before posts: each takes its turn out of the lane's budget at once."""

from __future__ import annotations

from bot.delivery.deliver import Delivery
from bot.platforms.port import Answer, Completion, Desk, Event


class GivingWay:
    """A desk whose every answer makes the posts of its platform wait a little."""

    def __init__(self, desk: Desk, delivery: Delivery) -> None:
        self._desk = desk
        self._delivery = delivery

    async def answer(self, event: Event) -> Answer:
        """The desk's answer; it never waits for a turn itself."""
        self._delivery.pace(event.place.platform).answer(event.place.channel)
        return await self._desk.answer(event)

    def complete(self, text: str) -> tuple[Completion, ...]:
        """The desk's completions, which are no messages."""
        return self._desk.complete(text)
