"""The calls that carry a post to a channel, their bodies exactly as they go over the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.platforms.discord.classic import MARK
from bot.platforms.discord.escape import shorten
from bot.platforms.discord.limits import ARCHIVE_MINUTES, THREAD_NAME
from bot.platforms.discord.render import draw
from bot.platforms.port import Payload, Request
from briefings.message import Post

UNTITLED = "Briefing"
_LEAST = 1 << 30


def requests(post: Post, channel: str) -> tuple[Request, ...]:
    """The calls for a post: the card, its thread, and everything else in the thread.

    What is not known yet stands as `{card}`, `{thread}` and `{marker}`.
    """
    return tuple(_requests(post, channel))


def body(payload: Payload, marker: str) -> Mapping[str, object]:
    """The body of a message that carries its marker twice.

    The nonce lets Discord answer a second try with the first message, for some minutes. The
    container's id stays with the message, and is how it is found again later.
    https://discord.com/developers/docs/resources/message#create-message
    https://discord.com/developers/docs/components/reference#anatomy-of-a-component
    """
    return {
        **payload,
        "components": _marked(payload["components"], mark(marker)),
        "nonce": marker,
        "enforce_nonce": True,
    }


@dataclass(frozen=True, slots=True)
class Stencil:
    """What `body` says in bytes, but for the marker: made once for all the channels."""

    opening: str
    container: str
    rest: str

    @staticmethod
    def of(payload: Payload) -> Stencil:
        """The stencil of a payload."""
        body_ = dict(body(payload, ""))
        first, *others = _marked(body_.pop("components"), 0)
        opening = {name: value for name, value in body_.items() if name != "nonce"}
        container = {name: value for name, value in first.items() if name != "id"}
        return Stencil(
            json.dumps(opening)[:-1],
            json.dumps(container)[1:],
            "".join(f", {json.dumps(each)}" for each in others),
        )

    def filled(self, marker: str) -> bytes:
        """The body with a marker."""
        return (
            f'{self.opening}, "nonce": {json.dumps(marker)}, "components":'
            f' [{{"id": {mark(marker)}, {self.container}{self.rest}]}}'
        ).encode()


def edited(payload: Payload, marker: str) -> Mapping[str, object]:
    """The body that puts a payload in a message's place; an edit takes no nonce.

    https://discord.com/developers/docs/resources/message#edit-message
    """
    return {**payload, "components": _marked(payload["components"], mark(marker))}


def mark(marker: str) -> int:
    """The marker as a component's id: 30 bits of its hash, above every id that Discord gives."""
    return _LEAST | int.from_bytes(sha256(marker.encode()).digest()[:4]) >> 2


def is_marked(message: Mapping[str, Any], marker: str) -> bool:
    """Whether a message in Discord's JSON carries this marker."""
    ids = [each.get("id") for each in message.get("components") or ()]
    addresses = [each.get("url") for each in message.get("embeds") or ()]
    known = mark(marker) in ids or f"{MARK}{mark(marker)}" in addresses
    return known or message.get("nonce") == marker


def thread(title: str) -> Mapping[str, object]:
    """The body that starts a thread with this title."""
    name = shorten(title, THREAD_NAME) or UNTITLED
    return {"name": name, "auto_archive_duration": ARCHIVE_MINUTES}


def _requests(post: Post, channel: str) -> Iterator[Request]:
    card, *rest = draw(post.card)
    others = (*rest, *(payload for part in post.parts for payload in draw(part)))
    yield _message(channel, card)
    if others and post.threaded:
        path = f"/channels/{channel}/messages/{{card}}/threads"
        yield Request("POST", path, thread(post.card.title))
    for payload in others:
        yield _message("{thread}" if post.threaded else channel, payload)


def _message(channel: str, payload: Payload) -> Request:
    return Request("POST", f"/channels/{channel}/messages", body(payload, "{marker}"))


def _marked(drawn: object, number: int) -> list[Mapping[str, object]]:
    """The components, the first of them with the number as its id."""
    first, *others = drawn if isinstance(drawn, list) else [{}]
    return [{**first, "id": number}, *others]
