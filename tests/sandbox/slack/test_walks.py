"""What the bot and the people do with each other, over the real SDK and real sockets."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.side import Pressing, Unlikely
from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import ALICE, DAILY, Bot, button, messages, texts


async def test_a_command_is_answered_to_the_asker_alone(bot: Bot) -> None:
    heard: list[Any] = []

    async def answer(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        heard.append(body)
        await respond(text="Chery Summit")

    bot.app.command("/briefing")(answer)
    outcome = await bot.side.command("daily-briefing", "alice", "/briefing chery  summit")
    await bot.side.until(lambda: bool(messages(bot.side)))
    shown = messages(bot.side)[0]
    assert outcome == {"ok": True}
    assert heard[0]["text"] == "chery  summit"
    assert heard[0]["channel_name"] == "daily-briefing"
    assert shown["only_for"] == ALICE
    assert shown["command"] == {"name": "briefing", "text": "chery  summit", "person": ALICE}


async def test_an_acknowledgement_may_carry_the_answer(bot: Bot) -> None:
    async def answer(ack: Any) -> None:
        await ack(text="Here it is", response_type="in_channel")

    bot.app.command("/briefing")(answer)
    outcome = await bot.side.command(DAILY, "bob", "/briefing")
    shown = messages(bot.side)[0]
    assert outcome == {"ok": True, "message": shown["id"]}
    assert shown["only_for"] is None


async def test_an_answer_that_slack_refuses_is_shown_as_a_failure(bot: Bot) -> None:
    async def answer(ack: Any) -> None:
        await ack(blocks=[{"type": "nonsense"}])

    bot.app.command("/briefing")(answer)
    outcome = await bot.side.command(DAILY, "bob", "/briefing")
    assert outcome["error"] == "invalid_blocks"
    assert texts(bot.side) == ['/briefing failed with the error "invalid_blocks"']


async def test_an_unknown_command_never_reaches_the_bot(bot: Bot) -> None:
    outcome = await bot.side.command(DAILY, "alice", "/nonsense")
    assert outcome["error"] == "not_a_command"
    assert messages(bot.side)[0]["author"]["name"] == "Slackbot"
    assert messages(bot.side)[0]["only_for"] == ALICE


async def test_a_command_in_a_thread_is_rejected(bot: Bot) -> None:
    said = await bot.side.say(DAILY, "alice", "Good morning")
    outcome = await bot.side.say(DAILY, "alice", "/briefing chery", str(said["message"]))
    assert outcome["shown"] == "/briefing is not supported in threads. Sorry!"


async def test_a_pressed_button_reaches_the_bot_with_all_that_it_needs(bot: Bot) -> None:
    heard: list[Any] = []

    async def pressed(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        heard.append(body)
        await respond(text="Replaced", replace_original=True)

    bot.app.action("open")(pressed)
    posted = await bot.client.chat_postMessage(channel=DAILY, text="Card", blocks=[button()])
    outcome = await bot.side.press(Pressing(DAILY, posted["ts"], "open", "alice"))
    await bot.side.until(lambda: texts(bot.side) == ["Replaced"])
    body = heard[0]
    assert outcome == {"ok": True}
    assert body["actions"][0]["value"] == "section-2"
    assert body["actions"][0]["block_id"] == "block-open"
    assert body["container"]["message_ts"] == body["message"]["ts"] == posted["ts"]
    assert body["message"]["blocks"][0]["elements"][0]["action_id"] == "open"
    assert body["user"]["id"] == ALICE
    assert body["channel"] == {"id": DAILY, "name": "daily-briefing"}
    assert not bot.side.slack.complaints


async def test_a_menu_gives_the_option_that_was_picked(bot: Bot) -> None:
    heard: list[Any] = []

    async def picked(ack: Any, action: Any) -> None:
        await ack()
        heard.append(action)

    def option(value: str) -> Any:
        return {"text": {"type": "plain_text", "text": value.title()}, "value": value}

    menu = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}
    block = {"type": "actions", "elements": [menu]}
    bot.app.action("pick")(picked)
    posted = await bot.client.chat_postMessage(channel=DAILY, text="Results", blocks=[block])
    pressing = Pressing(DAILY, posted["ts"], "pick", "alice", ("b",))
    assert await bot.side.press(pressing) == {"ok": True}
    assert heard[0]["selected_option"]["value"] == "b"
    with pytest.raises(Unlikely, match="no c in this menu"):
        await bot.side.press(Pressing(DAILY, posted["ts"], "pick", "alice", ("c",)))
    with pytest.raises(Unlikely, match="exactly one"):
        await bot.side.press(Pressing(DAILY, posted["ts"], "pick", "alice"))


async def test_nobody_presses_what_they_do_not_see(bot: Bot) -> None:
    posted = await bot.client.chat_postMessage(channel=DAILY, text="Card", blocks=[button()])
    whispered = await bot.client.chat_postEphemeral(
        channel=DAILY, user=ALICE, text="Psst", blocks=[button()]
    )
    for channel, message, action, person in (
        (DAILY, posted["ts"], "share", "alice"),
        (DAILY, "1.2", "open", "alice"),
        (DAILY, whispered["message_ts"], "open", "bob"),
        ("nowhere", posted["ts"], "open", "alice"),
        (DAILY, posted["ts"], "open", "carol"),
    ):
        with pytest.raises(Unlikely):
            await bot.side.press(Pressing(channel, message, action, person))


async def test_a_press_on_an_ephemeral_message_carries_no_message(bot: Bot) -> None:
    heard: list[Any] = []

    async def pressed(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        heard.append(body)
        await respond(delete_original=True)

    bot.app.action("open")(pressed)
    whispered = await bot.client.chat_postEphemeral(
        channel=DAILY, user=ALICE, text="Psst", blocks=[button()]
    )
    await bot.side.press(Pressing(DAILY, whispered["message_ts"], "block-open/open", "alice"))
    await bot.side.until(lambda: not messages(bot.side))
    assert heard[0]["container"]["is_ephemeral"] is True
    assert "message" not in heard[0]


async def test_who_mentions_the_bot_speaks_to_it(bot: Bot) -> None:
    heard: list[Any] = []

    async def mentioned(event: Any, say: Any) -> None:
        heard.append(event)
        await say(text="Hello", thread_ts=event["ts"])

    bot.app.event("app_mention")(mentioned)
    said = await bot.side.command(DAILY, "alice", "@briefing chery <!channel>")
    await bot.side.until(lambda: messages(bot.side)[0]["thread"] is not None)
    assert heard[0]["text"] == "<@U0BRIEFBOT> chery &lt;!channel&gt;"
    assert heard[0]["ts"] == said["message"]
    assert messages(bot.side)[0]["thread"]["messages"][0]["body"]["text"] == "Hello"


async def test_the_bot_hears_what_is_said_in_its_channels(bot: Bot) -> None:
    heard: list[Any] = []

    async def said(event: Any) -> None:
        heard.append(event)

    bot.app.event("message")(said)
    first = await bot.side.say(DAILY, "alice", "Good morning")
    await bot.side.say(DAILY, "bob", "Morning", str(first["message"]))
    await bot.side.slack.delivery.settle()
    assert [each["text"] for each in heard] == ["Good morning", "Morning"]
    assert heard[1]["thread_ts"] == first["message"]
    bot.side.workspace.channels[DAILY].members.discard("U0BRIEFBOT")
    await bot.side.say(DAILY, "alice", "Alone at last")
    await bot.side.slack.delivery.settle()
    assert len(heard) == 2


async def test_a_modal_is_opened_filled_in_and_submitted(bot: Bot) -> None:
    heard: list[Any] = []
    written = {"type": "plain_text_input", "action_id": "words"}
    label = {"type": "plain_text", "text": "Title"}
    view = {
        "type": "modal",
        "callback_id": "write",
        "title": {"type": "plain_text", "text": "New briefing"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [{"type": "input", "block_id": "title", "label": label, "element": written}],
    }

    async def opened(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def submitted(ack: Any, body: Any) -> None:
        heard.append(body["view"]["state"]["values"])
        refused = heard[-1]["title"]["words"]["value"] == ""
        if refused:
            await ack(response_action="errors", errors={"title": "Give it a title."})
        else:
            await ack()

    bot.app.command("/briefings")(opened)
    bot.app.view("write")(submitted)
    await bot.side.command(DAILY, "alice", "/briefings new")
    await bot.side.until(lambda: bool(bot.side.slack.views.open))
    (view_id,) = bot.side.slack.views.open
    alice = bot.side.workspace.person("alice")

    def filled(text: str) -> Any:
        return {"title": {"words": {"type": "plain_text_input", "value": text}}}

    with pytest.raises(Unlikely):
        await bot.side.modals.submit(bot.side.workspace.person("bob"), view_id, filled("Mine"))
    outcome = await bot.side.modals.submit(alice, view_id, filled(""))
    assert outcome == {"ok": False, "errors": {"title": "Give it a title."}}
    assert await bot.side.modals.submit(alice, view_id, filled("Chery")) == {"ok": True}
    assert not bot.side.slack.views.open
    with pytest.raises(Unlikely):
        await bot.side.modals.submit(alice, view_id, filled("Chery"))


async def test_the_home_tab_is_shown_to_who_opens_it(bot: Bot) -> None:
    async def opened(event: Any, client: Any) -> None:
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        await client.views_publish(user_id=event["user"], view=view)

    bot.app.event("app_home_opened")(opened)
    bot.side.modals.open_home(bot.side.workspace.person("alice"))
    await bot.side.until(lambda: ALICE in bot.side.slack.views.homes)
    views: Any = bot.side.state()["views"]
    assert views[0]["person"] == ALICE


async def test_the_state_names_everything_that_the_page_draws(side: SlackSide) -> None:
    state: Any = side.state()
    assert state["online"] is False
    assert state["me"] == {"id": "U0BRIEFBOT", "name": "briefing"}
    assert [each["name"] for each in state["people"]] == ["alice", "bob"]
    assert [each["name"] for each in state["channels"]] == ["daily-briefing", "general"]
    assert [each["name"] for each in state["commands"]] == ["briefing", "briefings"]


async def test_typing_a_slash_shows_the_commands(side: SlackSide) -> None:
    names = [each["name"] for each in await side.complete(DAILY, "alice", "/brief")]
    assert names == ["/briefing", "/briefings"]
    assert not await side.complete(DAILY, "alice", "/briefing chery")
