"""`briefing-bot read`: for a person, for a program, and for files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import briefing_bot
from bot.cli.read import read

WHOLE = "---\ntitle: The Pier\ndate: 2031-05-03\ntags: [piers]\n---\n\nlead\n\n## A\n\ntext\n"
UNSURE = "What's Next?\nThe pier opens in spring, says the office.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "whole.md").write_text(WHOLE)
    (tmp_path / "unsure.txt").write_text(UNSURE)
    (tmp_path / "page.html").write_text("<h1>T</h1><h2>A</h2>b<nav>c</nav>")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(read, [str(each) for each in arguments])


def test_json_has_one_object_a_file(folder: Path) -> None:
    result = run(folder / "whole.md", folder / "unsure.txt", "--json")
    assert result.exit_code == 0
    whole, unsure = json.loads(result.stdout)
    assert whole == {
        "file": str(folder / "whole.md"),
        "title": "The Pier",
        "title_from": "metadata",
        "date": "2031-05-03",
        "topics": ["piers"],
        "sections": [
            {"heading": "", "level": 0, "text": "lead"},
            {"heading": "A", "level": 2, "text": "text"},
        ],
        "warnings": [],
    }
    assert (unsure["title_from"], unsure["date"]) == ("first sentence", None)
    assert unsure["warnings"][0]["line"] == 2


def test_a_person_sees_the_lines_and_what_they_are(folder: Path) -> None:
    result = run(folder / "unsure.txt", folder / "whole.md", folder / "page.html")
    assert "## What's Next?" in result.stdout
    assert "(lead)" in result.stdout
    assert "no title" in result.stdout
    assert "date 2031-05-03" in result.stdout
    assert "“c”" in result.stdout


def test_strict_fails_on_warnings_alone(folder: Path) -> None:
    assert run(folder / "whole.md", "--strict").exit_code == 0
    assert run(folder / "unsure.txt", "--strict", "--json").exit_code == 1


def test_files_that_cannot_be_read_are_named_and_the_others_are_read(folder: Path) -> None:
    result = run(folder / "none.md", folder / "bad.pdf", folder / "whole.md", "--json")
    assert result.exit_code == 1
    assert [each["title"] for each in json.loads(result.stdout)] == ["The Pier"]
    missing, refused = result.stderr.splitlines()
    assert (
        missing == f"{folder / 'none.md'} is not there: check its name, and the folder you are in."
    )
    assert refused.startswith(f"{folder / 'bad.pdf'} cannot be read: it is a PDF")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("none.md", None, "is not there: check"),
        ("folder", None, "is a folder: name the documents"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "not text: save the document as"),
        ("empty.md", b"", "is empty: a briefing needs some text"),
        ("huge.txt", b"a" * 1_000_001, "larger than 1 MB: split it"),
    ],
)
@pytest.mark.parametrize("verb", ["read", "render"])
def test_a_file_that_is_no_document_is_refused_in_one_sentence(
    tmp_path: Path, verb: str, name: str, data: bytes | None, told: str
) -> None:
    (tmp_path / "folder").mkdir()
    if data is not None:
        (tmp_path / name).write_bytes(data)
    options = ["--platform", "slack"] if verb == "render" else []
    result = CliRunner().invoke(briefing_bot, [verb, str(tmp_path / name), *options])
    assert result.exit_code == 1
    [sentence] = (result.stderr or str(result.exception)).splitlines()
    assert sentence.startswith(str(tmp_path / name))
    assert told in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence.removeprefix(str(tmp_path / name)).replace(".txt, .md or", "")


def test_a_declared_heading_is_one(folder: Path) -> None:
    (folder / "x.txt").write_text("the office\nThe pier opens in spring.\n")
    result = run(folder / "x.txt", "--json", "--heading", "The Office")
    assert json.loads(result.stdout)[0]["sections"][0]["heading"] == "the office"
