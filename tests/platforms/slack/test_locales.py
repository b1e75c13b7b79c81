"""The language of whoever asks, which Slack is asked for once in a while."""

from __future__ import annotations

from dataclasses import replace

from bot.platforms.events import Asked, Event
from bot.platforms.slack.limits import RESPONSES
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide
from tests.platforms.slack.served import DAILY, Parrot, messages, online, until

ALICE = "U0ALICE001"


def use(side: SlackSide, locale: str) -> None:
    people = side.workspace.people
    people[ALICE] = replace(people[ALICE], locale=locale)


def language(event: Event) -> str:
    assert isinstance(event, Asked)
    return event.language


async def ask(side: SlackSide, times: int = 1) -> None:
    before = len(messages(side))
    for _ in range(times):
        await side.command(DAILY.channel, "alice", "/briefing chery")
    await until(lambda: len(messages(side)) >= before + times)


def asked(side: SlackSide) -> int:
    calls = side.journal.as_json()
    return len([each for each in calls if str(each["path"]).endswith("users.info")])


async def test_a_question_comes_with_the_language_of_whoever_asks(reached: SlackSide) -> None:
    use(reached, "de-DE")
    desk = Parrot()
    async with online(reached, desk):
        await ask(reached, times=RESPONSES)
    assert [language(each) for each in desk.heard] == ["de-DE"] * RESPONSES
    assert asked(reached) == 1


async def test_a_language_that_is_not_told_in_time_holds_up_no_answer(reached: SlackSide) -> None:
    use(reached, "de-DE")
    desk = Parrot()
    async with online(reached, desk):
        reached.faults.plan(Fault("users.info", Kind.HANG))
        await ask(reached)
        await ask(reached)
    assert [language(each) for each in desk.heard] == ["", ""]
