"""Takes note of what is said in discussions, within what the bot may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.platforms.events import Reacted, Said, Talk, Unsaid
from bot.store.discussions import Contribution, Discussions


@dataclass(frozen=True, slots=True)
class Listening:
    """Keeps what is said in threads of ours, and nothing of any other."""

    discussions: Discussions

    async def listen(self, talk: Talk) -> None:
        """Take note; raises StoreError where the database does not answer."""
        match talk:
            case Said():
                await self._keep(talk)
            case Unsaid(place, message):
                await self.discussions.forget(place.platform, place.channel, message)
            case Reacted(place, message, person, sign, away):
                where = (place.platform, place.channel, message)
                await self.discussions.react(where, (person, sign), away=away)
            case _:
                assert_never(talk)

    async def _keep(self, said: Said) -> None:
        place = said.place
        thread = await self.discussions.thread(place.platform, place.channel, place.thread or "")
        if thread:
            kept = Contribution(said.message, said.person, said.at)
            await self.discussions.keep(thread, kept)
