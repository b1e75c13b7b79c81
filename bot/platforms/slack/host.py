"""Slack with many workspaces, each let in by a link: one app, one request URL, a key for each."""

from __future__ import annotations

from dataclasses import replace

from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore

from bot.errors import PostError, StoreError
from bot.platforms.desk import Answer, Desk, Relay
from bot.platforms.events import Event, News, Place, Visited
from bot.platforms.hosting import Vault, Workspace
from bot.platforms.port import Platform
from bot.platforms.slack.apps import Apps, Seat
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.door import Door
from bot.platforms.slack.endpoint import Endpoint
from bot.platforms.slack.failures import FAILURES
from bot.platforms.slack.inbound import NAME
from bot.platforms.slack.installing import STATE_SECONDS, Flow, silent
from bot.platforms.slack.keyed import AppClient
from bot.platforms.slack.keys import REMOVED, Lock, WorkspaceKey, leave
from bot.platforms.slack.patience import PATIENCE, Patience
from bot.platforms.slack.settings import Settings
from bot.platforms.talk import Talk
from briefings.message import Home


def open_host(settings: Settings, vault: Vault) -> SlackHost:
    """The way into the workspaces of the app that the settings name."""
    return SlackHost(settings, vault)


class SlackHost:
    """A `bot.platforms.hosting.Host`; made inside the event loop."""

    def __init__(
        self,
        settings: Settings,
        vault: Vault,
        patience: Patience = PATIENCE,
        state_seconds: int = STATE_SECONDS,
    ) -> None:
        client = settings.slack_client_id or ""
        quiet = silent()
        self._settings = settings
        self._patience = patience
        self._lock = Lock(
            client,
            settings.client_secret,
            AppClient(
                None,
                settings.slack_api_url,
                timeout=int(patience.call) or 1,
                retry_handlers=[],
                logger=quiet,
            ),
            AsyncSQLAlchemyInstallationStore(client, vault.engine, logger=quiet),
            vault,
        )
        self._flow = Flow(self._lock, settings.slack_api_url, state_seconds)
        self._apps = Apps(self._farewell, lambda team: vault.has(f"{NAME}:{team}"))
        self._endpoint: Endpoint | None = None

    async def connect(self, desk: Desk | None) -> None:
        """Listen to Slack, where there is a desk; raises PlatformError."""
        if desk is None:
            return
        at = self._settings.slack_http_host, self._settings.slack_http_port
        endpoint = Endpoint(self._apps, self._settings.signing_secret, at, self._patience)
        endpoint.install = self._flow
        await endpoint.open()
        self._endpoint = endpoint

    def open(self, workspace: Workspace) -> Platform:
        """A workspace as a platform of its own."""
        name = workspace.name
        team = name.partition(":")[2]

        def seat(app: AsyncApp) -> Seat:
            return self._apps.seat(team, app)

        door = Door(name, WorkspaceKey(name, self._lock), seat, lambda desk: ByName(desk, name))
        return SlackPlatform(self._settings, self._patience, door)

    async def alone(self, workspace: Workspace) -> Settings | None:
        """The settings of a bot in this workspace alone; nothing where its key has ended."""
        team = workspace.name.partition(":")[2]
        with self._lock.vault.speaking():
            bot = await self._lock.store.async_find_bot(enterprise_id=None, team_id=team)
        now = self._lock.vault.now().timestamp()
        if bot is None or (bot.bot_token_expires_at or now + 1) <= now:
            return None
        own = {"slack_client_id": None, "slack_client_secret": None}
        token = {"slack_bot_token": SecretStr(bot.bot_token)}
        return self._settings.model_copy(update={**own, **token})

    async def close(self) -> None:
        """Listen no longer."""
        if self._endpoint:
            await self._endpoint.close()
            self._endpoint = None

    async def _farewell(self, team: str) -> None:
        """Slack says that the bot is out; its key tells, for such news may come late.

        Raises StoreError where that cannot be written down.
        """
        name = f"{NAME}:{team}"
        key = WorkspaceKey(name, self._lock)
        try:
            token = await key.token()
            await self._lock.client.auth_test(token=token)
        except PostError as error:
            if isinstance(error.__cause__, StoreError):
                raise error.__cause__ from None
            return  # there is no key, or it was found to be of no use already
        except FAILURES:
            await leave(self._lock, name, REMOVED)


class ByName(Relay):
    """A desk to which every place is in a workspace that is a platform of its own."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk)
        self._name = name

    async def answer(self, event: Event) -> Answer:
        """The desk's answer."""
        return await self._desk.answer(replace(event, place=self._own(event.place)))

    async def home(self, visit: Visited) -> Home:
        """The desk's view of itself."""
        return await self._desk.home(replace(visit, place=self._own(visit.place)))

    async def hear(self, news: News) -> None:
        """Take note."""
        await self._desk.hear(replace(news, place=self._own(news.place)))

    async def listen(self, talk: Talk) -> None:
        """Take note."""
        await self._desk.listen(replace(talk, place=self._own(talk.place)))

    def _own(self, place: Place) -> Place:
        return replace(place, platform=self._name)
