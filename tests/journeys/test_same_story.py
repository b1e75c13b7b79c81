"""One table of what people do in a discussion, run on both platforms: the same comes of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.app import Bot
from bot.settings import Configuration
from bot.store.overview import Overview
from tests.journeys.conftest import PATIENCE, PLATFORMS, Town, buttons, words
from tests.journeys.newsroom import DAILY, GENERAL, channel_id, form, side
from tests.journeys.test_daily_post import SENT, posted

TALE = """---
title: Tram 7 reopens
topics: [trams]
---

## What's Happening?

Tram 7 carried 1,200 people on its first day.

## Why It's Important?

It was closed for a year.

## What's Next?

- The depot opens on {day:%Y-%m-%d}.
"""

Kept: TypeAlias = tuple[str, int | None, str | None, int]
"""Who said something, about which section, what, and how many signs stand under it."""


@dataclass
class Scene:
    """One platform of the town, and the story as far as it went there."""

    town: Town
    platform: str
    bot: Bot
    number: int = DAILY
    """Which of the channels it is."""
    said: dict[str, str] = field(default_factory=dict)
    """The ids of what people said, by what they said at first."""
    kept: tuple[Kept, ...] = ()
    """What is to be kept by now."""

    @property
    def state(self) -> Any:
        return side(self.town, self.platform).state()

    def channel(self) -> list[Any]:
        found: list[Any] = self.state["channels"][self.number]["messages"]
        return found

    def thread(self) -> list[Any]:
        """The messages of the discussion, once there is one."""
        threads = [each["thread"] for each in self.channel() if each["thread"]]
        return [each for thread in threads for each in thread["messages"]]

    def everything(self) -> list[tuple[str, Any]]:
        """Every message of the bot, with where it stands."""
        shown = [("channel", each) for each in self.channel()]
        shown += [("thread", each) for each in self.thread()]
        return [(where, each) for where, each in shown if each["author"]["bot"]]

    def ids(self) -> set[str]:
        """The ids of all that the bot said so far."""
        return {each["id"] for _, each in self.everything()}

    def newest(self, label: str) -> Any:
        """The newest message that has such a button."""
        found = [each for _, each in self.everything() if label in buttons(each)]
        return max(found, key=lambda each: each["at"])

    async def order(self, what: str, **more: object) -> Any:
        order = {"channel": channel_id(self.town, self.platform, self.number), **more}
        return await self.town.call(f"{self.platform}/{what}", order)

    async def contributions(self) -> tuple[Kept, ...]:
        """What is kept of the discussion."""
        people = {each["id"]: each["name"] for each in self.state["people"]}
        records = await self.bot.ledger.newest(20)
        channel = channel_id(self.town, self.platform, self.number)
        theirs = [each for each in records if each.plan.platform == self.platform]
        here = [each for each in theirs if each.plan.channel == channel and each.thread]
        if not here:
            return ()
        place = self.platform, here[-1].plan.channel, str(here[-1].thread)
        discussions = self.bot.works.discussions
        if (thread := await discussions.thread(*place)) is None:
            return ()
        signs = await self.signs()
        return tuple(
            (people[each.person], each.section, each.text, signs.get(each.message, 0))
            for each in await discussions.said_in(thread)
        )

    async def signs(self) -> dict[str, int]:
        """How many signs are kept, by message."""
        async with self.bot.works.database.connect() as connection:
            query = "SELECT message, sum(count) FROM reaction WHERE platform = ? GROUP BY message"
            rows: Any = await connection.exec_driver_sql(query, (self.platform,))
            return {row[0]: int(row[1]) for row in rows}


Deed: TypeAlias = Callable[[Scene], Awaitable[None]]


def says(person: str, text: str) -> Deed:
    """Somebody says something in the thread."""

    async def do(scene: Scene) -> None:
        thread = next(each["thread"]["id"] for each in scene.channel() if each["thread"])
        answer = await scene.order("say", person=person, text=text, thread=thread)
        scene.said[text] = answer["message"]

    return do


def edits(person: str, text: str, after: str) -> Deed:
    """Somebody says otherwise what they said."""

    async def do(scene: Scene) -> None:
        await scene.order("edit", person=person, message=scene.said[text], text=after)

    return do


def deletes(person: str, text: str) -> Deed:
    """Somebody takes back what they said."""

    async def do(scene: Scene) -> None:
        await scene.order("delete", person=person, message=scene.said[text])

    return do


def reacts(person: str, text: str, *, away: bool = False) -> Deed:
    """Somebody puts a sign under what somebody said, or takes it away."""

    async def do(scene: Scene) -> None:
        sign = {"slack": "tada", "discord": "🎉"}[scene.platform]
        message = scene.said[text]
        await scene.order("react", person=person, message=message, sign=sign, away=away)

    return do


def types(person: str, text: str) -> Deed:
    """Somebody types a command in the channel."""

    async def do(scene: Scene) -> None:
        soon = scene.town.clock.now() + timedelta(minutes=3)
        told = text.replace("{soon}", f"{soon:%H:%M}")
        await scene.order("command", person=person, text=told)

    return do


def presses(person: str, label: str) -> Deed:
    """Somebody presses the newest button of that label."""

    async def do(scene: Scene) -> None:
        message = scene.newest(label)
        action = buttons(message)[label]
        await scene.order("press", person=person, message=message["id"], action=action)

    return do


def fills_in(person: str, **values: str) -> Deed:
    """Somebody sends the form that is open."""

    async def do(scene: Scene) -> None:
        dialog = (await form(scene.town, scene.platform))["id"]
        filled = {name: [text] for name, text in values.items()}
        order: dict[str, object] = {"person": person, "dialog": dialog, "values": filled}
        await scene.town.call(f"{scene.platform}/submit", order)

    return do


async def has_no_thread(scene: Scene) -> None:
    """There is none in the channel, not even an empty one."""
    assert not any(each["thread"] for each in scene.channel())


async def is_listed(scene: Scene) -> None:
    """The Home tab and the page list the only discussion of the channel."""
    here, works = channel_id(scene.town, scene.platform, scene.number), scene.bot.works
    posts = await works.past.newest(scene.platform, (here,), 5)
    talks = await Overview(works.database).talks(((scene.platform, here),), 5)
    assert [each.title for each in posts] == [each.title for each in talks] == ["Tram 7 reopens"]


@dataclass(frozen=True, slots=True)
class Row:
    """What is done on each platform, and what comes of it there."""

    deeds: tuple[Deed, ...] = ()
    says: str = ""
    """What the bot then says, somewhere new."""
    where: str = "channel"
    private: bool = True
    buttons: tuple[str, ...] | None = None
    """Of the message that says it; nothing: whichever, but the same ones."""
    form: tuple[str, ...] = ()
    kept: tuple[Kept, ...] | None = None
    """All that is kept by then; nothing: what was kept before."""
    later: timedelta = timedelta()
    """How much later it is then."""
    away: bool = False
    """Whether the bot is off meanwhile."""


CARS = ("alice", None, "They sell 500 cars.", 0)
MORE_CARS = ("alice", None, "They sell 700 cars.", 0)
WHY = ("bob", 1, "What was it closed for?", 0)
SIGNED = ("bob", 1, "What was it closed for?", 1)
SLEPT = ("alice", 1, "The bridge was rusty.", 0)

STORY: dict[str, Row] = {
    "a channel chooses how it discusses": Row(
        (types("alice", "/briefings discussions text:on recap:quiet 10m"),),
        "after 10 minutes of quiet",
        kept=(),
    ),
    "whoever wants to discuss is shown where": Row(
        (presses("alice", "Discuss"),), "Discuss", buttons=()
    ),
    "what is said is kept": Row((says("alice", CARS[2]),), kept=(CARS,)),
    "a briefing is looked up": Row((types("bob", "/briefing tram"),), "Tram 7 reopens"),
    "a part of it is read": Row((presses("bob", "Why It's Important?"),), "closed for a year"),
    "the part is put up in the thread": Row(
        (presses("bob", "Discuss this part"),),
        "Let's discuss: Why It's Important?",
        where="thread",
        private=False,
        buttons=(),
    ),
    "what is said then is about that part": Row((says("bob", WHY[2]),), kept=(CARS, WHY)),
    "a sign is counted": Row((reacts("alice", WHY[2]),), kept=(CARS, SIGNED)),
    "a sign is taken back": Row((reacts("alice", WHY[2], away=True),), kept=(CARS, WHY)),
    "a sign is put again": Row((reacts("alice", WHY[2]),), kept=(CARS, SIGNED)),
    "what is said otherwise is kept so": Row(
        (edits("alice", CARS[2], MORE_CARS[2]),), kept=(MORE_CARS, SIGNED)
    ),
    "what is taken back is not kept": Row(
        (says("bob", "A secret"), deletes("bob", "A secret")), kept=(MORE_CARS, SIGNED)
    ),
    "what is said while the bot is off is read again": Row(
        (says("alice", SLEPT[2]), says("bob", "Oh"), deletes("bob", "Oh")),
        kept=(MORE_CARS, SIGNED, SLEPT),
        later=timedelta(minutes=5),
        away=True,
    ),
    "a quiet signal is counted": Row((presses("alice", "Surprised"),), "Surprised 1"),
    "a quiet signal is taken back": Row((presses("alice", "Surprised"),), "Taken back"),
    "a promise is watched": Row((presses("bob", "Watch"),), "in the thread", where="thread"),
    "the discussion is recapped when it is quiet": Row(
        says="3 replies from 2 people",
        where="thread",
        private=False,
        buttons=("Write what we said",),
        later=timedelta(minutes=11),
    ),
    "somebody writes what was said": Row((presses("bob", "Write what we said"),), form=("text",)),
    "what the team said stands in the thread": Row(
        (fills_in("bob", text="We wait for the bridge."),),
        "We wait for the bridge.",
        where="thread",
        private=False,
    ),
    "the discussion is found again": Row(
        (types("alice", "/briefings discussed bridge"),), "3 replies"
    ),
    "whoever wants a recap of all of it has one": Row(
        (types("alice", "/briefings recap tram"),),
        "3 replies from 2 people",
        buttons=("Write what we said", "Post in the thread"),
    ),
    "and has it posted": Row(
        (presses("alice", "Post in the thread"),),
        "3 replies from 2 people",
        where="thread",
        private=False,
        buttons=("Write what we said",),
    ),
    "it is posted once": Row(
        (presses("alice", "Post in the thread"),), "This recap is in the thread already."
    ),
    "the briefing comes with what was said": Row(
        (types("alice", "/briefing tram"),), "We wait for the bridge."
    ),
    "the promise is asked about on its day": Row(
        says="did it happen?",
        where="thread",
        private=False,
        buttons=("Done", "Not yet", "Drop"),
        later=timedelta(days=1),
    ),
    "what happened is settled in front of all": Row(
        (presses("bob", "Done"),), "It happened", where="thread", private=False
    ),
}


@pytest.fixture
def configuration(town: Town, tmp_path: Path) -> Configuration:
    """The settings of a bot whose only briefing is the tale."""
    (folder := tmp_path / "briefings").mkdir()
    day = town.clock.now().date() + timedelta(days=1)
    (folder / "tram.md").write_text(TALE.format(day=day))
    own = town.configuration.own.model_copy(update={"briefing_folders": (folder,)})
    return replace(town.configuration, own=own)


LAYOUTS = {"whole": "All of it in the channel", "card": "The card alone"}
"""Those of posts without threads, and what a channel that takes one is told."""

ON_DEMAND: dict[str, Row] = {
    "the post comes without a thread": Row(
        says="Tram 7 reopens", private=False, later=timedelta(minutes=4)
    ),
    "whoever wants to discuss has the thread opened": Row(
        (has_no_thread, presses("bob", "Discuss")),
        "Discussion: Tram 7 reopens",
        where="thread",
        private=False,
        buttons=(),
    ),
    "the next one finds it open": Row((presses("alice", "Discuss"),), "Tram 7 reopens"),
    "that something is said there is kept, and no words": Row(
        (says("alice", "They sell 500 cars."),), kept=(("alice", None, None, 0),)
    ),
    "and so is what is said while the bot is off": Row(
        (says("bob", "How much is a ticket?"),),
        kept=(("alice", None, None, 0), ("bob", None, None, 0)),
        later=timedelta(minutes=5),
        away=True,
    ),
    "whoever comes late finds it open too": Row((presses("bob", "Discuss"),), "Tram 7 reopens"),
    "the discussion is found again": Row(
        (is_listed, types("alice", "/briefings discussed")), "2 replies"
    ),
    "a channel that does not discuss": Row(
        (types("alice", "/briefings discussions opens:off"),), "Posts have no Discuss button"
    ),
}


async def tell(
    story: dict[str, Row], town: Town, configuration: Configuration, number: int
) -> list[Scene]:
    """Play a story on both platforms at once, in a channel of each; the scenes at its end."""
    async with AsyncExitStack() as running:
        bot = await running.enter_async_context(town.bot(configuration))
        assert await posted(town, bot) == SENT
        scenes = [Scene(town, each, bot, number) for each in PLATFORMS]
        for name, row in story.items():
            if row.away:
                await running.aclose()
            seen = {each.platform: each.ids() for each in scenes}
            await play(row, scenes)
            if row.away:
                bot = await running.enter_async_context(town.bot(configuration))
                for scene in scenes:
                    scene.bot = bot
            outcomes = [await outcome(row, each, seen[each.platform], name) for each in scenes]
            assert outcomes[0] == outcomes[1], name
    return scenes


async def test_the_same_comes_of_the_same_deeds_on_both_platforms(
    town: Town, configuration: Configuration
) -> None:
    await tell(STORY, town, configuration, DAILY)


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_a_thread_is_opened_when_somebody_asks_for_it_and_once(
    town: Town, configuration: Configuration, layout: str
) -> None:
    line = f"/briefings subscribe {{soon}} UTC layout:{layout}"
    taken = Row((types("alice", line),), LAYOUTS[layout], kept=())
    story = {"a channel takes posts without threads": taken, **ON_DEMAND}
    for scene in await tell(story, town, configuration, GENERAL):
        openings = [each for each in scene.thread() if "Discussion: " in plain(each)]
        assert len(openings) == 1


async def play(row: Row, scenes: list[Scene]) -> None:
    for scene in scenes:
        for deed in row.deeds:
            await deed(scene)
    if row.later:
        scenes[0].town.clock.move(seconds=row.later.total_seconds())


async def outcome(row: Row, scene: Scene, before: set[str], name: str) -> object:
    """What comes of a row on a platform, in the words that both have; it is as the row says."""
    if row.kept is not None:
        scene.kept = row.kept
    try:
        async with asyncio.timeout(PATIENCE):
            while not (found := await comes(row, scene, before)):  # noqa: ASYNC110 (as in `until`)
                await asyncio.sleep(0.05)
    except TimeoutError:
        told = [words(each["body"]) for _, each in scene.everything() if each["id"] not in before]
        kept = await scene.contributions()
        raise AssertionError(f"{name} on {scene.platform}: told {told}, kept {kept}") from None
    return found


async def comes(row: Row, scene: Scene, before: set[str]) -> object:
    """What came by now; nothing where more is to come."""
    if await scene.contributions() != scene.kept:
        return None
    if row.form:
        return tuple(each["name"] for each in (await form(scene.town, scene.platform))["entries"])
    if not row.says:
        return ("nothing is said",)
    for where, each in scene.everything():
        if each["id"] not in before and row.says in plain(each) and where == row.where:
            assert bool(each["only_for"]) is row.private, plain(each)
            assert row.private or each["live"] == [], plain(each)  # nobody is pinged privately
            labels = tuple(buttons(each))
            assert row.buttons is None or labels == row.buttons
            return (where, bool(each["only_for"]), labels)
    return None


def plain(message: dict[str, Any]) -> str:
    """The words of a message without the marks that a platform draws them with."""
    return re.sub(r"[\\*_`]|\u200b", "", words(message["body"])).replace("’", "'")
