"""What in a message would be live: ping somebody, lead elsewhere than it says, unfurl.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.sandbox.side import Json
from bot.sandbox.slack.reading import mapping, objects, string

TOKEN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
BARE_PING = re.compile(r"(?<![\w@])@(?:here|channel|everyone)\b")
BARE_CHANNEL = re.compile(r"(?<![\w&#])#[a-z][\w-]*")
MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\((\S+?)\)")
BARE_LINK = re.compile(r"https?://[^\s<>|]+")
DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?#]|$)", re.IGNORECASE)
PINGS = {"user": "user_id", "usergroup": "usergroup_id", "team": "team_id", "broadcast": "range"}


def live_parts(payload: Json, *, unfurls: bool = True) -> list[str]:
    """The live parts of a message's body, each in a few words; `[]` where nothing is.

    `payload` is a body as sent to `chat.postMessage` or a response URL. An escaped token is not
    live, nor is anything in `rich_text`'s text, in `plain_text` or in code. Ephemeral messages
    do not unfurl: hand in `unfurls=False` for them.
    """
    parts = [*_text(payload), *_blocks(payload)]
    if unfurls and not _folded(payload):
        parts += [f"unfurls {link}" for link in _links(payload)]
    return list(dict.fromkeys(parts))


def _text(payload: Json) -> Iterator[str]:
    text = string(payload.get("text"))
    yield from _tokens(text)
    if payload.get("link_names") or payload.get("parse") == "full":
        yield from _bare(text)


def _blocks(payload: Json) -> Iterator[str]:
    for part in objects([payload.get("blocks"), payload.get("attachments")]):
        kind, text = part.get("type"), string(part.get("text"))
        if kind in {"mrkdwn", "markdown"}:
            yield from _tokens(text)
            if part.get("verbatim") is not True:
                yield from _bare(text)
            if kind == "markdown":
                yield from _markdown(text)
        elif kind is None:
            yield from _attachment(part)
        yield from _rich(part)


def _attachment(part: Json) -> Iterator[str]:
    """The texts of an attachment are `mrkdwn` that nobody can make verbatim."""
    for name in ("text", "pretext", "value", "fallback", "title", "footer"):
        text = string(part.get(name))
        yield from _tokens(text)
        yield from _bare(text)


def _rich(part: Json) -> Iterator[str]:
    kind = string(part.get("type"))
    if kind in PINGS and PINGS[kind] in part:
        yield f"pings {kind} {part[PINGS[kind]]}"
    if kind == "channel" and "channel_id" in part:
        yield f"links channel {part['channel_id']}"
    if kind == "link":
        yield from _fake(string(part.get("url")), string(part.get("text")))


def _tokens(text: str) -> Iterator[str]:
    for target, label in TOKEN.findall(text):
        if target.startswith("!") and not target.startswith("!date^"):
            yield f"pings {target}"
        elif target.startswith("@"):
            yield f"pings user {target[1:]}"
        elif target.startswith("#"):
            yield f"links channel {target[1:]}"
        else:
            yield from _fake(target, label)


def _bare(text: str) -> Iterator[str]:
    """Slack reads these from `mrkdwn` that is not verbatim."""
    yield from (f"pings {ping}" for ping in BARE_PING.findall(text))
    yield from (f"links channel {channel}" for channel in BARE_CHANNEL.findall(text))


def _markdown(text: str) -> Iterator[str]:
    for label, target in MARKDOWN_LINK.findall(text):
        yield from _fake(target, label)


def _fake(target: str, label: str) -> Iterator[str]:
    """A label that names another site than the one it leads to."""
    named = DOMAIN.match(label.strip())
    site = urlsplit(target).hostname or ""
    if named and named[1].lower().removeprefix("www.") != site.removeprefix("www."):
        yield f"link to {site} says {named[1]}"


def _folded(payload: Json) -> bool:
    return payload.get("unfurl_links") is False and payload.get("unfurl_media") is False


def _links(payload: Json) -> Iterator[str]:
    yield from BARE_LINK.findall(string(payload.get("text")))
    for part in objects([payload.get("blocks"), payload.get("attachments")]):
        if part.get("type") in {"mrkdwn", "markdown"}:
            yield from BARE_LINK.findall(string(part.get("text")))
        if part.get("type") == "link":
            yield string(mapping(part).get("url"))
