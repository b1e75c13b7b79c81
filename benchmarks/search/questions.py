"""The questions that are timed, by kind, and titles with typing mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from string import ascii_lowercase

from briefings.blocks import text_of
from briefings.model import Entry


def by_kind(entries: Sequence[Entry], count: int) -> dict[str, list[str]]:
    """So many questions of each kind, drawn from a sample of the library."""
    rng = Random(3)
    said = Counter(word for entry in entries for word in _words(entry))
    common = [word for word, _ in said.most_common(100)]
    rare = [word for word, times in said.items() if times == 1 and len(word) > 5]
    titled = [word for entry in entries for word in entry.briefing.title.lower().split()]
    long = [word for word in titled if len(word) > 6]
    return {
        "rare word": rng.sample(rare, count),
        "common word": rng.choices(common, k=count),
        "rare and common word": [
            f"{one} {other}"
            for one, other in zip(
                rng.choices(rare, k=count), rng.choices(common, k=count), strict=True
            )
        ],
        "two words of a title": [
            " ".join(_two(entry, rng)) for entry in rng.choices(entries, k=count)
        ],
        "prefix": [word[:5] for word in rng.choices(long, k=count)],
        "one typing mistake": [mistyped(word, 1, rng) for word in rng.choices(long, k=count)],
        "two typing mistakes": [mistyped(word, 2, rng) for word in rng.choices(long, k=count)],
        "miss": ["".join(rng.choices(ascii_lowercase, k=10)) for _ in range(count)],
    }


def mistyped(text: str, mistakes: int, rng: Random) -> str:
    """The text with letters left out, added, changed or swapped at random."""
    for _ in range(mistakes):
        at, letter = rng.randrange(len(text)), rng.choice(ascii_lowercase)
        text = rng.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at:],
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
            )
        )
    return text


def _two(entry: Entry, rng: Random) -> list[str]:
    return rng.sample(entry.briefing.title.lower().split(), 2)


def _words(entry: Entry) -> list[str]:
    text = " ".join(
        text_of(block.spans)
        for section in entry.briefing.sections
        for block in section.blocks
        if hasattr(block, "spans")
    )
    return text.lower().replace(".", "").split()
