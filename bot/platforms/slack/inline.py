"""Spans as the inline elements of Slack's `rich_text`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, assert_never

from bot.platforms.slack.escape import address, shows, target, upright
from bot.platforms.slack.persons import element, user_of
from briefings.blocks import (
    Divider,
    Heading,
    Image,
    Paragraph,
    Span,
    Spans,
    Style,
    merged,
    plain,
    styled,
)

Json: TypeAlias = dict[str, object]
Prose: TypeAlias = Paragraph | Heading | Divider | Image
"""Blocks that a line of text can say."""

LINE = "———"
"""A divider where Slack has no line to draw: inside a list or a quote."""

_NAMES = {Style.STRONG: "bold", Style.EMPHASIS: "italic", Style.CODE: "code"}


def inline(spans: Spans) -> list[Json]:
    """The elements of a run of spans; a link whose label hides its target is followed by it."""
    return [element for span in merged(spans) for element in _drawn(span)]


def lines(blocks: Iterable[Prose]) -> Spans:
    """Each block's words on a line of its own."""
    return joined([spans for block in blocks if (spans := merged(_spans(block)))])


def joined(parts: Sequence[Spans], gap: str = "\n") -> Spans:
    """The spans of every part, with a gap between them."""
    return tuple(
        span for at, part in enumerate(parts) for span in (*plain(gap if at else ""), *part)
    )


def _spans(block: Prose) -> Spans:
    match block:
        case Paragraph(spans):
            return spans
        case Heading(spans):
            return styled(spans, Style.STRONG)
        case Divider():
            return plain(LINE)
        case Image(url, alt):
            return (*plain(f"{alt} " if alt else ""), Span(url, link=url))
        case _:
            assert_never(block)


def _drawn(span: Span) -> list[Json]:
    text, look = upright(span.text), _look(span.style)
    if user := user_of(span.person):
        return [element(user) | look]
    link = address(span.link)
    if link is None:
        return [{"type": "text", "text": text, **look}] if text else []
    drawn: Json = {"type": "link", "url": link, "text": text or link, **look}
    if shows(text, link):
        return [drawn]
    return [drawn, {"type": "text", "text": f" ({target(link)})"}]


def _look(style: Style) -> Json:
    look = {name: True for flag, name in _NAMES.items() if flag in style}
    return {"style": look} if look else {}
