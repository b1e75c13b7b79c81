"""Spans as Markdown: what is markup is sure to be read as such, and what is text as text."""

from __future__ import annotations

import re

from briefings.blocks import Span, Spans, Style

_SPECIAL = re.compile(
    r"[\\`*\[\]<|]"  # always markup somewhere
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word an underscore is a letter
    r"|&(?=[#\w])|!$|(?<!\S)#|(?<=http)s?:(?=//)",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"^(?:[>+=~:-]|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE)
_IN_TARGET = re.compile(r"[&\[]")  # many open brackets are a flood, which has no links
_SIMPLE_CODE = re.compile(r"[^`\s|](?:[^`\n|]*[^`\s|])?")
_CLOSE = frozenset(".,;:!?)")
_TAGS = ((Style.STRONG, "strong"), (Style.EMPHASIS, "em"), (Style.CODE, "code"))
_STARS = {
    Style.EMPHASIS: "*",
    Style.STRONG: "**",
    Style.STRONG | Style.EMPHASIS: "***",
}


def inline(spans: Spans, *, is_cell: bool = False) -> str:
    """The spans as Markdown; a line break is a hard one, or a tag in a table's cell."""
    parts = []
    for place, span in enumerate(spans):
        before = spans[place - 1].text[-1:] if place else "\n"
        after = spans[place + 1] if place + 1 < len(spans) else Span("\n")
        parts.append(_span(span, before, after))
    return "".join(parts).replace("\n", "<br>" if is_cell else "\\\n")


def escaped(text: str, *, at_line_start: bool = True) -> str:
    """Plain text as Markdown that reads as that text."""
    special = ("" if at_line_start else "x") + _SPECIAL.sub(_escape, text)
    return _LINE_START.sub(_escape_start, special)[not at_line_start :]


def target(address: str) -> str:
    """The address of a link or a picture as Markdown takes it."""
    return f"<{_IN_TARGET.sub(_escape, address)}>"


def _escape(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}\\{found[0][-1]}"


def _escape_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\" if found[1] else f"\\{found[0]}"


def _span(span: Span, before: str, after: Span) -> str:
    if span.link is None:
        return _styled(span, before, after)
    if span.link == span.text and not span.style and "[" not in span.link:
        return f"<{span.link}>"
    return f"[{_styled(span, ' ', Span(' '))}]({target(span.link)})"


def _styled(span: Span, before: str, after: Span) -> str:
    if not span.style:
        return escaped(span.text, at_line_start=before in ("\n", "")) if span.text else ""
    if span.style is Style.CODE and _SIMPLE_CODE.fullmatch(span.text):
        return f"`{span.text}`"
    text = escaped(span.text, at_line_start=False)
    if (stars := _STARS.get(span.style)) and _may_be_starred(span.text, before, after):
        return f"{stars}{text}{stars}"
    tags = [tag for style, tag in _TAGS if style in span.style]
    opened = "".join(f"<{tag}>" for tag in tags)
    closed = "".join(f"</{tag}>" for tag in reversed(tags))
    return f"{opened}{text}{closed}"


def _may_be_starred(text: str, before: str, after: Span) -> bool:
    """Whether stars here open and close for sure: at the edges of words, beside a blank.

    https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
    """
    plain_after = not after.style and not after.link
    closes = after.text[:1].isspace() or (plain_after and after.text[:1] in _CLOSE)
    return text[:1].isalnum() and text[-1:].isalnum() and before.isspace() and closes
