"""The commands about the library: import, list, show, remove, topics."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TypeAlias

import pytest

from tests.bot.cli.test_cli import run, told
from tests.bot.library.conftest import document

Say: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """A command in a folder of its own, with three documents in `docs`."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "wombats.md").write_text(document("Wombats Dig"))
    (docs / "buses.md").write_text(f"---\ntopics: [Mobility]\n---\n{document('Buses Roll')}")
    (docs / "photo.png").write_bytes(b"\x89PNG")
    return lambda *words: run(*words, folder=tmp_path, BRIEFING_FOLDERS="docs")


def parsed(result: CompletedProcess[str]) -> Any:
    return json.loads(result.stdout)


def test_an_import_says_what_was_read_and_what_was_left_out(say: Say, tmp_path: Path) -> None:
    (tmp_path / "docs" / "empty.md").write_text("")
    first = say("import", "docs", "--json")
    assert first.returncode == 1
    counts = parsed(first)
    problems = counts.pop("problems")
    assert counts == {"added": 2, "unreadable": 1, "skipped": 1}
    assert [each.split(" ")[0] for each in problems] == ["docs/photo.png", "docs/empty.md"]
    again = say("import", "docs")
    assert again.stdout.startswith("2 unchanged, 1 unreadable, 1 skipped.")


def test_a_path_that_is_not_there_is_named(say: Say) -> None:
    result = say("import", "nowhere")
    assert result.returncode == 1
    assert "nowhere cannot be opened" in result.stdout


def test_a_briefing_is_listed_shown_removed_and_brought_back(say: Say) -> None:
    say("import", "docs/wombats.md")
    (row,) = parsed(say("library", "list", "--json"))
    assert (row["id"], row["title"], row["file"]) == ("wombats", "Wombats Dig", "docs/wombats.md")
    assert (row["state"], row["version"], row["problem"]) == ("present", 1, None)
    shown = parsed(say("library", "show", "wombats", "--json"))
    assert [each["document"] for each in shown["versions"]] == [document("Wombats Dig")]
    assert document("Wombats Dig") in say("library", "show", "wombats", "--version", "1").stdout
    assert say("library", "remove", "wombats").stdout.startswith("1 removed.")
    assert say("library", "list").stdout == "The library is empty.\n"
    assert "(removed)" in say("library", "list", "--all").stdout
    assert parsed(say("lookup", "wombats", "--json"))["answer"] == "none"
    assert parsed(say("import", "docs/wombats.md", "--json"))["changed"] == 1
    assert parsed(say("lookup", "wombats", "--json"))["briefing"]["id"] == "wombats"


def test_names_that_are_not_there_are_a_sentence(say: Say) -> None:
    assert "There is no library yet" in told(say("library", "list"))
    say("import", "docs/wombats.md")
    assert "no briefing nope" in told(say("library", "show", "nope"))
    assert "no version 7" in told(say("library", "show", "wombats", "--version", "7"))


def test_a_look_into_an_empty_library_says_how_to_fill_it(say: Say, tmp_path: Path) -> None:
    for path in (tmp_path / "docs").iterdir():
        path.unlink()
    result = say("lookup", "wombats")
    assert result.returncode == 0
    assert result.stdout.startswith("The library is empty: put documents into the folders")
    assert parsed(say("lookup", "wombats", "--json"))["answer"] == "none"


def test_topics_are_listed_from_the_folders_alone(say: Say, tmp_path: Path) -> None:
    assert say("topics").stdout == "Mobility  1\n"
    assert parsed(say("topics", "--json")) == [{"topic": "Mobility", "briefings": 1}]
    assert not (tmp_path / "briefing-bot.db").exists()


def test_a_look_sees_what_changed_and_writes_nothing(say: Say, tmp_path: Path) -> None:
    say("import", "docs/wombats.md", "docs/buses.md")
    (tmp_path / "docs" / "wombats.md").write_text(document("Wombats Sleep"))
    (tmp_path / "docs" / "buses.md").unlink()
    found = parsed(say("lookup", "wombats sleep", "--json"))
    assert (found["briefing"]["id"], found["briefing"]["title"]) == ("wombats", "Wombats Sleep")
    assert parsed(say("lookup", "buses", "--json"))["answer"] == "none"
    rows = {row["id"]: row for row in parsed(say("library", "list", "--json"))}
    assert {row["version"] for row in rows.values()} == {1}
    assert set(rows) == {"wombats", "buses"}
