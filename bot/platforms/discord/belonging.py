"""Being in servers: which of their channels take posts, and which threads there are ours."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

import discord
from discord.abc import GuildChannel

from bot.platforms.desk import Desk
from bot.platforms.discord.absence import changed, deleted, joined, left
from bot.platforms.discord.hearing import join_new, join_ours
from bot.platforms.discord.inbound import NAME
from bot.platforms.events import News, Place, Regained
from bot.platforms.talk import Missed

Event: TypeAlias = Callable[..., Coroutine[Any, Any, None]]


class Belonging:
    """Tells the desk what becomes of servers and channels, and joins the threads that are ours."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._left: set[int] = set()

    def events(self) -> tuple[Event, ...]:
        """What discord.py is to call, each by its name."""
        return (
            self.on_guild_available,
            self.on_guild_channel_delete,
            self.on_guild_channel_update,
            self.on_guild_remove,
            self.on_guild_join,
            self.on_thread_create,
        )

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Join the threads that are ours and that the bot is not in."""
        if guild.id in self._left:  # discord.py tells of it so where it has only just arrived
            await self.on_guild_join(guild)
        else:
            await self._join(guild)

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """Tell that a channel is gone, and all that was said there."""
        await self._tell(deleted(channel))
        await self._miss()

    async def on_guild_channel_update(self, before: GuildChannel, after: GuildChannel) -> None:
        """Tell where the bot may post no longer, or again."""
        await self._tell(changed(before, after))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Tell that every channel of a server is gone."""
        self._left.add(guild.id)
        await self._tell(*left(guild))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Tell that a server's channels are there; threads of ours may be left of another time."""
        self._left.discard(guild.id)
        await self._tell(*joined(guild))
        await self._join(guild)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Join a new thread that is about a post of ours."""
        if self._client.user is not None:
            await join_new(thread, self._client.user.id)

    async def _tell(self, *news: News | None) -> None:
        """Bring the desk what became of channels."""
        for each in news:
            if each is not None:
                await self._desk.hear(each)
        if any(isinstance(each, Regained) for each in news):
            await self._miss()

    async def _miss(self) -> None:
        """Have threads read again: nobody told what became of what is said there."""
        await self._desk.listen(Missed(Place(NAME, "", "")))

    async def _join(self, guild: discord.Guild) -> None:
        if self._client.user is not None:
            await join_ours(guild.threads, self._client.user.id)
