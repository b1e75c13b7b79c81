"""The drivers' own connections."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

from bot.store.address import read_address
from bot.store.driver import knock


def test_several_that_begin_with_one_new_file_at_once_all_get_it(tmp_path: Path) -> None:
    together = Barrier(6)

    def begin(name: str) -> None:
        together.wait(10)
        knock(read_address(f"sqlite:///{tmp_path / name}"))

    with ThreadPoolExecutor(6) as threads:
        for number in range(100):
            name = f"{number}.db"
            list(threads.map(begin, [name] * 6))
            with closing(sqlite3.connect(tmp_path / name)) as connection:
                assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
