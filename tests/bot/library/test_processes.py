"""Two processes on one PostgreSQL: what one sees on its disk, both answer."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bot.library.conftest import WITHIN, document

ROOT = Path(__file__).parents[3]
STARTED_WITHIN = 60
"""Seconds that a process may take to start, where tests share their machine."""


@asynccontextmanager
async def process(*words: str) -> AsyncIterator[Process]:
    """A process with a shelf, as soon as it tells what is there."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    made = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.library.process", *words),
        env={**kept, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=PIPE,
    )
    try:
        assert await told(made, STARTED_WITHIN) == {}
        yield made
    finally:
        made.kill()
        await made.communicate()


async def told(made: Process, within: float = WITHIN) -> Mapping[str, str]:
    """The titles by id that a process tells next."""
    assert made.stdout is not None
    async with asyncio.timeout(within):
        line: Mapping[str, str] = json.loads(await made.stdout.readline())
        return line


async def test_two_processes_see_each_others_files_at_once(
    postgres_url: str, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    async with (
        process(postgres_url, str(one)) as first,
        process(postgres_url, str(other)) as second,
    ):
        both = (first, second)
        (one / "wombats.md").write_text(document("Wombats Dig"))
        assert [await told(each) for each in both] == [{"wombats": "Wombats Dig"}] * 2
        (other / "badgers.md").write_text(document("Badgers Sleep"))
        now = {"badgers": "Badgers Sleep", "wombats": "Wombats Dig"}
        assert [await told(each) for each in both] == [now] * 2
        (one / "wombats.md").write_text(document("Wombats Rest"))
        now = {"badgers": "Badgers Sleep", "wombats": "Wombats Rest"}
        assert [await told(each) for each in both] == [now] * 2
        (one / "wombats.md").unlink()
        assert [await told(each) for each in both] == [{"badgers": "Badgers Sleep"}] * 2
