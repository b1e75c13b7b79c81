"""What the index keeps of a briefing, and under which fields."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import Document, Schema, SchemaBuilder, TextAnalyzer

from bot.library.body import text_of_briefing
from bot.library.folding import fold_document, fold_query, letters_of, name_of
from briefings.model import Entry
from briefings.search import cut_query

WORDS, GRAMS = "words", "grams"
"""The names under which the analyzers are registered."""

LITERAL, LOOSE = "literal", "loose"
"""The fields of names: letter by letter, and as words."""


def schema() -> Schema:
    """The fields; `recent` orders by age, `size` counts the title's words, `body` is quoted."""
    builder = SchemaBuilder()
    for name in ("id", LITERAL, LOOSE, "topic"):
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", stored=name == "id"
        )
    builder.add_text_field("title", tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("letters", tokenizer_name=GRAMS, index_option="basic")
    for name in ("topics", "headings", "text"):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="freq")
    builder.add_integer_field("recent", fast=True)
    builder.add_unsigned_field("size", fast=True)
    builder.add_bytes_field("shown", stored=True)
    builder.add_bytes_field("body", stored=True)
    return builder.build()


def document(entry: Entry, analyzer: TextAnalyzer) -> Document:
    """The entry as the index takes it; `text` holds every word, so that all may meet there."""
    briefing, made = entry.briefing, Document()
    body = text_of_briefing(briefing)
    headings = [section.name for section in briefing.sections]
    made.add_text("id", entry.id)
    for name in (briefing.title, entry.id):
        made.add_text(LITERAL, literal(name))
        made.add_text(LOOSE, loose(words_of(cut_query(name)[0], analyzer)))
    for topic in briefing.topics:
        made.add_text("topic", _stored(topic))
    _add_words(made, "title", (briefing.title,))
    made.add_text("letters", letters_of(briefing.title))
    _add_words(made, "topics", briefing.topics)
    _add_words(made, "headings", headings)
    _add_words(
        made, "text", (entry.id, briefing.title, *briefing.topics, *headings, *_rest(entry), body)
    )
    made.add_integer("recent", int(entry.added.timestamp() * 1_000_000))
    made.add_unsigned("size", len(words_of(briefing.title, analyzer)))
    made.add_bytes("shown", briefing.title.encode(errors="replace"))
    made.add_bytes("body", body.encode(errors="replace"))
    return made


def words_of(text: str, analyzer: TextAnalyzer) -> tuple[str, ...]:
    """The words that a query asks for, each once, in order."""
    return tuple(dict.fromkeys(analyzer.analyze(fold_query(text))))


def literal(name: str) -> str:
    """The name as a question is compared with it letter by letter."""
    return name_of(cut_query(name)[0])


def loose(words: Sequence[str]) -> str:
    """The name as its words."""
    return " ".join(words)


def _rest(entry: Entry) -> tuple[str, ...]:
    """The fields that are searched but not weighted."""
    briefing = entry.briefing
    sources = (source.name for source in briefing.sources)
    return (*sources, *briefing.questions, *(text for _, text in briefing.extras))


def _add_words(made: Document, field: str, texts: Sequence[str]) -> None:
    for text in texts:
        made.add_text(field, fold_document(text))


def _stored(text: str) -> str:
    return text.encode(errors="replace").decode()
