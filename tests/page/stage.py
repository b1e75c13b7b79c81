"""A platform's side without the platform: the page's tests decide what it shows and answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.side import Changed, Json, Pressing, Signing, Unlikely

ALICE: Json = {"id": "1001", "name": "alice"}
BOB: Json = {"id": "1002", "name": "bob"}
BOT: Json = {"id": "1003", "name": "briefing"}
AT = "2025-03-14T09:00:00+00:00"


def message(
    key: str,
    body: Json,
    *,
    author: Json = BOT,
    at: str = AT,
    only_for: str | None = None,
    pending: bool = False,
    edited: bool = False,
    command: Json | None = None,
    replies: Sequence[Json] | None = None,
    live: Sequence[str] = (),
) -> Json:
    """A message as `state()` shows it; with `replies`, one with a thread."""
    thread: Json | None = None
    if replies is not None:
        thread = {"id": f"thread-{key}", "name": "Chery User Summit", "messages": list(replies)}
    return {
        "id": key,
        "author": {**author, "bot": author is BOT},
        "at": at,
        "edited": edited,
        "only_for": only_for,
        "pending": pending,
        "command": command,
        "body": body,
        "thread": thread,
        "live": list(live),
    }


@dataclass
class Stage:
    """A side whose state is set by hand and which remembers what people did."""

    name: str
    messages: list[Json] = field(default_factory=list)
    general: list[Json] = field(default_factory=list)
    done: list[tuple[object, ...]] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    dialogs: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    faulty: Json = field(default_factory=dict)
    refusal: str = ""
    kind: int = 0
    online: bool = True

    def __post_init__(self) -> None:
        self.faults = Faults()
        self.journal = Journal()
        self.answering = asyncio.Event()
        self.answering.set()
        self._deed = asyncio.Event()
        self._changed: Changed = lambda: None

    def add_routes(self, app: web.Application, origin: str) -> None:
        """No platform, no routes."""

    def settings(self) -> dict[str, str]:
        """Nothing connects here."""
        return {}

    def state(self) -> Json:
        """A workspace of two channels and two people."""
        return {
            "name": self.name,
            "workspace": "Sandbox",
            "online": self.online,
            "me": BOT,
            "people": [ALICE, BOB],
            "dialogs": self.dialogs,
            "shortcuts": self.shortcuts,
            "message_shortcuts": [{"id": "find", "name": "Find a briefing about this"}],
            "commands": [
                {"name": "briefing", "description": "Today's briefing, or one about a subject"},
                {"name": "briefings", "description": "When and where briefings are posted"},
            ],
            "channels": [
                {
                    "id": "C1",
                    "name": "daily-briefing",
                    "kind": self.kind,
                    "topic": "What happened, why it matters, what comes next",
                    "messages": self.messages,
                },
                {"id": "C2", "name": "general", "topic": "", "messages": self.general},
            ],
        }

    def watch(self, changed: Changed) -> None:
        """One listener is enough."""
        self._changed = changed

    def show(self, *messages: Json) -> None:
        """Put messages into the first channel, in place of those with the same id."""
        for new in messages:
            kept = [each for each in self.messages if each["id"] != new["id"]]
            at = len(kept)
            if len(kept) < len(self.messages):
                at = [each["id"] for each in self.messages].index(new["id"])
            kept.insert(at, new)
            self.messages = kept
        self._changed()

    async def did(self, count: int) -> list[tuple[object, ...]]:
        """The first `count` things that people did, completions aside, once they are done."""
        while len(deeds := [deed for deed in self.done if deed[0] != "complete"]) < count:
            self._deed.clear()
            await asyncio.wait_for(self._deed.wait(), 10)
        return deeds

    def tell(self) -> None:
        """Say that something changed."""
        self._changed()

    async def command(self, channel: str, person: str, text: str) -> Json:
        """Remember it."""
        return await self._do("command", channel, person, text)

    async def press(self, pressing: Pressing) -> Json:
        """Remember it."""
        where = (pressing.channel, pressing.message, pressing.action)
        return await self._do("press", *where, pressing.person, list(pressing.values))

    async def say(self, channel: str, person: str, text: str, thread: str | None = None) -> Json:
        """Remember it."""
        return await self._do("say", channel, person, text, thread)

    async def edit(self, channel: str, message: str, person: str, text: str) -> Json:
        """Remember it."""
        return await self._do("edit", channel, message, person, text)

    async def delete(self, channel: str, message: str, person: str) -> Json:
        """Remember it."""
        return await self._do("delete", channel, message, person)

    async def react(self, signing: Signing) -> Json:
        """Remember it."""
        put = "take" if signing.away else "put"
        return await self._do(put, signing.channel, signing.message, signing.person, signing.sign)

    async def submit(self, person: str, dialog: str, values: Mapping[str, Sequence[str]]) -> Json:
        """Remember it; where there are faults, tell them and leave the dialog open."""
        told = await self._do("submit", person, dialog, {key: list(values[key]) for key in values})
        if self.faulty:
            return {"ok": False, "errors": self.faulty}
        self.dialogs = [each for each in self.dialogs if each["id"] != dialog]
        self._changed()
        return told

    async def choose(self, person: str, name: str, channel: str, message: str) -> Json:
        """Remember it."""
        return await self._do("choose", person, name, channel, message)

    async def dismiss(self, person: str, dialog: str) -> Json:
        """Close it."""
        self.dialogs = [each for each in self.dialogs if each["id"] != dialog]
        self._changed()
        return await self._do("dismiss", person, dialog)

    async def complete(self, channel: str, person: str, text: str) -> Sequence[Json]:
        """The choices set by hand."""
        await self._do("complete", channel, person, text)
        return self.choices

    async def close(self) -> None:
        """Let go of whoever waits."""
        self.answering.set()

    async def _do(self, *deed: object) -> Json:
        self.done.append(deed)
        self._deed.set()
        await self.answering.wait()
        if self.refusal:
            raise Unlikely(self.refusal)
        return {}
