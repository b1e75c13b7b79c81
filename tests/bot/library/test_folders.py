"""Reading folders into a library."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.shelf import read_shelf

TEXT = "# A Title\n\n## What's Happening?\n\nSomething happens, at last and at length.\n"


def write(path: Path, text: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


async def test_every_document_of_a_folder_is_in_the_library(tmp_path: Path) -> None:
    write(tmp_path / "First Day.md")
    write(tmp_path / "more" / "second.txt", "What's Happening?\nIt rains, and it rains hard.\n")
    write(tmp_path / ".hidden" / "third.md")
    shelf = await read_shelf([tmp_path])
    assert list(shelf.library) == ["first-day", "second"]
    assert shelf.problems == ()


async def test_an_entry_knows_its_file_and_when_it_was_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "one.md")
    os.utime(path, (0, 1_700_000_000))
    (entry,) = (await read_shelf([tmp_path])).library.values()
    assert entry.file == str(path)
    assert entry.added == datetime.fromtimestamp(1_700_000_000, UTC)
    assert entry.briefing.title == "A Title"


async def test_one_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.md", "")
    write(tmp_path / "good.md")
    shelf = await read_shelf([tmp_path])
    assert list(shelf.library) == ["good"]
    (problem,) = shelf.problems
    assert problem.startswith(f"{empty} cannot be read: ")


async def test_a_file_of_another_kind_is_a_problem_that_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "photo.png", b"\x89PNG")
    (problem,) = (await read_shelf([tmp_path])).problems
    assert problem.startswith(f"{path} is not a document that is read here: save it as one of ")


async def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path / "here" / "one.md")
    shelf = await read_shelf([tmp_path / "gone", tmp_path / "here"])
    assert shelf.problems == (
        f"{tmp_path / 'gone'} is not there: create it, or name another folder.",
    )
    assert list(shelf.library) == ["one"]


async def test_a_link_to_nowhere_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "broken.md").symlink_to(tmp_path / "nowhere.md")
    (problem,) = (await read_shelf([tmp_path])).problems
    assert str(tmp_path / "broken.md") in problem


async def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "a" / "news.md")
    write(tmp_path / "b" / "news.md")
    write(tmp_path / "b" / "News!.txt")
    library = (await read_shelf([tmp_path])).library
    assert len(library) == 3
    assert "news" in library
    assert all(name == entry.id for name, entry in library.items())


@pytest.mark.parametrize("name", ["loop.md", "x" * 300 + ".md"])
async def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (problem,) = (await read_shelf([tmp_path / name])).problems
    assert problem.startswith(f"{tmp_path / name} cannot be opened (")
    assert problem.endswith("): check its name and permissions.")
