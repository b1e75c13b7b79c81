"""The search over the library: in memory, derived from its entries, rebuilt at any moment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tantivy
from tantivy import DocAddress, Searcher

from bot.library.completions import all_topics, begun_titles, begun_topics
from bot.library.excerpt import excerpt
from bot.library.folding import analyzer, grams_analyzer
from bot.library.gathering import Found, gather
from bot.library.likeness import likeness
from bot.library.memory import give_back
from bot.library.schema import GRAMS, WORDS, document, schema, words_of
from bot.library.tiers import Asking
from bot.library.wording import Wording
from briefings.model import BriefingId, Entry
from briefings.search import Hit, Results, Suggestion, cut_query

HEAP = 512_000_000
"""Bytes that new entries may take before they become a segment; tantivy asks for 15 million."""

NEAREST = 5
"""Names offered where nothing is found."""

COMPLETIONS = 25
"""Completions that a platform shows: Discord's limit.
https://discord.com/developers/docs/interactions/receiving-and-responding"""


_TOPIC = re.compile(r"\s*topic\s*:", re.IGNORECASE)


class Index:
    """Briefings by their words; every method takes milliseconds and none does I/O.

    One thread at a time may change it; searching goes on meanwhile with what was there before.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._schema = schema()
        self._analyzer, self._grams = analyzer(), grams_analyzer()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer(WORDS, self._analyzer)
        self._index.register_tokenizer(GRAMS, self._grams)
        self._writer = self._index.writer(HEAP, 1)
        self._add(entries)
        give_back()

    def update(self, *entries: Entry) -> None:
        """Let searches find these entries as they are now, in place of former ones."""
        self._add(entries)

    def remove(self, *briefings: BriefingId) -> None:
        """Let no search find these briefings any more."""
        for briefing in briefings:
            self._writer.delete_documents_by_term("id", briefing)
        self._publish()

    def search(self, query: str, limit: int = 10, offset: int = 0) -> Results:
        """The briefings that answer a query, best first; any text is a query, none is refused."""
        text, was_cut = cut_query(query)
        searcher = self._index.searcher()
        asking = self._asking(text, searcher)
        for step in asking.steps():
            found, total = gather(searcher, step, offset + limit, len(asking.words))
            if total:
                hits = tuple(_hit(searcher, each, asking.words) for each in found[offset:])
                return Results(text, hits, total, was_cut)
        return Results(text, cut=was_cut, nearest=tuple(_nearest(searcher, asking)))

    def complete(self, text: str, limit: int = COMPLETIONS) -> tuple[Suggestion, ...]:
        """Topics and titles that half-typed text may become, the newest first.

        Where no title has the words, those that a search finds in spite of typing mistakes.
        """
        if (topic := _TOPIC.match(text)) is not None:
            return self._topics_begun(text[topic.end() :])
        words, searcher = words_of(cut_query(text)[0], self._analyzer), self._index.searcher()
        topics = begun_topics(self._schema, searcher, self._topics, words)
        titles = begun_titles(self._schema, searcher, words, limit)
        found = (*topics, *(_suggestion(searcher, at) for at in titles))[:limit]
        return found or self._guessed(text, limit)

    def _topics_begun(self, text: str) -> tuple[Suggestion, ...]:
        words = words_of(cut_query(text)[0], self._analyzer)
        searcher = self._index.searcher()
        begun = begun_topics(self._schema, searcher, self._topics, words)
        return tuple(Suggestion(each.label, f"topic:{each.text}") for each in begun)

    def _asking(self, text: str, searcher: Searcher) -> Asking:
        words, like = words_of(text, self._analyzer), likeness(text, self._grams)
        return Asking(text, words, like, Wording(self._schema, searcher))

    def _guessed(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(hit.title, hit.id) for hit in self.search(text, limit).hits)

    def _add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._writer.delete_documents_by_term("id", entry.id)
            self._writer.add_document(document(entry, self._analyzer))
        self._publish()

    def _publish(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._topics = all_topics(self._index.searcher(), self._analyzer)


def _hit(searcher: Searcher, found: Found, words: tuple[str, ...]) -> Hit:
    stored = searcher.doc(found.at)
    title, body = _text(stored, "shown"), _text(stored, "body")
    quoted = excerpt(body, title, words, found.kind)
    return Hit(BriefingId(stored["id"][0]), title, found.score, found.kind, quoted)


def _nearest(searcher: Searcher, asking: Asking) -> Iterator[str]:
    found, _ = gather(searcher, asking.nearest(), NEAREST, len(asking.words))
    yield from (_text(searcher.doc(each.at), "shown") for each in found)


def _suggestion(searcher: Searcher, at: DocAddress) -> Suggestion:
    stored = searcher.doc(at)
    return Suggestion(_text(stored, "shown"), stored["id"][0])


def _text(stored: tantivy.Document, field: str) -> str:
    return bytes(stored[field][0]).decode()
