"""Generated briefings: a vocabulary by Zipf's law, made-up names, titles that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from random import Random

from briefings.blocks import Paragraph, plain
from briefings.model import Briefing, BriefingId, Entry, Section

HEADINGS = ("What's Happening?", "Why It's Important?", "What's Next?", "Beyond the Headlines")
WORDS, NAMES, TOPICS = 60_000, 40_000, 40
ONSETS = (*"bdfgklmnprstvz", "ch", "st", "tr", "br", "pl", "gr")
SYLLABLES = tuple(map("".join, product(ONSETS, (*"aeiou", "ai", "ea", "ou"))))
ENDS = ("", "n", "r", "s", "t", "l", "nd", "rt", "st", "m")
START = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Common words before rare ones, names, and how often each word comes (summed up)."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    weights: tuple[float, ...]


def vocabulary(seed: int = 1) -> Vocabulary:
    """Words that nobody has used before, the same for the same seed."""
    rng = Random(seed)
    made: dict[str, None] = {}
    while len(made) < WORDS + NAMES:
        syllables = rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 2, 3, 3, 4)))
        word = "".join(syllables) + rng.choice(ENDS)
        if len(word) > 2:
            made[word] = None
    words = tuple(made)
    weights = tuple(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    return Vocabulary(words[:WORDS], tuple(w.title() for w in words[WORDS:]), weights)


def entries(count: int, told: Vocabulary, seed: int = 2) -> Iterator[Entry]:
    """So many briefings of 2 to 4 kB, with four sections each."""
    rng = Random(seed)
    for number in range(count):
        sections = tuple(_section(heading, told, rng) for heading in HEADINGS)
        topics = tuple(f"topic {rng.randrange(TOPICS)}" for _ in range(2))
        added = START + timedelta(minutes=rng.randrange(10**6))
        briefing = Briefing(_title(told, rng), sections, topics=topics)
        yield Entry(BriefingId(f"briefing-{number}"), briefing, added)


def _title(told: Vocabulary, rng: Random) -> str:
    """One or two names and two to five words that are neither very common nor very rare."""
    words = rng.choices(told.words[50:8_000], k=rng.randint(2, 5))
    words.insert(0, rng.choice(told.names))
    if rng.random() < 0.5:
        words.insert(2, rng.choice(told.names))
    return " ".join(words)


def _section(heading: str, told: Vocabulary, rng: Random) -> Section:
    sentences = []
    for _ in range(rng.randint(4, 7)):
        words = rng.choices(told.words, cum_weights=told.weights, k=rng.randint(8, 18))
        sentences.append(f"{' '.join([rng.choice(told.names), *words])}.")
    return Section(plain(heading), 2, (Paragraph(plain(" ".join(sentences))),))
