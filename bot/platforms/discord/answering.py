"""How the desk's replies reach the person who asked: at once, or after "thinking"."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import discord
from discord.http import HTTPClient, Route

from bot.platforms.desk import Amiss, Desk, Repeated
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import Interaction
from bot.platforms.discord.limits import EPHEMERAL
from bot.platforms.discord.modal import modal
from bot.platforms.discord.render import draw
from bot.platforms.discord.words import compose_more, compose_too_slow
from bot.platforms.events import Event
from bot.platforms.port import Payload
from briefings.forms import Form
from briefings.message import Audience, Reply

log = logging.getLogger(__name__)

Read: TypeAlias = Callable[[Interaction], Event]

MESSAGE, THINKING, MODAL = 4, 5, 9
"""Kinds of answer. https://discord.com/developers/docs/interactions/receiving-and-responding"""

FOLLOWING = 4
"""Messages after the first answer where only the asker installed the bot: Discord takes five, and
a late answer for all needs one more. Same source as the kinds of answer."""

DEFER_AFTER = 1.0
"""Seconds after which "thinking" is shown; Discord gives up on an answer after 3. Same source."""

LATE = frozenset({10062, 40060})
"""Codes of an interaction that is gone or answered already.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


async def answer(
    interaction: discord.Interaction, http: HTTPClient, desk: Desk, read: Read, dress: Dress
) -> None:
    """Bring an interaction to the desk and its reply back; what goes wrong is logged."""
    try:
        await _answer(Line(http, interaction, dress), desk, read(spoken(interaction)))
    except discord.HTTPException as failure:
        late = failure.code in LATE
        _log(interaction, failure, "reply.late" if late else "reply.failed")
    except FAILURES as failure:
        _log(interaction, failure, "reply.failed")


class Line:
    """The way back to an interaction: its first answer, and what follows within 15 minutes."""

    def __init__(self, http: HTTPClient, interaction: discord.Interaction, dress: Dress) -> None:
        self._http = http
        self._of = interaction
        self._dress = dress

    @property
    def is_short(self) -> bool:
        """Whether few messages may follow: nobody but the asker brought the bot there."""
        of = self._of
        theirs = of.is_user_integration() and not of.is_guild_integration()
        return theirs and not of.context.dm_channel

    async def respond(self, kind: int, content: Mapping[str, Any]) -> None:
        """The first answer; there is only one."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = self._route("POST", path, self._of.id)

        async def send(dressed: Payload) -> object:
            return await self._http.request(route, json={"type": kind, "data": dressed})

        await self._dress.through(send, content)

    async def follow(self, content: Mapping[str, Any]) -> None:
        """A further message."""
        await self._send(self._route("POST", "/webhooks/{webhook_id}/{webhook_token}"), content)

    async def replace(self, content: Mapping[str, Any]) -> None:
        """The message that "thinking" turns into."""
        await self._send(self._original("PATCH"), content)

    async def withdraw(self) -> None:
        """Take the first answer back."""
        await self._http.request(self._original("DELETE"))

    async def _send(self, route: Route, content: Payload) -> None:
        async def send(dressed: Payload) -> object:
            return await self._http.request(route, json=dressed)

        await self._dress.through(send, content)

    def _original(self, method: str) -> Route:
        return self._route(method, "/webhooks/{webhook_id}/{webhook_token}/messages/@original")

    def _route(self, method: str, path: str, first: int | None = None) -> Route:
        number = self._of.application_id if first is None else first
        return Route(method, path, webhook_id=number, webhook_token=self._of.token)


async def _answer(line: Line, desk: Desk, event: Event) -> None:
    thinking = asyncio.ensure_future(desk.answer(event))
    done, _ = await asyncio.wait({thinking}, timeout=DEFER_AFTER)
    if not done:
        await line.respond(THINKING, {"flags": EPHEMERAL})
    match await thinking:
        case Reply() as reply:
            await _reply(line, reply, in_time=bool(done))
        case Amiss(_, reply):  # no answer to a modal is shown beside its fields
            await _reply(line, reply, in_time=bool(done))
        case Repeated():  # Discord repeats nothing: another process heard it too, and answers
            pass
        case Form() as form if done:
            await line.respond(MODAL, modal(form))
        case Form() as form:  # a modal cannot follow "thinking"
            await _reply(line, Reply(compose_too_slow(form.tongue)), in_time=False)


async def _reply(line: Line, reply: Reply, *, in_time: bool) -> None:
    told = (*reply.before, reply.message)
    first, *others = (payload for message in told for payload in draw(message))
    await (_first(line, reply, first) if in_time else _first_late(line, reply, first))
    for payload in _kept(others, reply) if line.is_short else others:
        await line.follow(_shown(payload, reply))


def _kept(others: Sequence[Payload], reply: Reply) -> Sequence[Payload]:
    """As many pages as Discord takes, the last of them saying that there were more."""
    if len(others) <= FOLLOWING:
        return others
    return (*others[: FOLLOWING - 1], *draw(compose_more(reply.message.tongue)))


async def _first(line: Line, reply: Reply, payload: Payload) -> None:
    await line.respond(MESSAGE, _shown(payload, reply))


async def _first_late(line: Line, reply: Reply, payload: Payload) -> None:
    """Who sees an answer was fixed with "thinking": one for the channel must be a new message.

    Until "thinking" has become something, a further message would take its place.
    https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
    """
    await line.replace(payload)
    if reply.audience is Audience.CHANNEL:
        await line.follow(payload)
        await line.withdraw()


def _shown(payload: Payload, reply: Reply) -> Mapping[str, Any]:
    """The payload for its audience."""
    if reply.audience is Audience.CHANNEL:
        return payload
    flags = payload["flags"]
    return {**payload, "flags": (flags if isinstance(flags, int) else 0) | EPHEMERAL}


def spoken(interaction: discord.Interaction) -> Interaction:
    """The part of an interaction that says who did what and where, in Discord's JSON."""
    channel = interaction.channel
    return {
        "id": interaction.id,
        "guild_id": interaction.guild_id,
        "channel_id": interaction.channel_id,
        "channel": {
            "id": interaction.channel_id,
            "type": getattr(getattr(channel, "type", None), "value", None),
            "parent_id": getattr(channel, "parent_id", None),
        },
        "user": {"id": interaction.user.id},
        "member": {
            "user": {"id": interaction.user.id},
            "permissions": str(interaction.permissions.value if interaction.guild_id else 0),
        },
        "data": interaction.data or {},
        "locale": interaction.locale.value,
    }


def _log(interaction: discord.Interaction, failure: Exception, action: str) -> None:
    log.warning(
        "The reply in channel %s could not be delivered: %s",
        interaction.channel_id,
        failure,
        extra={"action": action},
    )
