"""Response URLs and trigger ids: what they allow, how often, until when."""

from __future__ import annotations

from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.triggers import Triggers
from tests.sandbox.slack.served import (
    ALICE,
    DAILY,
    Clock,
    button,
    error,
    messages,
    texts,
    web_client,
)


def _url(side: SlackSide, ts: str | None = None) -> AsyncWebhookClient:
    message = side.workspace.channels[DAILY].messages[ts] if ts else None
    secret, _ = side.slack.responses.open(DAILY, ALICE, message)
    url = f"{side.slack.origin}/slack/response_url/{secret}"
    return AsyncWebhookClient(url, retry_handlers=[])


async def test_five_answers_are_taken_and_no_sixth(side: SlackSide) -> None:
    webhook = _url(side)
    codes = [(await webhook.send(text=str(each))).status_code for each in range(6)]
    assert codes == [200] * 5 + [404]
    assert len(messages(side)) == 5


async def test_a_response_url_works_for_half_an_hour(still: SlackSide, clock: Clock) -> None:
    webhook = _url(still)
    clock.now += 30 * 60
    assert (await webhook.send(text="Just in time")).body == "ok"
    clock.now += 0.1
    late = await webhook.send(text="Too late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_answers_are_private_unless_they_say_otherwise(side: SlackSide) -> None:
    webhook = _url(side)
    await webhook.send(text="Psst")
    await webhook.send(text="Listen", response_type="in_channel")
    assert [each["only_for"] for each in messages(side)] == [ALICE, None]


async def test_an_answer_can_replace_or_remove_what_was_pressed(side: SlackSide) -> None:
    client = web_client(side)
    posted = await client.chat_postMessage(channel=DAILY, text="Card", blocks=[button()])
    webhook = _url(side, posted["ts"])
    await webhook.send(text="Beside")
    await webhook.send(text="Instead", replace_original=True)
    assert texts(side) == ["Instead", "Beside"]
    await webhook.send(delete_original=True)
    assert texts(side) == ["Beside"]
    gone = await webhook.send(text="Again", replace_original=True)
    assert "message_not_found" in gone.body


async def test_a_private_message_stays_private_when_it_is_replaced(side: SlackSide) -> None:
    whisper = await web_client(side).chat_postEphemeral(channel=DAILY, user=ALICE, text="Psst")
    webhook = _url(side, whisper["message_ts"])
    await webhook.send(text="Shared", replace_original=True, response_type="in_channel")
    assert messages(side)[0]["only_for"] == ALICE
    assert side.state()["complaints"]


async def test_an_answer_can_go_into_a_thread(side: SlackSide) -> None:
    posted = await web_client(side).chat_postMessage(channel=DAILY, text="Card")
    webhook = _url(side)
    sent: dict[str, Any] = {"text": "Under", "thread_ts": posted["ts"]}
    await webhook.send_dict(sent | {"response_type": "in_channel"})
    assert texts(side) == ["Card"]
    assert messages(side)[0]["thread"]["messages"][0]["body"]["text"] == "Under"
    assert "thread_not_found" in (await webhook.send_dict(sent | {"thread_ts": "1.2"})).body


async def test_wrong_answers_are_refused_as_posts_are(side: SlackSide) -> None:
    webhook = _url(side)
    refused = await webhook.send(text="x", blocks=[{"type": "nonsense"}])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (400, True)
    assert "no_text" in (await webhook.send()).body


async def test_a_trigger_opens_one_view_within_three_seconds(
    still: SlackSide, clock: Clock
) -> None:
    client = web_client(still)
    still.slack.triggers = Triggers(clock)
    title = {"type": "plain_text", "text": "Hi"}
    view = {"type": "modal", "title": title, "blocks": [{"type": "divider"}]}
    trigger = still.slack.triggers.give(ALICE)
    opened = await client.views_open(trigger_id=trigger, view=view)
    again = client.views_open(trigger_id=trigger, view=view)
    assert await error(again) == "exchanged_trigger_id"
    late = still.slack.triggers.give(ALICE)
    clock.now += 3.1
    assert await error(client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"
    made_up = client.views_open(trigger_id="1.2.3", view=view)
    assert await error(made_up) == "invalid_trigger_id"
    stale = client.views_update(view_id=opened["view"]["id"], view=view, hash="1.old")
    assert await error(stale) == "hash_conflict"
    fresh = client.views_update(
        view_id=opened["view"]["id"], view=view, hash=opened["view"]["hash"]
    )
    assert not await error(fresh)
    assert await error(client.views_update(view_id="V1", view=view)) == "not_found"
