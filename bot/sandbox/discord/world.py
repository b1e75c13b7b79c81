"""Everything that one Discord of the sandbox consists of."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.discord import bodies
from bot.sandbox.discord.commands import Commands
from bot.sandbox.discord.gateway import Gateway
from bot.sandbox.discord.guild import Body, Channel, Guild, Message, Person
from bot.sandbox.discord.ids import Clock, Snowflakes
from bot.sandbox.discord.interactions import Interactions
from bot.sandbox.discord.modals import Opened
from bot.sandbox.discord.nonces import Nonces
from bot.sandbox.discord.permissions import REQUIRE_TAG, Flag, Permission
from bot.sandbox.discord.ratelimits import Rates
from bot.sandbox.discord.setup import DIRECT, Setup, Spot
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal

FOUNDED = 1_720_000_000.0
"""When the guild was made: the same ids in every run, so that a bot's memory stays true."""


@dataclass(slots=True)
class World:
    """The platform's whole state; the parts know nothing of each other but over it."""

    setup: Setup
    clock: Clock
    ids: Snowflakes
    guild: Guild
    gateway: Gateway
    commands: Commands
    interactions: Interactions
    rates: Rates
    nonces: Nonces
    faults: Faults
    journal: Journal
    token: str
    origin: str = ""
    history_lag: float = 0.0
    """Seconds before a new message shows in a channel's history."""
    modals: dict[str, Opened] = field(default_factory=dict)
    """The modal that each person has open; there is one at a time."""
    watchers: list[Callable[[], None]] = field(default_factory=list)

    def allowed(self, flags: Flag) -> Flag:
        """Those of the flags that a message may carry here."""
        return flags if self.setup.components_v2 else flags & ~Flag.IS_COMPONENTS_V2

    @property
    def gateway_url(self) -> str:
        """Where the gateway's WebSocket is."""
        return f"{self.origin.replace('http', 'ws', 1)}/discord/gateway/"

    def changed(self) -> None:
        """Tell everybody who watches."""
        for watcher in self.watchers:
            watcher()

    def publish(self, event: str, body: Body) -> None:
        """Tell the bot over the gateway, unless it is put out, and everybody who watches."""
        if self.guild.joined:
            self.gateway.publish(event, body)
        self.changed()

    def publish_message(self, event: str, message: Message) -> None:
        """Tell of a message, unless it is for one person alone."""
        if message.only_for is None:
            place = self.guild.channels[message.channel]
            self.publish_in(place, event, bodies.event(self.guild, message))
        self.changed()

    def publish_in(self, place: Channel, event: str, body: Body) -> None:
        """Tell of what happened in a channel, where the bot may see it."""
        if self.guild.granted(place) & Permission.VIEW_CHANNEL:
            self.gateway.publish(event, body, direct=place.kind == DIRECT)
        self.changed()

    def publish_thread(self, event: str, thread: Channel, extra: Body | None = None) -> None:
        """Tell of a thread."""
        self.publish(event, bodies.thread(self.guild, thread) | (extra or {}))

    def publish_channel(self, event: str, channel: Channel) -> None:
        """Tell of a channel."""
        self.publish(event, bodies.channel(self.guild, channel))

    def reset_token(self) -> None:
        """Make a new token; the old one is refused from now on."""
        self.token = new_token(self.guild.me.id)


def build(setup: Setup, clock: Clock) -> World:
    """A world with its guild, people and channels."""
    old = Snowflakes(lambda: FOUNDED)
    guild = _found(setup, old)
    for spot in setup.channels:
        add_channel(guild, old, spot)
    faults = Faults()
    return World(
        setup=setup,
        clock=clock,
        ids=Snowflakes(clock),
        guild=guild,
        gateway=Gateway(clock, guild.me.id, faults, setup.identifies),
        commands=Commands(guild.me.id, clock),
        interactions=Interactions(clock),
        rates=Rates(clock, setup.limited),
        nonces=Nonces(clock),
        faults=faults,
        journal=Journal(),
        token=setup.token or new_token(guild.me.id),
    )


def _found(setup: Setup, ids: Snowflakes) -> Guild:
    snowflake, role = ids.make(), ids.make()
    me = Person(ids.make(), setup.bot, bot=True)
    people = [Person(ids.make(), name) for name in setup.people]
    roles = {snowflake: "@everyone", role: setup.bot}
    return Guild(snowflake, setup.guild, me, role, {each.id: each for each in people}, roles)


def add_channel(guild: Guild, ids: Snowflakes, spot: Spot) -> Channel:
    """Make a channel in the guild."""
    tags = [
        {"id": ids.make(), "name": tag, "moderated": tag in spot.moderated}
        | {"emoji_id": None, "emoji_name": None}
        for tag in (*spot.tags, *spot.moderated)
    ]
    channel = Channel(ids.make(), spot.name, spot.kind, spot.topic, spot.granted, tags=tags)
    channel.flags = REQUIRE_TAG if spot.needs_tag else 0
    channel.position = len(guild.channels)
    guild.channels[channel.id] = channel
    return channel


def delete_channel(world: World, gone: Channel) -> None:
    """Delete a channel with its threads, or a thread alone, and tell of it.

    https://discord.com/developers/docs/events/gateway-events#thread-delete
    """
    guild = world.guild
    if gone.archive:
        kept = {"id": gone.id, "guild_id": guild.id, "parent_id": gone.parent, "type": gone.kind}
        world.publish("THREAD_DELETE", kept)
    else:
        world.publish_channel("CHANNEL_DELETE", gone)
    for each in (*guild.threads(gone), gone):
        del guild.channels[each.id]


def new_token(bot: str) -> str:
    """A token in the shape of Discord's: the bot's id, a moment and a secret."""
    whose = base64.b64encode(bot.encode()).decode().rstrip("=")
    when = secrets.token_urlsafe(5)[:6]
    return f"{whose}.{when}.{secrets.token_urlsafe(30)[:38]}"
