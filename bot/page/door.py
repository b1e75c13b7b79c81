"""Who may come in: everybody in the sandbox; else those who were sent a link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from bot.store.visits import VISIT_LASTS, Visitor, Visits

COOKIE = "briefing_visit"
PATH = "/bot"


@dataclass(frozen=True, slots=True)
class Guest:
    """A visitor, and the secret that is theirs alone: nobody else can make their forms."""

    visitor: Visitor
    secret: str


class Door(Protocol):
    """Lets people in."""

    @property
    def is_locked(self) -> bool:
        """Whether anybody has to sign in."""

    async def look(self, request: web.Request) -> Guest | None:
        """Who asks; nothing for a stranger."""

    async def enter(self, secret: str, request: web.Request, answer: web.Response) -> bool:
        """Begin a visit by a link's secret; false where that is worth nothing."""

    async def leave(self, request: web.Request, answer: web.Response) -> None:
        """End a visit."""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """The sandbox's: whoever sits at this computer may see everything there."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    is_locked: bool = False

    async def look(self, _request: web.Request) -> Guest | None:
        """Everybody is welcome."""
        return Guest(Visitor("you"), self.secret)

    async def enter(self, _secret: str, _request: web.Request, _answer: web.Response) -> bool:
        """Everybody is in already."""
        return True

    async def leave(self, _request: web.Request, _answer: web.Response) -> None:
        """Nobody has to."""


@dataclass(frozen=True, slots=True)
class LockedDoor:
    """The running bot's: a link, once, then a cookie that no script can read."""

    visits: Visits
    is_secure: bool
    """Whether people reach the page by HTTPS: then the cookie goes no other way."""
    is_locked: bool = True

    async def look(self, request: web.Request) -> Guest | None:
        """Whoever has a visit that is not over."""
        secret = request.cookies.get(COOKIE)
        visitor = await self.visits.visitor(secret) if secret else None
        return Guest(visitor, secret) if visitor and secret else None

    async def enter(self, secret: str, request: web.Request, answer: web.Response) -> bool:
        """Use the link up, and keep what it gives in a cookie."""
        begun = await self.visits.enter(secret, request.cookies.get(COOKIE))
        if begun is None:
            return False
        answer.set_cookie(
            COOKIE,
            begun,
            path=PATH,
            max_age=int(VISIT_LASTS.total_seconds()),
            httponly=True,
            secure=self.is_secure,
            samesite="Strict",
        )
        return True

    async def leave(self, request: web.Request, answer: web.Response) -> None:
        """End it here and in the browser."""
        if secret := request.cookies.get(COOKIE):
            await self.visits.leave(secret)
        answer.del_cookie(COOKIE, path=PATH)
