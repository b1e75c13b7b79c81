"""Markdown as people write it becomes Markdown as the standard wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefings.reading.placed import Line, Report
from briefings.reading.shapes import BULLET, LIST_ITEM
from briefings.reading.tags import KNOWN

_FENCE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,})")
_GLUED = re.compile(r"(#{2,6})(?=[^\s#])")
_GLUED_TITLE = re.compile(r"^ {0,3}#(?=[^\s#].*[^.,;!]$)")
_ATX = re.compile(r" {0,3}(?=#{1,6}(?: |$))")
_TAG = re.compile(r" {0,3}</?([a-zA-Z][\w-]*)(?=[\s/>])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *")
_STRUCTURE = re.compile(r"\s*(?:[#>|]|$)")
_MARKED = re.compile(r"\s*[#>]")
_BOLD = re.compile(r"\*\*[^*]{2,90}\*\*[:：]?\s*")
_LEAD_IN = re.compile(r"\*\*[^*\n]{2,60}(?:[:：]\*\*|\*\*\s?[:：])")
_CAPITALS = re.compile(r"[A-Z][A-Z &/-]{2,40}: *")
_LABELLED = re.compile(r"(?:\*\*)?[A-Za-z][\w -]{0,30}:(?:\*\*)? |https?://")
_LONGEST_HEADING = 120


def mended(lines: Sequence[Line], report: Report) -> list[Line]:
    """The lines with what is missing put in: blanks after `##`, empty lines where parts meet."""
    unclosed = _unclosed(lines)
    if unclosed is not None:
        report(lines[unclosed].number, "A block of code is never closed; it is read as text.")
    out: list[Line] = []
    fence = ""
    first = next((place for place, line in enumerate(lines) if line.text.strip()), None)
    for place, line in enumerate(lines):
        opened = _FENCE.match(line.text) if place != unclosed else None
        if fence or opened:
            fence = _fence_after(fence, line.text, opened)
            out.append(line)
        elif _is_ordinary(line.text, lines[place + 1].text if place + 1 < len(lines) else ""):
            out.append(line)
        else:
            text = "\\" + line.text.lstrip() if place == unclosed else line.text
            text = _GLUED_TITLE.sub("# ", text) if place == first else text
            out.extend(_line(Line(line.number, text), out, lines[place + 1 : place + 2], report))
    return out


def _is_ordinary(text: str, after: str) -> bool:
    """Whether a line begins as text does and no rule follows: most lines, told at once."""
    return not text or (text[0].isalpha() and text[-1] not in ": " and after[:1] not in "-= ")


def _unclosed(lines: Sequence[Line]) -> int | None:
    """Where a fence opens that no line closes."""
    fence, start = "", 0
    for place, line in enumerate(lines):
        if ("```" in line.text or "~~~" in line.text) and (opened := _FENCE.match(line.text)):
            start = start if fence else place
            fence = _fence_after(fence, line.text, opened)
    return start if fence else None


def _fence_after(fence: str, text: str, opened: re.Match[str] | None) -> str:
    if not fence:
        return opened[1] if opened else ""
    closes = opened and opened[1].startswith(fence) and text.strip() == opened[1]
    return "" if closes else fence


def _line(line: Line, out: list[Line], following: Sequence[Line], report: Report) -> Iterator[Line]:
    """One line outside of code, with an empty line before or after it where one is missing."""
    before = out[-1].text if out else ""
    after = following[0].text if following else ""
    text = line.text if line.text.isascii() else BULLET.sub(r"\1- ", line.text)
    if glued := _GLUED.match(text):
        report(line.number, "A heading has no blank after its marks.")
        text = f"{glued[1]} {text[glued.end() :]}"
    if (tag := _TAG.match(text)) and tag[1].lower() not in KNOWN:
        text = "\\" + text.lstrip()
    atx = _ATX.match(text)
    text = text[atx.end() :] if atx else text
    ruled = bool(text.strip()) and len(after.strip()) > 2 and bool(_UNDERLINE.fullmatch(after))
    heads = ruled and _may_be_underlined(text, after)
    parted = bool(before.strip()) and not _MARKED.match(before)
    alone = bool(_BOLD.fullmatch(text)) or bool(_CAPITALS.fullmatch(text))
    if (before.strip() and atx) or (parted and (alone or heads or _LEAD_IN.match(text))):
        yield Line(line.number, "")
    yield Line(line.number, text)
    if after.strip() and not heads and (alone or ruled):
        yield Line(line.number, "")


def _may_be_underlined(text: str, rule: str) -> bool:
    """Whether a rule makes a heading of the line above, rather than part it from the next."""
    if LIST_ITEM.match(text) or _STRUCTURE.match(text):
        return False
    return "=" in rule or not (
        _LABELLED.match(text.rstrip())
        or len(text) > _LONGEST_HEADING
        or text.rstrip().endswith((".", ",", ";", "。"))
    )
