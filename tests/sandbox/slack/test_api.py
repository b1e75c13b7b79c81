"""The Web API: what it takes, what it refuses with which code, what it gives back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import (
    ALICE,
    DAILY,
    GENERAL,
    Clock,
    error,
    messages,
    section,
    texts,
    web_client,
)

MARK = {"event_type": "briefing_post", "event_payload": {"key": "sealed"}}


async def test_a_post_appears_in_its_channel(side: SlackSide, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DAILY, text="Good morning")
    assert [each["id"] for each in messages(side)] == [posted["ts"]]
    assert posted["message"]["bot_id"] == "B0BRIEFBOT"
    assert posted["message"]["app_id"] == "A0BRIEFAPP"


@pytest.mark.parametrize(
    ("token", "code"), [("", "not_authed"), ("xoxb-1", "invalid_auth"), ("xapp-1", "invalid_auth")]
)
async def test_a_wrong_token_is_refused(side: SlackSide, token: str, code: str) -> None:
    assert await error(web_client(side, token).auth_test()) == code


async def test_each_kind_of_token_opens_its_own_methods(side: SlackSide) -> None:
    app = side.workspace.app
    assert await error(web_client(side, app.app_token).auth_test()) == "not_allowed_token_type"
    opening = web_client(side).apps_connections_open(app_token=app.bot_token)
    assert await error(opening) == "not_allowed_token_type"
    assert not await error(web_client(side).apps_connections_open(app_token=app.app_token))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C0NOWHERE"}, "channel_not_found"),
        ({"channel": "daily-briefing"}, "channel_not_found"),
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"thread_ts": "1.000001"}, "thread_not_found"),
        ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"attachments": "{"}, "invalid_attachments"),
        ({"markdown_text": "**x**"}, "markdown_text_conflict"),
        ({"metadata": "{"}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
        ({"metadata": {"event_type": "", "event_payload": {}}}, "invalid_metadata_schema"),
        ({"metadata": {**MARK, "event_payload": {"x": "y" * 8000}}}, "metadata_too_large"),
    ],
)
async def test_a_post_that_slack_refuses_is_refused(
    side: SlackSide, client: AsyncWebClient, arguments: Any, code: str
) -> None:
    sent = {"channel": DAILY, "text": "Hello", **arguments}
    assert await error(client.api_call("chat.postMessage", json=sent)) == code
    assert not messages(side)


async def test_a_refusal_says_where_the_blocks_are_wrong(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=DAILY, text="Card", blocks=[section("x" * 3001)])
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_a_bot_posts_only_where_it_is_a_member(
    side: SlackSide, client: AsyncWebClient
) -> None:
    side.workspace.channels[GENERAL].members.clear()
    assert await error(client.chat_postMessage(channel=GENERAL, text="Hello")) == "not_in_channel"
    assert await error(client.conversations_history(channel=GENERAL)) == "not_in_channel"
    await client.conversations_join(channel=GENERAL)
    assert not await error(client.chat_postMessage(channel=GENERAL, text="Hello"))


async def test_an_archived_channel_takes_nothing(side: SlackSide, client: AsyncWebClient) -> None:
    side.workspace.channels[DAILY].archived = True
    assert await error(client.chat_postMessage(channel=DAILY, text="Hello")) == "is_archived"
    assert await error(client.conversations_join(channel=DAILY)) == "is_archived"
    listed = await client.conversations_list(exclude_archived=True)
    assert [each["id"] for each in listed["channels"]] == [GENERAL]


async def test_replies_stand_in_their_thread_alone(side: SlackSide, client: AsyncWebClient) -> None:
    root = await client.chat_postMessage(channel=DAILY, text="Card")
    reply = await client.chat_postMessage(channel=DAILY, text="Part", thread_ts=root["ts"])
    history = await client.conversations_history(channel=DAILY)
    thread = await client.conversations_replies(channel=DAILY, ts=root["ts"])
    assert [each["text"] for each in history["messages"]] == ["Card"]
    assert history["messages"][0]["reply_count"] == 1
    assert [each["text"] for each in thread["messages"]] == ["Card", "Part"]
    assert texts(side) == ["Card"]
    under = client.chat_postMessage(channel=DAILY, text="Deeper", thread_ts=reply["ts"])
    assert await error(under) == "cannot_reply_to_message"
    echoed = await client.chat_postMessage(
        channel=DAILY, text="Loud", thread_ts=root["ts"], reply_broadcast=True
    )
    assert echoed["message"]["subtype"] == "thread_broadcast"
    assert texts(side) == ["Card", "Loud"]


async def test_metadata_is_given_back_only_where_it_is_asked_for(client: AsyncWebClient) -> None:
    root = await client.chat_postMessage(channel=DAILY, text="Card", metadata=MARK)
    plain = await client.conversations_history(channel=DAILY)
    full = await client.conversations_history(channel=DAILY, include_all_metadata=True)
    replies = await client.conversations_replies(
        channel=DAILY, ts=root["ts"], include_all_metadata=True
    )
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == replies["messages"][0]["metadata"] == MARK


async def test_an_update_keeps_metadata_and_drops_blocks(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(
        channel=DAILY, text="Card", blocks=[section("Old")], metadata=MARK
    )
    updated = await client.chat_update(channel=DAILY, ts=posted["ts"], text="New")
    history = await client.conversations_history(channel=DAILY, include_all_metadata=True)
    assert updated["ts"] == posted["ts"]
    assert "blocks" not in updated["message"]
    assert history["messages"][0]["metadata"] == MARK
    assert "edited" in history["messages"][0]


async def test_only_the_bots_own_messages_can_be_changed(
    side: SlackSide, client: AsyncWebClient
) -> None:
    theirs = str((await side.say(DAILY, "alice", "Mine"))["message"])
    whisper = await client.chat_postEphemeral(channel=DAILY, user=ALICE, text="Psst")
    own = await client.chat_postMessage(channel=DAILY, text="Card")
    for ts, code in (
        (theirs, "cant_update_message"),
        (whisper["message_ts"], "message_not_found"),
        ("1.000001", "message_not_found"),
    ):
        assert await error(client.chat_update(channel=DAILY, ts=ts, text="New")) == code
    long = client.chat_update(channel=DAILY, ts=own["ts"], text="x" * 4001)
    assert await error(long) == "msg_too_long"
    assert await error(client.chat_delete(channel=DAILY, ts=theirs)) == "cant_delete_message"
    await client.chat_delete(channel=DAILY, ts=own["ts"])
    assert texts(side) == ["Mine", "Psst"]


async def test_an_ephemeral_message_is_for_one_member_and_not_in_history(
    side: SlackSide, client: AsyncWebClient
) -> None:
    stranger = client.chat_postEphemeral(channel=DAILY, user="U0STRANGER", text="Psst")
    assert await error(stranger) == "user_not_in_channel"
    await client.chat_postEphemeral(channel=DAILY, user=ALICE, text="Psst")
    assert messages(side)[0]["only_for"] == ALICE
    assert not (await client.conversations_history(channel=DAILY))["messages"]


async def test_history_comes_in_pages_between_two_moments(client: AsyncWebClient) -> None:
    stamps = [
        (await client.chat_postMessage(channel=DAILY, text=f"{each}"))["ts"] for each in range(5)
    ]
    seen = [
        [each["text"] for each in page["messages"]]
        async for page in await client.conversations_history(channel=DAILY, limit=2)
    ]
    assert seen == [["4", "3"], ["2", "1"], ["0"]]
    window = await client.conversations_history(channel=DAILY, oldest=stamps[1], latest=stamps[3])
    assert [each["text"] for each in window["messages"]] == ["2"]
    bounds = await client.conversations_history(
        channel=DAILY, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [each["text"] for each in bounds["messages"]] == ["3", "2", "1"]
    wrong = client.conversations_history(channel=DAILY, oldest="yesterday")
    assert await error(wrong) == "invalid_ts_oldest"
    assert await error(client.conversations_history(channel=DAILY, limit=1000)) == "invalid_limit"
    assert await error(client.conversations_history(channel=DAILY, cursor="?")) == "invalid_cursor"


async def test_history_lags_behind_where_it_is_told_to(still: SlackSide, clock: Clock) -> None:
    still.workspace.history_lag = 5
    client = web_client(still)
    await client.chat_postMessage(channel=DAILY, text="Card")
    assert not (await client.conversations_history(channel=DAILY))["messages"]
    clock.now += 5
    assert len((await client.conversations_history(channel=DAILY))["messages"]) == 1


async def test_stamps_never_repeat_on_a_clock_that_stands(still: SlackSide) -> None:
    said = [(await still.say(DAILY, "alice", "Hello"))["message"] for _ in range(50)]
    assert len(set(said)) == 50
    assert sorted(said, key=str) == said


async def test_everybody_and_everything_is_who_it_says(client: AsyncWebClient) -> None:
    assert (await client.auth_test())["bot_id"] == "B0BRIEFBOT"
    assert (await client.team_info())["team"]["name"] == "Sandbox"
    assert (await client.bots_info(bot="B0BRIEFBOT"))["bot"]["user_id"] == "U0BRIEFBOT"
    assert (await client.users_info(user=ALICE))["user"]["name"] == "alice"
    assert len((await client.users_list())["members"]) == 3
    assert len((await client.conversations_members(channel=DAILY))["members"]) == 3
    assert (await client.conversations_info(channel=DAILY))["channel"]["is_member"] is True
    assert await error(client.users_info(user="U0STRANGER")) == "user_not_found"
    assert await error(client.bots_info(bot="B1")) == "bot_not_found"
    assert await error(client.api_call("chat.sing")) == "unknown_method"


async def test_a_person_can_be_written_to_directly(side: SlackSide, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=ALICE)
    await client.chat_postMessage(channel=ALICE, text="Hello Alice")
    assert texts(side, opened["channel"]["id"]) == ["Hello Alice"]


async def test_a_permalink_leads_into_the_thread(client: AsyncWebClient) -> None:
    root = await client.chat_postMessage(channel=DAILY, text="Card")
    reply = await client.chat_postMessage(channel=DAILY, text="Part", thread_ts=root["ts"])
    link = await client.chat_getPermalink(channel=DAILY, message_ts=reply["ts"])
    digits = reply["ts"].replace(".", "")
    assert link["permalink"].startswith(f"https://sandbox.slack.com/archives/{DAILY}/p{digits}")
    assert f"thread_ts={root['ts']}" in link["permalink"]


async def test_forms_and_json_are_read_alike(side: SlackSide) -> None:
    url = side.settings()["SLACK_API_URL"] + "chat.postMessage"
    token = side.workspace.app.bot_token
    form = {"token": token, "channel": DAILY, "text": "Form", "blocks": '[{"type": "divider"}]'}
    async with ClientSession() as session, session.post(url, data=form) as answer:
        assert (await answer.json())["ok"] is True
    async with ClientSession() as session:
        headers = {"Content-Type": "application/json"}
        async with session.post(url, data="{", headers=headers) as answer:
            assert (await answer.json())["error"] == "invalid_json"
    assert token not in str(side.journal.as_json())


async def test_the_journal_tells_every_call_and_no_secret(
    side: SlackSide, client: AsyncWebClient
) -> None:
    app = side.workspace.app
    await client.chat_postMessage(channel=DAILY, text="Card")
    await client.api_call("auth.test", params={"token": app.bot_token})
    await client.apps_connections_open(app_token=app.app_token)
    told = str(side.journal.as_json())
    assert [call.path.rpartition("/")[2] for call in side.journal.calls] == [
        "chat.postMessage",
        "auth.test",
        "apps.connections.open",
    ]
    for secret in (app.bot_token, app.app_token, app.signing_secret, "ticket="):
        assert secret not in told


async def test_a_missing_scope_is_named_and_every_answer_tells_those_there_are(
    side: SlackSide, client: AsyncWebClient
) -> None:
    side.workspace.app = replace(side.workspace.app, scopes=("chat:write", "commands"))
    assert (await client.auth_test()).headers["x-oauth-scopes"] == "chat:write,commands"
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_info(channel="C0DAILY01")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "channels:read"
    assert caught.value.response.headers["x-oauth-scopes"] == "chat:write,commands"
