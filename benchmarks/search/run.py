"""Search over generated briefings: how fast, how sure, how large, beside SQLite FTS5.

uv run python -m benchmarks.search.run [BRIEFINGS]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time
from typing import TypeVar

from benchmarks.search.corpus import entries, vocabulary
from benchmarks.search.questions import by_kind, mistyped
from benchmarks.search.rival import Rival
from bot.library.index import Index
from briefings.model import Entry

T = TypeVar("T")

ASKED, RIVALLED, SAMPLE, PAGE = 300, 100, 5_000, 5


def main(count: int) -> None:
    """Measure and print everything."""
    library = list(entries(count, vocabulary()))
    print(f"{count} briefings", flush=True)
    index = built("tantivy", count, lambda: Index(library))
    rival = built("FTS5", count, lambda: Rival(library))
    sample = Random(4).sample(library, min(SAMPLE, count))
    latencies(index, rival, sample)
    recall(index, rival, sample[:1_000])
    completions(index, sample)
    freshness(index, library)
    sys.stdout.flush()
    for size in (10_000, count):
        subprocess.run(
            [sys.executable, "-m", "benchmarks.search.run", "memory", str(size)], check=True
        )


def built(name: str, count: int, build: Callable[[], T]) -> T:
    """Build an index and print its pace, by the clock and by the work of all cores."""
    worked = process_time()
    index, seconds = timed(build)
    pace = f"{count / seconds:.0f} a second, {count / (process_time() - worked):.0f} of one core"
    print(f"{name:8} built in {seconds:.1f} s: {pace}", flush=True)
    return index


def latencies(index: Index, rival: Rival, sample: Sequence[Entry]) -> None:
    """Milliseconds by kind of question, and how many times longer FTS5 takes."""
    print(f"\n{'ms, p50 / p99':24}{'tantivy':>18}{'FTS5':>20}{'times':>9}")
    for kind, asked in by_kind(sample, ASKED).items():
        ours = percentiles(lambda query: index.search(query, PAGE), asked)
        theirs = percentiles(lambda query: rival.search(query, PAGE), asked[:RIVALLED])
        told = f"{ours[0]:8.2f} / {ours[1]:7.2f}{theirs[0]:10.2f} / {theirs[1]:7.2f}"
        print(f"{kind:24}{told}{theirs[0] / ours[0]:9.1f}", flush=True)


def recall(index: Index, rival: Rival, sample: Sequence[Entry]) -> None:
    """How often a mistyped title finds its briefing first, and among five."""
    print(f"\n{'titles mistyped':24}{'@1':>8}{'@5':>8}{'FTS5 @1':>10}{'@5':>8}")
    rng = Random(5)
    for mistakes in (1, 2):
        asked = [(entry.id, mistyped(entry.briefing.title, mistakes, rng)) for entry in sample]
        ours = [(name, [hit.id for hit in index.search(text, PAGE).hits]) for name, text in asked]
        theirs = [(name, rival.search(text, PAGE)) for name, text in asked[:RIVALLED]]
        print(
            f"{mistakes:<24}{first(ours):8.3f}{among(ours):8.3f}{first(theirs):10.3f}{among(theirs):8.3f}"
        )


def completions(index: Index, sample: Sequence[Entry]) -> None:
    """Milliseconds for every keystroke of some titles."""
    titles = [entry.briefing.title for entry in sample[:60]]
    asked = [title[:end] for title in titles for end in range(len(title) + 1)]
    p50, p99 = percentiles(index.complete, asked)
    print(f"\ncompletion of {len(asked)} keystrokes: {p50:.2f} / {p99:.2f} ms")


def freshness(index: Index, library: Sequence[Entry]) -> None:
    """How long until a changed briefing is found."""
    times = [timed(partial(index.update, entry))[1] * 1_000 for entry in library[:20]]
    print(f"a changed briefing is found after {max(times):.0f} ms at most")


def memory(count: int) -> None:
    """What an index of so many briefings adds to a process, in megabytes."""
    told = vocabulary()
    before, _ = resident()
    index = Index(entries(count, told))
    index.search("anything")
    now, peak = resident()
    print(f"memory with {count} briefings: {now} MB, {peak} MB at its highest; {before} MB before")


def resident() -> tuple[int, int]:
    """Megabytes of this process now and at its highest, from Linux."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    now, peak = (int(status[key].split()[0]) // 1_000 for key in ("VmRSS", "VmHWM"))
    return now, peak


def first(answers: Sequence[tuple[str, Sequence[str]]]) -> float:
    """The share of answers that begin with what was meant."""
    return sum(names[:1] == [name] for name, names in answers) / len(answers)


def among(answers: Sequence[tuple[str, Sequence[str]]]) -> float:
    """The share of answers that have what was meant."""
    return sum(name in names for name, names in answers) / len(answers)


def percentiles(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """The median and the 99th percentile of the milliseconds, after a few to warm up."""
    for query in islice(asked, 10):
        ask(query)
    times = [timed(partial(ask, query))[1] * 1_000 for query in asked]
    cuts = quantiles(times, n=100)
    return cuts[49], cuts[98]


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its seconds."""
    started = perf_counter()
    result = work()
    return result, perf_counter() - started


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        memory(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
