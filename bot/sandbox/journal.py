"""The journal of every call that a bot made, with secrets left out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

KEPT = 20_000
"""Calls kept; older ones are forgotten, so that a long demo does not grow without end."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: seconds since the epoch, method, path, body, HTTP status and the answer."""

    at: float
    method: str
    path: str
    body: object
    status: int
    answer: object


@dataclass(slots=True)
class Journal:
    """The calls in their order; headers, which hold tokens, are never written down."""

    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))

    def write(self, call: Call) -> None:
        """Remember a call."""
        self.calls.append(call)

    def to(self, path: str) -> Iterator[Call]:
        """The calls to one path, oldest first."""
        return (call for call in self.calls if call.path == path)

    def as_json(self) -> list[dict[str, object]]:
        """Every kept call, oldest first."""
        return [asdict(call) for call in self.calls]
