"""The dialogs that a bot opens, as people fill them in on the page."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.side import Json
from tests.page.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def dialog(person: str = "1001") -> Json:
    days = [{"value": "mon", "label": "Monday"}, {"value": "tue", "label": "Tuesday"}]
    ways = [{"value": "thread", "label": "In a thread"}, {"value": "card", "label": "Card"}]
    entry: Json = {"hint": "", "choices": [], "most": 1, "required": True}
    week: Json = {**entry, "choices": days, "most": 2}
    return {
        "id": "D1",
        "person": person,
        "title": "Briefings here",
        "button": "Save",
        "entries": [
            {**entry, "name": "at", "label": "Times", "hint": "08:30", "values": ["09:00"]},
            {**week, "name": "days", "label": "Days", "values": ["mon"]},
            {**entry, "name": "layout", "label": "Layout", "values": ["card"], "choices": ways},
            {**entry, "name": "topics", "label": "Topics", "values": [], "required": False},
        ],
    }


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_dialog_is_filled_in_and_sent(
    page: Page, slack: Stage, discord: Stage, platform: str
) -> None:
    stage = {"slack": slack, "discord": discord}[platform]
    stage.dialogs = [dialog()]
    await page.goto(f"/#{platform}")
    box = page.get_by_role("dialog", name="Briefings here")
    await expect(box.get_by_label("Times")).to_have_value("09:00")
    await box.get_by_label("Times").fill("08:30")
    await box.get_by_label("Tuesday").check()
    await box.get_by_role("button", name="Save").click()
    await expect(box).to_have_count(0)
    values = {"at": ["08:30"], "days": ["mon", "tue"], "layout": ["card"], "topics": []}
    assert await stage.did(1) == [("submit", "1001", "D1", values)]


async def test_a_dialog_begins_at_its_first_field(page: Page, slack: Stage) -> None:
    slack.dialogs = [dialog()]
    await page.goto("/#slack")
    await expect(page.get_by_label("Times")).to_be_focused()


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    page: Page, slack: Stage
) -> None:
    slack.dialogs = [dialog()]
    slack.faulty = {"at": "“25:00” is no time of day."}
    await page.goto("/#slack")
    box = page.get_by_role("dialog")
    await box.get_by_label("Times").fill("25:00")
    await box.get_by_role("button", name="Save").click()
    await expect(box.get_by_role("alert").filter(has_text="no time of day")).to_be_visible()
    await expect(box.get_by_label("Times")).to_have_value("25:00")


async def test_a_dialog_is_closed_by_its_cross_and_by_escape(page: Page, slack: Stage) -> None:
    slack.dialogs = [dialog()]
    await page.goto("/#slack")
    await page.get_by_role("dialog").press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert ("dismiss", "1001", "D1") in slack.done


async def test_somebody_elses_dialog_is_not_shown(page: Page, slack: Stage) -> None:
    slack.dialogs = [dialog("1002")]
    await page.goto("/#slack")
    await expect(page.locator(".slack .composer").first).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_long_text_is_written_in_lines_and_no_longer_than_it_may_be(
    page: Page, slack: Stage
) -> None:
    entry: Json = {"hint": "", "choices": [], "most": 1, "required": True, "longest": 12}
    text: Json = {**entry, "name": "text", "label": "Text", "values": ["a\n\nb"], "lines": True}
    slack.dialogs = [{**dialog(), "entries": [text]}]
    await page.goto("/#slack")
    box = page.get_by_role("dialog")
    await expect(box.get_by_label("Text")).to_have_value("a\n\nb")
    await box.get_by_label("Text").fill("")
    await box.get_by_label("Text").press_sequentially("1\n23456789012345")
    await box.get_by_role("button", name="Save").click()
    assert await slack.did(1) == [("submit", "1001", "D1", {"text": ["1\n2345678901"]})]


async def test_a_shortcut_is_chosen_among_the_commands(page: Page, slack: Stage) -> None:
    slack.shortcuts = [{"id": "new_briefing", "name": "New briefing"}]
    await page.goto("/#slack")
    box = page.locator(".slack .channel").get_by_role("combobox")
    await box.fill("/")
    await page.get_by_role("option", name="New briefing").click()
    assert await slack.did(1) == [("choose", "1001", "new_briefing", "", "")]
    await expect(box).to_have_value("")
