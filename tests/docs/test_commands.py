"""Every command in the documents is one that there is, and those that may run here do."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest

from bot.cli import briefing_bot

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`((?:\.venv/bin/)?briefing-bot [a-z][^`…]*)`")

OURS = ("briefing-bot", ".venv/bin/briefing-bot")
HARMLESS = {"cp", "mkdir", "printf", "chmod"}
LASTING = {"run", "demo", "sandbox", "health", "doctor"}
"""Verbs that go on, look at other computers, or need a running bot: they are only read."""
ASKING = {("discord", "invite")}
ELSEWHERE = {
    "docker", "git", "journalctl", "kubectl", "make", "pg_dump", "pg_restore", "sudo", "uv",
}  # fmt: skip
PLACES = ("/", "registry.", "http", "~")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def lines(page: Path) -> Iterator[str]:
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            told = line.partition("  #")[0].strip()
            if told and not told.startswith("#"):
                yield told


def parse(words: Sequence[str]) -> None:
    """Raise click.UsageError where the command line does not take these words."""
    command: click.Command = briefing_bot
    context = click.Context(briefing_bot, info_name="briefing-bot")
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        found = command.get_command(context, rest[0])
        if found is None:
            raise click.UsageError(f"There is no command {rest[0]}.")
        command, context = found, click.Context(found, parent=context, info_name=rest.pop(0))
    command.make_context(command.name, rest, parent=context, resilient_parsing=False)


def all_lines() -> list[tuple[str, str]]:
    return [(name(page), line) for page in PAGES for line in lines(page)]


@pytest.mark.parametrize(("page", "line"), all_lines())
def test_every_line_begins_with_a_program_that_we_know(page: str, line: str) -> None:
    assert shlex.split(line)[0] in {*OURS, *HARMLESS, *ELSEWHERE}


@pytest.mark.parametrize(
    ("page", "line"), [each for each in all_lines() if each[1].startswith(OURS)]
)
def test_the_command_line_takes_every_line(page: str, line: str) -> None:
    parse(shlex.split(line)[1:])


def mentioned() -> list[tuple[str, str]]:
    found = [(name(page), SPAN.findall(page.read_text(encoding="utf-8"))) for page in PAGES]
    return sorted({(page, line) for page, spans in found for line in spans})


@pytest.mark.parametrize(("page", "line"), mentioned())
def test_a_command_in_a_sentence_is_one_that_there_is(page: str, line: str) -> None:
    """What stands for something else, in capitals or brackets, is left as it is."""
    words = shlex.split(re.sub(r"\[.*?\]|[A-Z]{3,}\S*|\|.*|[.]{3}", "", line))[1:]
    command: click.Command = briefing_bot
    for word in words:
        if isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            assert found is not None, word
            command = found
        elif word.startswith("--"):
            assert word in {each for option in command.params for each in option.opts}


@pytest.mark.parametrize(
    ("page", "line"), [each for each in all_lines() if each[1].startswith("make ")]
)
def test_make_knows_every_target(page: str, line: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    target = next(word for word in shlex.split(line)[1:] if "=" not in word)
    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)


@pytest.mark.parametrize(
    ("page", "line"),
    [each for each in all_lines() if shlex.split(each[1])[0] in {"docker", "kubectl", "sudo"}],
)
def test_files_of_ours_are_where_others_are_told_to_look(page: str, line: str) -> None:
    for word in shlex.split(line.replace("=", " ")):
        if word.startswith("deploy/") and word != "deploy/.env":  # made by a line of the page
            assert (ROOT / word).is_file()


def may_run(words: Sequence[str]) -> bool:
    if words[0] not in OURS:
        return words[0] in HARMLESS
    if words[1] == "post" and "--dry-run" not in words:
        return False
    if words[1:] == ["restore"]:  # PostgreSQL's
        return False
    return words[1] not in LASTING and tuple(words[1:3]) not in ASKING


def scripts() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        script = "\n".join(line for line in lines(page) if may_run(shlex.split(line)))
        if "briefing-bot" in script:
            yield name(page), script


@pytest.mark.parametrize(("page", "script"), list(scripts()))
def test_what_may_run_here_runs(page: str, script: str, tmp_path: Path) -> None:
    """The page's lines one after the other, in a folder with the seeds."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / ".env.example", tmp_path / ".env.example")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    program = tmp_path / ".venv/bin/briefing-bot"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-ec", script],
        cwd=tmp_path,
        env={"PATH": f"{program.parent}:/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"
