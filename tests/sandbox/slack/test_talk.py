"""What people do with what was said in threads, and how the app hears of it and reads it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.side import Signing, Unlikely
from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import DAILY, Bot, Clock, error, messages, web_client


def _listen(bot: Bot) -> list[Any]:
    heard: list[Any] = []

    async def hear(event: dict[str, Any]) -> None:
        heard.append(event)

    for kind in ("message", "reaction_added", "reaction_removed"):
        bot.app.event(kind)(hear)
    return heard


async def _said(side: SlackSide, client: AsyncWebClient) -> tuple[str, str]:
    """A card of the bot's, and what alice says under it."""
    card = str((await client.chat_postMessage(channel=DAILY, text="Card"))["ts"])
    return card, str((await side.say(DAILY, "alice", "Frist", card))["message"])


async def test_the_app_hears_of_edits_deletions_and_reactions(
    bot: Bot, side: SlackSide, client: AsyncWebClient
) -> None:
    heard = _listen(bot)
    card, reply = await _said(side, client)
    await side.edit(DAILY, reply, "alice", "First <b>")
    signing = Signing(DAILY, reply, "bob", "tada")
    await side.react(signing)
    await side.react(signing)
    await side.react(replace(signing, away=True))
    await side.delete(DAILY, reply, "alice")
    await side.slack.delivery.settle()
    kinds = [str(each.get("subtype") or each["type"]) for each in heard if not each.get("bot_id")]
    assert sorted(kinds) == [
        "message", "message_changed", "message_deleted", "reaction_added", "reaction_removed",
    ]  # fmt: skip
    changed = next(each for each in heard if each.get("subtype") == "message_changed")
    assert changed["message"]["text"] == "First &lt;b&gt;"
    assert changed["message"]["thread_ts"] == card
    added = next(each for each in heard if each["type"] == "reaction_added")
    assert added["item"] == {"type": "message", "channel": DAILY, "ts": reply}
    assert added["user"] == "U0BOB00001"


async def test_without_the_scope_no_reaction_is_told(
    bot: Bot, side: SlackSide, client: AsyncWebClient
) -> None:
    heard = _listen(bot)
    _, reply = await _said(side, client)
    scopes = tuple(each for each in side.workspace.app.scopes if each != "reactions:read")
    side.workspace.app = replace(side.workspace.app, scopes=scopes)
    await side.react(Signing(DAILY, reply, "bob", "tada"))
    await side.slack.delivery.settle()
    assert [each for each in heard if each["type"] == "reaction_added"] == []


async def test_in_a_private_channel_the_event_is_another(
    bot: Bot, side: SlackSide, client: AsyncWebClient
) -> None:
    side.workspace.channels[DAILY].private = True
    heard = _listen(bot)
    await _said(side, client)
    await side.slack.delivery.settle()
    assert {each["channel_type"] for each in heard} == {"group"}


async def test_reactions_are_read_back_with_the_thread(
    side: SlackSide, client: AsyncWebClient
) -> None:
    card, reply = await _said(side, client)
    for person in ("alice", "bob"):
        await side.react(Signing(DAILY, reply, person, "tada"))
    told = (await client.conversations_replies(channel=DAILY, ts=card))["messages"]
    people = ["U0ALICE001", "U0BOB00001"]
    assert told[1]["reactions"] == [{"name": "tada", "users": people, "count": 2}]
    assert "reactions" not in told[0]
    shown = messages(side)[0]["thread"]["messages"][0]
    assert shown["reactions"] == [{"name": "tada", "count": 2}]


async def test_nobody_changes_what_others_said_or_uses_unknown_signs(
    side: SlackSide, client: AsyncWebClient
) -> None:
    card, reply = await _said(side, client)
    with pytest.raises(Unlikely, match="did not say"):
        await side.edit(DAILY, reply, "bob", "Mine")
    with pytest.raises(Unlikely, match="did not say"):
        await side.delete(DAILY, card, "alice")
    with pytest.raises(Unlikely, match="no emoji"):
        await side.react(Signing(DAILY, reply, "bob", "🎉"))


async def test_a_page_of_a_thread_goes_on_where_it_was_though_messages_went(
    side: SlackSide, client: AsyncWebClient
) -> None:
    card, first = await _said(side, client)
    others = [str((await side.say(DAILY, "bob", str(n), card))["message"]) for n in range(4)]
    page = await client.conversations_replies(channel=DAILY, ts=card, limit=3)
    await side.delete(DAILY, first, "alice")
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel=DAILY, ts=card, limit=9, cursor=cursor)
    assert [each["ts"] for each in rest["messages"]] == others[1:]


async def test_an_app_that_many_install_reads_fifteen_messages_a_minute(
    still: SlackSide, clock: Clock
) -> None:
    client = web_client(still)
    card, _ = await _said(still, client)
    for number in range(20):
        await still.say(DAILY, "bob", str(number), card)
    still.slack.distributed = True
    page = await client.conversations_replies(channel=DAILY, ts=card, limit=100)
    assert len(page["messages"]) == 15
    assert await error(client.conversations_replies(channel=DAILY, ts=card)) == "ratelimited"
    assert await error(client.conversations_history(channel=DAILY)) == ""
    clock.now += 60
    assert await error(client.conversations_replies(channel=DAILY, ts=card)) == ""
