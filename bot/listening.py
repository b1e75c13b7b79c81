"""Takes note of what is said in discussions, within what the bot may read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from bot.platforms.talk import Cleared, Missed, Reacted, Said, Talk, Unsaid
from bot.sections import Sections
from bot.store.discussions import Discussions
from bot.store.sayings import Contribution
from briefings.discussing import links_in


@dataclass(slots=True)
class Gaps:
    """The platforms, by name, on which something may have been said that nobody heard."""

    names: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Listening:
    """Keeps what is said in threads of ours, and nothing of any other."""

    discussions: Discussions
    sections: Sections
    gaps: Gaps = field(default_factory=Gaps)

    async def listen(self, talk: Talk) -> None:
        """Take note; raises StoreError where the database does not answer."""
        match talk:
            case Said():
                await self.keep(talk)
            case Unsaid(place, str(message)):
                await self.discussions.forget(place.platform, place.channel, message)
            case Unsaid(place):
                thread = place.thread or ""
                await self.discussions.forget_thread(place.platform, place.channel, thread)
            case Reacted(place, message, person, sign, away):
                where = (place.platform, place.channel, message)
                await self.discussions.react(where, (person, sign), away=away)
            case Cleared(place, message, sign):
                await self.discussions.clear((place.platform, place.channel, message), sign)
            case Missed(place):
                self.gaps.names.add(place.platform)
            case _:
                assert_never(talk)

    async def keep(self, said: Said) -> None:
        """Keep what somebody said, where the thread is one of ours."""
        place = said.place
        thread = await self.discussions.thread(place.platform, place.channel, place.thread or "")
        if thread:
            section = await self.sections.answered(thread, said)
            links = links_in(said.text or "")
            kept = Contribution(said.message, said.person, said.at, section, said.text, links)
            await self.discussions.keep(thread, kept)
