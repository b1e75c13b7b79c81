"""What the app's bot may call, by the scopes that it was installed with.

https://docs.slack.dev/reference/scopes
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.sandbox.side import Json
from bot.sandbox.slack.refusals import Refused

NEEDED: Mapping[str, str] = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "conversations.info": "channels:read",
    "conversations.list": "channels:read",
    "conversations.members": "channels:read",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "users.conversations": "channels:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "team.info": "team:read",
    "bots.info": "users:read",
}
"""The scope that each method's page names, for public channels; the others need none."""

USUAL = (
    *sorted(set(NEEDED.values())), "app_mentions:read", "commands", "groups:history", "groups:read",
    "im:history", "reactions:read",
)  # fmt: skip
"""What the app has at first: enough for everything that this Slack can do."""

HEADER = "X-OAuth-Scopes"
"""Tells the token's scopes in every answer.
https://docs.slack.dev/legacy/legacy-authentication/legacy-oauth-scopes"""


class MissingScope(Refused):
    """The app may not call this method."""

    def __init__(self, needed: str, provided: Collection[str]) -> None:
        super().__init__("missing_scope")
        self._told = {"needed": needed, "provided": ",".join(provided)}

    def answer(self) -> Json:
        """The refusal, with the scope that is needed and those that there are."""
        return super().answer() | self._told


def check_scope(method: str, granted: Collection[str]) -> None:
    """Raise `MissingScope` where a method needs a scope that was not granted."""
    needed = NEEDED.get(method)
    if needed and needed not in granted:
        raise MissingScope(needed, granted)
