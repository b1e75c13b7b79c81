"""A query as steps, from the surest reading of it to the boldest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tantivy import Query

from bot.library.likeness import Likeness
from bot.library.schema import LITERAL, LOOSE, literal, loose
from bot.library.slips import respaced, slips_in
from bot.library.wording import Wording, at_least, either, every, with_bonus
from briefings.search import MatchKind

EXACT, SAME_WORDS, PHRASE = 1.0, 0.95, 0.85
TITLE, TOPICS, HEADINGS, TEXT = 0.8, 0.65, 0.5, 0.4
"""What a briefing is worth that has all the words there; `TEXT` is the best hit's worth."""

BEGUN, SLIPPED, ALIKE = 0.9, 0.85, 0.75
"""What is left of the worth where words are begun or mistyped, or only letters are alike."""

TITLE_WEIGHT = 3.0
"""How many times a word counts that is in the title as well as in the text."""

NAMED = (("title",), ("title", "topics"), ("title", "topics", "headings"))
TITLED = NAMED[:1]
"""Fields that a word may be in, the weightiest first."""

SLIPS_LIMIT = 12
"""Words that may hold typing mistakes in one query; more would take longer than they help."""

RARE_GRAMS, RARE_SHARE = 14, 0.35
"""The rarest groups, by which titles are sought, and how many of these they must have: to go
through the common ones as well took up to 15 ms among 100,000 titles."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Hits of one worth: ordered by age, or `ranked` by tantivy's score as well."""

    query: Query
    kind: MatchKind
    worth: float
    ranked: bool = False
    like: Likeness | None = None
    """What titles must be like; the query finds some that may be."""


Step: TypeAlias = tuple[Tier, ...]
"""Tiers in falling worth; the last finds whatever the others find."""

Readings: TypeAlias = Callable[[str, str], list[Query]]
"""The ways to find (field, word)."""

Rungs: TypeAlias = Sequence[Sequence[str]]
"""Fields in which all words must be, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A query against one state of the index: its words, and its letters."""

    query: str
    words: tuple[str, ...]
    like: Likeness
    wording: Wording

    def steps(self) -> Iterator[Step]:
        """The steps, each to be tried only where the ones before found nothing."""
        named = self._named(LITERAL, literal(self.query), EXACT)
        if not self.words or not all(self.wording.is_known("text", word) for word in self.words):
            yield (named,)
        else:
            loosely = self._named(LOOSE, loose(self.words), SAME_WORDS)
            ladder = _ladder(NAMED, self.words, self.wording.whole, MatchKind.WORDS, 1.0)
            yield (named, loosely, *self._phrase(), *ladder)
        if self.words:
            yield _ladder(TITLED, self.words, self._begun, MatchKind.PREFIX, BEGUN)
            yield from self._mistyped()

    def nearest(self) -> Step:
        """Whatever has one of the words in its title, with a mistake more than is usual."""
        if not self.words or (len(self.words) == 1 and slips_in(self.words[0]) in (0, 2)):
            return ()
        near = [
            self.wording.mistyped("title", word, 2 if slips_in(word) else 0) for word in self._few
        ]
        return (Tier(at_least(1, near), MatchKind.TYPO, 0, ranked=True),)

    @property
    def _few(self) -> tuple[str, ...]:
        return self.words[:SLIPS_LIMIT]

    def _named(self, field: str, name: str, worth: float) -> Tier:
        return Tier(self.wording.named(field, name), MatchKind.EXACT, worth)

    def _phrase(self) -> Step:
        if len(self.words) == 1:
            return ()
        return (Tier(self.wording.phrase("title", self.words), MatchKind.WORDS, PHRASE),)

    def _begun(self, field: str, word: str) -> list[Query]:
        """The last word and unknown ones may be begun only."""
        is_open = word == self.words[-1] or not self.wording.is_known(field, word)
        return self.wording.begun(field, word) if is_open else self.wording.whole(field, word)

    def _mistyped(self) -> Iterator[Step]:
        """Blanks, then letters: first of unknown words, then of all, first one, then two each."""
        for words in respaced(self._few, lambda word: self.wording.is_known("text", word)):
            yield _ladder(TITLED, words, self.wording.whole, MatchKind.TYPO, SLIPPED)
        strange = self._unknown("title")
        yield self._all_but("title", strange, 1, TITLE)
        yield self._all_but("title", strange, 2, TITLE)
        if strange != self._few:
            yield self._all_but("title", self._few, 1, TITLE)
        if len(self.words) > 1:
            yield self._alike()
        if strange != self._few:
            yield self._all_but("title", self._few, 2, TITLE)
        for most in (1, 2):
            yield self._all_but("text", self._unknown("text"), most, TEXT)

    def _unknown(self, field: str) -> tuple[str, ...]:
        return tuple(word for word in self._few if not self.wording.is_known(field, word))

    def _all_but(self, field: str, suspects: Sequence[str], most: int, worth: float) -> Step:
        """All words, of which the suspects may have so many mistakes each."""
        if most > max(map(slips_in, suspects), default=0):
            return ()
        wording = self.wording
        if len(self._few) == 1:  # a step before looked for the word itself and what it begins
            word = self._few[0]
            near = wording.near(field, word, min(most, slips_in(word)))
            return (Tier(near, MatchKind.TYPO, worth * SLIPPED, ranked=True),)
        found = [
            wording.mistyped(field, word, min(most, slips_in(word)))
            if word in suspects
            else wording.sure(field, word)
            for word in self._few
        ]
        return (Tier(every(found), MatchKind.TYPO, worth * SLIPPED, ranked=True),)

    def _alike(self) -> Step:
        """Titles with most of the letters, wherever the blanks are."""
        rare = self.wording.rarest("letters", self.like.grams)[:RARE_GRAMS]
        if len(rare) < 2:
            return ()
        few = [self.wording.named("letters", gram) for gram in rare]
        query = at_least(max(2, round(len(few) * RARE_SHARE)), few)
        kind, worth = MatchKind.TYPO, TITLE * ALIKE
        return (Tier(query, kind, worth, ranked=True, like=self.like),)


def _ladder(
    rungs: Rungs, words: Sequence[str], readings: Readings, kind: MatchKind, share: float
) -> Step:
    """All words in the title, there or in the other fields of a rung; in the end anywhere."""
    names = (
        Tier(_all_in(fields, words, readings), kind, worth * share)
        for fields, worth in zip(rungs, (TITLE, TOPICS, HEADINGS), strict=False)
    )
    anywhere = _all_in(("text",), words, readings)
    if len(words) > 1:
        titled = [query for word in words for query in readings("title", word)]
        anywhere = with_bonus(anywhere, [Query.boost_query(each, TITLE_WEIGHT) for each in titled])
    return (*names, Tier(anywhere, kind, TEXT * share, ranked=True))


def _all_in(fields: Sequence[str], words: Sequence[str], readings: Readings) -> Query:
    return every([either([q for f in fields for q in readings(f, word)]) for word in words])
