"""A platform that many workspaces let the bot into, each of which is a platform of its own.

Such a workspace has a name of its own, the platform's and its id (`slack:T0123456789`), by which
its subscriptions, its posts, its lane and its send budget are known.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.platforms.desk import Desk
from bot.platforms.port import Platform


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that let the bot in; `reason` says why the bot is no longer there, if so."""

    name: str
    title: str
    reason: str | None = None


class Vault(Protocol):
    """Where the workspaces and the keys to them are kept, for all processes alike.

    Every method raises StoreError where the database does not answer.
    """

    engine: Any
    """The database as SQLAlchemy has it, for stores that a platform's own SDK brings along."""

    def speaking(self) -> AbstractContextManager[None]:
        """Raises StoreError where the database does not answer, inside the block."""

    def now(self) -> datetime:
        """The time, in UTC."""

    async def pause(self, seconds: float) -> None:
        """Let so many seconds pass."""

    async def all(self, platform: str) -> tuple[Workspace, ...]:
        """Every workspace of a platform, also those that the bot is no longer in."""

    async def has(self, name: str) -> bool:
        """Whether the bot is in a workspace."""

    async def enter(self, name: str, title: str) -> None:
        """The bot was let into a workspace, for the first time or again."""

    async def leave(self, name: str, reason: str) -> None:
        """The bot is no longer in a workspace; `reason` completes "because …"."""

    async def lease(self, name: str, seconds: float) -> bool:
        """Take it on to renew a workspace's keys; false where another process just does."""

    async def release(self, name: str) -> None:
        """Let somebody else renew them from now on."""


class Host(Protocol):
    """The way in that many workspaces share."""

    async def connect(self, desk: Desk | None) -> None:
        """Be reached, where there is a desk; raises PlatformError."""

    def open(self, workspace: Workspace) -> Platform:
        """A workspace as a platform of its own, to be connected by whoever asked for it."""

    async def alone(self, workspace: Workspace) -> Any:  # noqa: ANN401 (the room's settings)
        """The settings of a bot in this workspace alone; nothing where its key has ended."""

    async def close(self) -> None:
        """Be reached no longer."""
