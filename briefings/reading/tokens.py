"""Markdown's tokens: markdown-it as this reader needs it, safe from floods of brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefings.reading.inline import MARKUP
from briefings.reading.placed import Report
from briefings.reading.result import Unreadable
from briefings.tongue import mark

DEEPEST = 40
"""Levels of lists and quotes in each other; a list in a list is two."""
_FLOOD = re.compile(r"\[{16}")
_MOST_OPEN = 1_000
"""Opening brackets without an end; each costs markdown-it a search through its paragraph."""
_MARKS = re.compile(r"[\\`*_\[\]<&]")
_MOST_MARKS = 2_000
_SPARSE = 3
"""Characters to each mark where there is a text as well."""
_DENSE = "briefing_may_be_dense"


def tokens_of(
    text: str, env: dict[str, Any], report: Report, *, written: bool = False
) -> list[Token]:
    """The tokens of a text; the links that it defines go to `env`.

    An inline token without any markup has no children, nor has any in a text that is hardly
    more than markup, unless it was `written` by this program. Raises `Unreadable` for absurd
    nesting.
    """
    links = not _is_open(text)
    if not links:
        report(None, "There are so many brackets that links are kept as text.")
    env[_DENSE] = not written
    tokens = _parser(links).parse(text, env)
    if env.pop(_DENSE) and _is_dense(_inline(tokens)):
        report(None, "There is hardly anything but markup in the text; it is kept as text.")
    if any(token.level > DEEPEST for token in tokens):
        raise Unreadable(mark("Lists and quotes are nested too deeply: flatten them."))
    return tokens


def _is_open(text: str) -> bool:
    """Whether brackets are so many and so open that markdown-it would search for minutes."""
    unended = text.count("[") - text.count("\\[") - text.count("]")
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
    marked = _inline(state.tokens)
    if state.env[_DENSE] and _is_dense(marked):
        return
    for token in marked:
        if MARKUP.search(token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _inline(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "inline"]


def _is_dense(tokens: Sequence[Token]) -> bool:
    """Whether every few characters are markup: no text, and slow to parse."""
    marks = sum(len(_MARKS.findall(token.content)) for token in tokens)
    return marks > _MOST_MARKS and _SPARSE * marks >= sum(len(token.content) for token in tokens)
