"""The sentences of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENDS = re.compile(
    r"(?:(?<=[^\W\d_][.!?…])|(?<=\d{4}[.!?])|(?<=[%)][.!?])|(?<=[.!?][\"”’)]))\s+"
    r"(?=[\"“‘(]?[^\W_a-zäöüß])|(?<=[。！？])\s*"
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|vs|e\.g|i\.e|etc|Inc|Ltd|Co|Corp|U\.S|U\.K|bzw|ca|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Okt|Nov|Dec|Dez|a\.m|p\.m)|\b[A-Z])\.$"
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; one that may go on after a full stop is not cut."""
    line = " ".join(text.split())
    begun = ""
    for piece in filter(None, _ENDS.split(line)):
        begun = f"{begun} {piece}" if begun else piece
        if not _SHORT.search(begun):
            yield begun
            begun = ""
    if begun:
        yield begun
