"""Whether a line tells what is to come, as far as its words show it."""

from __future__ import annotations

import re

_AHEAD = re.compile(
    r"\b(?:will|shall|to|is|are|due|expect\w*|plan\w*|schedul\w*|slated|deadline|upcoming|begins?"
    r"|starts?|opens?|ends?|closes?|expires?|votes?|meets?|decides?|soll\w*|wird|werden|geplant"
    r"|erwartet|frist)\b|将|预计|计划",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|fell|rose|grew|came|went|took|made|saw|met|won"
    r"|lost|began|became|since|after|ago|last|\w{2,}ed|war|waren|hatte\w*|wurde\w*|seit|nach)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|after|from|seit|nach|vom)\s+(?:the\s+)?$", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?!(?:expected|scheduled|planned|slated|proposed|needed|required)\b)"
    r"(?:said|held|made|came|took|sent|won|built|began|met|born|[a-z]{2,}ed)\s+$",
    re.IGNORECASE,
)
_WILL_BE = re.compile(r"\b(?:be|is|are|being)\s+(?:\w+ly\s+)?\w+\s+$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:on|in|at|by|am|im)\s+(?:the\s+)?$", re.IGNORECASE)


def is_ahead(line: str, start: int) -> bool:
    """Whether what a line tells from a character on, with a day, is still to come.

    “The contract signed in March” is not, nor is “the company reported in March”.
    """
    opening = _WITH.sub("", line[:start])
    if _SINCE.search(opening):
        return False
    if _DONE.search(opening) and not _WILL_BE.search(opening):
        return False
    return bool(_AHEAD.search(line)) or not _BEHIND.search(line)
