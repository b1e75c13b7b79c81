"""The app manifest: what a Slack app must be for the bot to live in it.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from bot.platforms.slack.absence import NEWS
from bot.platforms.slack.inline import Json
from bot.platforms.slack.scopes import SCOPES

NAME = "Briefing Bot"
HANDLE = "briefing"

DESCRIPTION = (
    "The day's briefing in its channel, looked up with /briefing, discussed in its thread."
)
LONG_DESCRIPTION = (
    "Briefing Bot keeps your team's library of briefings. It posts the day's briefing to the"
    " channels that want it, each at its own hour: a short card, and the sections in its thread."
    " /briefing finds any other one, typing mistakes included, and answers privately until you"
    " press Share."
)

PATH = "/slack/events"
"""Where commands, events, presses and forms all go by HTTP, as Bolt's own servers have it."""

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
"""Where many workspaces let the bot in, one after the other, as Bolt's own servers have it."""

COMMANDS = (
    ("/briefing", "Today's briefing, or the one you look for", "[a few words about it]"),
    ("/briefings", "When and what is posted in this channel", "[subscribe, list, next, help …]"),
)
"""Slash commands: what is typed, what it does, what may follow."""

SHORTCUT = "find_briefing"
WRITE = "new_briefing"
SHORTCUTS = (
    {
        "name": "New briefing",
        "type": "global",
        "callback_id": WRITE,
        "description": "Write a briefing for the library, and see how it will look",
    },
    {
        "name": "Find briefing about this",
        "type": "message",
        "callback_id": SHORTCUT,
        "description": "What the library of briefings has about this message",
    },
)
"""Slack takes names of at most 24 characters.
https://github.com/slackapi/manifest-schema"""

TALK = ("message.channels", "message.groups", "reaction_added", "reaction_removed")
"""What people say and do in the threads of posts."""

EVENTS = ("app_home_opened", "app_mention", "message.im", *TALK, *NEWS)
"""https://docs.slack.dev/reference/events"""


GONE = ("app_uninstalled", "tokens_revoked")
"""Of matter where many workspaces install the app.
https://docs.slack.dev/reference/events/app_uninstalled
https://docs.slack.dev/reference/events/tokens_revoked"""


def manifest(url: str = "", *, many: bool = False) -> Json:
    """The manifest, fit to be pasted at https://api.slack.com/apps.

    `url` is where Slack posts to; without one the app is in Socket Mode. With `many`, workspaces
    install the app by a link there, and their tokens are rotated.
    """
    posted: Json = {"request_url": url} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": HANDLE, "always_online": True},
            "shortcuts": list(SHORTCUTS),
            "slash_commands": [
                {**_command(*each), **({"url": url} if url else {})} for each in COMMANDS
            ],
        },
        "oauth_config": {
            **({"redirect_urls": [f"{url.removesuffix(PATH)}{REDIRECT}"]} if many else {}),
            "scopes": {"bot": [scope.name for scope in SCOPES]},
        },
        "settings": {
            "event_subscriptions": {**posted, "bot_events": [*EVENTS, *(GONE if many else ())]},
            "interactivity": {"is_enabled": True, **posted},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": many,
        },
    }


def _command(typed: str, does: str, hint: str) -> Json:
    """`should_escape` stays off: people and channels in the words are no matter of ours."""
    return {"command": typed, "description": does, "usage_hint": hint, "should_escape": False}
