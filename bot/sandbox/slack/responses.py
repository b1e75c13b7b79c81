"""Response URLs: up to five answers within half an hour to what a person did.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.sandbox.side import Json
from bot.sandbox.slack.limits import RESPONSE_SECONDS, RESPONSE_USES
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.workspace import Clock, Message


@dataclass(slots=True)
class Response:
    """To whom an answer goes: a person in a channel, about a message or a command."""

    channel: str
    person: str
    message: Message | None
    command: Json | None
    until: float
    uses: int = RESPONSE_USES


class Responses:
    """The response URLs that were given out, by their secret last part."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, Response] = {}

    def open(
        self,
        channel: str,
        person: str,
        message: Message | None = None,
        command: Json | None = None,
    ) -> tuple[str, Response]:
        """A new response URL's last part, and what it leads to."""
        secret = secrets.token_urlsafe(18)
        until = self._clock() + RESPONSE_SECONDS
        self._open[secret] = Response(channel, person, message, command, until)
        return secret, self._open[secret]

    def use(self, secret: str) -> Response:
        """What a URL leads to, used up by one; raises `Refused`."""
        response = self._open.get(secret)
        if response is None or self._clock() > response.until:
            raise Refused("expired_url")
        if not response.uses:
            raise Refused("used_url")
        response.uses -= 1
        return response
