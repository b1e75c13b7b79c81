"""How a message becomes Slack's JSON, in as many payloads as its limits ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain

from bot.platforms.port import Address, Payload, Request
from bot.platforms.slack import kit, limits
from bot.platforms.slack.inline import Json
from bot.platforms.slack.measure import fits
from bot.platforms.slack.notification import notification
from bot.platforms.slack.richtext import rich_text
from briefings.blocks import Image, Paragraph, Span, Style
from briefings.message import Message, Post
from briefings.split import split
from briefings.tongue import speaking


def draw(message: Message) -> tuple[Payload, ...]:
    """The message as one payload, or as several where it exceeds a limit."""
    with speaking(message.tongue):
        return tuple(_payload(page) for page in split(_titled(message), _fits))


def requests(post: Post, channel: str) -> tuple[Request, ...]:
    """The calls that carry a post: its first payload into the channel, the others under it.

    A post without a thread is in the channel altogether.
    """
    payloads = list(chain.from_iterable(draw(message) for message in (post.card, *post.parts)))
    card, thread = Address(channel), Address(channel, "{card}" if post.threaded else None)
    return tuple(
        Request("POST", "/chat.postMessage", posting(thread if at else card, payload, "{marker}"))
        for at, payload in enumerate(payloads)
    )


def posting(to: Address, payload: Payload, marker: str) -> Json:
    """The body of the call that posts a payload, findable later by its marker."""
    return {**_addressed(to, marker), **payload}


def posting_bytes(to: Address, drawn: str, marker: str) -> bytes:
    """What `posting` says in bytes, of a payload that is JSON already."""
    return f"{json.dumps(_addressed(to, marker))[:-1]}, {drawn[1:]}".encode()


def editing(at: Address, message: str, payload: Payload, marker: str) -> Json:
    """The body of the call that puts a payload in a message's place, marker and all.

    It takes no unfurl flags: those of the message stay. `parse` is overwritten with a mode that
    makes links where it is left out. https://docs.slack.dev/reference/methods/chat.update
    """
    said = {name: payload[name] for name in ("text", "blocks") if name in payload}
    told: Json = {"channel": at.channel, "ts": message, **said, "parse": "none"}
    return {**told, "metadata": metadata(marker)}


def metadata(marker: str) -> Json:
    """What carries a marker beside a message. https://docs.slack.dev/messaging/message-metadata"""
    return {"event_type": "briefing_post", "event_payload": {"key": marker}}


def is_marked(message: Mapping[str, object], marker: str) -> bool:
    """Whether a message that was read back carries this marker, whatever else is told with it."""
    match message.get("metadata"):
        case {"event_type": "briefing_post", "event_payload": {"key": str(key)}}:
            return key == marker
        case _:
            return False


def without_images(payload: Payload) -> Payload:
    """The payload with links in place of its pictures, for when Slack cannot fetch one."""
    match payload:
        case {"blocks": [*blocks]}:
            drawn = chain.from_iterable(_unpictured(block) for block in blocks)
            return {**payload, "blocks": list(drawn)}
        case _:
            return payload


def _addressed(to: Address, marker: str) -> Json:
    thread = {"thread_ts": to.thread} if to.thread else {}
    return {"channel": to.channel, **thread, "metadata": metadata(marker)}


def _unpictured(block: object) -> tuple[object, ...]:
    match block:
        case {"type": "image", "image_url": str(url), "alt_text": str(alt)}:
            return rich_text(Image(url, alt))
        case _:
            return (block,)


def _titled(message: Message) -> Message:
    """The message with a title that every page can repeat; a longer one is said in full once."""
    if len(message.title) <= limits.TITLE:
        return message
    start = message.title[: limits.TITLE - 1]
    short = (start.rpartition(" ")[0] or start) + "…"
    whole = Paragraph((Span(message.title, Style.STRONG),))
    return Message(short, (whole, *message.blocks))


def _fits(page: Message) -> bool:
    return fits(notification(page), list(_blocks(page)))


def _payload(message: Message) -> Payload:
    return {
        "text": notification(message),
        "blocks": list(_blocks(message)),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _blocks(message: Message) -> Iterator[Json]:
    yield from kit.header(message.title)
    controls = 0
    for part in message.blocks:
        yield from kit.drawn(part, controls)
        controls += kit.controls_of(part)
