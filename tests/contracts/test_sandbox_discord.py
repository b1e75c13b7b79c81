"""The sandbox's Discord beside Discord's own OpenAPI file: neither takes what the other refuses.

The file sees single fields and no rule that spans several; there the sandbox is stricter.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import discord
import pytest
from discord import app_commands
from jsonschema import Draft202012Validator

from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.refusals import Refused
from bot.sandbox.discord.setup import FORUM, Setup, Spot
from bot.sandbox.journal import Call
from bot.sandbox.side import Pressing
from tests.sandbox.discord.test_limits import COUNT_LIMITS, RIGHT, TEXT_LIMITS, WRONG
from tests.sandbox.discord.town import Bot, serving

Body: TypeAlias = dict[str, Any]
Asked: TypeAlias = discord.Interaction[Bot]

FILE = Path(__file__).parents[2].parent / "shared" / "contracts" / "discord-openapi.json"

pytestmark = pytest.mark.skipif(
    not FILE.exists() and not os.environ.get("CI"), reason="the specification is not here"
)

UNSEEN_TEXTS = {"content"}
"""The file allows 4000 characters, which people with Nitro have."""
UNSEEN_COUNTS = {
    "old rows",
    "nested components",
    "pictures beside texts",
    "displayed characters",
    "embed characters",
}
"""Limits of what a message holds altogether, which the file does not count."""


@pytest.fixture(scope="module")
def specification() -> Body:
    """Discord's OpenAPI file."""
    read: Body = json.loads(FILE.read_text())
    return read


def complaints(specification: Body, schema: Mapping[str, Any], value: object) -> list[str]:
    """What the specification has against a value."""
    whole = {**schema, "components": specification["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def refuses(specification: Body, body: Body) -> bool:
    """Whether the specification refuses a message."""
    schema = {"$ref": "#/components/schemas/MessageCreateRequest"}
    return bool(complaints(specification, schema, body))


def refused(body: Body) -> bool:
    """Whether the sandbox refuses a message."""
    try:
        drafted(body, (), ON_SEND)
    except Refused:
        return True
    return False


@pytest.mark.parametrize("name", sorted(TEXT_LIMITS.keys() - UNSEEN_TEXTS))
@pytest.mark.parametrize("beyond", [-1, 0, 1, 3])
def test_both_draw_the_line_for_texts_at_the_same_place(
    specification: Body, name: str, beyond: int
) -> None:
    most, body = TEXT_LIMITS[name]
    message = body("x" * (most + beyond))
    assert refused(message) == refuses(specification, message) == (beyond > 0)


@pytest.mark.parametrize("name", sorted(COUNT_LIMITS.keys() - UNSEEN_COUNTS))
@pytest.mark.parametrize("beyond", [-1, 0, 1, 3])
def test_both_draw_the_line_for_numbers_at_the_same_place(
    specification: Body, name: str, beyond: int
) -> None:
    most, body = COUNT_LIMITS[name]
    message = body(most + beyond)
    assert refused(message) == refuses(specification, message) == (beyond > 0)


@pytest.mark.parametrize("body", [*WRONG.values(), *RIGHT.values()], ids=[*WRONG, *RIGHT])
def test_the_sandbox_takes_nothing_that_the_specification_refuses(
    specification: Body, body: Body
) -> None:
    assert refused(body) or not refuses(specification, body)


async def test_a_whole_visit_keeps_to_the_specification(
    specification: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    spots = (Spot("daily-briefing"), Spot("forum", kind=FORUM, tags=("cars",)))
    setup = Setup(channels=spots, limited=False)
    async with serving(monkeypatch, setup) as town:
        bot = await town.visit("message_content")
        await _live(bot)
        await bot.tree.sync()
        await bot.tree.fetch_commands()
        await town.side.command("daily-briefing", "alice", "/briefing chery")
        await town.side.complete("daily-briefing", "alice", "/briefing che")
        card = town.messages()[0]["id"]
        await town.side.press(Pressing("daily-briefing", card, "more", "alice"))
        for path in ("/users/@me", "/gateway/bot", "/applications/@me", f"/guilds/{_guild(bot)}"):
            await town.call("GET", path)
        await town.call("GET", f"/guilds/{_guild(bot)}/threads/active")
        calls = [call for call in town.side.journal.calls if call.method != "GATEWAY"]
    assert len(calls) > 25
    problems = [(call.method, call.path, judge(specification, call)) for call in calls]
    assert [each for each in problems if each[2]] == []


def _guild(bot: Bot) -> int:
    return bot.guilds[0].id


async def _live(bot: Bot) -> None:
    """Everything that a bot does in its channels, and two commands to ask it by."""

    class Card(discord.ui.LayoutView):
        row: discord.ui.ActionRow[Card] = discord.ui.ActionRow()

        @row.button(label="More", custom_id="more")
        async def more(self, asked: discord.Interaction, _: discord.ui.Button[Card]) -> None:
            await asked.response.defer()
            await asked.followup.send("More", ephemeral=True)

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(asked: Asked, topic: str = "") -> None:
        await asked.response.defer(thinking=True)
        await asked.edit_original_response(
            embed=discord.Embed(title=topic, url="https://a.example")
        )
        await asked.original_response()

    @briefing.autocomplete("topic")
    async def _(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=typed, value=typed)]

    channel = bot.channel()
    card = await channel.send(view=Card(timeout=None), nonce="edition-1")
    thread = await card.create_thread(name="Discussion")
    await thread.join()
    await thread.send("Part one", embed=discord.Embed(description="x").set_footer(text="y"))
    part = await thread.send("Part two")
    await part.edit(content="Part 2")
    await part.delete()
    await thread.edit(name="Talk", archived=True)
    await channel.create_thread(name="Loose", type=discord.ChannelType.public_thread)
    assert [message async for message in channel.history(limit=10)]
    await channel.fetch_message(card.id)
    await bot.fetch_channel(channel.id)
    [forum] = bot.guilds[0].forums
    await forum.create_thread(name="Chery", content="The summit")
    await bot.fetch_channel(forum.id)


def judge(specification: Body, call: Call) -> list[str]:
    """What the specification has against a call or against its answer."""
    path = next(each for each in specification["paths"] if re.fullmatch(_pattern(each), call.path))
    operation = specification["paths"][path][call.method.lower()]
    found = []
    asked = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if asked:
        found += complaints(specification, asked["schema"], call.body)
    answer = operation["responses"].get(str(call.status), {}).get("content")
    if answer:
        found += complaints(specification, answer["application/json"]["schema"], call.answer)
    elif call.status >= 300:
        found.append(f"{call.status}: {call.answer}")
    return found


def _pattern(path: str) -> str:
    literal = "@original" in path or "@me" in path
    return re.sub(r"\\{\w+\\}", r"[^/]+" if literal else r"[^/@]+", re.escape(path))
