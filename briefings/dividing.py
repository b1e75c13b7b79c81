"""How much of a chapter stands on a card, and what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefings.blocks import Block, Image
from briefings.cut import cut_block
from briefings.model import Section
from briefings.writing import text_of_section


def divide(blocks: Sequence[Block], limit: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks that have room together, and the others; a first one that is too long is cut.

    `limit` counts code points.
    """
    room = limit
    for number, block in enumerate(blocks):
        room -= _length(block)
        if room < 0:
            first = None if number else cut_block(block, _within(limit), gently=True)
            stay, go = first or ((), (block,))
            return (*blocks[:number], *stay), (*go, *blocks[number + 1 :])
    return tuple(blocks), ()


def beginning_small(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, of which a single picture at the beginning stands beside what precedes them.

    A card is read on a phone: one picture there takes the screen that the words should have.
    """
    match blocks:
        case (Image(), Image(), *_):
            return blocks
        case (Image() as image, *others):
            return (replace(image, beside=True), *others)
        case _:
            return blocks


def _within(limit: int) -> Callable[[Block], bool]:
    return lambda block: _length(block) <= limit


def _length(block: Block) -> int:
    return len(text_of_section(Section((), 0, (block,))))
