"""How alike a title and a question are, letter by letter, wherever their blanks are."""

from __future__ import annotations

from dataclasses import dataclass

from tantivy import TextAnalyzer

from bot.library.folding import letters_of

SHARE = 0.55
"""How many of the question's groups of three letters a title must have."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question's letters, three by three."""

    grams: frozenset[str]
    analyzer: TextAnalyzer

    def share(self, title: str) -> float:
        """How much of the question is in the title: 0 to 1."""
        return len(self.grams & grams_of(title, self.analyzer)) / len(self.grams)


def likeness(text: str, analyzer: TextAnalyzer) -> Likeness:
    """What a title is to be like."""
    return Likeness(grams_of(text, analyzer), analyzer)


def grams_of(text: str, analyzer: TextAnalyzer) -> frozenset[str]:
    """The text's letters three by three."""
    return frozenset(analyzer.analyze(letters_of(text)))
