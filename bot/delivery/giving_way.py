"""Answers to people go before posts: each takes its turn out of the lane's budget at once."""

from __future__ import annotations

from bot.delivery.deliver import Delivery
from bot.platforms.desk import Answer, Desk, Relay
from bot.platforms.events import Event


class GivingWay(Relay):
    """A desk whose every answer makes the posts of its platform wait a little."""

    def __init__(self, desk: Desk, delivery: Delivery) -> None:
        super().__init__(desk)
        self._delivery = delivery

    async def answer(self, event: Event) -> Answer:
        """The desk's answer; it never waits for a turn itself."""
        self._delivery.pace(event.place.platform).answer(event.place.channel)
        return await self._desk.answer(event)
