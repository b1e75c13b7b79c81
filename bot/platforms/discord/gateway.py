"""discord.py's client with the bot's commands and buttons, for as long as one session lasts."""

from __future__ import annotations

import asyncio
import logging

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.discord.answering import answer
from bot.platforms.discord.buttons import any_button
from bot.platforms.discord.commands import Tree, add_owners_command, announce, plant
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import asked, ordered, pressed, submitted
from bot.platforms.discord.mentions import answer_mention
from bot.platforms.port import Desk

log = logging.getLogger(__name__)

LONGEST_LIMIT = 30.0
"""Seconds of a rate limit that discord.py waits out by itself; it takes no smaller number."""


class Gateway(discord.AutoShardedClient):
    """A bot that is online, in as many shards as Discord asks for."""

    def __init__(self, desk: Desk | None, *, message_content: bool) -> None:
        # This bot never speaks aloud, so the libraries for it need not be missed in the log.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(
                guilds=True, guild_messages=True, message_content=message_content
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_LIMIT,
        )
        self._up = asyncio.Event()
        self._tree: Tree | None = None
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
        self.shard_count, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    @property
    def tree(self) -> Tree | None:
        """The commands, where there is a desk to answer them."""
        return self._tree

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

    async def on_message(self, message: discord.Message) -> None:
        """Answer whoever names the bot."""
        if self._desk is not None and self.user is not None:
            await answer_mention(message, self.user.id, self.http, self._desk)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer a form; discord.py brings everything else where it belongs."""
        if self._desk is not None and interaction.type is discord.InteractionType.modal_submit:
            await answer(interaction, self.http, self._desk, submitted)

    def _seat(self, desk: Desk) -> None:
        """Have the desk answer commands and buttons."""

        async def answer_asked(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, asked)

        async def answer_pressed(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, pressed)

        async def answer_ordered(interaction: discord.Interaction) -> None:
            await answer(interaction, self.http, desk, ordered)

        self._tree = plant(self, answer_asked, desk.complete)
        add_owners_command(self._tree, answer_ordered)
        self.add_dynamic_items(any_button(answer_pressed))
