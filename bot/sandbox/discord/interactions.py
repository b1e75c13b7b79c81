"""Interactions: what a person asked of the bot, and how far the answer has come.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import IntEnum

from bot.sandbox.discord.guild import Body, Message, Person, Typed
from bot.sandbox.discord.ids import Clock
from bot.sandbox.discord.limits import TOKEN_LIVES
from bot.sandbox.discord.refusals import (
    already_acknowledged,
    invalid_webhook_token,
    unknown_interaction,
    unknown_webhook,
)


class Asks(IntEnum):
    """The types of interaction."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction; `answer` resolves with the callback's body once the bot has answered."""

    id: str
    token: str
    kind: Asks
    channel: str
    person: Person
    asked: float
    answer: asyncio.Future[Body]
    typed: Typed | None = None
    on: Message | None = None
    original: Message | None = None
    dead: bool = False
    """Whether its time to be answered is over, by the seconds that pass outside of the sandbox."""
    followed: int = 0


@dataclass(slots=True)
class Interactions:
    """All interactions of the last minutes, by token."""

    clock: Clock
    by_token: dict[str, Interaction] = field(default_factory=dict)

    def ask(self, snowflake: str, kind: Asks, channel: str, person: Person) -> Interaction:
        """A new interaction, with a token of its own."""
        self._forget()
        token = secrets.token_urlsafe(120)
        answer: asyncio.Future[Body] = asyncio.get_running_loop().create_future()
        asked = Interaction(snowflake, token, kind, channel, person, self.clock(), answer)
        self.by_token[token] = asked
        return asked

    def _forget(self) -> None:
        while self.by_token:
            oldest = next(iter(self.by_token.values()))
            if not self._expired(oldest):
                return
            del self.by_token[oldest.token]

    def _expired(self, asked: Interaction) -> bool:
        return self.clock() - asked.asked > TOKEN_LIVES

    def to_answer(self, snowflake: str, token: str) -> Interaction:
        """The interaction that a callback answers.

        Raises:
            Refused: it never was, it was not answered in time, or it was answered already.
        """
        asked = self.by_token.get(token)
        if asked is None or asked.id != snowflake:
            raise unknown_interaction()
        if asked.answer.done() and not asked.dead:
            raise already_acknowledged()
        if asked.dead:
            raise unknown_interaction()
        return asked

    def answered(self, token: str) -> Interaction:
        """The interaction whose answer is read, edited or followed up.

        Raises:
            Refused: the token is none of ours or too old, or nothing was answered yet.
        """
        asked = self.by_token.get(token)
        if asked is None or self._expired(asked):
            raise invalid_webhook_token()
        if not asked.answer.done() or asked.dead:
            raise unknown_webhook()
        return asked
