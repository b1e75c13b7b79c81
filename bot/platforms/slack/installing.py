"""Letting the bot into a workspace by a link: Bolt's own OAuth flow, with keys in our database.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import logging
from urllib.parse import urljoin

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.errors import StoreError
from bot.platforms.slack.failures import FAILURES
from bot.platforms.slack.inbound import NAME
from bot.platforms.slack.keys import Lock
from bot.platforms.slack.manifest import INSTALL, REDIRECT
from bot.platforms.slack.scopes import SCOPES

log = logging.getLogger(__name__)

STATE_SECONDS = 600
"""For a person to agree, from the link to Slack's page and back."""

UNREACHED = (
    "The bot could not be installed just now: Slack or the bot's database did not answer. Open"
    f" {INSTALL} again in a minute."
)
ORGANISATION = "This bot is installed to workspaces, not to whole organisations."


class Flow(AsyncOAuthFlow):
    """Bolt's flow, which writes down the workspace beside its key."""

    def __init__(self, lock: Lock, api_url: str, state_seconds: int = STATE_SECONDS) -> None:
        self._lock = lock
        quiet = silent()
        states = AsyncSQLAlchemyOAuthStateStore(state_seconds, lock.vault.engine, quiet)
        settings = AsyncOAuthSettings(
            client_id=lock.client_id,
            client_secret=lock.client_secret,
            scopes=[scope.name for scope in SCOPES],
            user_scopes=[],
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            authorization_url=urljoin(api_url, "../oauth/v2/authorize"),
            installation_store=lock.store,
            installation_store_bot_only=True,
            state_store=states,
            state_expiration_seconds=max(state_seconds, 0),
            logger=quiet,
        )
        super().__init__(client=lock.client, logger=quiet, settings=settings)

    async def begin(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page with the link to Slack."""
        try:
            with self._lock.vault.speaking():
                return await self.handle_installation(request)
        except StoreError as error:
            log.warning("%s", error, extra={"action": "store.away"})
            return BoltResponse(status=503, body=UNREACHED)

    async def finish(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page after a person agreed, or did not."""
        try:
            with self._lock.vault.speaking():
                answer = await self.handle_callback(request)
        except (StoreError, *FAILURES) as error:
            why = type(error).__name__
            log.warning("An installation failed (%s).", why, extra={"action": "install.failed"})
            return BoltResponse(status=503, body=UNREACHED)
        if answer.status != 200:
            log.warning("Slack's answer to an installation was refused (status %s).",
                        answer.status, extra={"action": "install.refused"})  # fmt: skip
        return answer

    async def store_installation(
        self,
        request: AsyncBoltRequest,  # noqa: ARG002 (Bolt's signature)
        installation: Installation,
    ) -> None:
        """Keep the key, then let every process know of the workspace."""
        team = installation.team_id
        if installation.is_enterprise_install or not team or not installation.bot_token:
            raise BoltError(ORGANISATION)
        # A workspace is known by its own id, also where it belongs to an organisation.
        installation.enterprise_id = installation.enterprise_name = None
        await self._lock.store.async_save(installation)
        await self._lock.vault.enter(f"{NAME}:{team}", installation.team_name or team)
        said = {"action": "workspace.entered", "platform": f"{NAME}:{team}"}
        log.info("The bot was let into workspace %s.", team, extra=said)


def silent() -> logging.Logger:
    """A logger for those parts of the SDK that would write codes and keys into the log."""
    logger = logging.getLogger("slack_sdk.keys")
    logger.setLevel(logging.CRITICAL)
    return logger
