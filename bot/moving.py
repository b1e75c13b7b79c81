"""What follows where a platform, or one of many workspaces, comes online or goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.absences import Absences
from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.delivery.plan import Draw
from bot.engine.port import Engine
from bot.hosting import Hosting, hosted
from bot.platforms.events import News
from bot.platforms.port import Platform
from bot.platforms.registry import room
from bot.scheduler import Scheduler
from bot.works import Role, Works


@dataclass(frozen=True, slots=True)
class Moving:
    """The `bot.hosting.Moves` of a running bot."""

    works: Works
    roles: frozenset[Role]
    delivery: Delivery
    engine: Engine
    scheduler: Scheduler
    draws: dict[str, Draw]
    absences: Absences

    async def joined(self, name: str) -> None:
        """Post there from now on, first of all what waited for it."""
        self.draws[name] = room(name).draw
        self.delivery.joined[name] = self.works.clock.now()
        self.engine.wake(name)
        await self.scheduler.look()

    async def moved_in(self, name: str) -> None:
        """The same for a workspace, which has a lane of its own, and perhaps had channels."""
        if Role.DELIVER in self.roles:
            works = self.works
            self.engine.add(Lane(name, works.ledger, self.delivery, works.clock))
        await self.joined(name)
        await self.absences.look()

    def moved_out(self, name: str) -> None:
        """Write nothing down for it any more."""
        self.draws.pop(name, None)

    async def hear(self, news: News) -> None:
        """Pause the posts of a channel."""
        await self.absences.hear(news)


def hosting_of(
    settings: dict[str, Any], works: Works, online: dict[str, Platform], roles: frozenset[Role]
) -> Hosting:
    """Those of the platforms into which many workspaces let the bot; they leave the settings."""
    many = hosted(settings)
    for name in many:
        del settings[name]
    return Hosting(many, works.workspaces, online, opens=roles != {Role.SCHEDULE})
