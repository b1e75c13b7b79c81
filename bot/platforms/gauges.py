"""How much a drawn message takes of what its platform allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

NEAR = 0.8
"""The share of a limit from which on a message comes near it."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """So much of a limit is taken; `what` names what is counted, in the platform's words."""

    what: str
    used: int
    most: int

    @property
    def share(self) -> float:
        """0 for nothing, 1 for all that is allowed."""
        return self.used / self.most

    @property
    def is_near(self) -> bool:
        """Whether little room is left."""
        return self.share >= NEAR


def fullest(gauges: Iterable[Iterable[Gauge]]) -> tuple[Gauge, ...]:
    """The highest reading of each gauge over several messages, the fullest first."""
    highest: dict[str, Gauge] = {}
    for each in (gauge for message in gauges for gauge in message):
        known = highest.get(each.what)
        if known is None or each.share > known.share:
            highest[each.what] = each
    return tuple(sorted(highest.values(), key=lambda gauge: -gauge.share))


def parts_of(drawn: object) -> Iterator[Mapping[str, object]]:
    """Every object in a piece of JSON, those inside others too."""
    match drawn:
        case Mapping():
            yield drawn
            for value in drawn.values():
                yield from parts_of(value)
        case list() | tuple():
            for each in drawn:
                yield from parts_of(each)
        case _:
            return
