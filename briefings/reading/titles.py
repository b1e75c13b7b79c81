"""The title of a document: its field, its heading, its top line, or its first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefings.blocks import Block, Divider, Heading, Image, Paragraph, text_of
from briefings.model import TitleFrom
from briefings.reading.collecting import cut
from briefings.reading.furniture import is_wire
from briefings.reading.known import GENERIC, KNOWN, key
from briefings.reading.mentions import first_entry
from briefings.reading.placed import Placed, is_heading
from briefings.reading.shapes import LIST_ITEM, is_title_case, width

_LONGEST = 80
"""Characters of a title that a sentence gives."""
_SHORTEST = 12
_TOP_LINE = 100
_LETTERS = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?](?=['\"’”)]*(?:\s|$))|[。！？]|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|No|Inc|Corp|Ltd|Co|vs|etc|approx"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$"
)
_LONGEST_ABBREVIATION = 8
"""Characters of it and of the one before it."""
_BOUNDARY = re.compile(r",\s|;\s|:\s|\s[–—-]\s|\s\(|—|，|；|、")
_OPENER = re.compile(
    r"(?:in|on|at|after|as|when|while|with|following|during|for|since|although|though|despite|if"
    r"|by|from|over|under|before|amid|according|however|meanwhile|today|yesterday|earlier|last"
    r"|this|hi|hello|dear|welcome)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it was found, and the blocks that remain below it."""

    text: str
    origin: TitleFrom
    rest: list[Placed]
    line: int | None = None


def titled(placed: list[Placed], named: str, top: Sequence[str], page: str | None = None) -> Title:
    """The title of the blocks.

    `named` is what a field says, `top` the lines of plain text above the first heading, `page` the
    name of an HTML page.
    """
    if named:
        return Title(named, TitleFrom.METADATA, _without_heading(placed, named))
    place = _title_heading(placed, top, bool(page))
    if place is not None and (text := _words(placed[place].block)):
        return Title(text, TitleFrom.HEADING, placed[:place] + placed[place + 1 :])
    if page:
        return Title(page, TitleFrom.METADATA, placed)
    line = " ".join(_top_line(top, bool(placed[1:])).split())
    if line and not _runs_on(placed[0].block, line):
        return Title(line, TitleFrom.TEXT, _below(placed, line))
    for each in placed:
        if not is_heading(each) and (text := first_sentence(first_entry(each.block))):
            return Title(text, TitleFrom.FIRST_SENTENCE, placed, each.line)
    return Title("", TitleFrom.NONE, placed)


def _runs_on(block: Block, line: str) -> bool:
    """Whether the line is only the beginning of a line of running text."""
    top = text_of(block.spans).split("\n")[0] if isinstance(block, Paragraph) else ""
    said, letters = ("".join(_LETTERS.findall(text)) for text in (top, line))
    return said != letters and said.startswith(letters)


def _below(placed: list[Placed], line: str) -> list[Placed]:
    """The blocks without the line where it begins the first of them."""
    first = placed[0].block
    spans = first.spans if isinstance(first, Paragraph) else ()
    top, _, rest = text_of(spans).partition("\n")
    if _LETTERS.findall(top) != _LETTERS.findall(line):
        return placed
    _, below = cut(spans, len(top) + 1)
    return [replace(placed[0], block=Paragraph(below)), *placed[1:]] if rest else placed[1:]


def first_sentence(text: str) -> str:
    """The first sentence of a text, cut at a natural boundary to at most 80 characters."""
    sentence = " ".join(_sentence(text.strip()).split()).rstrip(".。 ")
    ends = (found.start() for found in _BOUNDARY.finditer(sentence[: 2 * _LONGEST]))
    parts = [sentence[:end].strip() for end in ends]
    if _OPENER.match(sentence):  # “In a word, …” names nothing yet
        parts = parts[1:]
    for part in parts:
        if width(part) >= _SHORTEST and len(part) <= _LONGEST < 2 * len(sentence):
            return part
    if len(sentence) <= _LONGEST:
        return sentence.strip()
    return sentence[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _sentence(text: str) -> str:
    for end in _SENTENCE.finditer(text):
        near = max(0, end.start() - _LONGEST_ABBREVIATION)
        if end[0] != "." or not _ABBREVIATION.search(text, near, end.start()):
            return text[: end.end()].rstrip("\n")
    return text


def _words(block: Block) -> str:
    return " ".join(text_of(block.spans).split()) if isinstance(block, Heading | Paragraph) else ""


def _without_heading(placed: list[Placed], title: str) -> list[Placed]:
    """The blocks without the first heading, where it only repeats the title."""
    for place, each in enumerate(placed):
        if isinstance(each.block, Heading):
            same = key(_words(each.block)) == key(title)
            return placed[:place] + placed[place + 1 :] if same else placed
    return placed


def _title_heading(placed: Sequence[Placed], top: Sequence[str], is_page: bool) -> int | None:
    """Where the heading stands that is the title rather than a section's."""
    places = [place for place, each in enumerate(placed) if isinstance(each.block, Heading)]
    if not places:
        return None
    first = places[0]
    levels = [_level(placed[place].block) for place in places]
    at_top = not top and all(_is_above(each.block) for each in placed[:first])
    if key(_words(placed[first].block)) in KNOWN and len(places) > 1:
        return None
    if levels.count(1) == 1 and (is_page or (at_top and levels[0] == 1)):
        return places[levels.index(1)]
    if not at_top or len(places) == 1:
        return None
    if levels.count(levels[0]) == 1 and (levels[0] == min(levels) or set(levels[1:]) == {1}):
        return first
    return first if levels[0] == 1 and _heads_all(placed, places) else None


def _heads_all(placed: Sequence[Placed], places: Sequence[int]) -> bool:
    """Of several headings of the first level, whether the first has no body of its own."""
    name = key(_words(placed[places[0]].block))
    others = [placed[place].block for place in places[1:]]
    again = all(key(_words(other)) == name for other in others if _level(other) == 1)
    return again or places[1] - places[0] == 1


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 0


def _is_above(block: Block) -> bool:
    """Whether a block may stand above a title: a picture, a rule, a short line."""
    match block:
        case Image() | Divider():
            return True
        case Paragraph(spans):
            return len(text_of(spans)) < 60
        case _:
            return False


def _top_line(top: Sequence[str], followed: bool) -> str:
    """The line above everything that reads as a title; empty where none does."""
    lines = [line.strip() for line in top if line.strip()]
    again = next((line for line in lines if lines.count(line) > 1 and key(line) not in GENERIC), "")
    if again and _is_title(again):
        return again
    lines = [line for line in lines if not is_wire(line)]
    if lines[1:] and key(lines[0]) in GENERIC:
        lines = lines[1:]
    return lines[0] if lines and followed and _is_title(lines[0]) else ""


def _is_title(line: str) -> bool:
    return (
        width(line) <= _TOP_LINE
        and any(map(str.isalpha, line))
        and not line[0].islower()
        and not line.endswith((".", ",", ";", ":", "!", "…", "。"))
        and not line.startswith(("-", "*", "•", ">", "|", "©", "http"))
        and not LIST_ITEM.match(line)
        and key(line) not in KNOWN
        and (is_title_case(line) or len(line.split()) <= 12)
    )
