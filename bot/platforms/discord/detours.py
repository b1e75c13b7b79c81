"""The other ways to send a message, where Discord refuses the usual one.

A forum takes no messages but posts, a thread that was archived has to be opened first, and a
server may know no Components V2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import PostRefused, PostUnknown
from bot.platforms.discord.dress import INVALID, Dress
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.forum import forum_post
from bot.platforms.discord.refusals import SENTENCES
from bot.platforms.discord.requests import body, edited
from bot.platforms.discord.spots import Ask, Spots
from bot.platforms.port import Address, Payload

NOT_FOR_TEXT = frozenset({50008, 50024, 10003, 10008})
"""Codes of a forum that is taken for a channel of messages.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

FLAG = "IS_COMPONENTS_V2"
WITHOUT_EMBEDS: Mapping[str, object] = {"content": None, "embeds": []}
"""A message of components stays one; one of embeds becomes one where these are emptied.
https://discord.com/developers/docs/resources/message#edit-message"""

NO_MESSAGES, ARCHIVED, LOCKED = 50008, 50083, 160005


class Detours:
    """Sends and edits messages by whichever way is open, and remembers it."""

    def __init__(self, ask: Ask, spots: Spots, dress: Dress) -> None:
        self._ask = ask
        self._spots = spots
        self._dress = dress

    def is_usual(self, to: Address) -> bool:
        """Whether a message there goes the usual way, as far as it is known."""
        forum = to.thread is None and self._spots.is_forum(to.channel)
        return not (forum or self._dress.is_classic)

    async def lead_on(self, refused: Refused, to: Address) -> bool:
        """Whether there is another way after a refusal; raises a `PostError`."""
        if to.thread is not None and refused.code == ARCHIVED:
            await self._unarchive(to.thread)
            return True
        if to.thread is None and refused.code == NO_MESSAGES:
            return await self.is_forum(to.channel, refused)
        return self._dress.change(refused)

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        """Send one message and return its id; raises a `PostError`."""

        async def send(dressed: Payload) -> str:
            return await self._post(to, dressed)

        return await self._dress.through(send, body(payload, marker))

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in a message's place; raises a `PostError`."""

        async def send(dressed: Payload) -> str:
            return await self._edit(at, message, dressed)

        wanted = edited(payload, marker)
        try:
            await self._dress.through(send, wanted)
        except Refused as refused:  # it was sent in the other way, when that was the way
            if refused.code != INVALID:
                raise
            if self._dress.is_classic and FLAG in refused.said:
                await send(wanted)
            elif "embeds" in refused.said:
                await send({**wanted, **WITHOUT_EMBEDS})
            else:
                raise

    async def is_forum(self, channel: str, refused: PostRefused) -> bool:
        """Whether a call was refused because the channel is a forum; raises a `PostError`."""
        doubtful = isinstance(refused, Refused) and refused.code in NOT_FOR_TEXT
        return doubtful and (await self._spots.look(channel)).is_forum

    async def _post(self, to: Address, dressed: Payload) -> str:
        if to.thread is None and self._spots.is_forum(to.channel):
            return await self._start(to, dressed)
        where = to.thread or to.channel
        return await self._send("POST", f"/channels/{where}/messages", where, dressed)

    async def _edit(self, at: Address, message: str, dressed: Payload) -> str:
        # A forum's post begins with a message of the same id.
        forum = at.thread is None and (await self._spots.at(at.channel)).is_forum
        where = message if forum else at.thread or at.channel
        path = f"/channels/{where}/messages/{message}"
        try:
            return await self._send("PATCH", path, where, dressed)
        except Refused as refused:
            if refused.code != ARCHIVED:
                raise
        await self._unarchive(where)
        return await self._send("PATCH", path, where, dressed)

    async def _start(self, to: Address, dressed: Payload) -> str:
        """Begin a forum's post; it takes no nonce, so nothing may send it a second time unseen."""
        forum = to.channel
        try:
            wanted = forum_post(dressed, await self._spots.look(forum), to.title)
        except ValueError as error:
            raise PostRefused(str(error)) from error
        return await self._send("POST", f"/channels/{forum}/threads", forum, wanted, once=True)

    async def _unarchive(self, thread: str) -> None:
        """Open an archived thread; raises `PostRefused` where it is locked."""
        if (await self._spots.look(thread)).locked:
            raise Refused(SENTENCES[LOCKED].format(channel=thread), LOCKED)
        await self._ask("PATCH", f"/channels/{thread}", thread, body={"archived": False})

    async def _send(
        self, method: str, path: str, channel: str, what: Payload, *, once: bool = False
    ) -> str:
        told = await self._ask(method, path, channel, body=what, once=once)
        return read_id(told, channel)


def read_id(told: object, channel: str) -> str:
    """The id in an answer; raises `PostUnknown` where there is none."""
    found: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    if not found.get("id"):
        raise PostUnknown(f"Discord's answer about channel {channel} can not be read.")
    return str(found["id"])
