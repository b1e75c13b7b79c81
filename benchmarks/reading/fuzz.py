"""Reads and draws mutated documents: no crash, no hang, nothing unstable, nothing live.

uv run python -m benchmarks.reading.fuzz --count 1000000
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from briefings.model import Briefing
from briefings.reading.reader import Unreadable, read
from briefings.writing import write
from tests.platforms.hostile import HOSTILE, MARKED
from tests.platforms.judging import faults

SECONDS_PER_100_KB = 1.0
SUFFIXES = ("md", "txt", "html", "adoc", "rst", "")
DRAWN = 16
"""Of so many briefings one is also drawn for every platform, which takes far longer."""
PIECES = (
    *(*HOSTILE, *MARKED),
    *"[]()*_`~<>#|!&\\\"'=-+:;,.?{}$@%^/ \t\n\r\0",
    *(
        "\ufeff",
        "\u2028",
        "\u200d",
        "\u202e",
        "\u00a0",
        "\u3000",
        "👩‍👩‍👧",
        "é",
        "文",
        "ع",
        "\U000e0041",
    ),
    *(
        "---\n",
        "+++\n",
        "title: x\n",
        "&x [*x]\n",
        "- - - ",
        "> > ",
        "1. ",
        "```\n",
        "~~~\n",
        "***",
    ),
    *(
        "# A\n",
        "## ",
        "===\n",
        "---\n",
        "| a | b |\n|---|---|\n",
        "[a]: http://b\n",
        "![a](http://b)",
    ),
    *(
        "[x](javascript:y)",
        "<b>",
        "</b>",
        "<p>",
        "<table><tr><td>",
        "<ul><li>",
        "<!--",
        "-->",
        "<a href=x>",
    ),
    *(
        "&nbsp;",
        "&#8203;",
        "&lt;!channel&gt;",
        "@everyone",
        "<!here>",
        "http://a.b/c_d",
        "What's Next?\n",
    ),
    *(
        "**Why it matters:** x\n",
        ".SYNOPSIS...x\n",
        "&&\n",
        "$$\n",
        "AI Generated Content\n",
        "..\n::\n",
    ),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run until the count is reached; a finding stops it with its seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    originals = [path.read_bytes() for path in sorted(Path("seeds").glob("*.*"))]
    read("déjà vu".encode("cp1252"), "x.txt")  # what is loaded once takes longer than a reading
    slowest, began = 0.0, time.process_time()
    for number in range(options.seed, options.seed + options.count):
        slowest = max(slowest, check(number, originals))
    took = time.process_time() - began
    print(f"{options.count:,} inputs in {took:.0f} s; slowest {slowest:.2f} s per 100 kB")


def check(number: int, originals: Sequence[bytes]) -> float:
    """Read one input and its written form; the seconds per 100 kB (for 10 kB at least)."""
    chance = random.Random(number)
    data = mutated(chance, originals)
    name = f"x.{chance.choice(SUFFIXES)}"
    briefing, took = _timed(data, name)
    if took >= SECONDS_PER_100_KB:  # once more: something else may have had the processor's caches
        briefing, took = _timed(data, name)
    assert took < SECONDS_PER_100_KB, f"seed {number}: {took:.2f} s per 100 kB"
    if briefing is not None:
        _check_briefing(briefing, number)
    return took


def _timed(data: bytes, name: str) -> tuple[Briefing | None, float]:
    """What is read, if anything is, and the seconds per 100 kB (for 10 kB at least)."""
    began = time.process_time()
    try:
        briefing = read(data, name).briefing
    except Unreadable:
        briefing = None
    return briefing, (time.process_time() - began) * 100_000 / max(len(data), 10_000)


def _check_briefing(briefing: Briefing, number: int) -> None:
    again = read(write(briefing).encode(), "x.md").briefing
    assert again == briefing, f"seed {number}: it does not read back as it was"
    found = [] if number % DRAWN else list(faults(briefing))
    assert not found, f"seed {number}: {found[:3]}"


def mutated(chance: random.Random, originals: Sequence[bytes]) -> bytes:
    """A document made of pieces, or a real one with some of them put in, cut or repeated."""
    if not originals or chance.random() < 0.4:
        return "".join(chance.choices(PIECES, k=chance.randrange(1, 60))).encode("utf-8", "replace")
    data = bytearray(chance.choice(originals))
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[place:place] = chance.choice(PIECES).encode() * chance.choice((1, 1, 1, 500))
            case 1:
                del data[place : place + chance.randrange(1, 200)]
            case 2:
                data[place:place] = data[place : place + chance.randrange(1, 400)]
            case 3:
                data[place:place] = bytes([chance.randrange(256)])
            case _:
                data = data.replace(
                    *chance.choice(((b"\n\n", b"\n"), (b"\n", b"\r\r\n"), (b" ", b"\t")))
                )
    return bytes(data)


if __name__ == "__main__":
    main()
