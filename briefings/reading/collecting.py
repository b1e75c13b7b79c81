"""Spans as they are collected from any format: styles, links, pictures, blanks at line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from briefings.blocks import Block, Image, Paragraph, Span, Spans, Style, merged
from briefings.reading.cleaning import clean
from briefings.reading.placed import Report
from briefings.reading.targets import honest, link_address, web_address, with_bare_links

Run: TypeAlias = Spans | Image

_JOINS = re.compile(
    # Chinese and Japanese are written without blanks; Korean is not.
    "[\u2e80-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_TRICKY = re.compile("://|[\n\u2060]")
_EMPTY_LINE = re.compile(r"\n\n+")
_AROUND_BREAK = re.compile(r" *\n *")
_STYLES = (Style.STRONG, Style.EMPHASIS, Style.CODE)
GUARD = "\u2060"
"""Stands before a character that was escaped, so that no address is seen around it.

Clean text never holds it: it is invisible."""


def joint(before: str, after: str) -> str:
    """What a line break inside a paragraph stands for: a blank, but none in Chinese or Japanese."""
    cjk = before and after and _JOINS.match(before[-1]) and _JOINS.match(after[0])
    return "" if cjk else " "


def tidy(spans: Sequence[Span]) -> Spans:
    """The spans merged, with no blank at either end nor beside a line break."""
    if len(spans) == 1 and not _TRICKY.search(spans[0].text):
        [span] = spans
        text = span.text.strip()
        return (span if text == span.text else replace(span, text=text),) if text else ()
    runs = [_unguarded(span) for span in with_bare_links(merged(spans))]
    if any("\n" in span.text for span in runs):
        runs = _without_blanks_at_breaks(runs)
    return _trimmed(runs)


def _unguarded(span: Span) -> Span:
    return replace(span, text=span.text.replace(GUARD, "")) if GUARD in span.text else span


def _without_blanks_at_breaks(runs: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in runs:
        text = _AROUND_BREAK.sub("\n", span.text)
        if kept and kept[-1].text.endswith("\n"):
            text = text.lstrip(" ")
        if kept and text.startswith("\n"):
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        kept.append(replace(span, text=text))
    return [span for span in kept if span.text]


def _trimmed(runs: list[Span]) -> Spans:
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return merged(runs)


@dataclass
class Collector:
    """Collects runs of spans and the pictures between them."""

    line: int | None
    report: Report
    runs: list[Run] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    links: list[str | None] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def say(self, text: str, extra: Style = Style.PLAIN) -> None:
        """Add text in the styles and the link that are open."""
        text = clean(text)
        self._say(text, extra)

    def say_escaped(self, text: str) -> None:
        """Add text that its author keeps from being markup."""
        self._say(GUARD + text, Style.PLAIN)

    def _say(self, text: str, extra: Style) -> None:
        style = extra
        if self.styles:
            for each in _STYLES:  # those that are open may be thousands
                style |= each if each in self.styles else Style.PLAIN
        self.spans.append(Span(text, style, self.links[-1] if self.links else None))

    def close(self, style: Style) -> None:
        """End the innermost run of a style; nothing where none is open."""
        if style in self.styles:
            del self.styles[len(self.styles) - 1 - self.styles[::-1].index(style)]

    def close_link(self) -> None:
        """End the innermost link and say its title; nothing where none is open."""
        if self.links:
            self.links.pop()
            title = self.titles.pop()
            self.say(f" ({title})" if title else "")

    def open_link(self, target: str, title: str = "") -> None:
        """Begin a link; a target that may not be followed is reported and left out."""
        address = link_address(target)
        if address is None and target:
            self.report(self.line, f"The link to “{target}” is kept as text alone.")
        self.links.append(address)
        self.titles.append(title)

    def show(self, target: str, words: str) -> None:
        """Add a picture, or its words where it cannot be shown."""
        words = " ".join(clean(words).split())
        address = web_address(target)
        if address is None:
            self.report(self.line, f"The picture “{target}” is kept as its words alone.")
            self.say(words)
        elif self.links and self.links[-1]:
            self.say(words or address)
            self.runs.extend((self.taken(), Image(address)))
        else:
            self.runs.extend((self.taken(), Image(address, words)))

    def taken(self) -> Spans:
        """The spans so far, tidied; the next ones begin anew."""
        spans, self.spans = tidy(self.spans), []
        return honest(spans, self.line, self.report)

    def done(self) -> list[Run]:
        """All runs, without the empty ones; the next begin anew."""
        runs, self.runs = [*self.runs, self.taken()], []
        return [run for run in runs if run]


def paragraphs(runs: Iterable[Run]) -> Iterator[Block]:
    """The runs as blocks; an empty line inside a run begins another paragraph."""
    for run in runs:
        if isinstance(run, Image):
            yield run
        else:
            yield from (Paragraph(part) for spans in _at_empty_lines(run) if (part := tidy(spans)))


def _at_empty_lines(spans: Spans) -> Iterator[list[Span]]:
    part: list[Span] = []
    for span in spans:
        first, *others = _EMPTY_LINE.split(span.text)
        part.append(replace(span, text=first))
        for other in others:
            yield part
            part = [replace(span, text=other)]
    yield part


def cut(spans: Spans, length: int) -> tuple[Spans, Spans]:
    """The first `length` characters of the spans, and the rest."""
    before, after = [], []
    for span in spans:
        before.append(replace(span, text=span.text[:length]))
        after.append(replace(span, text=span.text[length:]))
        length = max(0, length - len(span.text))
    return merged(before), merged(after)
