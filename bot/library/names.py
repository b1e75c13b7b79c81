"""The name of a briefing in the library, made from the name of its file."""

from __future__ import annotations

import re
from collections.abc import Container
from hashlib import blake2s
from unicodedata import normalize

from briefings.model import BriefingId

NAME_LIMIT = 40
_OTHER = re.compile(r"[^a-z0-9]+")
_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def id_of(stem: str, path: str, taken: Container[BriefingId] = ()) -> BriefingId:
    """A free name in `a-z 0-9 -` for the file `stem` at `path`.

    A name that says too little, or that another briefing has, gets a mark of the path.

    >>> id_of("Été à Łódź", "notes/Été à Łódź.md")
    'ete-a-lodz'
    """
    slug = _slug(stem)
    plain = BriefingId(_cut(slug, NAME_LIMIT))
    if plain and plain not in taken and _says_enough(slug, stem):
        return plain
    mark = blake2s(path.encode(errors="replace"), digest_size=4).hexdigest()
    room = _cut(slug, NAME_LIMIT - len(mark) - 1)
    return BriefingId(f"{room}-{mark}" if room else f"briefing-{mark}")


def _slug(stem: str) -> str:
    spelled = normalize("NFKD", stem.casefold().translate(_SPELLED))
    letters = "".join(char for char in spelled if not 0x300 <= ord(char) <= 0x36F)
    return _OTHER.sub("-", letters.casefold()).strip("-")


def _cut(slug: str, limit: int) -> str:
    """The slug up to the limit, where possible at the end of a word."""
    if len(slug) <= limit:
        return slug
    whole, _, part = slug[: limit + 1].rpartition("-")
    return whole if len(whole) > len(part) else slug[:limit].strip("-")


def _says_enough(slug: str, stem: str) -> bool:
    """Whether most letters of the file's name are in the slug: other scripts leave none."""
    return 2 * sum(map(str.isalnum, slug)) > sum(map(str.isalnum, stem))
