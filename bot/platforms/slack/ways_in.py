"""How the one workspace of the settings reaches the bot: by sockets, or by signed HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp

from bot.platforms.slack.connection import Connection
from bot.platforms.slack.endpoint import Endpoint
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.settings import Settings


def way_in(
    app: AsyncApp, settings: Settings, patience: Patience, missed: Callable[[], Awaitable[None]]
) -> Connection | Endpoint:
    """The way that the settings choose; `missed` is told of a gap, which only sockets know of."""
    if settings.by_http:
        at = settings.slack_http_host, settings.slack_http_port
        return Endpoint(app, secret_of(settings.slack_signing_secret), at, patience)
    return Connection(app, secret_of(settings.slack_app_token), patience, missed)


def secret_of(token: SecretStr | None) -> str:
    """A token in plain text; none is empty."""
    return token.get_secret_value() if token else ""
