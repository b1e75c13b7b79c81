"""Every way to speak to the bot in Slack, by sockets and by signed HTTP, and what may go wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.slack.home import SEARCH
from bot.platforms.slack.manifest import SHORTCUT
from bot.sandbox.slack.connection import Farewell
from bot.sandbox.slack.workspace import Message
from briefings.signal_row import LABELS
from tests.journeys.conftest import BOTH_WAYS, Town, buttons, until, words
from tests.journeys.test_daily_post import posted
from tests.journeys.test_look_up import CHERY

DAILY, ALICE = "C0DAILY01", "U0ALICE001"


def said(town: Town, channel: str = DAILY) -> list[Message]:
    return list(town.slack.workspace.channels[channel].messages.values())


def answers(town: Town, channel: str = DAILY) -> list[Message]:
    return [each for each in said(town, channel) if each.user == town.slack.workspace.app.user]


def tab(town: Town) -> Any:
    view = town.slack.slack.views.homes.get(ALICE)
    return view.content if view else {}


@BOTH_WAYS
async def test_a_mention_in_a_thread_is_answered_there_privately(town: Town) -> None:
    async with town.bot() as bot:
        await posted(town, bot)
        card = said(town)[0].ts
        before = len(said(town))
        await town.slack.say(DAILY, "alice", "@briefing chery", card)
        await until(lambda: len(said(town)) == before + 2)
        answer = said(town)[-1]
        assert (answer.thread, answer.only_for) == (card, ALICE)
        assert CHERY in words(answer.body)


@BOTH_WAYS
@pytest.mark.parametrize("kind", ["twice", "500"])
async def test_an_event_that_comes_again_is_answered_once(town: Town, kind: str) -> None:
    async with town.bot():
        await town.fault("slack", "events_api", kind, times=2)  # as talk, and as a mention
        await town.slack.say(DAILY, "alice", "@briefing chery")
        await town.slack.slack.delivery.settle()
        await until(lambda: len(answers(town)) == 1)
        await town.command("slack", "/briefing sqlite")
        assert len(answers(town)) == 2


@BOTH_WAYS
async def test_a_messages_shortcut_a_direct_message_and_the_command_are_equals(town: Town) -> None:
    async with town.bot():
        message = str((await town.slack.say(DAILY, "bob", "chery"))["message"])
        assert (await town.slack.shortcut(DAILY, "alice", message, SHORTCUT))["ok"]
        await until(lambda: len(answers(town)) == 1)
        assert answers(town)[0].only_for == ALICE
        direct = town.slack.workspace.direct(ALICE).id
        await town.slack.say(direct, "alice", "chery")
        await until(lambda: len(answers(town, direct)) == 1)
        typed = await town.command("slack", "/briefing chery")
        shown = {words(each["blocks"]) for each in (answers(town)[0].body, typed["body"])}
        assert shown == {words(answers(town, direct)[0].body["blocks"])}
        assert CHERY in shown.pop()


@BOTH_WAYS
async def test_the_home_tab_shows_today_what_comes_and_leads_to_the_threads(town: Town) -> None:
    async with town.bot() as bot:
        await posted(town, bot)
        alice = town.slack.workspace.person("alice")
        town.slack.modals.open_home(alice)
        await until(lambda: "#daily-briefing" in words(tab(town)))
        (card,) = await town.messages("slack")
        assert f"p{card['id'].replace('.', '')}" in words(tab(town))
        sections = set(buttons(card)) - {"Discuss", *LABELS.values()}
        assert sections
        assert all(label in words(tab(town)) for label in sections)
        await town.slack.modals.press_home(alice, SEARCH, ["chery sumit"])
        await until(lambda: "Back" in buttons({"body": tab(town)}))
        assert CHERY in words(tab(town))
        found = buttons({"body": tab(town)})
        await town.slack.modals.press_home(alice, found["What's Next?"])
        await until(lambda: "low-carbon and zero-carbon" in words(tab(town)))


@pytest.mark.parametrize("farewell", sorted(set(Farewell) - {Farewell.DISABLED}))
async def test_a_connection_that_ends_amid_the_day_keeps_nobody_waiting(
    town: Town, farewell: Farewell
) -> None:
    async with town.bot():
        sockets = town.slack.slack.delivery.sockets
        await sockets.disconnect(farewell)
        await until(lambda: any(not each.leaving for each in sockets.connections))
        answer = await town.command("slack", "/briefing chery")
        assert CHERY in words(answer["body"])


async def test_of_two_connections_each_answers_what_it_is_brought(town: Town) -> None:
    async with town.bot():
        again = town.configuration.own.model_copy(
            update={"database_url": f"{town.configuration.own.database_url}.second"}
        )
        second = type(town.configuration)(again, {**town.configuration.rooms})
        async with town.bot(second):
            await until(lambda: len(town.slack.slack.delivery.sockets.connections) == 2)
            for _ in range(4):
                answer = await town.command("slack", "/briefing chery")
                assert CHERY in words(answer["body"])
            assert len(answers(town)) == 4
