"""How what is said in Slack's threads reaches the desk, and how it is read back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from bot.platforms.abilities import Recalled
from bot.platforms.desk import Desk
from bot.platforms.events import Place
from bot.platforms.port import Address, Payload
from bot.platforms.slack import limits
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inbound import text_in
from bot.platforms.slack.inline import Json
from bot.platforms.slack.names import LEISURE, PATIENCE, Names
from bot.platforms.slack.persons import named
from bot.platforms.slack.persons import people_in as people_in_payload
from bot.platforms.slack.talk import Ears, mentioned, messages_in, people_in, recalled, talk
from bot.platforms.wire import Once


class Reader:
    """Reads what people write, with the names of those whom they mention."""

    def __init__(self, calls: Calls, me: frozenset[str]) -> None:
        """`me` are the bot's own ids."""
        self.names = Names(calls)
        self._people = Once(people_in_payload)
        self._calls = calls
        self.me = me

    async def ears(self, people: Iterable[str]) -> Ears:
        """What is needed to read texts that mention these people."""
        return Ears(self.me, await self.names.of(people))

    async def named(self, payload: Payload, within: float = LEISURE) -> Payload:
        """The payload with names in place of people, whom it would ping otherwise."""
        if not (people := self._people.of(payload)):
            return payload
        return named(payload, await self.names.of(people, within))

    async def answering(self, payload: Payload) -> Payload:
        """As `named`, for what somebody waits for."""
        return await self.named(payload, PATIENCE)

    async def recall(self, name: str, at: Address, more: str | None) -> Recalled:
        """A page of a thread of the platform `name`; raises as `Platform.post`."""
        query: Json = {"channel": at.channel, "ts": at.thread, "limit": limits.HISTORY_PAGE}
        page = await self._calls.read(
            "conversations.replies", query | ({"cursor": more} if more else {})
        )
        wanted = (people_in(text_in(each, "text")) for each in messages_in(page))
        ears = await self.ears(frozenset().union(*wanted))
        return recalled(page, Place(name, "", at.channel, at.thread), ears)


class Hearing:
    """Brings talk to the desk in the order in which it comes: an edit after what it edits."""

    def __init__(self, desk: Desk, reader: Reader) -> None:
        self._desk = desk
        self.reader = reader
        self._turn = asyncio.Lock()

    async def hear(self, body: Mapping[str, object]) -> None:
        """Take note of an event, where it is talk."""
        async with self._turn:
            ears = await self.reader.ears(mentioned(body))
            if heard := talk(body, ears):
                await self._desk.listen(heard)
