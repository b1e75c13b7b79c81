"""What the fuzz reads: scraps, real documents damaged, and documents whose words are known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reading.pieces import BLOCKS, HEADS, PIECES

SUFFIXES = ("md", "txt", "html", "adoc", "rst", "")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")
LINE_ENDS = ("\n", "\n", "\r\n", "\r\r\n", "\r")
BLANKS = (("", ""), ("", ""), ("\n", " \n"), (" ", "\u00a0"), (" ", "  "), ("\n\n", "\n\n\n\n"))
RARELY = 0.005
"""How often an input is large."""


@dataclass(frozen=True, slots=True)
class Input:
    """A document, the name of its file, and the words that must be read, where they are known."""

    data: bytes
    name: str
    words: tuple[str, ...] | None = None


def drawn(chance: random.Random, originals: Sequence[bytes]) -> Input:
    """An input: mostly 0.2 to 4 kB, once in a while 100."""
    match chance.randrange(10):
        case 0 | 1 | 2:
            return Input(_scraps(chance), _name(chance))
        case 3 | 4 if originals:
            return Input(_damaged(chance, chance.choice(originals)), _name(chance))
        case 5 | 6:
            return Input(_spliced(chance, originals), _name(chance))
        case _:
            return _known(chance)


def _name(chance: random.Random) -> str:
    return f"x.{chance.choice(SUFFIXES)}"


def _scraps(chance: random.Random) -> bytes:
    pieces = chance.choices(PIECES, k=chance.randrange(1, 60))
    place = chance.randrange(len(pieces))
    pieces[place] *= chance.choice((1, 1, 20, 500)) if chance.random() < 0.2 else 1
    repeated = pieces * chance.randrange(20, 200) if chance.random() < RARELY else pieces
    return _encoded(chance, "".join(repeated))


def _damaged(chance: random.Random, original: bytes) -> bytes:
    """The document, or a window of it, with bytes put in, cut, repeated and replaced."""
    start = chance.randrange(len(original))
    data = bytearray(original if chance.random() < 0.3 else original[start : start + 2_000])
    for _ in range(chance.randrange(1, 12)):
        _damage(chance, data, chance.randrange(len(data) + 1))
    return bytes(data * (chance.randrange(10, 40) if chance.random() < RARELY else 1))


def _damage(chance: random.Random, data: bytearray, place: int) -> None:
    match chance.randrange(6):
        case 0:
            piece = chance.choice(PIECES).encode("utf-8", "surrogatepass")
            data[place:place] = piece * chance.choice((1, 1, 1, 1, 1, 100))
        case 1:
            del data[place : place + chance.randrange(1, 200)]
        case 2:
            data[place:place] = data[place : place + chance.randrange(1, 400)]
        case 3:
            data[place:place] = bytes([chance.randrange(256)])
        case 4:
            data[place : place + 1] = b"" if chance.random() < 0.5 else b"\n"
        case _:
            old, new = chance.choice(((b"\n\n", b"\n"), (b"\n", b"\r\r\n"), (b" ", b"\t")))
            data[:] = data.replace(old, new)


def _spliced(chance: random.Random, originals: Sequence[bytes]) -> bytes:
    """Blocks of several documents, of any format, in any order and inside each other."""
    blocks = [each for _ in range(3) for each in _document(chance)[0].split("\n\n")]
    if originals:
        blocks += chance.choice(originals).decode("utf-8", "replace").split("\n\n")[:12]
    chosen = chance.choices(blocks, k=chance.randrange(2, 12))
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(chosen))
        prefix = chance.choice(("> ", "- ", "    ", "  ", "| ", "# ", "<div>", "1. ", "\t"))
        chosen[place] = prefix + chosen[place].replace("\n", "\n" + prefix)
    return _encoded(chance, chance.choice(("\n\n", "\n\n", "\n", "\n\n\n")).join(chosen))


def _known(chance: random.Random) -> Input:
    """A sound document in some encoding, with blanks and line ends that change no word."""
    text, suffix, words = _document(chance)
    old, new = chance.choice(BLANKS)
    text = text.replace(old, new) if old and suffix == "html" else text
    return Input(_encoded(chance, text), f"x.{suffix}", words)


def _document(chance: random.Random) -> tuple[str, str, tuple[str, ...]]:
    """A document of one format, every place of it filled with a word of its own."""
    suffix = chance.choice(tuple(BLOCKS))
    count = chance.randrange(200, 900) if chance.random() < RARELY else chance.randrange(1, 14)
    blocks = chance.choices(BLOCKS[suffix], k=count)
    source = chance.choice(HEADS[suffix]) + "\n\n".join(blocks)
    words = tuple(f"word{number}" for number in range(source.count("{}")))
    return source.format(*words), suffix, words


def _encoded(chance: random.Random, text: str) -> bytes:
    encoding, end = chance.choice(ENCODINGS), chance.choice(LINE_ENDS)
    return text.replace("\n", end).encode(encoding, "replace")
