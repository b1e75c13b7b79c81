"""Links to messages of the sandbox lead to them on the page, not to the platforms."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.page.payloads import DISCORD_CARD, DISCORD_PART, SLACK_CARD, SLACK_PART
from tests.page.stage import BOB, Stage, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TO_CARD = "<https://sandbox.slack.com/archives/C1/p1795000000000100|There>"
TO_REPLY = "<https://sandbox.slack.com/archives/C1/p1795000000000200|There>"
INTO = "?thread_ts=1795000000.000100&cid=C1"
TO_REPLIES = f"<https://sandbox.slack.com/archives/C1/p1795000000000100{INTO}|There>"
TO_THREAD = "[There](https://discord.com/channels/9/thread-1)"
TO_STRANGERS = "<https://sandbox.slack.com/archives/C9/p1795000000000100|There>"


async def test_a_link_to_a_card_leads_to_it(page: Page, slack: Stage) -> None:
    card = message("1795000000.000100", SLACK_CARD)
    slack.show(card, message("2", {"text": TO_CARD}, author=BOB))
    await page.goto("/#slack")
    await page.get_by_role("link", name="There").click()
    await expect(page.locator("article").first).to_be_focused()
    assert len(page.context.pages) == 1


async def test_a_link_to_a_reply_opens_its_thread(page: Page, slack: Stage) -> None:
    card = message("1", SLACK_CARD, replies=[message("1795000000.000200", SLACK_PART)])
    slack.show(card, message("2", {"text": TO_REPLY}, author=BOB))
    await page.goto("/#slack")
    await page.get_by_role("link", name="There").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article").last).to_be_focused()


async def test_a_link_to_a_discussion_opens_its_thread(page: Page, slack: Stage) -> None:
    card = message("1795000000.000100", SLACK_CARD, replies=[message("2.1", SLACK_PART)])
    slack.show(card, message("2", {"text": TO_REPLIES}, author=BOB))
    await page.goto("/#slack")
    await page.get_by_role("link", name="There").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    assert len(page.context.pages) == 1


async def test_a_link_to_a_discord_thread_opens_it(page: Page, discord: Stage) -> None:
    card = message("1", DISCORD_CARD, replies=[message("1a", DISCORD_PART)])
    discord.show(card, message("2", {"content": TO_THREAD}, author=BOB))
    await page.goto("/#discord")
    await page.get_by_role("link", name="There").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    assert len(page.context.pages) == 1


async def test_a_link_to_elsewhere_is_left_alone(page: Page, slack: Stage) -> None:
    slack.show(message("1795000000.000100", SLACK_CARD), message("2", {"text": TO_STRANGERS}))
    await page.goto("/#slack")
    link = page.get_by_role("link", name="There")
    await expect(link).to_have_attribute("target", "_blank")


async def test_a_moment_alarms_nobody(page: Page, discord: Stage) -> None:
    discord.show(message("1", DISCORD_CARD, live=["timestamp: <t:1795420800:F>"]))
    await page.goto("/#discord")
    await expect(page.get_by_role("img", name="Pings nobody")).to_have_count(1)
