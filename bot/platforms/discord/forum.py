"""A briefing as a post of a forum: a thread with a name, tags, and the card as its beginning.

https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.platforms.discord.escape import BREAK
from bot.platforms.discord.limits import APPLIED_TAGS
from bot.platforms.discord.requests import thread
from bot.platforms.discord.spots import Spot, Tag
from bot.platforms.port import Payload

USUAL_TAGS = frozenset({"briefing", "briefings"})
"""What a forum that wants a tag on every post may offer for posts whose topics it does not know."""

_IN_CREATION_ONLY = frozenset({"nonce", "enforce_nonce"})
_HEADING = re.compile(r"# (.+)")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_SMALL_PRINT = "-# "


def forum_post(body: Payload, spot: Spot, called: str | None = None) -> Mapping[str, object]:
    """The body that starts a post: the message without its nonce, which no post of a forum takes.

    It is named after the message's heading where it is not to be `called` otherwise. Raises
    ValueError where the forum wants a tag and has none that fits.
    """
    tags = applied(spot, lines(body))
    message = {key: value for key, value in body.items() if key not in _IN_CREATION_ONLY}
    shown = {"applied_tags": [tag.id for tag in tags]} if tags else {}
    return {**thread(called or title(lines(body))), **shown, "message": message}


def applied(spot: Spot, drawn: Sequence[str]) -> tuple[Tag, ...]:
    """The forum's tags that are named like the briefing's topics, as many as a post may have.

    Raises ValueError where the forum wants one and has none that fits.
    """
    open_ = [tag for tag in spot.tags if not tag.moderated]
    topics = frozenset(topics_of(drawn))
    fitting = [tag for tag in open_ if tag.name.casefold() in topics]
    if not fitting and spot.needs_tag:
        fitting = [tag for tag in open_ if tag.name.casefold() in USUAL_TAGS][:1]
    if not fitting and spot.needs_tag:
        raise ValueError(
            f"Forum {spot.id} wants a tag on every post, and none is named like a topic of the"
            " briefing: add a tag “Briefing” in the forum's settings."
        )
    return tuple(fitting[:APPLIED_TAGS])


def title(drawn: Sequence[str]) -> str:
    """The words of the first heading, as they were before they were drawn."""
    heading = next((found for line in drawn if (found := _HEADING.fullmatch(line))), None)
    return _plain(heading[1]) if heading else ""


def topics_of(drawn: Iterable[str]) -> Iterator[str]:
    """What the small print below the heading lists, in lower case: date, topics, reading time."""
    small = next((line for line in drawn if line.startswith(_SMALL_PRINT)), "")
    for part in re.split(r" · |, ", _plain(small.removeprefix(_SMALL_PRINT))):
        yield part.strip().casefold()


def lines(body: Payload) -> list[str]:
    """The lines of a message's first text, in either layout."""
    texts = (text for key in ("components", "embeds") for text in _texts(body.get(key)))
    return next(texts, "").splitlines()


def _texts(parts: object) -> Iterator[str]:
    for part in parts if isinstance(parts, list) else ():
        yield from _text(part)
        yield from _texts(part.get("components"))


def _text(part: Mapping[str, Any]) -> Iterator[str]:
    words = part.get("content") or part.get("description")
    if isinstance(words, str):
        yield words


def _plain(drawn: str) -> str:
    return _ESCAPED.sub(r"\1", drawn).replace(BREAK, "")
