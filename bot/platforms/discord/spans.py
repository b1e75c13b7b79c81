"""Spans of text in Discord's markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from bot.platforms.discord.escape import BREAK, clean, escape, inert
from bot.platforms.discord.links import beside, is_drawn, join, target
from briefings.blocks import Span, Spans, Style, merged, text_of

_USER = re.compile("[0-9]{15,20}")
"""https://discord.com/developers/docs/reference#message-formatting"""

_MARKS = {Style.STRONG: "**", Style.EMPHASIS: "*"}


def lines(spans: Spans) -> list[str]:
    """The spans as lines of markdown; blank lines stay, no text at all is no line."""
    drawn = [_line(line) for line in _split(spans)]
    return drawn if any(line.strip() for line in drawn) else []


def line(spans: Spans) -> str:
    """The spans on a single line."""
    return " ".join(each.strip() for each in lines(spans) if each.strip())


def _split(spans: Spans) -> Iterator[Spans]:
    """The spans of each line; marks hold on one line only, because lists and quotes break them."""
    current: list[Span] = []
    for span in spans:
        link = span.link if is_drawn(span.link) else None
        first, *others = clean(span.text).split("\n")
        current.append(replace(span, text=first, link=link))
        for text in others:
            yield merged(current)
            current = [replace(span, text=text, link=link)]
    yield merged(current)


def _line(spans: Spans) -> str:
    drawn = ""
    for link, run in groupby(spans, key=lambda span: span.link):
        drawn = _beside(drawn, _run(tuple(run), link))
    return drawn


def _run(spans: Spans, link: str | None) -> str:
    """Neighbours with one link; the white space at either end stays outside it."""
    whole = text_of(spans)
    label = whole.strip()
    drawn = _styled(spans)
    if link is None or not label:
        return drawn
    address = target(link)
    if address is None:
        return drawn + beside(label, link)
    head, tail = _ends(whole)
    return head + join(label, drawn.strip(), address) + tail


def _styled(spans: Iterable[Span]) -> str:
    drawn = ""
    for span in spans:
        drawn = _beside(drawn, _marked(span))
    return drawn


def _beside(left: str, right: str) -> str:
    """Two pieces whose marks do not run into each other."""
    touching = left[-1:] == right[:1] and right[:1] in {"*", "`"}
    return f"{left}{BREAK}{right}" if touching else left + right


def _marked(span: Span) -> str:
    """The span's words between its marks, which Discord takes only right beside a letter."""
    words = span.text.strip()
    if not words:
        return span.text
    if span.at is not None:
        return _moment(span.at)
    if span.person is not None and _USER.fullmatch(span.person):
        return f"<@{span.person}>"
    head, tail = _ends(span.text)
    core = _code(words) if Style.CODE in span.style else escape(words)
    marks = "".join(mark for style, mark in _MARKS.items() if style in span.style)
    return f"{head}{marks}{core}{marks[::-1]}{tail}"


def _moment(at: datetime) -> str:
    """A moment, with its weekday, in the time zone of whoever reads it.

    https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    """
    return f"<t:{int(at.timestamp())}:F>"


def _code(words: str) -> str:
    """Inline code; words with a run of backticks, which no fence could hold, become plain text."""
    if "``" in words:
        return escape(words)
    return f"`` {inert(words)} ``" if "`" in words else f"`{inert(words)}`"


def _ends(text: str) -> tuple[str, str]:
    size = len(text.rstrip())
    return text[: len(text) - len(text.lstrip())], text[size:]
