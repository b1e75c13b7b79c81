"""What the bot and the people do with each other, over the real SDK and real sockets."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.side import Json, Pressing
from bot.sandbox.slack.side import SlackSide

DAILY = "C0DAILY01"
BUTTON = {
    "type": "actions",
    "block_id": "more",
    "elements": [
        {
            "type": "button",
            "action_id": "open",
            "value": "section-2",
            "text": {"type": "plain_text", "text": "What's next?"},
        }
    ],
}


def messages(side: SlackSide, channel: str = DAILY) -> list[Any]:
    channels: Any = side.state()["channels"]
    return next(each["messages"] for each in channels if each["id"] == channel)


async def test_a_post_appears_in_its_channel(side: SlackSide, client: AsyncWebClient) -> None:
    assert (await client.auth_test())["user"] == "briefing"
    posted = await client.chat_postMessage(channel=DAILY, text="Good morning")
    assert [each["id"] for each in messages(side)] == [posted["ts"]]
    assert messages(side)[0]["body"]["text"] == "Good morning"


async def test_a_command_is_answered_to_the_asker_alone(bot: Any) -> None:
    heard: list[Json] = []

    @bot.app.command("/briefing")
    async def answer(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        heard.append(body)
        await respond(text="Chery Summit")

    assert await bot.side.command("daily-briefing", "alice", "/briefing chery  summit") == {
        "ok": True
    }
    await bot.side.until(lambda: bool(messages(bot.side)))
    shown = messages(bot.side)[0]
    assert heard[0]["text"] == "chery  summit"
    assert shown["only_for"] == "U0ALICE001"
    assert shown["command"] == {
        "name": "briefing",
        "text": "chery  summit",
        "person": "U0ALICE001",
    }


async def test_an_acknowledgement_may_carry_the_answer(bot: Any) -> None:
    @bot.app.command("/briefing")
    async def answer(ack: Any) -> None:
        await ack(text="Here it is", response_type="in_channel")

    outcome = await bot.side.command(DAILY, "bob", "/briefing")
    shown = messages(bot.side)[0]
    assert outcome == {"ok": True, "message": shown["id"]}
    assert shown["only_for"] is None


async def test_a_pressed_button_reaches_the_bot_with_all_that_it_needs(bot: Any) -> None:
    heard: list[Any] = []

    @bot.app.action("open")
    async def pressed(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        heard.append(body)
        await respond(text="Replaced", replace_original=True)

    posted = await bot.client.chat_postMessage(channel=DAILY, text="Card", blocks=[BUTTON])
    outcome = await bot.side.press(Pressing(DAILY, posted["ts"], "open", "alice"))
    await bot.side.until(lambda: messages(bot.side)[0]["body"]["text"] == "Replaced")
    body = heard[0]
    assert outcome == {"ok": True}
    assert body["actions"][0]["value"] == "section-2"
    assert body["actions"][0]["block_id"] == "more"
    assert body["container"]["message_ts"] == body["message"]["ts"] == posted["ts"]
    assert body["user"]["id"] == "U0ALICE001"
    assert not bot.side.slack.complaints


async def test_who_mentions_the_bot_speaks_to_it(bot: Any) -> None:
    heard: list[Any] = []

    @bot.app.event("app_mention")
    async def mentioned(event: Any, say: Any) -> None:
        heard.append(event)
        await say(text="Hello", thread_ts=event["ts"])

    said = await bot.side.say(DAILY, "alice", "@briefing chery <!channel>")
    await bot.side.until(lambda: messages(bot.side)[0]["thread"] is not None)
    assert heard[0]["text"] == "<@U0BRIEFBOT> chery &lt;!channel&gt;"
    assert heard[0]["ts"] == said["message"]
    assert messages(bot.side)[0]["thread"]["messages"][0]["body"]["text"] == "Hello"


async def test_a_wrong_token_is_refused(side: SlackSide) -> None:
    for token, error in (("", "not_authed"), ("xoxb-1", "invalid_auth")):
        client = AsyncWebClient(token, side.settings()["SLACK_API_URL"], retry_handlers=[])
        try:
            await client.auth_test()
        except SlackApiError as refused:
            assert refused.response["error"] == error
        else:
            raise AssertionError(error)
