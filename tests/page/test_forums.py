"""A forum on the page: its own sign, its posts beside it, and a card with a small picture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, expect

from bot.platforms.discord.render import draw
from bot.sandbox.side import Json
from briefings.blocks import Image, Paragraph, plain
from briefings.card import compose_card
from briefings.model import Briefing, BriefingId, Entry, Section
from tests.page.stage import Stage, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FORUM = 15
LEAD = Paragraph(plain("The summit opened in Wuhu with 1,000 guests."))
HALL = Image("https://pictures.example/hall.png", "The hall")


def card(*blocks: Image | Paragraph) -> Json:
    sections = (Section(plain("What's Happening?"), 2, blocks),)
    briefing = Briefing("The Chery User Summit", sections, topics=("cars",))
    entry = Entry(BriefingId("chery"), briefing, datetime(2026, 11, 23, tzinfo=UTC))
    return dict(draw(compose_card(entry))[0])


async def test_a_forum_has_its_own_sign_and_lists_its_posts(page: Page, discord: Stage) -> None:
    discord.kind = FORUM
    answer = message("2", {"content": "A part of it."})
    discord.show(message("1", card(LEAD), replies=[answer]))
    await page.goto("/#discord")
    side = page.locator(".discord .channels > li")
    await expect(side.nth(0).locator("button").first.locator(".icon-forum")).to_have_count(1)
    await expect(side.nth(1).locator(".icon-hash")).to_have_count(1)
    posts = page.get_by_role("list", name="Posts of daily-briefing")
    await expect(posts.get_by_role("button")).to_have_text(["Chery User Summit"])
    await expect(page.locator(".discord .beginning")).to_contain_text("the forum daily-briefing")
    await expect(page.get_by_placeholder("Message daily-briefing")).to_have_count(1)
    await posts.get_by_role("button").press("Enter")
    thread = page.locator(".discord .thread")
    await expect(thread).to_contain_text("A part of it.")


async def test_other_channels_have_no_posts_beside_them(page: Page, discord: Stage) -> None:
    discord.show(message("1", card(LEAD), replies=[]))
    await page.goto("/#discord")
    await expect(page.locator(".discord .channels > li")).to_have_count(2)
    await expect(page.locator(".discord .posts")).to_have_count(0)


async def test_a_small_picture_stands_beside_the_title(page: Page, discord: Stage) -> None:
    discord.show(message("1", card(HALL, LEAD)))
    await page.goto("/#discord")
    shown = page.locator(".discord article .section")
    words, picture = shown.locator(".section-words"), shown.get_by_role("img", name="The hall")
    await expect(words).to_contain_text("What's Happening?")
    left, right = await words.bounding_box(), await picture.bounding_box()
    assert left
    assert right
    assert right["x"] >= left["x"] + left["width"]
    assert right["width"] <= 100


async def test_no_gap_stands_between_the_small_print_and_the_lead(
    page: Page, discord: Stage
) -> None:
    discord.show(message("1", card(LEAD)))
    await page.goto("/#discord")
    body = page.locator(".discord article .body")
    small, heading = body.locator(".subtext"), body.get_by_role("heading", level=4).nth(1)
    above, below = await small.bounding_box(), await heading.bounding_box()
    assert above
    assert below
    assert below["y"] - (above["y"] + above["height"]) <= 24
