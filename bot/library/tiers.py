"""A query as steps, from the surest reading to the boldest; each is built from words, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tantivy import Occur, Query, Schema, Searcher

from bot.library.folding import forms, is_fragment
from bot.library.schema import LITERAL, LOOSE, literal, loose
from bot.library.slips import respaced, slip, slips_in
from briefings.search import MatchKind

TITLE, TOPICS, HEADINGS, TEXT = 0.8, 0.65, 0.5, 0.4
"""What a briefing is worth that has all the words there; `TEXT` is the best hit's worth."""

EXACT, SAME_WORDS, PHRASE = 1.0, 0.95, 0.85
BEGUN, SLIPPED = 0.9, 0.85
"""What is left of the worth where words are only begun, or have typing mistakes."""

NAMED = (("title",), ("title", "topics"), ("title", "topics", "headings"))
TITLED = NAMED[:1]
"""Fields that a word may be in, the weightiest first."""

SLIPS_LIMIT = 12
"""Words that may hold typing mistakes in one query; more would take longer than they help."""

BEGINNING = 3
"""Letters that a word must have to stand for all words of a text that it begins."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Hits of one worth: ordered by age, or `ranked` by tantivy's score as well."""

    query: Query
    kind: MatchKind
    worth: float
    ranked: bool = False


Step: TypeAlias = tuple[Tier, ...]
"""Tiers in falling worth; the last finds whatever the others find."""

Readings: TypeAlias = Callable[[str, str], list[Query]]
"""The ways to find (field, word)."""

Rungs: TypeAlias = Sequence[Sequence[str]]
"""Fields in which all words must be, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A query against one state of the index."""

    query: str
    words: tuple[str, ...]
    schema: Schema
    searcher: Searcher

    def steps(self) -> Iterator[Step]:
        """The steps, each to be tried only where the ones before found nothing."""
        named = self._named(LITERAL, literal(self.query), EXACT)
        if not self.words or not all(self._is_known("text", word) for word in self.words):
            yield (named,)
        else:
            loosely = self._named(LOOSE, loose(self.words), SAME_WORDS)
            ladder = self._ladder(NAMED, self.words, self._whole, MatchKind.WORDS, 1.0)
            yield (named, loosely, *self._phrase(), *ladder)
        if self.words:
            yield self._ladder(TITLED, self.words, self._begun, MatchKind.PREFIX, BEGUN)
            yield from self._mistyped()

    def nearest(self) -> Step:
        """Whatever has one of the words in its title, with a mistake more than is usual."""
        if len(self._few) == 1 and slips_in(self._few[0]) in (0, 2):
            return ()
        words = [self._slipped("title", word, 2 if slips_in(word) else 0) for word in self._few]
        return (Tier(_some(words, 1), MatchKind.TYPO, 0, ranked=True),) if words else ()

    @property
    def _few(self) -> tuple[str, ...]:
        return self.words[:SLIPS_LIMIT]

    def _named(self, field: str, name: str, worth: float) -> Tier:
        return Tier(self._term(field, name), MatchKind.EXACT, worth)

    def _phrase(self) -> Step:
        if len(self.words) == 1:
            return ()
        query = Query.phrase_query(self.schema, "title", list(self.words))
        return (Tier(query, MatchKind.WORDS, PHRASE),)

    def _ladder(
        self, rungs: Rungs, words: Sequence[str], readings: Readings, kind: MatchKind, share: float
    ) -> Step:
        """All words in the title, there or in the other fields of a rung; in the end anywhere."""
        names = (
            Tier(self._all_in(fields, words, readings), kind, worth * share)
            for fields, worth in zip(rungs, (TITLE, TOPICS, HEADINGS), strict=False)
        )
        text = _every([_any(readings("text", word)) for word in words])
        weight = [query for word in words for query in readings("title", word)]
        anywhere = _with_bonus(text, weight) if len(words) > 1 else text
        return (*names, Tier(anywhere, kind, TEXT * share, ranked=True))

    def _all_in(self, fields: Sequence[str], words: Sequence[str], readings: Readings) -> Query:
        return _every([_any([q for f in fields for q in readings(f, word)]) for word in words])

    def _whole(self, field: str, word: str) -> list[Query]:
        if is_fragment(word):
            return [self._prefix(field, word)]
        used = [form for form in forms(word) if self.searcher.doc_freq(field, form)]
        return [self._term(field, form) for form in used or (word,)]

    def _begun(self, field: str, word: str) -> list[Query]:
        """The last word and unknown ones may be begun only."""
        whole = self._whole(field, word)
        is_long = field != "text" or len(word) >= BEGINNING or not word.isascii()
        if is_long and (word == self.words[-1] or not self._is_known(field, word)):
            return [*whole, self._prefix(field, word)]
        return whole

    def _mistyped(self) -> Iterator[Step]:
        for words in respaced(self._few, lambda word: self._is_known("text", word)):
            yield self._ladder(TITLED, words, self._whole, MatchKind.TYPO, SLIPPED)
        for field, worth in (("title", TITLE), ("text", TEXT)):
            unknown = [word for word in self._few if not self._is_known(field, word)]
            suspects = (unknown, self._few) if field == "title" else (unknown,)
            for told in dict.fromkeys(map(tuple, filter(None, suspects))):
                yield self._all_but(field, told, 1, worth)
                yield self._all_but(field, told, 2, worth)
        if len(self._few) > 2:
            yield self._most(TITLE * SLIPPED)

    def _all_but(self, field: str, suspects: Sequence[str], most: int, worth: float) -> Step:
        """All words, of which the suspects may have so many mistakes each."""
        if most > max(map(slips_in, suspects)):
            return ()
        found = [
            self._slipped(field, word, min(most, slips_in(word)))
            if word in suspects
            else Query.const_score_query(_any(self._whole(field, word)), 3)
            for word in self._few
        ]
        return (Tier(_every(found), MatchKind.TYPO, worth * SLIPPED, ranked=True),)

    def _most(self, worth: float) -> Step:
        """Two of three words in the title, mistyped or not."""
        words = [self._slipped("title", word, slips_in(word)) for word in self._few]
        query = _some(words, len(words) - len(words) // 3)
        return (Tier(query, MatchKind.TYPO, worth, ranked=True),)

    def _slipped(self, field: str, word: str, most: int) -> Query:
        return slip(self.schema, field, word, self._whole(field, word), most)

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self.schema, field, word, index_option="basic")

    def _prefix(self, field: str, word: str) -> Query:
        return Query.fuzzy_term_query(self.schema, field, word, distance=0, prefix=True)

    def _is_known(self, field: str, word: str) -> bool:
        return is_fragment(word) or any(self.searcher.doc_freq(field, each) for each in forms(word))


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else _some(queries, 1)


def _every(queries: Sequence[Query]) -> Query:
    return (
        queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, q) for q in queries])
    )


def _some(queries: Sequence[Query], least: int) -> Query:
    should = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(should, minimum_number_should_match=least)


def _with_bonus(query: Query, bonus: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, q) for q in bonus)])
