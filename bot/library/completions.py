"""Completions of half-typed text: topics and titles, from the index alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import DocAddress, Occur, Query, Schema, Searcher, TextAnalyzer

from bot.library.folding import forms
from bot.library.schema import words_of
from briefings.search import Suggestion

TOPICS_LIMIT = 5
"""Topics among the completions, so that there is room for titles."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is written, and its words."""

    name: str
    words: tuple[str, ...]


def all_topics(searcher: Searcher, analyzer: TextAnalyzer) -> tuple[Topic, ...]:
    """Every topic of the library, the commonest first, in its commonest spelling."""
    found: dict[tuple[str, ...], Topic] = {}
    for name, _ in searcher.terms_with_prefix("topic", ""):
        topic = Topic(name, words_of(name, analyzer))
        found.setdefault(topic.words, topic)
    return tuple(found.values())


def begun_titles(
    schema: Schema, searcher: Searcher, words: Sequence[str], limit: int
) -> list[DocAddress]:
    """The newest briefings whose title has the words, of which the last may be half-typed."""
    query = _every(schema, words) if words else Query.all_query()
    hits = searcher.search(query, limit, count=False, order_by_field="recent").hits
    return [at for _, at in hits]


def begun_topics(
    schema: Schema, searcher: Searcher, topics: Sequence[Topic], words: Sequence[str]
) -> tuple[Suggestion, ...]:
    """The topics that have the words, the one with the newest briefing first."""
    found = [topic for topic in topics if _begins(topic.words, words)][: TOPICS_LIMIT * 5]
    newest = {topic: _newest(schema, searcher, topic) for topic in found}
    alive = [(age, topic) for topic, age in newest.items() if age is not None]
    alive.sort(key=lambda pair: -pair[0])
    return tuple(Suggestion(topic.name, topic.name) for _, topic in alive[:TOPICS_LIMIT])


def _begins(there: Sequence[str], words: Sequence[str]) -> bool:
    if not words:
        return False
    *whole, last = words
    return all(word in there for word in whole) and any(w.startswith(last) for w in there)


def _newest(schema: Schema, searcher: Searcher, topic: Topic) -> int | None:
    """When the topic's newest briefing came in; nothing where all of them are gone."""
    query = Query.term_query(schema, "topic", topic.name, index_option="basic")
    hits = searcher.search(query, 1, count=False, order_by_field="recent").hits
    return hits[0][0] if hits else None


def _every(schema: Schema, words: Sequence[str]) -> Query:
    *whole, last = words
    queries = [_any(schema, word) for word in whole]
    begun = Query.fuzzy_term_query(schema, "title", last, distance=0, prefix=True)
    return Query.boolean_query([(Occur.Must, query) for query in (*queries, begun)])


def _any(schema: Schema, word: str) -> Query:
    terms = (Query.term_query(schema, "title", form, index_option="basic") for form in forms(word))
    return Query.boolean_query([(Occur.Should, term) for term in terms])
