"""A process with a shelf, which tells each change of its library in a line: ids, then titles.

python -m tests.bot.library.process DATABASE_URL [FOLDER]
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from bot.clock import SystemClock
from bot.shelf import open_live_shelf
from bot.store.briefings import Briefings
from bot.store.database import open_database

OFTEN = 0.02
"""Seconds between looks at the shelf."""


async def main(url: str, *folders: str) -> None:
    """Tell what is on the shelf whenever it is different, until somebody ends the process."""
    told = None
    async with open_database(url) as engine:
        store = Briefings(engine, SystemClock())
        async with open_live_shelf(store, [Path(each) for each in folders]) as shelf:
            while True:
                titles = {name: each.briefing.title for name, each in shelf.library.items()}
                found = {name for name in titles if shelf.search(titles[name], 1, 0).total}
                now = {name: titles[name] for name in sorted(found)}
                if now != told:
                    sys.stdout.write(f"{json.dumps(now)}\n")
                    sys.stdout.flush()
                told = now
                await asyncio.sleep(OFTEN)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
