"""Headings that no markup marks: bold lines, lead-ins, capitals; and the sections they open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefings.blocks import Block, Divider, Heading, List, Paragraph, Spans, Style, merged, text_of
from briefings.model import Section
from briefings.reading.collecting import cut, tidy
from briefings.reading.context import Context
from briefings.reading.furniture import is_furniture
from briefings.reading.known import KNOWN, LABELS, key
from briefings.reading.placed import Placed, is_heading
from briefings.reading.shapes import is_capitals, shape_of, width

_BOLD_LEVEL = 2
_LEAD_IN_LEVEL = 3
_LABEL = re.compile(r"([^:：\n]{2,60}?)\s?[:：](?:\s|$)")
_CLOSED = (".", ",", ";", "。", "，", "!", "…")


def outlined(
    placed: Sequence[Placed], certain: frozenset[str], *, judged: bool = False
) -> list[Placed]:
    """The blocks with every heading as a `Heading`, those included that only look like one.

    `judged` says that the lines were judged by their context already, as plain text's are.
    """
    outline = _Outline(placed, certain, judged or _is_headed(placed), judged)
    found = [part for place in range(len(placed)) for part in outline.parts(place)]
    if judged or any(map(is_heading, found)):
        return found
    return _by_context(found, certain)


def sections_of(placed: Iterable[Placed]) -> Iterator[tuple[int | None, Section]]:
    """The sections that the headings open, with their lines; what stands before is the lead."""
    heading: Spans = ()
    level = 0
    line: int | None = None
    blocks: list[Block] = []
    for each in placed:
        if isinstance(each.block, Heading):
            if level or blocks:
                yield line, Section(heading, level, tuple(blocks))
            heading, level, blocks = each.block.spans, each.block.level, []
            line = each.line
        else:
            line = line if level or blocks else each.line
            blocks.append(each.block)
    if level or blocks:
        yield line, Section(heading, level, tuple(blocks))


def _is_headed(placed: Sequence[Placed]) -> bool:
    """Whether markup names headings besides the title: one of the first level, above all others."""
    levels = [each.block.level for each in placed if isinstance(each.block, Heading)]
    return bool(levels) and levels != [1]


@dataclass
class _Outline:
    placed: Sequence[Placed]
    certain: frozenset[str]
    headed: bool
    """Whether markup names some headings, so that others need a better reason."""
    judged: bool
    level: int = 0
    """The level of the last heading that markup marks."""

    def parts(self, place: int) -> Iterable[Placed]:
        """A block, or the heading that it is, or the heading and the rest."""
        each = self.placed[place]
        match each.block:
            case Heading(_, level):
                self.level = level
                return [each]
            case Paragraph(spans):
                heading, rest = self._split(spans, place)
                if heading is None:
                    return [each]
                body = tidy(rest)
                return [
                    Placed(each.line, block) for block in (heading, Paragraph(body)) if _said(block)
                ]
            case _:
                return [each]

    def _split(self, spans: Spans, place: int) -> tuple[Heading | None, Spans]:
        text = text_of(spans)
        if self._is_bold_line(spans, text, place):
            labelled = text.rstrip().endswith((":", "："))
            return self._heading(spans, _LEAD_IN_LEVEL if labelled else _BOLD_LEVEL), ()
        certain = bool(self.certain) and key(text) in self.certain
        if certain or self._is_capital_line(text, place):
            return self._heading(spans, _BOLD_LEVEL), ()
        if _begins_bold(spans) and spans[1].text.startswith("\n") and _may_head(spans[0].text):
            return self._heading(spans[:1], _BOLD_LEVEL), spans[1:]
        if length := self._lead_in(spans, text, place):
            label, rest = cut(spans, length)
            return self._heading(tidy(label), _LEAD_IN_LEVEL), rest
        return None, ()

    def _heading(self, spans: Spans, level: int) -> Heading:
        return Heading(_without_strong(spans), self._under(level))

    def _under(self, level: int) -> int:
        return min(self.level + 1, 6) if self.level else level

    def _is_bold_line(self, spans: Spans, text: str, place: int) -> bool:
        if spans[0].style is Style.PLAIN:
            return False
        bold = all(Style.STRONG in span.style or not span.text.strip() for span in spans)
        return bold and "\n" not in text and _may_head(text) and self._has_body(place)

    def _is_capital_line(self, text: str, place: int) -> bool:
        labelled = text.endswith((":", "：")) or not self.headed
        return (
            not self.judged
            and labelled
            and is_capitals(text)
            and "\n" not in text
            and shape_of(text) is not None
            and self._has_body(place)
        )

    def _lead_in(self, spans: Spans, text: str, place: int) -> int:
        """How long the label of a lead-in is, with its colon; 0 where there is none."""
        found = _LABEL.match(text[:80])
        if found is None:
            return 0
        label = key(found[1])
        bold = _begins_bold(spans) and len(spans[0].text.strip(" :：")) >= len(found[1].strip())
        about = label.replace(" ", "-") in LABELS
        known = label in KNOWN and len(label.split()) > (0 if bold else 1)
        free = bold and not self.headed
        full = bool(text[found.end() :].strip()) or self._has_body(place)
        one_line = "\n" not in text[: found.end()].strip()
        return found.end() if (known or free) and not about and full and one_line else 0

    def _has_body(self, place: int) -> bool:
        after = self.placed[place + 1].block if place + 1 < len(self.placed) else Divider()
        return not isinstance(after, Heading | Divider)


def _said(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.spans)


def _begins_bold(spans: Spans) -> bool:
    return len(spans) > 1 and Style.STRONG in spans[0].style and not spans[0].link


def _may_head(text: str) -> bool:
    return (
        2 < width(text) <= 120
        and not text.endswith(_CLOSED)
        and key(text).replace(" ", "-") not in LABELS
        and not is_furniture(text)
        and any(map(str.isalpha, text))
    )


def _without_strong(spans: Spans) -> Spans:
    """A heading is bold by itself."""
    plain = merged(replace(span, style=span.style & ~Style.STRONG) for span in spans)
    *front, last = plain
    return tidy((*front, replace(last, text=last.text.rstrip().rstrip(":："))))


def _by_context(placed: Sequence[Placed], certain: frozenset[str]) -> list[Placed]:
    """A document without any marked heading is read as plain text is, paragraph by paragraph."""
    texts = [text for each in placed for text in ("", _text(each.block))]
    context = Context(texts, certain)
    return [
        Placed(each.line, Heading(each.block.spans, _BOLD_LEVEL))
        if isinstance(each.block, Paragraph) and context.is_heading(2 * place + 1)
        else each
        for place, each in enumerate(placed)
    ]


def _text(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return text_of(spans).replace("\n", " ")
        case List():
            return "- item"
        case _:
            return ""
