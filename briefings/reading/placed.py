"""The inner form that every format becomes: blocks with the lines they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from briefings.blocks import Block, Heading

Report: TypeAlias = Callable[[int | None, str], None]
"""Takes a line of the source (from 1) and a sentence about it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of a document's top level and the line of the source it begins on, from 1."""

    line: int | None
    block: Block


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its number in the source, from 1."""

    number: int
    text: str


def is_heading(placed: Placed) -> bool:
    """Whether a block of the top level is a heading."""
    return isinstance(placed.block, Heading)
