"""The Home tabs of people: shown when they look, with what they asked for on top.

https://docs.slack.dev/reference/methods/views.publish
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from bot.errors import PostError
from bot.platforms.desk import Desk
from bot.platforms.events import Channel, Place, Visited
from bot.platforms.port import Payload
from bot.platforms.slack import direct
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.ears import Reader
from bot.platforms.slack.failures import FAILURES, code
from bot.platforms.slack.home import home_view
from bot.platforms.slack.inline import Json
from bot.platforms.slack.people import visitor

log = logging.getLogger(__name__)

CHANNELS = 200
"""Channels of a person that are asked for: one page of the strictest size that is advised.
https://docs.slack.dev/reference/methods/users.conversations"""

PATIENCE = 2.0
"""Seconds after which a Home tab is shown without what Slack does not tell."""

UNTOLD = "Slack did not tell somebody's channels in time: their Home tab shows none."


class Homes:
    """Publishes Home tabs."""

    def __init__(self, desk: Desk, calls: Calls, reader: Reader) -> None:
        self._desk = desk
        self._calls = calls
        self._reader = reader

    async def show(
        self, place: Place, person: str, asked: Sequence[Payload] = (), version: str = ""
    ) -> None:
        """Show a person their home; `version` is the hash of the one that it may replace."""
        who, channels = await asyncio.gather(
            visitor(self._calls, person, PATIENCE), self._channels(person)
        )
        home = await self._desk.home(Visited(place, who, channels))
        told = [await self._reader.answering(each) for each in asked]
        view, rest = home_view(home, told)
        await self._publish(person, dict(await self._reader.answering(view)), version)
        try:
            for payload in rest:
                await direct.tell(self._calls, person, payload)
        except PostError as error:
            log.warning("A reply was not delivered: %s", error, extra={"action": "reply.failed"})

    async def _publish(self, person: str, view: Json, version: str) -> None:
        told: Json = {"user_id": person, "view": view, **({"hash": version} if version else {})}
        try:
            await self._calls.web.api_call("views.publish", json=told)
        except FAILURES as error:
            why = code(error) or type(error).__name__
            if why != "hash_conflict":  # then somebody else has just shown a newer one
                said = {"action": "home.failed"}
                log.warning("Slack did not show a Home tab (%s).", why, extra=said)

    async def _channels(self, person: str) -> tuple[Channel, ...]:
        """The channels that the person is in and the bot may know of; none where Slack is mute."""
        query: Json = {
            "user": person,
            "types": "public_channel,private_channel",
            "exclude_archived": True,
            "limit": CHANNELS,
        }
        try:
            async with asyncio.timeout(PATIENCE):
                found = (await self._calls.ask("users.conversations", query)).get("channels")
        except (PostError, TimeoutError) as error:
            log.warning("%s", str(error) or UNTOLD, extra={"action": "channels.unknown"})
            return ()
        listed = found if isinstance(found, list) else []
        return tuple(
            Channel(str(each["id"]), str(each.get("name") or each["id"]))
            for each in listed
            if isinstance(each, Mapping) and each.get("id")
        )
