"""A document's lines beside what the reader made of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.reading.cleaning import clean
from briefings.reading.decoding import decode
from briefings.reading.result import Reading


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a document by its number, the sections that begin there, and what was unsure.

    What has no line of its own has no number and no source.
    """

    line: int | None
    source: str
    sections: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def rows(document: bytes, reading: Reading) -> Sequence[Row]:
    """Every line with text or meaning, in order; what has no line comes last."""
    sections: dict[int | None, list[str]] = {}
    for line, section in zip(reading.lines, reading.briefing.sections, strict=True):
        name = f"{'#' * section.level} {section.name}" if section.level else "(lead)"
        sections.setdefault(line, []).append(name)
    doubts: dict[int | None, list[str]] = {}
    for remark in reading.warnings:
        doubts.setdefault(remark.line, []).append(remark.text)

    def row(number: int | None, source: str) -> Row:
        return Row(number, source, tuple(sections.get(number, ())), tuple(doubts.get(number, ())))

    lines = enumerate(clean(decode(document)[0]).split("\n"), start=1)
    told = [row(number, line.strip()) for number, line in lines]
    without = [row(None, "")] if None in sections or None in doubts else []
    return [each for each in (*told, *without) if each.source or each.sections or each.doubts]
