"""Events that a server tells otherwise than discord.py expects: none of them ends the session.

discord.py takes many fields for granted, and what it trips over in one event ends the session for
all (`Shard.worker`). Servers that speak Discord's language leave out what the bot has no use for.
https://github.com/Rapptz/discord.py/blob/v2.7.1/discord/shard.py
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import aiohttp

log = logging.getLogger(__name__)

Parse: TypeAlias = Callable[[Any], None]

BEGINNING = "READY"
"""Where that cannot be read there is no session, and the bot says what to change.
https://discord.com/developers/docs/events/gateway-events#ready"""

GUILD = "guild_id"
"""Null, where direct messages are meant."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What discord.py takes for granted of an object, and of the objects in it."""

    usual: Mapping[str, object] = field(default_factory=dict)
    within: Mapping[str, Shape] = field(default_factory=dict)


_USER = Shape({"username": "", "discriminator": "0", "avatar": None})
_MEMBER = Shape({"roles": (), "flags": 0}, {"user": _USER})
_MESSAGE = Shape(
    {"type": 0, "content": "", "mentions": (), "mention_roles": (), "components": ()},
    {"author": _USER, "member": _MEMBER, "mentions": _USER},
)
_THREAD = Shape({"message_count": 0, "member_count": 0})
_CHANNEL = Shape({"name": "", "position": 0, **_THREAD.usual})
_GUILD = Shape({}, {"members": _MEMBER, "channels": _CHANNEL, "threads": _THREAD})
_INTERACTION = Shape(
    {
        "version": 1,
        "attachment_size_limit": 0,
        "app_permissions": "0",
        "authorizing_integration_owners": {},
        "entitlements": (),
    },
    {"member": _MEMBER, "user": _USER, "message": _MESSAGE, "channel": _CHANNEL},
)

SHAPES: Mapping[str, Shape] = {
    "GUILD_CREATE": _GUILD,
    "INTERACTION_CREATE": _INTERACTION,
    "MESSAGE_CREATE": _MESSAGE,
    BEGINNING: Shape({"guilds": (), "shard": (0, 1)}, {"user": _USER}),
    "THREAD_CREATE": _THREAD,
}
"""https://discord.com/developers/docs/events/gateway-events#receive-events"""


def forgive(parsers: MutableMapping[str, Parse]) -> None:
    """Have no event but the first one end a session; what cannot be read is logged."""
    for event in tuple(parsers):
        parsers[event] = _forgiving(event, parsers[event])


async def json_or_text(response: aiohttp.ClientResponse) -> Any:  # noqa: ANN401 - whatever comes
    """A body as JSON where it is said to be some, whatever is said beside that; raises ValueError.

    discord.py takes `application/json; charset=utf-8` for plain text, which Discord never says.
    https://github.com/Rapptz/discord.py/blob/v2.7.1/discord/http.py
    """
    text = await response.text(encoding="utf-8")
    return json.loads(text) if response.content_type == "application/json" else text


def filled(told: object, shape: Shape) -> object:
    """An object, or each of a list, with what was left out of it, or is null, as it usually is."""
    match told:
        case Mapping():
            there = {name: each for name, each in told.items() if not _lacks(each, name, shape)}
            inner = {name: filled(there[name], shape.within[name]) for name in _in(shape, there)}
            return {**shape.usual, **there, **inner}
        case list():
            return [filled(each, shape) for each in told]
        case _:
            return told


def _lacks(value: object, name: str, shape: Shape) -> bool:
    return value is None and name in {GUILD, *shape.usual, *shape.within}


def _in(shape: Shape, there: Mapping[str, object]) -> set[str]:
    return set(shape.within) & set(there)


def _forgiving(event: str, parse: Parse) -> Parse:
    shape = SHAPES.get(event)

    def read(told: Any) -> None:  # noqa: ANN401 - whatever JSON the server sends
        try:
            parse(filled(told, shape) if shape else told)
        except Exception as failure:
            if event == BEGINNING:
                raise
            said = {"action": "event.unreadable"}
            log.warning("An event of Discord can not be read (%s): %r", event, failure, extra=said)

    return read
