"""Who may change a channel's posts, and where their clock stands, as far as Slack tells."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from bot.errors import PostError
from bot.platforms.events import Person, Place
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inline import Json
from briefings.tongue import mark

log = logging.getLogger(__name__)

_ABOUT: Json = {"include_locale": "true"}
"""https://docs.slack.dev/reference/methods/users.info#arguments"""

MANAGERS = mark("whoever made the channel, and the workspace's admins and owners")


async def person(calls: Calls, place: Place, user: str) -> Person:
    """The person; whoever Slack tells nothing about may not.

    Slack shows apps no right such as "may manage this channel". What it does show is who made a
    channel, and who runs the workspace:
    https://docs.slack.dev/reference/objects/conversation-object
    https://docs.slack.dev/reference/objects/user-object
    """
    if not place.channel:
        return await visitor(calls, user)
    shown, channel = await asyncio.gather(
        _told(calls, "users.info", _ABOUT | {"user": user}, "user"),
        _told(calls, "conversations.info", {"channel": place.channel}, "channel"),
    )
    runs = any(shown.get(name) is True for name in ("is_admin", "is_owner", "is_primary_owner"))
    made = channel.get("creator") == user or channel.get("user") == user
    return Person(user, runs or made, MANAGERS, _zone(shown), language_in(shown))


async def visitor(calls: Calls, user: str) -> Person:
    """The person as one who looks at the bot itself, in no channel."""
    shown = await shown_of(calls, user)
    zone, language = _zone(shown), language_in(shown)
    return Person(user, may_manage=False, managers=MANAGERS, zone=zone, language=language)


async def shown_of(calls: Calls, user: str) -> Mapping[str, object]:
    """What Slack tells about a person; nothing where it tells nothing."""
    return await _told(calls, "users.info", _ABOUT | {"user": user}, "user")


def language_in(shown: Mapping[str, object]) -> str:
    """The tag of a person's language, such as `de-DE`."""
    found = shown.get("locale")
    return found if isinstance(found, str) else ""


def _zone(shown: Mapping[str, object]) -> str | None:
    found = shown.get("tz")
    return found if isinstance(found, str) else None


async def _told(calls: Calls, method: str, query: Json, name: str) -> Mapping[str, object]:
    try:
        found = (await calls.ask(method, query)).get(name)
    except PostError as error:
        log.warning("%s", error, extra={"action": "person.unknown"})
        return {}
    return found if isinstance(found, Mapping) else {}
