"""Words as tantivy queries: a word is always a term, never syntax."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Schema, Searcher

from bot.library.folding import forms, is_fragment
from bot.library.slips import BEGINNING

RIGHT, BEGUN, ONE_SLIP, TWO_SLIPS = 3.0, 2.5, 2.0, 1.0
"""What a word adds to a score: as it is, as a beginning, with one mistake, with two."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The ways to find a word in a field, in one state of the index."""

    schema: Schema
    searcher: Searcher

    def is_known(self, field: str, word: str) -> bool:
        """Whether the field has the word, in the singular or the plural."""
        return is_fragment(word) or any(self.searcher.doc_freq(field, each) for each in forms(word))

    def rarest(self, field: str, terms: Collection[str]) -> list[str]:
        """The terms that the field has, the rarest first."""
        counted = [(self.searcher.doc_freq(field, term), term) for term in terms]
        return [term for count, term in sorted(counted) if count]

    def named(self, field: str, name: str) -> Query:
        """The whole of a field that is not cut into words."""
        return Query.term_query(self.schema, field, name, index_option="basic")

    def whole(self, field: str, word: str) -> list[Query]:
        """The word, in the singular or the plural."""
        if is_fragment(word):
            return [self.prefix(field, word)]
        used = [form for form in forms(word) if self.searcher.doc_freq(field, form)]
        return [self.named(field, form) for form in used or (word,)]

    def begun(self, field: str, word: str) -> list[Query]:
        """The word, or those that it begins: of a text only if it has some letters."""
        is_telling = field != "text" or len(word) >= BEGINNING or not word.isascii()
        return [*self.whole(field, word), *([self.prefix(field, word)] if is_telling else [])]

    def prefix(self, field: str, word: str) -> Query:
        """Whatever the word begins."""
        return Query.fuzzy_term_query(self.schema, field, word, distance=0, prefix=True)

    def phrase(self, field: str, words: Sequence[str]) -> Query:
        """The words side by side."""
        return Query.phrase_query(self.schema, field, list(words))

    def sure(self, field: str, word: str) -> Query:
        """The word as it is, scored as `mistyped` scores it."""
        return Query.const_score_query(either(self.whole(field, word)), RIGHT)

    def near(self, field: str, word: str, most: int) -> Query:
        """A word with up to `most` mistakes."""
        return Query.fuzzy_term_query(self.schema, field, word, distance=most)

    def mistyped(self, field: str, word: str, most: int) -> Query:
        """The word, a longer one that it begins, or one with up to `most` mistakes."""
        found = [self.sure(field, word)]
        if len(word) >= BEGINNING:
            found.append(Query.const_score_query(self.prefix(field, word), BEGUN))
        for distance, worth in ((1, ONE_SLIP), (2, TWO_SLIPS))[:most]:
            found.append(Query.const_score_query(self.near(field, word, distance), worth))
        return Query.disjunction_max_query(found)


def either(queries: Sequence[Query]) -> Query:
    """At least one of the queries."""
    return queries[0] if len(queries) == 1 else at_least(1, queries)


def every(queries: Sequence[Query]) -> Query:
    """All of the queries."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def at_least(least: int, queries: Sequence[Query]) -> Query:
    """So many of the queries."""
    should = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(should, minimum_number_should_match=least)


def with_bonus(query: Query, bonus: Sequence[Query]) -> Query:
    """What the query finds, the better the more of the others find it too."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, each) for each in bonus)])
