"""What a discussion is about: sections that are quoted in it, and the links that it has."""

from __future__ import annotations

import re

LINKS = 20
"""Our own: links of one message that are kept."""

_LINK = re.compile(r"https?://[^\s<>\"|]+", re.IGNORECASE)
_AFTER = ".,;:!?'”’»*_~)]}"
"""What ends a sentence rather than an address."""


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, in order, each once."""
    found = (_whole(each) for each in _LINK.findall(text))
    return tuple(dict.fromkeys(each for each in found if len(each) > len("https://")))[:LINKS]


def _whole(found: str) -> str:
    """The address without what ends its sentence; brackets that it opened itself stay."""
    while found and found[-1] in _AFTER:
        opened = {")": "(", "]": "[", "}": "{"}.get(found[-1])
        if opened and found.count(opened) >= found.count(found[-1]):
            break
        found = found[:-1]
    return found
