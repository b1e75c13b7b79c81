"""discord.py's client with the bot's commands and buttons, for as long as one session lasts."""

from __future__ import annotations

import asyncio
import logging
import time

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.desk import Desk
from bot.platforms.discord.announcing import announce
from bot.platforms.discord.answering import Answers
from bot.platforms.discord.belonging import Belonging
from bot.platforms.discord.budget import Budget
from bot.platforms.discord.buttons import any_control
from bot.platforms.discord.commands import Tree, add_message_command, add_owners_command, plant
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.ears import Ears
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import NAME, asked, ordered, pressed, submitted
from bot.platforms.discord.leniency import forgive, json_or_text
from bot.platforms.discord.mentions import answer_mention
from bot.platforms.discord.openings import ask_gateway, intents
from bot.platforms.discord.pulse import still
from bot.platforms.discord.quoted import asked_about
from bot.platforms.events import Place
from bot.platforms.talk import Missed

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
        again: bool = False,
        announce_within: float = 5.0,
    ) -> None:
        """`again`: there was a session before, so that something may have been missed since.

        `announce_within`: seconds for Discord to take the commands, which nothing else waits for.
        """
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
        forgive(self._connection.parsers)
        self._up = asyncio.Event()
        self._dress = dress or Dress()
        self._budget = budget or Budget(time.monotonic)
        self._tree: Tree | None = None
        self._again = again
        self._announce_within = announce_within
        self._known: set[int] = set()
        """The shards that were online before."""
        self._address: str | None = None
        self._desk = desk
        self._ears: Ears | None = None
        self._answers: Answers | None = None
        if desk is not None:
            self._seat(desk)
            self._ears = Ears(self, desk, reads=message_content)
            for event in (*Belonging(self, desk).events(), *self._ears.events()):
                self.event(event)

    async def enter(self, token: str, api_url: str) -> None:
        """Log in with the token at the API and learn where the gateway is.

        discord.py keeps both addresses on its classes, and what reads answers in a module. Its own
        default gateway would be used for every new session after the first, so the one that the
        API names is put in its place.
        """
        Route.BASE = api_url
        discord.http.json_or_text = json_or_text
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
            async with asyncio.timeout(self._announce_within):
                changed = await announce(self._tree, self.http, self.application_id or 0)
        except FAILURES as failure:
            said = {"action": "commands.failed"}
            log.warning("Discord did not take the commands: %r", failure, extra=said)
        else:
            said = {"action": "commands.announced" if changed else "commands.known"}
            log.info("Discord knows the commands.", extra=said)

    async def on_connect(self) -> None:
        """Note that a shard is online; the servers' names and channels need not be known."""
        self._up.set()

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that something may have been missed: this is a session anew, not one taken up."""
        if self._desk is not None and (self._again or shard_id in self._known):
            await self._desk.listen(Missed(Place(NAME, "", "")))
        self._known.add(shard_id)

    async def on_message(self, message: discord.Message) -> None:
        """Hear what is said in threads, and answer whoever names the bot."""
        if self._desk is None or self._ears is None or self.user is None:
            return
        answering = answer_mention(message, self.user.id, self.http, self._desk, self._dress)
        async with asyncio.TaskGroup() as both:  # neither waits for the other
            both.create_task(answering)
            await self._ears.hear(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer a form; discord.py brings everything else where it belongs."""
        if self._answers is not None and interaction.type is discord.InteractionType.modal_submit:
            await self._answers.answer(interaction, submitted)

    def _seat(self, desk: Desk) -> None:
        """Have the desk answer commands, buttons and menus."""
        answers = self._answers = Answers(self, desk, self._dress)

        async def answer_asked(interaction: discord.Interaction) -> None:
            await answers.answer(interaction, asked)

        async def answer_pressed(interaction: discord.Interaction) -> None:
            await answers.answer(interaction, pressed)

        async def answer_ordered(interaction: discord.Interaction) -> None:
            await answers.answer(interaction, ordered)

        async def answer_about(interaction: discord.Interaction) -> None:
            await answers.answer(interaction, asked_about)

        self._tree = plant(self, answer_asked, desk.complete)
        add_owners_command(self._tree, answer_ordered)
        add_message_command(self._tree, answer_about)
        self.add_dynamic_items(any_control(answer_pressed))
