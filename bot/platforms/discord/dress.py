"""In which way messages are told on this server: by Components V2 or by embeds."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import discord

from bot.errors import PostRefused
from bot.platforms.discord.classic import classic, is_new
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.layout import Layout
from bot.platforms.port import Payload

log = logging.getLogger(__name__)

Sent = TypeVar("Sent")

INVALID, EMPTY = 50035, 50006
"""A body that breaks a rule; a message of nothing, which is what remains where components are
not known. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

_UNKNOWN = re.compile(
    r"^In (?:message\.|data\.)?(?:flags|components\.\d+(?:\.components\.\d+)?(?:\.type)?): ",
    re.MULTILINE,
)
"""The faults of a server that does not know the flag, or the kinds of component."""


class Dress:
    """Dresses messages; one that is refused for its components alone is sent again by embeds."""

    def __init__(self, layout: Layout = Layout.AUTO) -> None:
        self._may_change = layout is Layout.AUTO
        self.is_classic = layout is Layout.EMBEDS

    def put_on(self, payload: Payload) -> Payload:
        """The message as this server takes it."""
        return classic(payload) if self.is_classic and is_new(payload) else payload

    async def through(self, send: Callable[[Payload], Awaitable[Sent]], payload: Payload) -> Sent:
        """What comes of sending a message, in the other way where this one is not known."""
        dressed = self.put_on(payload)
        try:
            return await send(dressed)
        except (discord.HTTPException, PostRefused) as failure:
            if not (is_new(dressed) and self.change(failure)):
                raise
        return await send(self.put_on(payload))

    def change(self, failure: Exception) -> bool:
        """Take to embeds where a refusal says that Components V2 are not known here."""
        if not (self._may_change and says_unknown(failure)):
            return False
        if not self.is_classic:
            said = {"action": "layout.embeds"}
            log.warning("Discord takes no Components V2 here: embeds from now on.", extra=said)
        self.is_classic = True
        return True


def says_unknown(failure: BaseException) -> bool:
    """Whether a refusal is about Components V2 as such, not about what stands in them."""
    match failure:
        case Refused(code=code, said=words) | discord.HTTPException(code=code, text=words):
            return code == EMPTY or (code == INVALID and bool(_UNKNOWN.search(words)))
        case _:
            return False
