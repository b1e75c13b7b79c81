"""What goes over the wire, made once for all the channels that get it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from bot.platforms.port import Payload

T = TypeVar("T")

KEPT = 64
"""Payloads whose bytes are at hand: a post has a few, and thousands of channels share them."""


class Once(Generic[T]):
    """What `make` makes of a payload; for the payloads that came last it is not made again."""

    def __init__(self, make: Callable[[Payload], T]) -> None:
        self._make = make
        self._made: OrderedDict[int, tuple[Payload, T]] = OrderedDict()

    def of(self, payload: Payload) -> T:
        """What was made of this very payload, which nobody changes afterwards."""
        # The payload is kept along, so that no other one gets its identity meanwhile.
        found = self._made.get(id(payload))
        if found is None:
            found = self._made[id(payload)] = (payload, self._make(payload))
            if len(self._made) > KEPT:
                self._made.popitem(last=False)
        return found[1]
