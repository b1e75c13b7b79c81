"""What Discord answers when it refuses, with its codes.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A call is refused: HTTP status, Discord's code, its message, and the faulty fields."""

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def unauthorized() -> Refused:
    """No token, or a wrong one."""
    return Refused(401, 0, "401: Unauthorized")


def not_found() -> Refused:
    """No such route."""
    return Refused(404, 0, "404: Not Found")


def broken() -> Refused:
    """Discord itself failed."""
    return Refused(500, 0, "500: Internal Server Error")


def unknown_channel() -> Refused:
    """No such channel or thread."""
    return Refused(404, 10003, "Unknown Channel")


def unknown_guild() -> Refused:
    """No such guild."""
    return Refused(404, 10004, "Unknown Guild")


def unknown_message() -> Refused:
    """No such message, or one that only a person can see."""
    return Refused(404, 10008, "Unknown Message")


def unknown_webhook() -> Refused:
    """Nothing was answered with this token yet, or it is another application's."""
    return Refused(404, 10015, "Unknown Webhook")


def unknown_interaction() -> Refused:
    """An interaction that never was, or was not answered in time."""
    return Refused(404, 10062, "Unknown interaction")


def unknown_command() -> Refused:
    """No such application command in this scope."""
    return Refused(404, 10063, "Unknown application command")


def missing_access() -> Refused:
    """The bot cannot see the channel."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """The bot sees the channel and may not do this there."""
    return Refused(403, 50013, "Missing Permissions")


def empty_message() -> Refused:
    """A message of nothing."""
    return Refused(400, 50006, "Cannot send an empty message")


def invalid_webhook_token() -> Refused:
    """The token of an interaction is older than 15 minutes, or none of ours."""
    return Refused(401, 50027, "Invalid Webhook Token")


def already_acknowledged() -> Refused:
    """An interaction is answered once."""
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def not_yours() -> Refused:
    """Only the author edits a message."""
    return Refused(403, 50005, "Cannot edit a message authored by another user")


def thread_exists() -> Refused:
    """A message carries one thread at most."""
    return Refused(400, 160004, "A thread has already been created for this message")


def tag_required() -> Refused:
    """The forum wants a tag on every post."""
    return Refused(400, 40067, "A tag is required to create a forum post in this channel")


def archived() -> Refused:
    """Nothing works in an archived thread but posting, and not that where it is locked."""
    return Refused(400, 50083, "Thread is archived")


def moderated(*, title: bool = False) -> Refused:
    """The server's AutoMod does not want such words."""
    code, what = (200001, "Title") if title else (200000, "Message")
    return Refused(400, code, f"{what} was blocked by automatic moderation")


def harmful_link() -> Refused:
    """Discord's filter does not want such a link."""
    return Refused(400, 240000, "Message blocked by harmful links filter")


def wrong_channel_type() -> Refused:
    """The channel is of a kind that cannot do this."""
    return Refused(400, 50024, "Cannot execute action on this channel type")
