"""How a gateway connection writes its payloads: plain, as one zlib stream, or as one zstd stream.

https://discord.com/developers/docs/events/gateway#transport-compression
"""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import Any, Protocol


class Writer(Protocol):
    """Turns the text of a payload into a WebSocket message."""

    def write(self, text: str) -> str | bytes:
        """The next message of the stream."""


class Plain:
    """No compression."""

    def write(self, text: str) -> str | bytes:
        """The text as it is."""
        return text


class Zlib:
    """One zlib context for the whole connection, flushed after each payload."""

    def __init__(self) -> None:
        self.stream = zlib.compressobj()

    def write(self, text: str) -> str | bytes:
        """The bytes of one payload, which end in 00 00 FF FF."""
        return self.stream.compress(text.encode()) + self.stream.flush(zlib.Z_SYNC_FLUSH)


class Zstd:
    """One zstd context for the whole connection; clients ask for it where they can read it."""

    def __init__(self) -> None:
        try:
            library: Any = import_module("compression.zstd")
            self.stream, self.flush = library.ZstdCompressor(), library.ZstdCompressor.FLUSH_BLOCK
        except ImportError:
            library = import_module("zstandard")
            self.stream = library.ZstdCompressor().compressobj()
            self.flush = library.COMPRESSOBJ_FLUSH_BLOCK

    def write(self, text: str) -> str | bytes:
        """The bytes of one payload, to the end of a block."""
        packed: bytes = self.stream.compress(text.encode()) + self.stream.flush(self.flush)
        return packed


def writer(asked: str | None) -> Writer:
    """The writer for the `compress` that a client asked for in its address."""
    if asked == "zlib-stream":
        return Zlib()
    return Zstd() if asked == "zstd-stream" else Plain()
