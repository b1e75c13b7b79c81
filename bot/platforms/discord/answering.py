"""How the desk's replies reach the person who asked: at once, or after "thinking"."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

import discord

from bot.platforms.desk import Amiss, Desk, Repeated
from bot.platforms.desk import Answer as Said
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import Interaction
from bot.platforms.discord.late_forms import LateForms
from bot.platforms.discord.limits import EPHEMERAL
from bot.platforms.discord.line import Line
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

LATE = frozenset({10062, 40060})
"""Codes of an interaction that is gone or answered already.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


class Answers:
    """Brings interactions to the desk and its replies back."""

    def __init__(
        self,
        client: discord.Client,
        desk: Desk,
        dress: Dress,
        now: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        self._client = client
        self._desk = desk
        self._dress = dress
        self._now = now
        self._late = LateForms(now)

    async def answer(self, interaction: discord.Interaction, read: Read) -> None:
        """Answer an interaction; what goes wrong is logged."""
        line = Line(self._client.http, interaction, self._dress)
        try:
            await self._answer(line, read(spoken(interaction)))
        except discord.HTTPException as failure:
            late = failure.code in LATE
            _log(interaction, failure, "reply.late" if late else "reply.failed")
        except FAILURES as failure:
            _log(interaction, failure, "reply.failed")

    async def _answer(self, line: Line, event: Event) -> None:
        if form := self._late.take(event):
            await line.respond(MODAL, modal(form))
            return
        thinking = asyncio.ensure_future(self._desk.answer(event))
        done, _ = await asyncio.wait({thinking}, timeout=line.patience(self._now()))
        if not done:
            await line.respond(THINKING, {"flags": EPHEMERAL})
        await self._bring(line, event, await thinking, in_time=bool(done))

    async def _bring(self, line: Line, event: Event, said: Said, *, in_time: bool) -> None:
        match said:
            case Reply() as reply:
                await _reply(line, reply, in_time=in_time)
            case Amiss(_, reply):  # no answer to a modal is shown beside its fields
                await _reply(line, reply, in_time=in_time)
            case Repeated() if in_time:  # another process heard it too, and answers
                pass
            case Repeated(reply):  # that one cannot: "thinking" is ours
                await _reply(line, reply, in_time=False)
            case Form() as form if in_time:
                await line.respond(MODAL, modal(form))
            case Form() as form:  # a modal cannot follow "thinking"
                again = self._late.keep(event, form)
                await _reply(line, Reply(compose_too_slow(form.tongue, again)), in_time=False)


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


def _shown(payload: Payload, reply: Reply) -> Mapping[str, object]:
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
