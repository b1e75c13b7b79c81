"""Writing a briefing in forms, on both platforms, through the real SDKs."""

from __future__ import annotations

import pytest

from bot.app import Bot
from tests.journeys.conftest import PLATFORMS, Town, buttons, shown, until, words
from tests.journeys.newsroom import GENERAL, answered, asked, form, pressed, said, sent, side, typed

WRITTEN = {
    "title": "Tram 7 <!channel> @everyone",
    "topics": "mobility, <@U0BOB00001>",
    "sources": "The council https://example.org/council",
    "happening": "The line **opens** on <!here> Monday.\n\n- 7 stops\n- @here\n\n```\nnot closed",
    "important": "It links two <@U0ALICE001> quarters [evil](javascript:x).",
}
FURTHER = {
    "next": "A second line.",
    "beyond": "<https://evil.example|https://good.example>",
    "more": "Who Is Affected?\n\nEverybody @everyone.\n\n## Where?\n\nHere.",
}


def is_found(bot: Bot, name: str) -> bool:
    """Whether the search finds a briefing by how its id begins; the index follows the shelf."""
    hits = bot.shelf.search(name.replace("-", " "), 5, 0).hits
    return any(each.id.startswith(name) for each in hits)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_briefing_is_written_looked_at_saved_found_and_edited(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        await asked(town, platform, "/briefings write", GENERAL)
        first = await sent(town, platform, GENERAL, WRITTEN)
        assert all(each["only_for"] and each["live"] == [] for each in first)
        assert list(buttons(first[-1])) == ["Edit", "Further sections", "Save"]
        await pressed(town, platform, GENERAL, first[-1], "Further sections")
        looked = await sent(town, platform, GENERAL, FURTHER)
        told = " ".join(words(each["body"]) for each in looked)
        for wanted in ("opens", "7 stops", "not closed", "A second line", "Who Is Affected?"):
            assert wanted in told
        assert all(each["live"] == [] for each in looked)
        kept = await answered(town, platform, GENERAL, looked[-1], "Save")
        assert "It is in the library" in words(kept["body"])
        await until(lambda: any("Tram 7" in e.briefing.title for e in bot.shelf.library.values()))
        (entry,) = [e for e in bot.shelf.library.values() if "Tram 7" in e.briefing.title]
        headings = [section.name for section in entry.briefing.sections]
        assert headings == [
            "What's Happening?",
            "Why It's Important?",
            "What's Next?",
            "Beyond the Headlines",
            "Who Is Affected?",
            "Where?",
        ]
        assert entry.briefing.sources[0].url == "https://example.org/council"
        await until(lambda: is_found(bot, "tram-7"))
        assert "Tram 7" in await typed(town, platform, "/briefing tram 7", GENERAL)
        await pressed(town, platform, GENERAL, kept, "Edit")
        dialog = await form(town, platform)
        values = {each["name"]: "".join(each["values"]) for each in dialog["entries"]}
        assert values == WRITTEN
        second = await sent(town, platform, GENERAL, {"title": "Tram 8"})
        again = await answered(town, platform, GENERAL, second[-1], "Save")
        assert "Version 2" in words(again["body"])
        await until(lambda: bot.shelf.library[entry.id].briefing.title == "Tram 8")
        assert bot.shelf.library[entry.id].briefing.sections[-1].name == "Where?"


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_draft_outlives_a_restart_and_two_presses_save_it_once(
    town: Town, platform: str
) -> None:
    async with town.bot():
        await asked(town, platform, "/briefings write", GENERAL)
        looked = await sent(town, platform, GENERAL, {"title": "Kept", "happening": "Something."})
    async with town.bot() as bot:
        await answered(town, platform, GENERAL, looked[-1], "Save")
        again = await answered(town, platform, GENERAL, looked[-1], "Save")
        assert "It is in the library" in words(again["body"])
        await until(lambda: any(e.briefing.title == "Kept" for e in bot.shelf.library.values()))
        assert [e.briefing.title for e in bot.shelf.library.values()].count("Kept") == 1


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_nobody_opens_another_ones_draft_nor_edits_their_briefing(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        await asked(town, platform, "/briefings write", GENERAL)
        looked = await sent(town, platform, GENERAL, {"title": "Mine", "happening": "Something."})
        await answered(town, platform, GENERAL, looked[-1], "Save")
        await until(lambda: is_found(bot, "mine"))
        told = await typed(town, platform, "/briefings edit mine", GENERAL, "bob")
        assert "edited by whoever wrote it" in told


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_briefing_of_a_folder_is_edited_there(town: Town, platform: str) -> None:
    async with town.bot():
        assert "edit it there" in await typed(town, platform, "/briefings edit chery", GENERAL)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_what_is_wrong_with_a_draft_is_said_and_the_draft_is_kept(
    town: Town, platform: str
) -> None:
    async with town.bot():
        await asked(town, platform, "/briefings write", GENERAL)
        told = await sent(town, platform, GENERAL, {"title": "Nothing in it"})
        assert "at least one section" in words(told[-1]["body"])
        await pressed(town, platform, GENERAL, told[-1], "Edit")
        dialog = await form(town, platform)
        assert dialog["entries"][0]["values"] == ["Nothing in it"]


async def test_slack_begins_a_briefing_from_anywhere(town: Town) -> None:
    async with town.bot():
        await town.call("slack/shortcut", {"person": "alice", "name": "new_briefing"})
        await form(town, "slack")
        dialog = await form(town, "slack")
        values = {"title": ["Anywhere"], "happening": ["Something."]}
        order: dict[str, object] = {"person": "alice", "dialog": dialog["id"], "values": values}
        assert (await town.call("slack/submit", order))["ok"]

        def channels() -> list[dict[str, object]]:
            found: list[dict[str, object]] = side(town, "slack").state()["channels"]
            return found

        await until(lambda: any("Save" in str(each) for each in channels()[2:]))
        assert len(shown(town, "slack")) == 0
        direct = said(town, "slack", 2)
        kept = await answered(town, "slack", 2, direct[-1], "Save")
        assert "It is in the library" in words(kept["body"])
