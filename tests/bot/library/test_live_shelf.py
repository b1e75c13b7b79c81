"""What changes in a folder is in every process's answers, and stays what it was."""

from __future__ import annotations

import asyncio
import logging
import shutil

import pytest

from bot.store.keeping import State
from briefings.model import BriefingId
from tests.bot.library.conftest import House, document, found, until


async def test_a_file_is_added_changed_renamed_and_removed_for_every_process(house: House) -> None:
    house.write("first.md", document("Wombats Dig"))
    watching, following = await house.shelf(house.folder), await house.shelf()
    both = (watching, following)
    await until(lambda: all(found(each, "wombats") == ["first"] for each in both))
    path = house.write("second.md", document("Wombats Sleep"))
    await until(lambda: all(found(each, "wombats sleep") == ["second"] for each in both))
    path.write_text(document("Wombats Wake"))
    await until(lambda: all(found(each, "wombats wake") == ["second"] for each in both))
    path.rename(house.folder / "third.md")
    moved = str(house.folder / "third.md")
    second = BriefingId("second")
    await until(lambda: all(each.library[second].file == moved for each in both))
    (house.folder / "third.md").unlink()
    await until(lambda: all(found(each, "wombats") == ["first"] for each in both))
    await until(lambda: all(second not in each.library for each in both))
    versions = await (await house.store()).versions(second)
    assert [b"Sleep" in each.document for each in versions] == [True, False]


async def test_a_briefing_keeps_its_name_when_it_comes_back(house: House) -> None:
    path = house.write("one.md", document("Wombats Dig"))
    shelf = await house.shelf(house.folder)
    path.unlink()
    await until(lambda: not shelf.library)
    house.write("inside/other.md", document("Wombats Dig"))
    await until(lambda: list(shelf.library) == ["one"])


async def test_a_file_that_breaks_keeps_its_last_good_version(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    path = house.write("one.md", document("Wombats Dig"))
    shelf = await house.shelf(house.folder)
    with caplog.at_level(logging.WARNING):
        path.write_text("")
        await until(lambda: str(path) in caplog.text)
    assert found(shelf, "wombats") == ["one"]
    held = (await (await house.store()).held())[str(path)]
    assert held.problem
    assert held.problem.startswith(f"{path} cannot be read: ")
    path.write_text(document("Wombats Dig"))
    store = await house.store()
    async with asyncio.timeout(10):
        while (await store.held())[str(path)].problem:  # noqa: ASYNC110 (asks the database)
            await asyncio.sleep(0.01)
    assert (await store.held())[str(path)].version == 1


async def test_a_folder_that_vanishes_takes_nothing_with_it(house: House) -> None:
    house.write("one.md", document("Wombats Dig"))
    shelf = await house.shelf(house.folder)
    other = house.folder.with_name("elsewhere")
    house.folder.rename(other)
    again = await house.shelf(house.folder)
    assert list(again.library) == list(shelf.library) == ["one"]
    shutil.copytree(other, house.folder)
    house.write("two.md", document("Wombats Sleep"))
    await until(lambda: sorted(shelf.library) == ["one", "two"])


async def test_a_folder_inside_is_watched_from_its_first_moment(house: House) -> None:
    shelf = await house.shelf(house.folder)
    house.write("new/deep/one.md", document("Wombats Dig"))
    await until(lambda: list(shelf.library) == ["one"])
    (house.folder / "new").rename(house.folder / "old")
    moved = str(house.folder / "old/deep/one.md")
    await until(lambda: [each.file for each in shelf.library.values()] == [moved])


async def test_what_was_removed_by_hand_stays_away_until_its_file_changes_hands(
    house: House,
) -> None:
    house.write("one.md", document("Wombats Dig"))
    shelf = await house.shelf(house.folder)
    store = await house.store()
    assert await store.remove([BriefingId("one")]) == 1
    await until(lambda: not shelf.library)
    house.write("one.md", document("Wombats Dig On"))
    house.write("two.md", document("Badgers"))
    await until(lambda: list(shelf.library) == ["two"])
    again = await house.shelf(house.folder)
    assert list(again.library) == ["two"]
    assert (await store.held())[str(house.folder / "one.md")].state is State.REMOVED


async def test_unchanged_files_are_not_written_again(house: House) -> None:
    house.write("one.md", document("Wombats Dig"))
    await house.shelf(house.folder)
    store = await house.store()
    before = await store.revision()
    await house.shelf(house.folder)
    house.write("one.md", document("Wombats Dig"))
    await house.shelf(house.folder)
    assert await store.revision() == before


async def test_two_processes_that_read_one_folder_agree(house: House) -> None:
    for number in range(30):
        house.write(f"{number}/news.md", document(f"Story {number}"))
    shelves = await asyncio.gather(*(house.shelf(house.folder) for _ in range(3)))
    await until(lambda: all(len(each.library) == 30 for each in shelves))
    assert shelves[0].library == shelves[1].library == shelves[2].library
    versions = [await (await house.store()).versions(name) for name in shelves[0].library]
    assert {len(each) for each in versions} == {1}
