"""Which lines of plain text are headings, judged by what stands before and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefings.reading.furniture import is_above
from briefings.reading.known import GENERIC, KNOWN, key
from briefings.reading.shapes import (
    GAP,
    LIST_ITEM,
    NUMBER,
    QUESTION_WORD,
    RULE,
    Shape,
    dangles,
    has_ended,
    is_capitals,
    shape_of,
    width,
)

_SHORTEST = 3
_SHORT = 60
_PARAGRAPH = 100
_UNDERLINES = "=-~"
_BY_LINE = re.compile(r"[Bb]y [A-Z]")


@dataclass(frozen=True)
class Context:
    """The lines of a plain document, without line ends, and the headings that are certain."""

    lines: Sequence[str]
    certain: frozenset[str] = frozenset()

    @cached_property
    def wrap(self) -> int | None:
        """The width that the text is wrapped at by hand; nothing where a line is a paragraph."""
        widths = sorted(map(width, filter(None, self.lines)))
        if not widths or widths[-1] > 200 or len(widths) < 6:
            return None
        common = widths[int(len(widths) * 0.95) - 1]
        full = sum(1 for each in widths if each >= 0.75 * common)
        return common if 40 <= common <= 120 and full >= 0.3 * len(widths) else None

    @cached_property
    def mostly_capitals(self) -> bool:
        """Whether half of the document is in capitals, so that they mark nothing."""
        texts = [line for line in self.lines if len(line) > 20]
        return 2 * sum(map(is_capitals, texts)) > len(texts)

    @cached_property
    def is_marked(self) -> bool:
        """Whether rules under headings mark them, so that shapes alone do not."""
        return sum(1 for place in range(len(self.lines)) if self.underlined(place)) > 1

    @cached_property
    def first_line(self) -> int:
        """Where a title may stand: below a wire's address and what the document is."""
        told = (place for place, line in enumerate(self.lines) if line and not is_above(line))
        return next(told, 0)

    @cached_property
    def numbered(self) -> frozenset[int]:
        """Where headings stand that count up from one: `1. Introduction`, `2. Results`."""
        places = [place for place, line in enumerate(self.lines) if self._is_numbered(place, line)]
        numbers = [NUMBER.sub(r"\1", self.lines[place]) for place in places]
        counted = numbers == [str(number) for number in range(1, len(places) + 1)]
        return frozenset(places) if counted and len(places) > 1 else frozenset()

    @cached_property
    def first_paragraph(self) -> int:
        """Where the first line of a paragraph's length stands."""
        long = (place for place, line in enumerate(self.lines) if width(line) >= _SHORT)
        return next(long, len(self.lines))

    def underlined(self, place: int) -> int | None:
        """The level of a heading that a rule of `=`, `-` or `~` stands under."""
        text, rule = self.at(place), self.at(place + 1)
        if not text or rule[:1] not in _UNDERLINES or not RULE.fullmatch(rule) or " " in rule:
            return None
        if RULE.fullmatch(text) or GAP.search(text) or LIST_ITEM.match(text) or width(text) > 120:
            return None
        return 1 if rule[0] == "=" else 2

    def is_heading(self, place: int) -> bool:
        """Whether an unmarked line is a heading."""
        text = self.at(place)
        if width(text) < _SHORTEST and not self.certain:
            return False
        name = key(text)
        if name in self.certain:
            return True
        if len(text) > 2 * _SHORT or name in GENERIC:
            return False
        if name in KNOWN and len(text) < _SHORT and self._is_known(place, text, name):
            return True
        if place in self.numbered:
            return True
        if self.is_marked or (place == self.first_line and not self._opens_questions(place)):
            return False
        shape = shape_of(text)
        if shape is None or not self._has_body(place):
            return False
        free = self._is_free(place) or self._is_free_by_shape(place, text, shape)
        return free and self._fits(place, text) and self._agrees(place, text, shape)

    def _is_numbered(self, place: int, line: str) -> bool:
        if not NUMBER.fullmatch(line) or not self._is_free(place):
            return False
        after = next(filter(None, self.lines[place + 1 : place + 8]), "")
        apart = self._stands_alone(place) or width(after) >= _PARAGRAPH
        told = apart and shape_of(NUMBER.sub(r"\2", line)) is not None
        return told and self._has_body(place) and not LIST_ITEM.match(after)

    def _opens_questions(self, place: int) -> bool:
        """Whether the first line is a question like those that head the paragraphs below."""
        if shape_of(self.at(place)) is not Shape.QUESTION:
            return False
        below = range(place + 1, len(self.lines))
        asked = (each for each in below if self.lines[each].endswith(("?", "？")))
        return any(self.is_heading(each) for each in asked)

    def at(self, place: int) -> str:
        """The line at a place; an empty one outside of the document."""
        return self.lines[place] if 0 <= place < len(self.lines) else ""

    def _is_known(self, place: int, text: str, name: str) -> bool:
        """Long known names and questions are sure; `Summary` may be a word of the text."""
        sure = len(name.split()) > 2 or text.endswith(("?", "？"))
        if sure and not text[0].islower():
            return True
        if LIST_ITEM.match(self.at(place + 1)) and not text[0].islower():
            return not dangles(self.at(place - 1))
        begins = sure or not text[0].islower()
        return begins and self._is_free(place) and not has_ended(text.rstrip("?？:："))

    def _is_free(self, place: int) -> bool:
        """Whether the line before has ended, so that this one begins something."""
        before = self.at(place - 1)
        if not before or has_ended(before) or RULE.fullmatch(before):
            return True
        if self.wrap:
            return width(before) < 0.6 * self.wrap and not LIST_ITEM.match(before)
        early = place < self.first_paragraph and not _BY_LINE.match(before)
        return early and width(self.at(place + 1)) >= _SHORT

    def _is_free_by_shape(self, place: int, text: str, shape: Shape) -> bool:
        """Where a line is a paragraph, a question or a title may follow one without a full stop."""
        before = self.at(place - 1)
        if self.wrap is not None or dangles(before):
            return False
        if shape is Shape.QUESTION:
            return bool(QUESTION_WORD.match(text)) and width(before) < _SHORT
        long = min(width(before), width(self.at(place + 1))) >= 2 * _PARAGRAPH
        return shape in (Shape.TITLE, Shape.CAPITALS) and long and len(text.split()) > 1

    def _has_body(self, place: int) -> bool:
        """Whether running text or a list follows."""
        after = [line for line in self.lines[place + 1 : place + 8] if line][:3]
        if not after or after[0][0].islower():
            return False
        bar = min(_SHORT, int(0.6 * self.wrap)) if self.wrap else _SHORT
        return any(width(line) >= bar or LIST_ITEM.match(line) for line in after)

    def _fits(self, place: int, text: str) -> bool:
        """In wrapped text a full line is no heading unless it stands alone."""
        return self.wrap is None or width(text) < 0.75 * self.wrap or self._stands_alone(place)

    def _stands_short(self, place: int) -> bool:
        """Whether a line of wrapped text is too short to be one, and follows an ended one."""
        return has_ended(self.at(place - 1)) and 2 * width(self.at(place)) < (self.wrap or 0)

    def _stands_alone(self, place: int) -> bool:
        return not self.at(place - 1) and not self.at(place + 1)

    def _agrees(self, place: int, text: str, shape: Shape) -> bool:
        after = next(filter(None, self.lines[place + 1 : place + 8]), "")
        match shape:
            case Shape.QUESTION:
                return True
            case Shape.CAPITALS:
                return not self.mostly_capitals
            case Shape.TITLE:
                return self.wrap is None or not self.at(place - 1) or self._stands_short(place)
            case Shape.LABEL:
                alone = self._stands_alone(place) and not LIST_ITEM.match(after)
                return alone or is_capitals(text) or width(after) >= 120
            case _:
                brief = len(text.split()) <= 6 and width(text) <= 50
                wide = width(after) >= _PARAGRAPH or (self.wrap and self._stands_alone(place))
                return brief and bool(wide)
