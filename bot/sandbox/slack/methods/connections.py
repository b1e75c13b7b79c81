"""`apps.connections.open`: https://docs.slack.dev/reference/methods/apps.connections.open"""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.method import Method
from bot.sandbox.slack.rates import TIERS
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack


def open_(slack: Slack, _: Arguments) -> Json:
    """The address of a WebSocket, good for one connection."""
    sockets = slack.delivery.sockets
    if not sockets.enabled:
        raise Refused("socket_mode_disabled")
    origin = slack.origin.replace("http", "ws", 1)
    path = f"/slack/link/?ticket={sockets.ticket()}&app_id={slack.workspace.app.id}"
    return {"url": origin + path}


METHODS = {"apps.connections.open": Method(open_, TIERS[3], app_level=True)}
