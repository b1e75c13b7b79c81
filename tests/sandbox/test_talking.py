"""The control API of talk: what people answer, change, delete and put signs under."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from tests.sandbox.test_control import Room


@pytest.fixture
async def page() -> AsyncIterator[ClientSession]:
    sandbox = Sandbox([Room("quiet"), DiscordSide()])
    await sandbox.start()
    async with ClientSession(sandbox.address) as session:
        yield session
    await sandbox.close()


async def order(page: ClientSession, path: str, **what: object) -> Any:
    async with page.post(f"/control/{path}", json={"channel": "general", **what}) as response:
        return await response.json()


async def shown(page: ClientSession) -> list[Any]:
    async with page.get("/control/state") as response:
        _, general = (await response.json())["discord"]["channels"]
        found: list[Any] = general["messages"]
        return found


async def test_people_answer_change_delete_and_put_signs(page: ClientSession) -> None:
    said = await order(page, "discord/say", person="alice", text="First")
    answer = await order(page, "discord/say", person="bob", text="Yes", to=said["message"])
    first: dict[str, object] = {"message": said["message"], "person": "alice"}
    await order(page, "discord/edit", **first, text="Second")
    await order(page, "discord/react", **first, sign="👍")
    await order(page, "discord/react", **first, sign="🎉")
    await order(page, "discord/react", **first, sign="🎉", away=True)
    message, reply = await shown(page)
    assert message["body"]["content"] == "Second"
    assert message["reactions"] == [{"name": "👍", "count": 1}]
    assert reply["to"] == said["message"]
    assert await order(page, "discord/delete", message=answer["message"], person="bob")
    assert len(await shown(page)) == 1


async def test_a_side_where_nobody_answers_one_message_says_so(page: ClientSession) -> None:
    told = await order(page, "quiet/say", person="alice", text="x", to="1")
    assert "leave out `to`" in told["error"]
