"""Trigger ids: a person's act, exchanged once and soon for a view.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.slack.limits import TRIGGER_SECONDS
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.workspace import Clock


@dataclass(slots=True)
class Trigger:
    """Whose act it was, when, and whether it was exchanged."""

    person: str
    at: float
    used: bool = False


class Triggers:
    """The trigger ids that were given out; they run out by seconds that no test moves."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._given: dict[str, Trigger] = {}

    def give(self, person: str) -> str:
        """A new trigger id for an act of this person."""
        now = self._clock()
        trigger = f"{int(now * 1000)}.{secrets.randbelow(10**10)}.{secrets.token_hex(8)}"
        self._given[trigger] = Trigger(person, now)
        return trigger

    def exchange(self, trigger_id: str) -> str:
        """The person of a trigger id, once; raises `Refused`.

        https://docs.slack.dev/reference/methods/views.open
        """
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock() - trigger.at > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.person
