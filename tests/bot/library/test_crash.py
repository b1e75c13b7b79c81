"""A library that was killed opens again, and is complete once it caught up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from tests.bot.library.conftest import House, document, found

ROOT = Path(__file__).parents[3]
FILES = 300


def importing(house: House) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "import", str(house.folder), "--json"],
        cwd=house.folder.parent,
        env={**kept, "PYTHONPATH": str(ROOT), "DATABASE_URL": house.url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.0, 1.3])
async def test_an_import_killed_at_any_moment_goes_on_where_it_was(
    house: House, seconds: float
) -> None:
    for number in range(FILES):
        house.write(f"story-{number}.md", document(f"Story of {number} Wombats"))
    child = importing(house)
    sleep(seconds)  # noqa: ASYNC251 (the child works meanwhile)
    child.send_signal(signal.SIGKILL)
    child.wait()
    store = await house.store()
    held = await store.held()
    for each in held.values():
        versions = await store.versions(each.id)
        assert [version.number for version in versions] == [1] == [each.version]
    assert importing(house).wait() == 0
    assert len(await store.held()) == FILES
    assert await store.revision() == max(each.revision for each in (await store.held()).values())
    shelf = await house.shelf()
    assert len(shelf.library) == FILES
    for number in (0, FILES // 2, FILES - 1):
        assert found(shelf, f"Story of {number} Wombats")[0] == f"story-{number}"
