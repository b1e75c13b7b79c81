"""A Slack on loopback, the bot's Slack room connected to it, and a desk that says what it hears."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from bot.platforms.events import Asked, Event, News, Visited
from bot.platforms.port import Address
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.render import draw
from bot.platforms.slack.settings import Settings
from bot.platforms.talk import Talk
from bot.sandbox.slack.side import SlackSide
from briefings.message import Home, Message, Reply
from tests.platforms.samples import SAMPLES, paragraph

DAILY = Address("C0DAILY01")
SOON = Patience(acknowledge=0.2, ping=0.1, mend=0.6, call=1.5, greet=5.0, finish=0.5)
(CARD,) = draw(SAMPLES["card"])


class Parrot:
    """A desk that says what it heard, or what it was told to say."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.heard: list[Event] = []
        self.visits: list[Visited] = []
        self.news: list[News] = []
        self.talk: list[Talk] = []
        self.shown = Home("Find a briefing", "words", (paragraph("Welcome."),))
        self.reply = reply
        self.busy = asyncio.Event()
        self.busy.set()

    async def answer(self, event: Event) -> Reply:
        self.heard.append(event)
        await self.busy.wait()
        said = event.text if isinstance(event, Asked) else repr(getattr(event, "intent", event))
        return self.reply or Reply(Message("Heard", (paragraph(said),)))

    async def home(self, visit: Visited) -> Home:
        self.visits.append(visit)
        await self.busy.wait()
        return self.shown

    async def hear(self, news: News) -> None:
        self.news.append(news)

    async def listen(self, talk: Talk) -> None:
        self.talk.append(talk)

    def complete(self, text: str) -> tuple[()]:
        return ()


def settings(side: SlackSide, **changed: str) -> Settings:
    port = urlsplit(side.slack.delivery.requests.url).port
    at = {"SLACK_HTTP_PORT": str(port)} if port else {}
    values = {name.lower(): value for name, value in {**side.settings(), **at, **changed}.items()}
    return Settings.model_validate(values)


@asynccontextmanager
async def online(side: SlackSide, desk: Parrot | None = None) -> AsyncIterator[SlackPlatform]:
    platform = SlackPlatform(settings(side), SOON)
    await platform.connect(desk)
    try:
        yield platform
    finally:
        await platform.close()


def messages(side: SlackSide) -> list[Mapping[str, Any]]:
    state: Any = side.state()
    found: list[Mapping[str, Any]] = state["channels"][0]["messages"]
    return found


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so, as long as a person would."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 # the condition may lie anywhere
            await asyncio.sleep(0.005)


def words(message: Mapping[str, Any]) -> str:
    return str(message["body"])


def free_url() -> str:
    """A request URL on a port of this computer that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
