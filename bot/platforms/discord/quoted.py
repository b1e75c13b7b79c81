"""What a message is about, for the command in its menu: its words, whoever wrote it.

https://discord.com/developers/docs/interactions/application-commands#message-commands
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.platforms.discord.escape import BREAK, clean
from bot.platforms.discord.inbound import Interaction, asked
from bot.platforms.events import Asked

LIMIT = 90
"""Our own: code points that are looked for; what a message is about stands at its beginning."""

_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^<>:\n]+:)-?\d+(?::\w)?>")
_ADDRESS = re.compile(r"\(?<?https?://\S+")
_MARKUP = re.compile(r"[*_~`#>|\[\]\\]+|^-# |^- ", re.MULTILINE)


def asked_about(interaction: Interaction) -> Asked:
    """Somebody asked for a briefing about a message; no text where the message has no words.

    The command brings the message's content even where the bot may not read the channel.
    """
    return replace(asked(interaction), text=words_of(target(interaction)))


def target(interaction: Interaction) -> Mapping[str, Any]:
    """The message that the command was picked for."""
    data = interaction["data"]
    messages = (data.get("resolved") or {}).get("messages") or {}
    found = messages.get(str(data.get("target_id")))
    return found if isinstance(found, Mapping) else {}


def words_of(message: Mapping[str, Any]) -> str:
    """The first words of a message: what it says, or what its embeds and components say."""
    texts = (_plain(text) for text in _texts(message))
    return _begin(next((text for text in texts if text), ""))


def _texts(part: Mapping[str, Any]) -> Iterator[str]:
    for key in ("content", "title", "description"):
        if isinstance(text := part.get(key), str):
            yield text
    for key in ("embeds", "components"):
        for inner in part.get(key) or ():
            yield from _texts(inner)


def _plain(text: str) -> str:
    bare = _MARKUP.sub("", _ADDRESS.sub(" ", _MENTION.sub(" ", text)))
    lines = (" ".join(line.split()) for line in clean(bare).replace(BREAK, "").splitlines())
    return next((line for line in lines if line), "")


def _begin(text: str) -> str:
    """As many whole words as are looked for."""
    if len(text) <= LIMIT:
        return text
    return text[:LIMIT].rpartition(" ")[0] or text[:LIMIT]
