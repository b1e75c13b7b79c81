"""How text becomes words to search by: without case, accents and points, in every script."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

import regex
from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_PLAIN = re.compile(r"[\x00-\x7f\u00c0-\u012f\u0131-\u017e\u2010-\u2027\u2030-\u203a]*")
"""Text that the analyzer folds by itself; most documents are made of nothing else."""

_POINTS = regex.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u2060\ufeff]+"
)
"""Accents, vowel points, joining strokes and invisible characters: people do not type them."""

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]"
_RUN = regex.compile(rf"{_UNSPACED}+")
"""Scripts that put no blanks between words: every two neighbours count as a word."""

_OWNER = re.compile(r"['’]s\b", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def analyzer() -> TextAnalyzer:
    """What cuts folded text into words, in the index and in queries alike."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def grams_analyzer() -> TextAnalyzer:
    """What cuts letters without blanks into groups of three."""
    builder = TextAnalyzerBuilder(Tokenizer.ngram(3, 3, prefix_only=False))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def letters_of(text: str) -> str:
    """The text's letters and digits, run together."""
    return "".join(filter(str.isalnum, fold(text)))


def fold_document(text: str) -> str:
    """A document's text as the index wants it."""
    return _RUN.sub(_with_last, even) if (even := fold(text)) is not text else text


def fold_query(text: str) -> str:
    """A query's text; "Chery's" asks for what "Chery" asks for."""
    return _RUN.sub(_pairs, fold(_OWNER.sub("", text)))


def fold(text: str) -> str:
    """The text without points and case; the very same text where the analyzer does it anyway."""
    return text if _PLAIN.fullmatch(text) else folded(text)


def folded(text: str) -> str:
    """The text without points and case, as it is compared where no analyzer is at hand.

    >>> folded("CAFÉ Straße")
    'cafe strasse'
    """
    known = _SURROGATE.sub("\ufffd", text)
    return normalize("NFKC", _POINTS.sub("", normalize("NFKD", known).casefold()))


def name_of(text: str) -> str:
    """A name as it is compared: letter by letter, but for case and the width of blanks."""
    return _SURROGATE.sub("\ufffd", " ".join(text.split()).casefold())


def is_fragment(word: str) -> bool:
    """Whether this is one character of a script in which a word is two."""
    return len(word) == 1 and bool(_RUN.match(word))


@lru_cache(maxsize=10_000)
def forms(word: str) -> tuple[str, ...]:
    """The word and what may be its singular or plural; a form that nobody uses finds nothing.

    >>> forms("factories")
    ('factories', 'factorieses', 'factory', 'factorie')
    """
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return (word,)
    return (word, *_plurals(word), *_singulars(word))


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (f"{word}es",)
    if word.endswith("y"):
        return (f"{word}s", f"{word[:-1]}ies")
    return (f"{word}s",)


def _singulars(word: str) -> tuple[str, ...]:
    if not word.endswith("s") or word.endswith("ss") or len(word) < 4:
        return ()
    if word.endswith("ies"):
        return (f"{word[:-3]}y", word[:-1])
    if word.endswith("es"):
        return (word[:-2], word[:-1])
    return (word[:-1],)


def _pairs(run: regex.Match[str]) -> str:
    text = run[0]
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    return f" {' '.join(pairs) or text} "


def _with_last(run: regex.Match[str]) -> str:
    """The pairs, and the last character, which begins none."""
    return f"{_pairs(run)}{run[0][-1]} "
