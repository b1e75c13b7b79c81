"""Which deliveries came before: Slack repeats those that it takes for unheard."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 10_000


class Seen:
    """The latest deliveries, as many as `limit`."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._known: OrderedDict[str, None] = OrderedDict()

    def is_new(self, delivery: str) -> bool:
        """Whether this delivery did not come before; from now on it did.

        Of deliveries without a name nobody can tell.
        """
        if not delivery:
            return True
        if delivery in self._known:
            return False
        self._known[delivery] = None
        if len(self._known) > self._limit:
            self._known.popitem(last=False)
        return True
