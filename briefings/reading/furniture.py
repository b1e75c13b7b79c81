"""Lines that belong to the page or the wire around a document, not to the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from briefings.reading.known import FURNITURE, GENERIC, GLUED, key
from briefings.reading.placed import Line, Report

_WIRE = re.compile(r"\d{3}|[A-Z]{4}\d{2} [A-Z]{4} \d{6}(?: [A-Z]{3})?|[A-Z]{3}[A-Z0-9]{2,3}")
"""A bulletin's sequence number, its heading and its identifier.
https://www.weather.gov/tg/awips"""
_SHORTEST_GLUED = 20
_LONGEST = 60
_MARK = re.compile(r"[\W_]*(?:\d{1,2}|[IVX]{1,4})?[\W_]*")
_BULLETIN_HEADING = re.compile(r" {0,3}\.([A-Za-z][^.\n]{1,88}?)\.{3}(.*)")


def is_furniture(text: str) -> bool:
    """Whether a line asks about, or labels, the page that the document was taken from."""
    return len(text) < _LONGEST and key(text) in FURNITURE


def is_wire(text: str) -> bool:
    """Whether a line is part of the address above a weather bulletin."""
    return bool(_WIRE.fullmatch(text))


def is_above(text: str) -> bool:
    """Whether a line stands above a title: a wire's address, or what the document is."""
    return is_wire(text) or key(text) in GENERIC


def without_furniture(lines: Sequence[Line], report: Report) -> list[Line]:
    """The lines without page furniture at the very top and bottom; each left out is reported."""
    texts = [place for place, line in enumerate(lines) if line.text]
    gone = {
        place
        for order in (texts, texts[::-1])
        for place in takewhile(lambda place: is_furniture(lines[place].text), order)
    }
    for place in sorted(gone):
        report(lines[place].number, f"“{lines[place].text}” is left out as page furniture.")
    return [line for place, line in enumerate(lines) if place not in gone]


def unglued(lines: Sequence[Line], report: Report) -> list[Line]:
    """The lines with headings of the digest family on lines of their own."""
    found: list[Line] = []
    for line in lines:
        parts = _parts(line.text)
        if len(parts) > 1:
            report(line.number, "A heading was found inside a line and given a line of its own.")
            found.extend(Line(line.number, part) for part in parts)
        else:
            found.append(line)
    return found


def _parts(text: str) -> list[str]:
    if len(text) < _SHORTEST_GLUED or ("?" not in text and "Headlines" not in text):
        return [text]
    parts = [part for piece in GLUED.split(text) if (part := piece.strip())]
    if _MARK.fullmatch(parts[0]) and len(parts) > 1:  # “1. What's Next?”
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    return parts


def bulletin_heading(text: str) -> tuple[str, str] | None:
    """The heading and the rest of a line such as `.SYNOPSIS...High pressure holds`."""
    found = _BULLETIN_HEADING.fullmatch(text)
    return (found[1].strip(), found[2].strip()) if found else None
