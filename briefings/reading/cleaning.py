"""Text without dirt: one kind of line end and blank, no invisible controls, NFC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_BREAKS = re.compile("(?<!\r)\r+\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LONE_JOINER = re.compile(
    # A joiner binds two emoji or two letters of a script that joins (Persian, Hindi); elsewhere
    # it hides. https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
    "(?<![\u00a9-\uffff\U00010000-\U0010ffff])[\u200c\u200d]+"
    "|[\u200c\u200d]+(?![\u00a9-\uffff\U00010000-\U0010ffff])"
)
_LONE_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001-\U000e007f]+")
"""Tag characters spell out invisible text; only the flags of regions may hold them."""


_DIRT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\ufff9-\uffff\ud800-\udfff"
    "\U000e0001-\U000e007f]"
)
"""Everything that the patterns above look for: most texts hold none of it."""
_RULE = re.compile("-{3,} *|={3,} *")
_ENOUGH = 8
_QUOTATION = re.compile(r"^> ?", re.MULTILINE)
_DEEPEST = 4
"""Mails that a quotation may have come through."""
_QUOTED = 4
"""Lines of a quotation that is a document rather than a few words in one."""


def clean(text: str) -> str:
    """The text with line ends as newlines, blanks as spaces, and nothing that cannot be seen."""
    if not _DIRT.search(text):
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _BLANKS.sub(" ", text))
    return _LONE_TAGS.sub("", _LONE_JOINER.sub("", text))


def unquoted(text: str) -> str:
    """The text without the marks of a mail's quotation, where every line bears one."""
    for _ in range(_DEEPEST):
        lines = [line for line in text.split("\n") if line]
        if len(lines) < _QUOTED or not all(line.startswith(">") for line in lines):
            break
        text = _QUOTATION.sub("", text)
    return text


def undoubled(lines: Sequence[str]) -> list[int]:
    """Which lines to keep: every other one where a faulty copy has doubled the line ends.

    Such a text has no two lines together, an odd number of empty ones between them, and lines
    that go on in lower case or rules that stand apart from what they underline.
    """
    every = list(range(len(lines)))
    told = [place for place in every if lines[place].strip()]
    gaps = [after - before for before, after in pairwise(told)]
    if len(told) < _ENOUGH or any(gap % 2 for gap in gaps) or max(gaps) < 4:
        return every
    broken = sum(1 for place in told if lines[place][0].islower() or _RULE.fullmatch(lines[place]))
    return every[told[0] % 2 :: 2] if broken > 0.1 * len(told) else every
