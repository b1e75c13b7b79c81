"""The rate limits: what is refused, for how long, and what is left alone."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError

from bot.sandbox.slack.rates import POST_IN_CHANNEL
from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import DAILY, GENERAL, Clock, error, texts, web_client


async def _posts(side: SlackSide, count: int, channel: str = DAILY) -> list[str]:
    client = web_client(side)
    return [
        await error(client.chat_postMessage(channel=channel, text=str(each)))
        for each in range(count)
    ]


async def test_a_burst_in_a_channel_is_refused_after_a_few(still: SlackSide) -> None:
    few = int(POST_IN_CHANNEL.burst)
    assert await _posts(still, few + 2) == [""] * few + ["ratelimited"] * 2
    assert still.state()["limited"] == {"chat.postMessage": 2}
    assert await _posts(still, 1, GENERAL) == [""]


async def test_who_waits_as_long_as_told_is_not_refused_again(
    still: SlackSide, clock: Clock
) -> None:
    await _posts(still, int(POST_IN_CHANNEL.burst))
    for _ in range(20):
        try:
            await web_client(still).chat_postMessage(channel=DAILY, text="Next")
        except SlackApiError as refused:
            response: Any = refused.response
            assert response.status_code == 429
            clock.now += int(response.headers["Retry-After"])
            assert await _posts(still, 1) == [""]


async def test_one_message_a_second_is_never_refused(still: SlackSide, clock: Clock) -> None:
    for each in range(30):
        clock.now += 1.0
        assert await _posts(still, 1) == [""], each
    assert len(texts(still)) == 30


async def test_a_refused_call_costs_nothing(still: SlackSide, clock: Clock) -> None:
    await _posts(still, int(POST_IN_CHANNEL.burst) + 50)
    clock.now += 1.0
    assert await _posts(still, 1) == [""]


async def test_each_method_has_the_rate_of_its_tier(still: SlackSide, clock: Clock) -> None:
    client = web_client(still)
    codes = [await error(client.conversations_history(channel=DAILY)) for _ in range(51)]
    assert codes == [""] * 50 + ["ratelimited"]
    assert await error(client.conversations_replies(channel=DAILY, ts="")) == "thread_not_found"
    clock.now += 60 / 50
    assert not await error(client.conversations_history(channel=DAILY))


async def test_refused_calls_are_in_the_journal(still: SlackSide) -> None:
    await _posts(still, int(POST_IN_CHANNEL.burst) + 1)
    statuses = [call.status for call in still.journal.to("/slack/api/chat.postMessage")]
    assert statuses[-1] == 429
    assert statuses.count(429) == 1


async def test_without_limits_nothing_is_refused(side: SlackSide) -> None:
    assert set(await _posts(side, 20)) == {""}
