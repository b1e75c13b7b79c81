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

WITHIN = 5.0
"""Seconds after which whoever Slack tells nothing about is answered as one who may not."""

UNTOLD = "Slack did not answer {method} in time: somebody is answered without what it tells."

_ABOUT: Json = {"include_locale": "true"}
"""https://docs.slack.dev/reference/methods/users.info#arguments"""

MANAGERS = mark("whoever made the channel, and the workspace's admins and owners")


async def person(calls: Calls, place: Place, user: str, within: float = WITHIN) -> Person:
    """The person; whoever Slack tells nothing about may not.

    Slack shows apps no right such as "may manage this channel". What it does show is who made a
    channel, and who runs the workspace:
    https://docs.slack.dev/reference/objects/conversation-object
    https://docs.slack.dev/reference/objects/user-object
    """
    if not place.channel:
        return await visitor(calls, user, within)
    shown, channel = await asyncio.gather(
        shown_of(calls, user, within),
        _told(calls, "conversations.info", {"channel": place.channel}, "channel", within),
    )
    runs = any(shown.get(name) is True for name in ("is_admin", "is_owner", "is_primary_owner"))
    made = channel.get("creator") == user or channel.get("user") == user
    return Person(user, runs or made, MANAGERS, _zone(shown), language_in(shown))


async def visitor(calls: Calls, user: str, within: float) -> Person:
    """The person as one who looks at the bot itself, in no channel."""
    shown = await shown_of(calls, user, within)
    zone, language = _zone(shown), language_in(shown)
    return Person(user, may_manage=False, managers=MANAGERS, zone=zone, language=language)


async def shown_of(calls: Calls, user: str, within: float) -> Mapping[str, object]:
    """What Slack tells about a person, in so many seconds; nothing where it tells nothing."""
    return await _told(calls, "users.info", _ABOUT | {"user": user}, "user", within)


def language_in(shown: Mapping[str, object]) -> str:
    """The tag of a person's language, such as `de-DE`."""
    found = shown.get("locale")
    return found if isinstance(found, str) else ""


def _zone(shown: Mapping[str, object]) -> str | None:
    found = shown.get("tz")
    return found if isinstance(found, str) else None


async def _told(
    calls: Calls, method: str, query: Json, name: str, within: float
) -> Mapping[str, object]:
    try:
        async with asyncio.timeout(within):
            found = (await calls.ask(method, query)).get(name)
    except (PostError, TimeoutError) as error:
        said = str(error) or UNTOLD.format(method=method)
        log.warning("%s", said, extra={"action": "person.unknown"})
        return {}
    return found if isinstance(found, Mapping) else {}
