"""What the bot hears in threads: what is said, changed and deleted there, and which signs are put.

The raw events are taken: the others come only for messages that discord.py remembers, which here
are none. https://discordpy.readthedocs.io/en/stable/api.html#discord.RawMessageUpdateEvent
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

import discord

from bot.platforms.desk import Desk
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.mentions import server_of
from bot.platforms.discord.talk import said, sign
from bot.platforms.events import Place
from bot.platforms.talk import Cleared, Reacted, Talk, Unsaid

log = logging.getLogger(__name__)

Event: TypeAlias = Callable[..., Coroutine[Any, Any, None]]
Reaction: TypeAlias = discord.RawReactionActionEvent

WITHIN = 5.0
"""Our own: seconds to ask where a thread is; whatever else is said waits for it."""


class Ears:
    """Brings the desk what is said in threads, in the order in which it was said."""

    def __init__(self, client: discord.Client, desk: Desk, *, reads: bool) -> None:
        """`reads`: Discord grants the words of what is said."""
        self._client = client
        self._desk = desk
        self._reads = reads
        self._parents: dict[int, int | None] = {}
        self._turn = asyncio.Lock()
        """Waiting for it is first come, first served."""

    def events(self) -> tuple[Event, ...]:
        """What discord.py is to call, each by its name."""
        return (
            self.on_raw_message_edit,
            self.on_raw_message_delete,
            self.on_raw_bulk_message_delete,
            self.on_raw_reaction_add,
            self.on_raw_reaction_remove,
            self.on_raw_reaction_clear,
            self.on_raw_reaction_clear_emoji,
            self.on_raw_thread_delete,
        )

    async def hear(self, message: discord.Message) -> None:
        """Somebody said something, or says it otherwise by now."""

        def tell(place: Place) -> Talk | None:
            return said(_told(message), place, reads=self._reads)

        await self._listen(server_of(message), message.channel.id, tell)

    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Somebody says something otherwise; or a preview came up, which changes nothing."""
        await self.hear(edit.message)

    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted, by whomever."""
        await self._forget(gone.guild_id, gone.channel_id, gone.message_id)

    async def on_raw_bulk_message_delete(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        """A moderator deleted many messages at once."""
        for message in sorted(gone.message_ids):
            await self._forget(gone.guild_id, gone.channel_id, message)

    async def on_raw_reaction_add(self, put: Reaction) -> None:
        """Somebody put a sign under a message; those of bots do not count."""
        if put.member is None or not put.member.bot:
            await self._react(put, away=False)

    async def on_raw_reaction_remove(self, taken: Reaction) -> None:
        """Somebody's sign was taken away."""
        await self._react(taken, away=True)

    async def on_raw_reaction_clear(self, cleared: discord.RawReactionClearEvent) -> None:
        """A moderator took every sign of a message away."""
        await self._clear(cleared, None)

    async def on_raw_reaction_clear_emoji(
        self, cleared: discord.RawReactionClearEmojiEvent
    ) -> None:
        """A moderator took all signs of one kind away."""
        await self._clear(cleared, sign(cleared.emoji.to_dict()))

    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted, and all that was said in it."""
        self._parents[gone.thread_id] = gone.parent_id
        await self._forget(gone.guild_id, gone.thread_id, None)

    async def _forget(self, guild: int | None, channel: int, message: int | None) -> None:
        number = None if message is None else str(message)
        await self._listen(guild, channel, lambda place: Unsaid(place, number))

    async def _react(self, event: Reaction, *, away: bool) -> None:
        if self._client.user is None or event.user_id == self._client.user.id:
            return
        message, person = str(event.message_id), str(event.user_id)
        put = sign(event.emoji.to_dict())
        await self._listen(
            event.guild_id,
            event.channel_id,
            lambda place: Reacted(place, message, person, put, away),
        )

    async def _clear(
        self,
        event: discord.RawReactionClearEvent | discord.RawReactionClearEmojiEvent,
        which: str | None,
    ) -> None:
        message = str(event.message_id)
        await self._listen(
            event.guild_id, event.channel_id, lambda place: Cleared(place, message, which)
        )

    async def _listen(
        self, guild: int | None, channel: int, tell: Callable[[Place], Talk | None]
    ) -> None:
        """Bring it to the desk where it is of a thread in a server."""
        if guild is None:
            return
        async with self._turn:
            parent = await self._parent(channel)
            talk = tell(Place(NAME, str(guild), str(parent), str(channel))) if parent else None
            if talk is not None:
                await self._desk.listen(talk)

    async def _parent(self, channel: int) -> int | None:
        """The channel that a thread is in; nothing where it is no thread.

        A thread that rests is asked for once: the session tells only of those that are open.
        """
        if channel in self._parents:
            return self._parents[channel]
        known = self._client.get_channel(channel)
        if isinstance(known, discord.Thread):  # which may be deleted before the next look
            self._parents[channel] = known.parent_id
            return known.parent_id
        return None if known else await self._ask_parent(channel)

    async def _ask_parent(self, channel: int) -> int | None:
        try:
            async with asyncio.timeout(WITHIN):
                found = await self._client.fetch_channel(channel)
        except FAILURES as failure:
            action = {"action": "talk.place_unknown"}
            log.warning("Channel %s can not be looked at: %s", channel, failure, extra=action)
            if isinstance(failure, discord.NotFound):  # nobody asks again at each word there
                self._parents[channel] = None
            return None
        self._parents[channel] = found.parent_id if isinstance(found, discord.Thread) else None
        return self._parents[channel]


def _told(message: discord.Message) -> dict[str, Any]:
    """The part of a message that is read, in Discord's JSON."""
    reference = message.reference
    return {
        "id": message.id,
        "type": message.type.value,
        "author": {"id": message.author.id, "bot": message.author.bot},
        "webhook_id": message.webhook_id,
        "content": message.content,
        "message_reference": {"message_id": reference.message_id, "type": reference.type.value}
        if reference
        else None,
    }
