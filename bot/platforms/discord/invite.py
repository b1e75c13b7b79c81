"""The link by which somebody lets the bot into their Discord server.

https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
"""

from __future__ import annotations

from urllib.parse import urlencode

from bot.platforms.discord.permissions import ALL

ADDRESS = "https://discord.com/oauth2/authorize"
SCOPES = ("bot", "applications.commands")


def link(application: int) -> str:
    """The link for an application, with exactly the permissions that the bot uses."""
    asked = {"client_id": application, "scope": " ".join(SCOPES), "permissions": ALL}
    return f"{ADDRESS}?{urlencode(asked)}"
