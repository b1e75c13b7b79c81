"""Faults that the sandbox commits on demand, as networks and platforms do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong; `DROP` and `GARBAGE` do the work first, `TWICE` brings an event to the
    bot a second time, `INVALID` and `RECONNECT` end a socket's session or connection in order,
    the others do none of it. `ALL_LIMITED`: a limit of everything at once, where there is one;
    `UNKNOWN`: the token is taken for nobody's."""

    LIMITED = "429"
    ALL_LIMITED = "429 global"
    UNKNOWN = "401"
    BROKEN = "500"
    AWAY = "503"
    RESET = "reset"
    HANG = "hang"
    DROP = "drop"
    GARBAGE = "garbage"
    TWICE = "twice"
    INVALID = "invalid"
    RECONNECT = "reconnect"


@dataclass(slots=True)
class Fault:
    """The next `times` calls of `on` go wrong, after `skip` that do not."""

    on: str
    kind: Kind
    times: int = 1
    skip: int = 0
    retry_after: float = 1.0


@dataclass(slots=True)
class Faults:
    """The faults that wait for their call."""

    waiting: list[Fault] = field(default_factory=list)

    def plan(self, fault: Fault) -> None:
        """Commit a fault when its call comes; `on` is a method or route, or `*` for any."""
        self.waiting.append(fault)

    def clear(self) -> None:
        """Commit none of the waiting faults."""
        self.waiting.clear()

    def strike(self, on: str) -> Fault | None:
        """The fault that this call suffers, used up by one."""
        fault = next((each for each in self.waiting if each.on in {on, "*"}), None)
        if fault is None:
            return None
        if fault.skip:
            fault.skip -= 1
            return None
        fault.times -= 1
        if not fault.times:
            self.waiting.remove(fault)
        return fault
