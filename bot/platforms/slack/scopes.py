"""What the bot asks of a Slack workspace, and why; nothing that it does not use."""

from __future__ import annotations

from dataclasses import dataclass

from bot.findings import Level


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope of the bot token; `without` is how bad its absence is.

    https://docs.slack.dev/reference/scopes
    """

    name: str
    why: str
    methods: tuple[str, ...] = ()
    """The methods that need it, or one that does the same for another kind of channel."""
    without: Level = Level.RED


SCOPES = (
    Scope("app_mentions:read", "it hears people who mention it"),
    Scope(
        "channels:history",
        "it takes note of replies in the threads of its posts, and looks for a post that Slack did"
        " not confirm before it posts again",
        ("conversations.history", "conversations.replies"),
    ),
    Scope(
        "channels:read",
        "it checks the channels that it posts to",
        ("conversations.info", "users.conversations"),
    ),
    Scope(
        "chat:write",
        "it posts and answers",
        ("chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"),
    ),
    Scope("commands", "people type /briefing"),
    Scope(
        "groups:history",
        "the same as channels:history, in private channels",
        ("conversations.history", "conversations.replies"),
        Level.WARN,
    ),
    Scope(
        "groups:read",
        "the same as channels:read, in private channels",
        ("conversations.info", "users.conversations"),
        Level.WARN,
    ),
    Scope("im:history", "it answers what people write to it alone"),
    Scope("im:write", "it tells people what concerns them alone", ("conversations.open",)),
    Scope(
        "reactions:read",
        "it counts reactions to replies in the threads of its posts",
        without=Level.WARN,
    ),
    Scope(
        "users:read",
        "it asks whether somebody may change a channel's posts, and for their time zone and name",
        ("users.info",),
        Level.WARN,
    ),
)
"""Sorted by name, as Slack lists them."""

FREE = (
    "auth.test",
    "chat.getPermalink",
    "views.open",
    "views.publish",
    "views.push",
    "views.update",
)
"""Methods that need no scope. https://docs.slack.dev/reference/methods"""

APP_LEVEL = ("apps.connections.open",)
"""Methods of the app-level token, with connections:write.
https://docs.slack.dev/reference/scopes/connections.write"""


def lacking(granted: frozenset[str]) -> tuple[Scope, ...]:
    """The scopes that a token with these does not have."""
    return tuple(scope for scope in SCOPES if scope.name not in granted)
