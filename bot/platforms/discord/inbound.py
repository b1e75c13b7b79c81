"""What people do on Discord, read from the JSON of its interactions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from bot.platforms.discord.modal import filled, form_of
from bot.platforms.events import Asked, Ordered, Person, Place, Pressed, Submitted
from briefings.tokens import decode
from briefings.tongue import mark

Interaction: TypeAlias = Mapping[str, Any]
"""https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object"""

NAME = "discord"
OPTION = "about"
ORDER = "order"
MANAGERS = mark("members who may manage the channel")
MAY_MANAGE = 1 << 3 | 1 << 4
"""Administrator, or Manage Channels, in that channel.
https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags"""

_THREADS = frozenset({10, 11, 12})
"""Types of channels that are threads.
https://discord.com/developers/docs/resources/channel#channel-object-channel-types"""


def asked(interaction: Interaction) -> Asked:
    """Somebody typed `/briefing`, with or without its option."""
    here, who = place(interaction), person(interaction)
    return Asked(text(interaction), here, who, key(interaction), language(interaction))


def pressed(interaction: Interaction) -> Pressed:
    """Somebody pressed a button, or picked from a menu; what was never ours means nothing."""
    intent = decode(_token(interaction["data"]))
    here, who = place(interaction), person(interaction)
    return Pressed(intent, here, who, key(interaction), language(interaction))


def _token(data: Interaction) -> str:
    """The id of a button, or the one value that was picked from a menu.

    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """
    match data:
        case {"component_type": 3, "values": [str(value)]}:
            return value
        case {"component_type": 2, "custom_id": str(token)}:
            return token
        case _:
            return ""


def mentioned(message: Interaction, me: str) -> Asked | None:
    """Somebody named the bot in a message; nothing where it is only replied to.

    `content` is there without the privileged intent where the bot is named:
    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    said = str(message.get("content") or "")
    words = re.sub(rf"<@!?{re.escape(me)}>", " ", said)
    return None if words == said else Asked(words.strip(), place(message), person(message))


def told(message: Interaction, me: str) -> Asked | None:
    """Somebody wrote to the bot directly; nothing where there are no words, as with a picture."""
    said = str(message.get("content") or "").strip()
    return mentioned({**message, "content": f"<@{me}> {said}"}, me) if said else None


def ordered(interaction: Interaction) -> Ordered:
    """Somebody typed `/briefings`."""
    typed = text(interaction, ORDER)
    return Ordered(typed, place(interaction), owner(interaction), key(interaction))


def submitted(interaction: Interaction) -> Submitted:
    """Somebody sent a form."""
    data = interaction["data"]
    form, subject = form_of(data)
    here, who = place(interaction), owner(interaction)
    return Submitted(form, filled(data), here, who, subject, key(interaction))


def owner(interaction: Interaction) -> Person:
    """Who did it, and whether they may change the channel's posts; Discord tells no time zone."""
    granted = str((interaction.get("member") or {}).get("permissions") or "0")
    may = bool(int(granted) & MAY_MANAGE) if granted.isdecimal() else False
    return Person(person(interaction), may, MANAGERS, language=language(interaction))


def text(interaction: Interaction, name: str = OPTION) -> str:
    """What was typed after `/briefing`, whole or so far."""
    options = interaction["data"].get("options") or ()
    given = (option.get("value") for option in options if option.get("name") == name)
    return str(next(given, None) or "").strip()


def place(interaction: Interaction) -> Place:
    """Where it happened; a private conversation has no workspace."""
    channel = interaction.get("channel") or {}
    here = str(channel.get("id") or interaction.get("channel_id") or "")
    guild = str(interaction.get("guild_id") or "")
    parent = channel.get("parent_id")
    if channel.get("type") in _THREADS and parent:
        return Place(NAME, guild, str(parent), here)
    return Place(NAME, guild, here)


def key(interaction: Interaction) -> str:
    """What Discord calls the interaction; the same for all who hear it."""
    return str(interaction.get("id") or "")


def language(interaction: Interaction) -> str:
    """The language in which whoever did it uses Discord; messages do not tell it.

    https://discord.com/developers/docs/reference#locales
    """
    return str(interaction.get("locale") or "")


def person(interaction: Interaction) -> str:
    """Who did it: in a server the member's user, in a private conversation the user."""
    user = (interaction.get("member") or {}).get("user") or interaction.get("user") or {}
    return str(user.get("id") or "")
