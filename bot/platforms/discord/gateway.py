"""discord.py's client with the bot's commands and buttons, for as long as one session lasts."""

from __future__ import annotations

import asyncio
import logging
import time

import discord
import yarl
from discord.abc import GuildChannel
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.discord.absence import changed, deleted, joined, left
from bot.platforms.discord.announcing import announce
from bot.platforms.discord.answering import answer
from bot.platforms.discord.budget import Budget
from bot.platforms.discord.buttons import any_button
from bot.platforms.discord.commands import Tree, add_message_command, add_owners_command, plant
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.hearing import join_new, join_ours
from bot.platforms.discord.inbound import asked, ordered, pressed, submitted
from bot.platforms.discord.mentions import answer_mention
from bot.platforms.discord.openings import ask_gateway, intents
from bot.platforms.discord.pulse import still
from bot.platforms.discord.quoted import asked_about
from bot.platforms.events import Desk, News

log = logging.getLogger(__name__)

IDENTIFY_EVERY = 5.0
"""Seconds between two identifications of one bucket of shards.
https://discord.com/developers/docs/events/gateway#sharding-max-concurrency"""

LONGEST_LIMIT = 30.0
"""Seconds of a rate limit that discord.py waits out by itself; it takes no smaller number."""


class Gateway(discord.AutoShardedClient):
    """A bot that is online, in as many shards as Discord asks for."""

    def __init__(
        self,
        desk: Desk | None,
        *,
        message_content: bool,
        dress: Dress | None = None,
        budget: Budget | None = None,
    ) -> None:
        # This bot never speaks aloud, so the libraries for it need not be missed in the log.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=intents(content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_LIMIT,
        )
        self._up = asyncio.Event()
        self._dress = dress or Dress()
        self._budget = budget or Budget(time.monotonic)
        self._tree: Tree | None = None
        self._left: set[int] = set()
        self._address: str | None = None
        self._desk = desk
        if desk is not None:
            self._seat(desk)

    async def enter(self, token: str, api_url: str) -> None:
        """Log in with the token at the API and learn where the gateway is.

        discord.py keeps both addresses on its classes. Its own default gateway would be used for
        every new session after the first, so the one that the API names is put in its place.
        """
        Route.BASE = api_url
        await self.login(token)
        shards, url, limit = await ask_gateway(self.http)
        self._budget.check(limit, shards)
        self.shard_count = shards
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        self._address = url

    @property
    def address(self) -> str | None:
        """Where the gateway is, once the API told it."""
        return self._address

    @property
    def tree(self) -> Tree | None:
        """The commands, where there is a desk to answer them."""
        return self._tree

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keep the distance that Discord asks for, and a longer one after many new sessions."""
        shard = shard_id or 0
        if not initial:  # how soon a whole new start may come is the connection's own matter
            pause = max(self._budget.pause(shard), IDENTIFY_EVERY)
            said = {"action": "session.waits"}
            log.info("Shard %s waits %.0f s for a new session.", shard, pause, extra=said)
            await asyncio.sleep(pause)
        self._budget.spend(shard)

    async def close(self) -> None:
        """End the session, and what discord.py leaves behind of it."""
        await super().close()
        await still(self)

    async def is_up(self) -> None:
        """Wait until the first shard is online; the others follow, five seconds apart."""
        await self._up.wait()

    async def setup_hook(self) -> None:
        """Tell Discord about the commands; without that the bot still posts."""
        if self._tree is None:
            return
        try:
            changed = await announce(self._tree, self.http, self.application_id or 0)
        except FAILURES as failure:
            said = {"action": "commands.failed"}
            log.warning("Discord did not take the commands: %s", failure, extra=said)
        else:
            said = {"action": "commands.announced" if changed else "commands.known"}
            log.info("Discord knows the commands.", extra=said)

    async def on_connect(self) -> None:
        """Note that a shard is online; the servers' names and channels need not be known."""
        self._up.set()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Join the threads that are ours and that the bot is not in."""
        if guild.id in self._left:  # discord.py tells of it so where it has only just arrived
            await self.on_guild_join(guild)
        else:
            await self._join(guild)

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """Tell that a channel is gone."""
        await self._tell(deleted(channel))

    async def on_guild_channel_update(self, before: GuildChannel, after: GuildChannel) -> None:
        """Tell where the bot may post no longer, or again."""
        await self._tell(changed(before, after))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Tell that a server's channels are gone."""
        self._left.add(guild.id)
        await self._tell(*left(guild))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Tell that a server's channels are there; threads of ours may be left of another time."""
        self._left.discard(guild.id)
        await self._tell(*joined(guild))
        await self._join(guild)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Join a new thread that is about a post of ours."""
        if self._desk is not None and self.user is not None:
            await join_new(thread, self.user.id)

    async def on_message(self, message: discord.Message) -> None:
        """Answer whoever names the bot."""
        if self._desk is not None and self.user is not None:
            await answer_mention(message, self.user.id, self.http, self._desk, self._dress)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer a form; discord.py brings everything else where it belongs."""
        if self._desk is not None and interaction.type is discord.InteractionType.modal_submit:
            await answer(interaction, self.http, self._desk, submitted, self._dress)

    async def _tell(self, *news: News | None) -> None:
        """Bring the desk what became of channels."""
        for each in news:
            if each is not None and self._desk is not None:
                await self._desk.hear(each)

    async def _join(self, guild: discord.Guild) -> None:
        if self._desk is not None and self.user is not None:
            await join_ours(guild.threads, self.user.id)

    def _seat(self, desk: Desk) -> None:
        """Have the desk answer commands and buttons."""

        async def answer_asked(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, asked, self._dress)

        async def answer_pressed(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, pressed, self._dress)

        async def answer_ordered(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, ordered, self._dress)

        async def answer_about(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, asked_about, self._dress)

        self._tree = plant(self, answer_asked, desk.complete)
        add_owners_command(self._tree, answer_ordered)
        add_message_command(self._tree, answer_about)
        self.add_dynamic_items(any_button(answer_pressed))
