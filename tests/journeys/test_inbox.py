"""Events that a process took and did not finish: another one does, and nobody is answered twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.settings import Configuration
from bot.store.database import look_into
from bot.store.inbox import inbox
from tests.journeys.conftest import BOTH_WAYS, Town, until, words
from tests.journeys.processes import running
from tests.journeys.test_look_up import CHERY
from tests.journeys.test_slack_ways import ALICE, DAILY, answers

ANSWER = "chat.postEphemeral"


def is_amid_an_answer(town: Town) -> bool:
    """Whether the call has come that hangs."""
    return not town.slack.faults.waiting


async def standing(url: str) -> list[Any]:
    """What stands in the inbox."""
    async with look_into(url) as database, database.connect() as connection:
        return list((await connection.execute(select(inbox))).all())


async def emptied(url: str) -> None:
    async with asyncio.timeout(30):
        while await standing(url):  # noqa: ASYNC110 (it is emptied by another process)
            await asyncio.sleep(0.05)


async def test_a_mention_whose_process_is_killed_before_it_answers_is_answered_once(
    town: Town, tmp_path: Path
) -> None:
    agreed = {"DATABASE_URL": f"sqlite:///{tmp_path / 'killed.db'}"}
    await town.fault("slack", ANSWER, "hang")
    async with running(town, tmp_path, agreed) as first:
        await until(lambda: town.slack.slack.delivery.online)
        await town.slack.say(DAILY, "alice", "@briefing chery")
        await town.slack.slack.delivery.settle()  # Slack was told, and does not repeat it
        await until(lambda: is_amid_an_answer(town))
        await first.kill()
    (left,) = await standing(agreed["DATABASE_URL"])
    assert "chery" in str(left.event)
    assert answers(town) == []
    async with running(town, tmp_path, agreed) as second:
        await second.tells("event.resumed")
        await until(lambda: len(answers(town)) == 1)
        await emptied(agreed["DATABASE_URL"])
    (answer,) = answers(town)
    assert answer.only_for == ALICE
    assert CHERY in words(answer.body)


@BOTH_WAYS
async def test_a_bot_that_is_stopped_amid_an_answer_leaves_it_to_the_next(town: Town) -> None:
    url = town.configuration.own.database_url
    async with town.bot():
        await town.fault("slack", ANSWER, "hang")
        await town.slack.say(DAILY, "alice", "@briefing chery")
        await until(lambda: is_amid_an_answer(town))
    assert len(await standing(url)) == 1
    async with town.bot():
        await until(lambda: len(answers(town)) == 1)
        await emptied(url)
    assert len(answers(town)) == 1


async def test_an_event_that_comes_to_two_connections_is_answered_once(
    town: Town, postgres_url: str
) -> None:
    own = town.configuration.own.model_copy(update={"database_url": postgres_url})
    shared = Configuration(own, town.configuration.rooms)
    async with town.bot(shared), town.bot(shared):
        await until(lambda: len(town.slack.slack.delivery.sockets.connections) == 2)
        for number in range(1, 4):
            # After the talk that it is as well: the mention comes once to each of the two.
            await town.fault("slack", "events_api", "twice", skip=1)
            await town.slack.say(DAILY, "alice", "@briefing chery")
            await town.slack.slack.delivery.settle()
            await until(lambda number=number: len(answers(town)) >= number)  # type: ignore[misc]
        await town.command("slack", "/briefing sqlite")
        assert len(answers(town)) == 4


@BOTH_WAYS
async def test_what_people_say_to_each_other_never_stands_in_the_inbox(town: Town) -> None:
    async with town.bot() as bot:
        await town.fault("slack", ANSWER, "hang", times=2)  # a name amid a sentence is answered too
        for said in ("the merger fails", "the merger fails, says @briefing"):
            await town.slack.say(DAILY, "alice", said)
        await town.slack.say(DAILY, "alice", "@briefing chery")
        await town.slack.slack.delivery.settle()
        left = await standing(bot.works.url)
        assert [each.event["event"]["type"] for each in left] == ["app_mention"]
        assert "merger" not in str(left)
