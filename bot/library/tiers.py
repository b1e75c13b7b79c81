"""A query as steps, from the surest reading to the boldest; each is built from words, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tantivy import Occur, Query, Schema, Searcher

from bot.library.folding import forms, is_fragment
from bot.library.schema import LITERAL, LOOSE, literal, loose
from bot.library.slips import respaced, slip
from briefings.search import MatchKind

TITLE, TOPICS, HEADINGS, TEXT = 0.8, 0.65, 0.5, 0.4
"""What a briefing is worth that has all the words there; `TEXT` is the best hit's worth."""

EXACT, SAME_WORDS, PHRASE = 1.0, 0.95, 0.85
BEGUN, SLIPPED = 0.9, 0.85
"""What is left of the worth where words are only begun, or have typing mistakes."""

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


@dataclass(frozen=True, slots=True)
class Asking:
    """A query against one state of the index."""

    query: str
    words: tuple[str, ...]
    schema: Schema
    searcher: Searcher

    def steps(self) -> Iterator[Step]:
        """The steps, each to be tried only where the ones before found nothing."""
        if not self.words:
            yield (self._named(LITERAL, literal(self.query), EXACT),)
            return
        yield (
            self._named(LITERAL, literal(self.query), EXACT),
            self._named(LOOSE, loose(self.words), SAME_WORDS),
            *self._phrase(),
            *self._ladder(self.words, self._whole, MatchKind.WORDS, 1.0),
        )
        yield self._ladder(self.words, self._begun, MatchKind.PREFIX, BEGUN)
        yield from self._mistyped()

    def nearest(self) -> Tier:
        """Whatever has one of the words in its title, more or less."""
        words = [self._slipped("title", word, extra=1) for word in self._few]
        return Tier(_some(words, 1), MatchKind.TYPO, 0, ranked=True)

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
        self, words: Sequence[str], readings: Readings, kind: MatchKind, share: float
    ) -> Step:
        """All words in the title; there or in the topics; or in the headings; anywhere."""
        fields = ("title", "topics", "headings")
        names = (
            Tier(self._all_in(fields[: at + 1], words, readings), kind, worth * share)
            for at, worth in enumerate((TITLE, TOPICS, HEADINGS))
        )
        weight = [
            Query.boost_query(query, 3) for word in words for query in readings("title", word)
        ]
        text = _every([_any(readings("text", word)) for word in words])
        anywhere = _with_bonus(text, weight) if len(words) > 1 else text
        return (*names, Tier(anywhere, kind, TEXT * share, ranked=True))

    def _all_in(self, fields: Sequence[str], words: Sequence[str], readings: Readings) -> Query:
        return _every([_any([q for f in fields for q in readings(f, word)]) for word in words])

    def _whole(self, field: str, word: str) -> list[Query]:
        if is_fragment(word):
            return [self._prefix(field, word)]
        return [self._term(field, form) for form in forms(word)]

    def _begun(self, field: str, word: str) -> list[Query]:
        """The last word and unknown ones may be begun only."""
        whole = self._whole(field, word)
        is_long = field != "text" or len(word) >= BEGINNING or not word.isascii()
        if is_long and (word == self.words[-1] or not self._is_known(field, word)):
            return [*whole, self._prefix(field, word)]
        return whole

    def _mistyped(self) -> Iterator[Step]:
        for words in respaced(self._few, lambda word: self._is_known("text", word)):
            yield self._ladder(words, self._whole, MatchKind.TYPO, SLIPPED)
        for field, worth in (("title", TITLE), ("text", TEXT)):
            unknown = [word for word in self._few if not self._is_known(field, word)]
            if unknown:
                yield self._all_but(field, unknown, worth)
            if field == "title" and len(unknown) < len(self._few):
                yield self._all_but(field, self._few, worth)
        if len(self._few) >= 3:
            yield self._most(TITLE * SLIPPED)

    def _all_but(self, field: str, suspects: Sequence[str], worth: float) -> Step:
        """All words, of which the suspects may be mistyped."""
        found = [
            self._slipped(field, word) if word in suspects else self._sure(field, word)
            for word in self._few
        ]
        return (Tier(_every(found), MatchKind.TYPO, worth * SLIPPED, ranked=True),)

    def _most(self, worth: float) -> Step:
        """Two of three words in the title, mistyped or not."""
        words = [self._slipped("title", word) for word in self._few]
        query = _some(words, len(words) - len(words) // 3)
        return (Tier(query, MatchKind.TYPO, worth, ranked=True),)

    def _sure(self, field: str, word: str) -> Query:
        return Query.const_score_query(_any(self._whole(field, word)), 3)

    def _slipped(self, field: str, word: str, extra: int = 0) -> Query:
        return slip(self.schema, field, word, self._whole(field, word), extra)

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self.schema, field, word, index_option="basic")

    def _prefix(self, field: str, word: str) -> Query:
        return Query.fuzzy_term_query(self.schema, field, word, distance=0, prefix=True)

    def _is_known(self, field: str, word: str) -> bool:
        return self.searcher.doc_freq(field, word) > 0


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
