"""Lists of results: a page of them, a menu to open one, and everything works after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.platforms.slack.home import SEARCH
from tests.journeys.conftest import PLATFORMS, Town, buttons, until, words


async def listing(town: Town, platform: str) -> dict[str, Any]:
    """The documents of the seeds that have no date of their own: they came in this year."""
    return await town.command(platform, f"/briefing {town.clock.now():%Y}")


def menu(message: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The menu of a message: the id to pick from, and its options by what they are called."""
    return next(_menus(message["body"]))


def _menus(value: object) -> Iterator[tuple[str, dict[str, str]]]:
    match value:
        case {"type": "static_select", "action_id": str(action), "options": [*options]}:
            yield action, {each["text"]["text"]: each["value"] for each in options}
        case {"type": 3, "custom_id": str(action), "options": [*options]}:
            yield action, {each["label"]: each["value"] for each in options}
        case dict():
            for inner in value.values():
                yield from _menus(inner)
        case [*inner]:
            for each in inner:
                yield from _menus(each)
        case _:
            return


async def pick(town: Town, platform: str, message: dict[str, Any], value: str) -> Any:
    """What alice sees after picking something from the menu of a message."""
    action, _ = menu(message)
    order: dict[str, object] = {
        "channel": await town.channel(platform),
        "message": message["id"],
        "action": action,
        "person": "alice",
        "values": [value],
    }
    before = len(await town.messages(platform))
    await town.call(f"{platform}/press", order)
    return (await town.until_messages(platform, before + 1))[-1]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_result_is_picked_from_a_menu_after_a_restart(town: Town, platform: str) -> None:
    async with town.bot():
        listed = await listing(town, platform)
    assert "1 to 5 of" in words(listed["body"])
    _, options = menu(listed)
    assert [label.partition(".")[0] for label in options] == ["1", "2", "3", "4", "5"]
    async with town.bot():
        for label, value in (*options.items(),)[:2]:
            card = await pick(town, platform, listed, value)
            assert label.partition(". ")[2] in words(card["body"])
            assert "Share" in buttons(card)
            assert card["only_for"]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_pages_are_turned_after_a_restart_and_back(town: Town, platform: str) -> None:
    async with town.bot():
        first = await listing(town, platform)
        assert list(buttons(first)) == ["More"]
    async with town.bot():
        second = await town.press(platform, first, "More")
        assert next(iter(menu(second)[1])).startswith("6. ")
        again = await town.press(platform, second, "Previous")
        assert menu(again)[1] == menu(first)[1]


async def test_a_result_is_picked_on_slacks_home_tab(town: Town) -> None:
    alice = town.slack.workspace.person("alice")

    def tab() -> dict[str, Any]:
        view = town.slack.slack.views.homes.get(alice.id)
        return {"body": view.content if view else {}}

    async with town.bot():
        town.slack.modals.open_home(alice)
        await until(lambda: "Find a briefing" in words(tab()["body"]))
        await town.slack.modals.press_home(alice, SEARCH, [f"{town.clock.now():%Y}"])
        await until(lambda: "1 to 5 of" in words(tab()["body"]))
        action, options = menu(tab())
        assert len(options) == 5
    async with town.bot():
        await town.slack.modals.press_home(alice, action, [options[next(iter(options))]])
        await until(lambda: "Share" in buttons(tab()))
        assert next(iter(options)).partition(". ")[2] in words(tab()["body"])
