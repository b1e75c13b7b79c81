"""A line repeated without end costs a step more each time, not a walk back to the start."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from types import FrameType

import pytest

from briefings.reading.reader import Unreadable, read

LINES = (
    *(
        "**a:** b\n",
        "**Why it matters:** b\n\n",
        "Key: value\n",
        "# A\n",
        "A heading\n===\n\ntext\n\n",
    ),
    *("- a\n", "> a\n", "| a | b |\n", "a   b   c\n", "What's Next?\n", "AB CD:\n", ".A...b\n"),
    *("[a](http://b.example) ", "[a]: b\n", "*_", "`a` ", "<b>a</b>", "<ul><li>a", "&amp;", "A. "),
    *("2031-05-03 ", "👩‍👩‍👧 ", "\u200fع ", "Sources\n\n- a\n", "word, "),
)
SMALL = 150
LARGEST_RATIO = 2.6
"""What is done once makes a half cost more than half."""


def steps(line: str, times: int, name: str) -> int:
    """Calls made while a line so often repeated is read."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        with suppress(Unreadable):
            read((line * times).encode(), name)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", ["x.md", "x.txt", "x.html"])
@pytest.mark.parametrize("line", LINES)
def test_twice_the_lines_are_about_twice_the_steps(line: str, name: str) -> None:
    read(b"x", name)
    assert steps(line, 2 * SMALL, name) < LARGEST_RATIO * steps(line, SMALL, name) + 500


@pytest.mark.parametrize(
    ("text", "name"), [(":a" * 100_000, "x.rst"), ("- `a` |" * 30_000, "x.md")]
)
def test_no_pattern_walks_back_to_the_start(text: str, name: str) -> None:
    """Steps inside a pattern are not seen above; a walk back would take minutes here."""
    read(b"x", name)
    began = time.process_time()
    read(text.encode(), name)
    assert time.process_time() - began < 10


def test_a_mark_inside_the_first_line_stays_where_it_is() -> None:
    assert read(b"Why #hashtags matter to us\n\n# One\n\nText.\n", "x.md").briefing.sections
    texts = str(read(b"- see #hashtags here\n\n# One\n\nText.\n", "x.md").briefing)
    assert "see #hashtags here" in texts
