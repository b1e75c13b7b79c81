"""What people see and do on the sandbox's page."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.server import PAGE
from bot.sandbox.side import Json
from bot.web import FILES
from tests.page.payloads import (
    DISCORD_CARD,
    DISCORD_EMBED,
    DISCORD_PART,
    SLACK_CARD,
    SLACK_PART,
)
from tests.page.stage import ALICE, BOB, Stage, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ASKED: Json = {"name": "briefing", "text": "chery", "person": "1001"}


async def test_typing_a_command_on_slack_shows_its_answer(page: Page, slack: Stage) -> None:
    await page.goto("/")
    box = page.get_by_label("Slack").get_by_role("combobox", name="Message #daily-briefing")
    await box.fill("/briefing chery")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await slack.did(1) == [("command", "C1", "1001", "/briefing chery")]
    slack.show(message("1", SLACK_CARD, only_for="1001", command=ASKED))
    answer = page.locator(".slack article")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("alice used /briefing chery")
    await expect(answer.get_by_role("heading")).to_have_text(
        "The 2025 Chery International User Summit"
    )
    await answer.get_by_role("button", name="Dismiss").click()
    await expect(page.locator(".slack article")).to_have_count(0)


async def test_a_half_typed_command_on_discord_is_completed(page: Page, discord: Stage) -> None:
    discord.choices = [
        {"name": "The Chery Summit", "value": "chery-summit"},
        {"name": "Cheese", "value": "cheese"},
    ]
    await page.goto("/#discord")
    box = page.locator(".discord .channel").get_by_role("combobox")
    await box.fill("/briefing che")
    await page.get_by_role("option", name="Cheese").click()
    await expect(box).to_have_value("/briefing Cheese")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert ("complete", "C1", "1001", "/briefing che") in discord.done
    assert await discord.did(1) == [("command", "C1", "1001", "/briefing cheese")]


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_plain_text_is_said(page: Page, platform: str, slack: Stage, discord: Stage) -> None:
    stage = slack if platform == "slack" else discord
    await page.goto(f"/#{platform}")
    box = page.locator(f".{platform} .channel").get_by_role("combobox")
    await box.fill("@briefing chery")
    await page.locator(f".{platform} .channel").get_by_role("button", name="Send").click()
    await expect(box).to_have_value("")
    assert await stage.did(1) == [("say", "C1", "1001", "@briefing chery", None)]


@pytest.mark.parametrize(("platform", "card"), [("slack", SLACK_CARD), ("discord", DISCORD_CARD)])
async def test_a_press_reaches_the_platform_and_holds_the_buttons_meanwhile(
    page: Page, platform: str, card: Json, slack: Stage, discord: Stage
) -> None:
    stage = slack if platform == "slack" else discord
    stage.show(message("1", card))
    await page.goto(f"/#{platform}")
    stage.answering.clear()
    pressed = page.get_by_role("button", name="Discuss")
    other = page.get_by_role("button", name="What's Next?")
    await pressed.click()
    await expect(pressed).to_have_attribute("aria-busy", "true")
    await expect(pressed).to_be_focused()
    await expect(other).to_be_disabled()
    await other.click(force=True)
    stage.answering.set()
    await expect(pressed).to_be_enabled()
    assert await stage.did(1) == [("press", "C1", "1", "discuss", "1001", [])]


@pytest.mark.parametrize(("platform", "card"), [("slack", SLACK_CARD), ("discord", DISCORD_CARD)])
async def test_a_pick_from_a_menu_reaches_the_platform(
    page: Page, platform: str, card: Json, slack: Stage, discord: Stage
) -> None:
    stage = slack if platform == "slack" else discord
    stage.show(message("1", card))
    await page.goto(f"/#{platform}")
    await page.get_by_role("button", name="Open a section").click()
    await page.get_by_role("option", name="Why It's Important?").click()
    await expect(page.get_by_role("button", name="Open a section")).to_be_focused()
    assert await stage.did(1) == [("press", "C1", "1", "section", "1001", ["1"])]


async def test_a_slack_thread_opens_and_takes_answers(page: Page, slack: Stage) -> None:
    said = message("1b", {"text": "Let us go there."}, author=BOB)
    slack.show(message("1", SLACK_CARD, replies=[message("1a", SLACK_PART), said]))
    await page.goto("/#slack")
    await page.get_by_role("button", name="2 replies").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article")).to_have_count(3)
    await expect(thread).to_contain_text("Let us go there.")
    box = thread.get_by_role("combobox", name="Reply…")
    await expect(box).to_be_focused()
    await box.fill("Me too")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await slack.did(1) == [("say", "C1", "1001", "Me too", "thread-1")]
    await box.fill("/briefing chery")
    await box.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("no slash commands in threads")
    assert len(slack.done) == 1
    await thread.get_by_role("button", name="Close thread").click()
    await expect(thread).to_be_hidden()


async def test_a_discord_thread_opens_under_its_message(page: Page, discord: Stage) -> None:
    part = message("1a", DISCORD_PART)
    discord.show(message("1", DISCORD_CARD, replies=[part]))
    await page.goto("/#discord")
    chip = page.get_by_role("button", name="Chery User Summit")
    await expect(chip).to_contain_text("1 Message")
    await expect(chip).to_contain_text("Why It's Important?")
    await chip.click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("button", name="Report").click()
    box = thread.get_by_role("combobox", name="Message Chery User Summit")
    await box.fill("/briefing chery")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await discord.did(2) == [
        ("press", "thread-1", "1a", "report", "1001", []),
        ("command", "thread-1", "1001", "/briefing chery"),
    ]


async def test_only_the_person_asked_for_sees_an_answer(page: Page, discord: Stage) -> None:
    discord.show(message("1", DISCORD_EMBED, only_for="1001", command=ASKED))
    await page.goto("/#discord")
    await expect(page.locator(".discord article")).to_contain_text("Only you can see this")
    await page.get_by_label("You are on Discord").select_option("bob")
    await expect(page.locator(".discord article")).to_have_count(0)


async def test_a_deferred_answer_thinks_until_it_is_there(page: Page, discord: Stage) -> None:
    discord.show(message("1", {}, pending=True, command=ASKED))
    await page.goto("/#discord")
    await expect(page.locator(".discord article")).to_contain_text("briefing is thinking…")
    discord.show(message("1", DISCORD_EMBED, command=ASKED))
    await expect(page.locator(".discord article")).to_contain_text("zero-carbon")
    await expect(page.locator(".discord article")).not_to_contain_text("thinking")


async def test_a_refusal_is_shown_and_the_words_are_kept(page: Page, slack: Stage) -> None:
    slack.refusal = "alice may not write in this channel."
    await page.goto("/#slack")
    box = page.locator(".slack .channel").get_by_role("combobox")
    await box.fill("hello")
    await box.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("alice may not write in this channel.")
    await expect(box).to_have_value("hello")


async def test_a_bot_that_is_away_is_said_to_be(page: Page, slack: Stage) -> None:
    slack.online = False
    await page.goto("/#slack")
    await expect(page.get_by_text("bot offline")).to_be_visible()
    await expect(page.get_by_role("img", name="offline")).to_be_visible()
    slack.online = True
    slack.tell()
    await expect(page.get_by_text("bot offline")).to_be_hidden()


async def test_news_in_another_channel_is_marked(page: Page, slack: Stage) -> None:
    await page.goto("/#slack")
    general = page.locator(".slack").get_by_role("button", name="general")
    await expect(general).not_to_contain_text("unread")
    slack.general = [message("9", {"text": "Lunch?"}, author=ALICE)]
    slack.tell()
    await expect(general).to_contain_text("unread")
    await general.click()
    await expect(page.locator(".slack article")).to_contain_text("Lunch?")
    await expect(general).not_to_contain_text("unread")


async def test_what_would_reach_somebody_is_marked(page: Page, slack: Stage) -> None:
    slack.show(message("1", SLACK_CARD), message("2", SLACK_PART, live=["pings !here"]))
    await page.goto("/#slack")
    await expect(page.get_by_role("img", name="Pings nobody")).to_have_count(1)
    await expect(page.get_by_role("img", name="Live: pings !here")).to_have_count(1)


async def test_what_people_say_one_after_the_other_is_shown_as_they_said_it(
    page: Page, slack: Stage
) -> None:
    said = ("@briefing chery", "@briefing sqlite")
    live = ["pings @briefing"]
    slack.show(*(message(text, {"text": text}, author=ALICE, live=live) for text in said))
    await page.goto("/#slack")
    await expect(page.locator(".slack article .body")).to_have_text(list(said))


async def test_an_update_keeps_the_place_and_the_words_half_typed(page: Page, slack: Stage) -> None:
    slack.show(*(message(str(at), SLACK_CARD) for at in range(20)))
    await page.goto("/#slack")
    log = page.get_by_role("log", name="Messages on Slack")
    await expect(page.locator(".slack article")).to_have_count(20)
    assert await log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2
    box = page.locator(".slack .channel").get_by_role("combobox")
    await box.fill("half a tho")
    await log.evaluate("log => { log.scrollTop = 300 }")
    slack.show(message("5", SLACK_CARD, edited=True), message("20", SLACK_CARD))
    await expect(page.locator(".slack article")).to_have_count(21)
    assert await log.evaluate("log => log.scrollTop") == 300
    await expect(box).to_be_focused()
    await expect(box).to_have_value("half a tho")
    await page.get_by_role("button", name="New messages").click()
    assert await log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2


async def test_an_open_menu_stays_open_while_others_speak(page: Page, slack: Stage) -> None:
    slack.show(message("1", SLACK_CARD))
    await page.goto("/#slack")
    await page.get_by_role("button", name="Open a section").click()
    slack.show(message("2", {"text": "Hello"}, author=BOB))
    await expect(page.locator(".slack article")).to_have_count(2)
    await page.get_by_role("option", name="What's Next?").click()
    await expect(page.get_by_role("listbox", name="Open a section")).to_be_hidden()
    assert await slack.did(1) == [("press", "C1", "1", "section", "1001", ["2"])]


async def test_a_disabled_button_is_not_pressed(page: Page, discord: Stage) -> None:
    button: Json = {"type": 2, "style": 2, "label": "Gone", "custom_id": "x", "disabled": True}
    discord.show(message("1", {"components": [{"type": 1, "components": [button]}]}))
    await page.goto("/#discord")
    gone = page.get_by_role("button", name="Gone")
    await expect(gone).to_be_disabled()
    await gone.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="general").click()
    assert discord.done == []


async def test_whoever_presses_is_taken_to_the_answer(page: Page, slack: Stage) -> None:
    slack.show(*(message(str(at), SLACK_CARD) for at in range(20)))
    await page.goto("/#slack")
    first = page.locator(".slack article").first.get_by_role("button", name="Discuss")
    await first.click()
    slack.show(message("20", SLACK_PART, only_for="1001"))
    await expect(page.locator(".slack article.only")).to_be_in_viewport()


async def test_the_preloaded_modules_are_the_pages_modules() -> None:
    page = (PAGE / "index.html").read_text()
    for path, folder, started in (("page", PAGE, ["page.js"]), ("web", FILES, [])):
        preloaded = re.findall(rf'modulepreload" href="/{path}/(.*?)"', page)
        assert sorted([*preloaded, *started]) == sorted(each.name for each in folder.glob("*.js"))


async def test_both_platforms_stand_side_by_side(page: Page) -> None:
    await page.goto("/")
    await expect(page.get_by_role("region", name="Slack")).to_be_visible()
    await expect(page.get_by_role("region", name="Discord")).to_be_visible()
    await page.get_by_role("link", name="Slack").click()
    await expect(page.get_by_role("region", name="Discord")).to_be_hidden()


async def test_an_address_leads_to_a_channel(page: Page, slack: Stage) -> None:
    slack.general = [message("9", {"text": "Lunch?"}, author=ALICE)]
    await page.goto("/#slack/general")
    await expect(page.locator(".slack article")).to_contain_text("Lunch?")


async def test_a_phone_shows_one_platform_and_fits(page: Page, slack: Stage) -> None:
    slack.show(message("1", SLACK_CARD, replies=[message("1a", SLACK_PART)]))
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto("/")
    await expect(page.get_by_role("region", name="Slack")).to_be_visible()
    await expect(page.get_by_role("region", name="Discord")).to_be_hidden()
    await page.get_by_role("button", name="1 reply").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    wide = "document.scrollingElement.scrollWidth <= innerWidth"
    inside = "[...document.querySelectorAll('.log')].every(x => x.scrollWidth <= x.clientWidth)"
    assert await page.evaluate(wide)
    assert await page.evaluate(inside)
    await page.get_by_role("link", name="Discord").click()
    await expect(page.get_by_role("region", name="Discord")).to_be_visible()
    await expect(page.get_by_role("region", name="Slack")).to_be_hidden()


async def test_the_other_platform_opens_at_its_newest_message(page: Page, discord: Stage) -> None:
    discord.show(*(message(str(at), DISCORD_CARD) for at in range(9)))
    await page.goto("/#slack")
    await expect(page.locator(".discord article")).to_have_count(9)
    await page.get_by_role("link", name="Discord").click()
    await expect(page.locator(".discord article").last).to_be_in_viewport()


async def test_the_keyboard_alone_is_enough(page: Page, discord: Stage) -> None:
    discord.choices = [{"name": "The Chery Summit", "value": "chery"}]
    discord.show(message("1", DISCORD_CARD, replies=[message("1a", DISCORD_PART)]))
    await page.goto("/#discord")
    discuss = page.get_by_role("button", name="Discuss")
    await discuss.focus()
    await page.keyboard.press("Enter")
    await discord.did(1)
    await expect(discuss).to_be_enabled()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await discord.did(2)
    menu = page.get_by_role("button", name="Open a section")
    await expect(menu).to_be_enabled()
    await expect(menu).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("combobox")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="Chery User Summit")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="More actions")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.type("/brie")
    await page.keyboard.press("Tab")
    box = page.locator(".discord .channel").get_by_role("combobox")
    await expect(box).to_have_value("/briefing ")
    await expect(page.get_by_role("option", name="The Chery Summit")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await expect(box).to_have_attribute("aria-activedescendant", "discord-main-choices-0")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("")
    assert await discord.did(3) == [
        ("press", "C1", "1", "discuss", "1001", []),
        ("press", "C1", "1", "section", "1001", ["2"]),
        ("command", "C1", "1001", "/briefing chery"),
    ]


async def test_everything_to_press_has_a_name(page: Page, slack: Stage, discord: Stage) -> None:
    slack.show(message("1", SLACK_CARD, replies=[message("1a", SLACK_PART)]))
    discord.show(message("1", DISCORD_CARD, replies=[message("1a", DISCORD_PART)]))
    await page.goto("/")
    await expect(page.locator("article")).to_have_count(2)
    nameless = await page.evaluate(
        "[...document.querySelectorAll('button, a, input, select, [role=img]')]"
        ".filter(x => !(x.ariaLabel || x.labels?.length || x.textContent.trim()))"
        ".map(x => x.outerHTML)"
    )
    assert nameless == []


async def test_the_first_paint_comes_at_once(page: Page) -> None:
    await page.goto("/")
    await expect(page.locator(".link-state")).to_have_text("live")
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    # Three hundred milliseconds on an idle machine; a busy one gets patience.
    assert await page.evaluate(paint) < 3_000


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_messages_menu_offers_what_the_app_does_with_it(
    page: Page, slack: Stage, discord: Stage, platform: str
) -> None:
    stage = {"slack": slack, "discord": discord}[platform]
    body: Json = {"text": "What of Chery?", "content": "What of Chery?"}
    stage.show(message("1", body, author=BOB))
    await page.goto(f"/#{platform}")
    said = page.locator(f".{platform} article")
    await said.hover()
    await said.get_by_role("button", name="More actions").click()
    await page.get_by_role("option", name="Find a briefing about this").click()
    assert await stage.did(1) == [("choose", "1001", "find", "C1", "1")]


async def test_the_channel_that_is_open_stays_legible_under_the_mouse(page: Page) -> None:
    await page.goto("/")
    channel = page.locator("#panel-slack .channels [aria-current]")
    ground = "node => getComputedStyle(node).backgroundColor"
    before = await channel.evaluate(ground)
    await channel.hover()
    assert await channel.evaluate(ground) == before
