"""The Discord side of the sandbox, as the server and the tests use it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.sandbox.dialogs import Values
from bot.sandbox.discord import people, talking
from bot.sandbox.discord.connection import Connection
from bot.sandbox.discord.finding import find_channel, find_person
from bot.sandbox.discord.gateway import INVALID_SESSION, RECONNECT
from bot.sandbox.discord.guild import Channel
from bot.sandbox.discord.ids import Clock
from bot.sandbox.discord.membership import join_guild, leave_guild
from bot.sandbox.discord.menus import apply
from bot.sandbox.discord.pressing import press
from bot.sandbox.discord.privacy import direct, group
from bot.sandbox.discord.rest.door import PREFIX, Door
from bot.sandbox.discord.session import Cut
from bot.sandbox.discord.setup import DEFAULT, Setup, Spot
from bot.sandbox.discord.state import state
from bot.sandbox.discord.submitting import dismiss, submit
from bot.sandbox.discord.world import add_channel, build, delete_channel
from bot.sandbox.faults import Kind
from bot.sandbox.side import Changed, Json, Pressing, Signing, Unlikely

GOING_AWAY = 1001
KNOCK = "GET /gateway/"
"""The name of a fault that strikes while a gateway connection is made."""


class DiscordSide:
    """A Discord with one guild; see `bot.sandbox.side.Side` for what each method does."""

    name = "discord"

    def __init__(self, setup: Setup = DEFAULT, clock: Clock = time.time) -> None:
        self.world = build(setup, clock)
        self.faults = self.world.faults
        self.journal = self.world.journal
        self._door = Door(self.world)

    def add_routes(self, app: web.Application, origin: str) -> None:
        """Mount the REST API under `/discord/api/v10` and the gateway beside it."""
        self.world.origin = origin
        self._door.add_routes(app)
        app.router.add_get("/discord/gateway/", self._connect)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        kind = self.world.gateway.strike(KNOCK)
        match kind:
            case None:
                return await Connection(self.world, request).run()
            case Kind.GARBAGE:  # no WebSocket at all
                return web.Response(text="hello")
            case Kind.RESET if request.transport:
                request.transport.abort()
        return web.Response(status=503)

    def settings(self) -> Mapping[str, str]:
        """The settings of a bot that shall post to the first channel."""
        first = next(iter(self.world.guild.channels))
        return {
            "DISCORD_BOT_TOKEN": self.world.token,
            "DISCORD_API_URL": self.world.origin + PREFIX,
            "DISCORD_CHANNELS": first,
        }

    @property
    def gateway_url(self) -> str:
        """Where the gateway is; `GET /gateway/bot` tells it too."""
        return self.world.gateway_url

    def state(self) -> Json:
        """The guild as the page shows it."""
        return state(self.world)

    def watch(self, changed: Changed) -> None:
        """Have `changed` called after each change."""
        self.world.watchers.append(changed)

    async def command(self, channel: str, person: str, text: str) -> Json:
        """A person types a slash command, or a message."""
        return await people.command(self.world, channel, person, text)

    async def press(self, pressing: Pressing) -> Json:
        """A person presses a button or picks from a menu."""
        return await press(self.world, pressing)

    async def say(self, channel: str, person: str, text: str, thread: str | None = None) -> Json:
        """A person says something."""
        return people.say(self.world, channel, person, text, thread)

    async def reply(self, channel: str, person: str, text: str, to: str) -> Json:
        """A person answers a message where it stands."""
        return people.say(self.world, channel, person, text, None, to)

    async def edit(self, channel: str, message: str, person: str, text: str) -> Json:
        """A person changes what they said."""
        return talking.rewrite(self.world, channel, message, person, text)

    async def delete(self, channel: str, message: str, person: str) -> Json:
        """A person takes a message back."""
        return talking.take_back(self.world, channel, message, person)

    async def react(self, signing: Signing) -> Json:
        """A person puts a sign under a message, or takes it away."""
        return talking.react(self.world, signing)

    async def complete(self, channel: str, person: str, text: str) -> Sequence[Json]:
        """The choices that appear while a person types a command."""
        return await people.complete(self.world, channel, person, text)

    async def apply(self, channel: str, person: str, message: str, name: str) -> Json:
        """A person picks a command from a message's menu."""
        return await apply(self.world, channel, person, message, name)

    async def choose(self, person: str, name: str, channel: str, message: str) -> Json:
        """A person picks a command from a message's menu: there are no other shortcuts."""
        if not message:
            raise Unlikely("On Discord nothing but a message has a menu with commands: name one.")
        return await self.apply(channel, person, message, name)

    async def submit(self, person: str, dialog: str, values: Values) -> Json:
        """A person sends the modal that they have open."""
        return await submit(self.world, person, dialog, values)

    async def dismiss(self, person: str, dialog: str) -> Json:
        """A person closes a modal."""
        return dismiss(self.world, person, dialog)

    def channel(self, name: str) -> Channel:
        """A channel by name or id, to look at or to change what the bot may do there."""
        return find_channel(self.world.guild, name)

    def direct(self, person: str) -> Channel:
        """Somebody's direct messages with the bot."""
        return direct(self.world, find_person(self.world.guild, person))

    def group(self, person: str) -> Channel:
        """Somebody's conversation with friends, to which the bot does not belong."""
        return group(self.world, find_person(self.world.guild, person))

    def add_channel(self, spot: Spot) -> Channel:
        """Make a channel while the bot looks on."""
        made = add_channel(self.world.guild, self.world.ids, spot)
        self.world.publish_channel("CHANNEL_CREATE", made)
        return made

    def grant(self, channel: str, granted: int) -> None:
        """Change what the bot may do in a channel, and tell it."""
        changed = self.channel(channel)
        changed.granted = granted
        self.world.publish_channel("CHANNEL_UPDATE", changed)

    def delete_channel(self, channel: str) -> None:
        """Delete a channel or a thread, and tell the bot."""
        delete_channel(self.world, self.channel(channel))

    def leave_guild(self) -> None:
        """Put the bot out of the guild, and tell it: it sees nothing there any more."""
        leave_guild(self.world)

    def join_guild(self) -> None:
        """Invite the bot again."""
        join_guild(self.world)

    def cut(self, code: int | None = None) -> None:
        """End every gateway connection: with a close code, or without a word."""
        for line in list(self.world.gateway.lines):
            line.put(Cut(code))

    def ask_reconnect(self) -> None:
        """Tell the bot to connect anew (opcode 7)."""
        self._tell(RECONNECT, body=None)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session is invalid (opcode 9)."""
        if not resumable:
            self.world.gateway.sessions.clear()
        self._tell(INVALID_SESSION, body=resumable)

    def _tell(self, op: int, *, body: bool | None) -> None:
        for line in list(self.world.gateway.lines):
            line.tell(op, body)

    async def close(self) -> None:
        """Hang up on every bot, and let hanging calls go."""
        self._door.closing.set()
        self.world.gateway.end_all(Cut(GOING_AWAY))
