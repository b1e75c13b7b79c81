"""Reads and draws inputs without end: no crash, no hang, no word lost, nothing unstable or live.

uv run python -m benchmarks.reading.fuzz --count 1000000
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.reading.inputs import Input, drawn
from briefings.model import Briefing
from briefings.reading.reader import Unreadable, read
from briefings.writing import text_of_section, write
from tests.platforms.judging import faults

SECONDS_PER_100_KB = 1.0
TRIES = 3
"""Something else may have had the processor's caches the first time."""
HANG = 60.0
"""Seconds of processor time after which an input is given up."""
DRAWN = 100
"""Of so many briefings one is also drawn for every platform, which takes far longer."""
CHUNK = 250
"""Inputs that a worker takes at once."""
ENOUGH = 50
"""Findings after which the run stops."""
_WORD = re.compile(r"word\d+")


@dataclass(frozen=True, slots=True)
class Tally:
    """What a worker's share came to; seconds are per 100 kB, for 10 kB at least."""

    count: int
    slowest: float
    findings: tuple[str, ...]


class Hung(Exception):
    """An input took a minute."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run until the count is reached, on all processors; each finding names its seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    end = options.seed + options.count
    shares = (range(at, min(at + CHUNK, end)) for at in range(options.seed, end, CHUNK))
    began = time.monotonic()
    with get_context("spawn").Pool(options.workers, _prepare) as pool:
        whole = _added(pool.imap_unordered(share, shares))
    print(
        f"{whole.count:,} inputs in {time.monotonic() - began:.0f} s on {options.workers} workers; "
    )
    print(f"slowest {whole.slowest:.2f} s per 100 kB; {len(whole.findings)} findings")
    sys.exit(1 if whole.findings else 0)


def _added(tallies: Iterator[Tally]) -> Tally:
    """The sum of the shares, told as they come, until there are enough findings."""
    whole = Tally(0, 0.0, ())
    for each in tallies:
        findings = whole.findings + each.findings
        whole = Tally(whole.count + each.count, max(whole.slowest, each.slowest), findings)
        for finding in each.findings:
            print(finding, flush=True)
        if whole.count % (40 * CHUNK) == 0:
            print(f"{whole.count:,} read; slowest {whole.slowest:.2f}", flush=True)
        if len(findings) >= ENOUGH:
            break
    return whole


def _prepare() -> None:
    read("déjà vu".encode("cp1252"), "x.txt")  # what is loaded once takes longer than a reading
    signal.signal(signal.SIGPROF, _give_up)


def _give_up(*_: object) -> None:
    raise Hung


def share(seeds: range) -> Tally:
    """Every input of these seeds, checked."""
    results = [check(seed) for seed in seeds]
    found = (
        f"seed {seed}: {each[1]}" for seed, each in zip(seeds, results, strict=True) if each[1]
    )
    return Tally(len(results), max(took for took, _ in results), tuple(found))


def check(seed: int) -> tuple[float, str]:
    """How long an input takes, and what is wrong with it; "" where nothing is."""
    chance = random.Random(seed)
    given = drawn(chance, originals())
    signal.setitimer(signal.ITIMER_PROF, HANG)
    try:
        briefing, took = _timed(given)
        found = _slow(given, took) or next(_wrong(given, briefing, seed), "") if briefing else ""
    except Hung:
        took, found = HANG, f"it takes more than {HANG:.0f} s"
    except Exception as error:  # noqa: BLE001
        took, found = 0.0, f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return took, found


@cache
def originals() -> tuple[bytes, ...]:
    """The documents of the library."""
    return tuple(path.read_bytes() for path in sorted(Path("seeds").glob("*.*")))


def _timed(given: Input) -> tuple[Briefing | None, float]:
    """What is read, if anything is, and the seconds per 100 kB (for 10 kB at least)."""
    began = time.process_time()
    try:
        briefing = read(given.data, given.name).briefing
    except Unreadable as refused:
        if not re.fullmatch(r"[A-Z].*\.", str(refused)):
            raise ValueError(f"no sentence: {refused}") from None
        briefing = None
    return briefing, (time.process_time() - began) * 100_000 / max(len(given.data), 10_000)


def _slow(given: Input, took: float) -> str:
    for _ in range(TRIES):
        if took < SECONDS_PER_100_KB:
            return ""
        _, took = _timed(given)
    return f"{took:.2f} s per 100 kB"


def _wrong(given: Input, briefing: Briefing, seed: int) -> Iterator[str]:
    if given.words is not None and not _keeps(given, briefing):
        yield "words are lost or out of order"
    if read(write(briefing).encode(), "x.md").briefing != briefing:
        yield "it does not read back as it was"
    if seed % DRAWN == 0 and (found := list(faults(briefing))):
        yield f"{found[:3]}"


def _keeps(given: Input, briefing: Briefing) -> bool:
    """Whether every word is there, in order but for pages, which set captions apart.

    A title may say words that the text says as well.
    """
    titled = set(_WORD.findall(briefing.title))
    extras = "\n".join(text for _, text in briefing.extras)
    texts = [extras, *(f"{each.name}\n{text_of_section(each)}" for each in briefing.sections)]
    found = [word for word in _WORD.findall("\n".join(texts)) if word not in titled]
    wanted = [word for word in given.words or () if word not in titled]
    order = partial(sorted) if given.name.endswith("html") else list
    return order(found) == order(wanted)


if __name__ == "__main__":
    main()
