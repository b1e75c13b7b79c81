"""Reading what strangers sent, in a process of its own, which is ended when it takes too long."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress

from bot.feeds.asking import Answer, FeedError
from bot.feeds.items import Item, items_of

READ_WITHIN = 20.0
"""Seconds that an answer may take to read: an honest one of 5 MB takes five."""

MEMORY_LIMIT = 1_500_000_000
"""Bytes of address space that the reading process gets, where the system can say so."""

WRITTEN_LIMIT = 50_000_000
"""Bytes that may come of an answer."""

KEPT = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT")
"""What the reading process gets of our environment: no token is among it."""


async def read_apart(url: str, answer: Answer, within: float = READ_WITHIN) -> tuple[Item, ...]:
    """The documents in an answer; raises FeedError where they cannot be read in `within` seconds.

    A thread would not do: Python cannot end one, and it would slow down everybody's answers.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.feeds.apart"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
    )
    try:
        async with asyncio.timeout(within):
            told = await _exchange(process, _asked(url, answer))
    except TimeoutError as error:
        raise FeedError(f"{url} takes longer than {within:g} seconds to read.") from error
    finally:
        await _end(process)
    if not told.endswith(b"\n"):
        raise FeedError(f"{url} cannot be read: what it sends is broken, or unfolds to too much.")
    return tuple(_item(row) for row in json.loads(told))


def main() -> None:
    """Read one answer from standard input, write its documents to standard output."""
    _limit_this_process()
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    answer = Answer(asked["found"], asked["kind"], content)
    json.dump([_row(item) for item in items_of(asked["url"], answer)], sys.stdout)
    sys.stdout.write("\n")


async def _exchange(process: Process, asked: bytes) -> bytes:
    """What the process makes of what it is asked; without its end where that is too much."""
    if process.stdin is None or process.stdout is None:  # both are pipes
        return b""
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(asked)
        await process.stdin.drain()
    process.stdin.close()
    told = bytearray()
    while len(told) <= WRITTEN_LIMIT and (chunk := await process.stdout.read(65_536)):
        told += chunk
    return bytes(told[:WRITTEN_LIMIT])


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.communicate()


def _asked(url: str, answer: Answer) -> bytes:
    head = {"url": url, "found": answer.url, "kind": answer.kind}
    return json.dumps(head).encode() + b"\n" + answer.content


def _row(item: Item) -> Iterable[str | None]:
    document, packed = (b64encode(each).decode() for each in (item.document, item.packed))
    return (item.key, item.name, document, item.title, packed, item.problem)


def _item(row: Iterable[str]) -> Item:
    key, name, document, title, packed, problem = row
    return Item(key, name, b64decode(document), title, b64decode(packed), problem)


def _limit_this_process() -> None:
    """Give way to those who answer people, and end where more memory is wanted than is right."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most in (resource.RLIM_INFINITY, -1) or most > MEMORY_LIMIT:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, most))


if __name__ == "__main__":
    main()
