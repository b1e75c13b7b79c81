"""Markdown's tokens: markdown-it as this reader needs it, safe from floods of brackets."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefings.reading.inline import MARKUP
from briefings.reading.placed import Report
from briefings.reading.result import Unreadable

DEEPEST = 40
"""Levels of lists and quotes in each other; a list in a list is two."""
_FLOOD = re.compile(r"\[{16}")
_MOST_OPEN = 1_000
"""Opening brackets without an end; each costs markdown-it a search through its paragraph."""


def tokens_of(text: str, env: dict[str, Any], report: Report) -> list[Token]:
    """The tokens of a text; the links that it defines go to `env`.

    An inline token without any markup has no children. Raises `Unreadable` for absurd nesting.
    """
    links = not _is_flood(text)
    if not links:
        report(None, "There are so many brackets that links are kept as text.")
    tokens = _parser(links).parse(text, env)
    if any(token.level > DEEPEST for token in tokens):
        raise Unreadable("Lists and quotes are nested too deeply: flatten them.")
    return tokens


def _is_flood(text: str) -> bool:
    """Whether brackets are so many and so open that markdown-it would search for minutes."""
    unended = text.count("[") - text.count("]")
    aimless = text.count("](") - text.count(")")
    return max(unended, aimless) > _MOST_OPEN or bool(_FLOOD.search(text))


@cache
def _parser(links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 2}).enable("table")
    parser.disable("text_join")  # the spans are merged anyway
    parser.core.ruler.at("inline", _parse_inline)
    # Targets are judged by this reader, which reports those that it does not follow.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser if links else parser.disable(["link", "image"])


def _parse_inline(state: StateCore) -> None:
    """What markdown-it does here, but for text without any markup, whose children stay none."""
    for token in state.tokens:
        if token.type == "inline" and MARKUP.search(token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
