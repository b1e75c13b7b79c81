"""What each room of the page is given: the request, who asks, and how to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web
from jinja2 import Environment

from bot.page.door import Guest
from bot.page.sources import Sources
from bot.store.agreements import Place
from bot.store.visits import Visitor

GUEST: web.RequestKey[Guest | None] = web.RequestKey("guest", Guest)


class Wrong(Exception):
    """A request that cannot be answered: its HTTP status, and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class View:
    """A request to a room; `shared` is what every template knows."""

    request: web.Request
    templates: Environment
    shared: Mapping[str, object]
    known: Sources | None

    @property
    def sources(self) -> Sources:
        """The running bot's parts."""
        if self.known is None:
            raise AssertionError("Rooms are shown once the bot is there.")
        return self.known

    @property
    def visitor(self) -> Visitor:
        """Who asks."""
        guest = self.request[GUEST]
        if guest is None:
            raise AssertionError("Rooms are shown to those who are in.")
        return guest.visitor

    @property
    def places(self) -> Collection[Place] | None:
        """The channels that they may see; nothing stands for every one."""
        return self.visitor.places

    def page(self, template: str, status: int = 200, **values: object) -> web.Response:
        """A template with its values as the answer."""
        text = self.templates.get_template(template).render({**self.shared, **values})
        return web.Response(text=text, content_type="text/html", status=status)


Route: TypeAlias = tuple[str, str, Callable[[View], Awaitable[web.Response]]]
"""A method, a path below the page's own, and what answers."""
