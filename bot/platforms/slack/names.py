"""What people of a Slack workspace are called, asked for once and remembered for a while.

https://docs.slack.dev/reference/methods/users.info
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping

from bot.errors import PostError
from bot.platforms.slack.calls import Calls

log = logging.getLogger(__name__)

REMEMBERED = 5_000

FOR = 3600.0
"""Seconds after which somebody may be called otherwise."""

AGAIN = 60.0
"""Seconds before Slack is asked again for a name that it did not tell."""

AT_ONCE = 20
"""Names that one message asks for at most: the method takes a hundred calls a minute."""

UNTOLD = "Slack did not tell a person's name in time: somebody stands for it."

PATIENCE = 0.5
"""Seconds after which an answer rather names nobody than comes late."""

LEISURE = 5.0
"""Seconds after which what nobody waits for names nobody."""


class Names:
    """The display names of people, by their ids."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._known: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def of(self, people: Iterable[str], within: float = LEISURE) -> Mapping[str, str]:
        """The names of these people, as far as Slack tells them within so many seconds."""
        now = asyncio.get_running_loop().time()
        wanted = sorted(set(people))
        asked = [each for each in wanted if self._known.get(each, (0.0, ""))[0] <= now][:AT_ONCE]
        found = await asyncio.gather(*(self._ask(each, within) for each in asked))
        for each, name in zip(asked, found, strict=True):
            last = self._known.pop(each, (0.0, ""))[1]
            self._known[each] = (now + FOR, name) if name else (now + AGAIN, last)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        known = {each: self._known[each][1] for each in wanted if each in self._known}
        return {each: name for each, name in known.items() if name}

    async def _ask(self, person: str, within: float) -> str:
        try:
            async with asyncio.timeout(within):
                user = (await self._calls.ask("users.info", {"user": person})).get("user")
        except (PostError, TimeoutError) as error:
            log.warning("%s", str(error) or UNTOLD, extra={"action": "person.unknown"})
            return ""
        return name_of(user) if isinstance(user, Mapping) else ""


def name_of(user: Mapping[str, object]) -> str:
    """What somebody wants to be called; https://docs.slack.dev/reference/objects/user-object"""
    profile = user.get("profile")
    shown = profile if isinstance(profile, Mapping) else {}
    names = (shown.get("display_name"), shown.get("real_name"), user.get("name"))
    return next((" ".join(each.split()) for each in names if isinstance(each, str) and each), "")
