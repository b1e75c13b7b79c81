"""What in a message would be live: what pings, lies, unfurls, or plays with the reader's eye.

https://discord.com/developers/docs/reference#message-formatting
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from bot.sandbox.discord.components import walk
from bot.sandbox.discord.forms import Wire
from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.mentions import CODE, SENT, pinged, texts
from bot.sandbox.discord.permissions import Flag

LINK = re.compile(r"(?<!\\)\[([^\[\]]+)\]\(<?(\S+?)>?(?:\s+\"[^\"]*\")?\)")
URL = re.compile(r"(?<!<)\bhttps?://[^\s<>)\]]+", re.IGNORECASE)
INVITE = re.compile(r"\b(?:discord\.gg|discord(?:app)?\.com/invite|dsc\.gg)/[\w-]+", re.IGNORECASE)
HOST = re.compile(r"\b(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DRAWN: Final[Mapping[str, re.Pattern[str]]] = {
    "custom emoji": re.compile(r"(?<!\\)<a?:\w{2,32}:\d{15,21}>"),
    "timestamp": re.compile(r"(?<!\\)<t:-?\d+(?::[tTdDfFsSR])?>"),
    "channel": re.compile(r"(?<!\\)<#\d{15,21}>"),
    "command": re.compile(r"(?<!\\)</[^<>:]+:\d{15,21}>"),
    "guild page": re.compile(r"(?<!\\)<id:[\w-]+>"),
}
"""What Discord draws as something other than its text; a backslash before it stops that."""


def live_parts(message: Body, parse: frozenset[str] = SENT) -> list[str]:
    """What would be live in a message as it is sent or kept, each as `what: where`.

    Pings count where `allowed_mentions` lets them through; where it is absent, `parse` holds:
    everything for a message and for each edit, users alone for an answer to an interaction.
    """
    unfurls = not int(message.get("flags") or 0) & Flag.SUPPRESS_EMBEDS
    read = [CODE.sub("", text) for text in (*texts(message), *_embedded(message))]
    found = [*_pings(message, parse)]
    for text in read:
        found += _drawn(text)
        found += [f"masked link: {link}" for link in _lies(text)]
    if unfurls:
        found += [f"unfurls: {link}" for text in texts(message) for link in _unfurling(text)]
    found += [f"bidi control: {text!r}" for text in strings(message) if BIDI.search(text)]
    return found


def _pings(message: Body, parse: frozenset[str]) -> Iterator[str]:
    found = pinged(message, parse)
    if found.everyone:
        yield "ping: everyone"
    yield from (f"ping: user {each}" for each in found.users)
    yield from (f"ping: role {each}" for each in found.roles)


def _embedded(message: Body) -> Iterator[str]:
    """The texts of embeds in which markdown is read; nothing in them pings."""
    for embed in message.get("embeds") or ():
        yield str(embed.get("description") or "")
        yield from (str(field.get("value") or "") for field in embed.get("fields") or ())


def _drawn(text: str) -> Iterator[str]:
    for what, pattern in DRAWN.items():
        yield from (f"{what}: {each.group()}" for each in pattern.finditer(text))


def _lies(text: str) -> Iterator[str]:
    """Masked links whose text names another host than they lead to."""
    for link in LINK.finditer(text):
        target = (urlsplit(link.group(2)).hostname or "").removeprefix("www.")
        named = [host.lower().removeprefix("www.") for host in HOST.findall(link.group(1))]
        if any(host != target for host in named):
            yield link.group()


def _unfurling(text: str) -> Iterator[str]:
    bare = CODE.sub("", text)
    yield from (each.group() for each in URL.finditer(bare))
    yield from (each.group() for each in INVITE.finditer(URL.sub("", bare)))


def strings(message: Body) -> Iterator[str]:
    """Every text of a message that a reader sees, labels and placeholders too."""
    yield from _strings(message.get("content"))
    yield from _strings(message.get("embeds"))
    for component in walk(message.get("components")):
        shown = (component.get(key) for key in ("content", "label", "placeholder", "description"))
        yield from (text for text in shown if isinstance(text, str))
        yield from _strings(component.get("options"))
        yield from _strings(component.get("items"))


def _strings(value: Wire) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
