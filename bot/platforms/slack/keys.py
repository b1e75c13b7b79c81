"""The key to one of many workspaces: at hand, and renewed before it expires, once for all.

https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PostDelayed, StoreError
from bot.platforms.hosting import Vault
from bot.platforms.slack.failures import FAILURES, code

log = logging.getLogger(__name__)

EARLY = 7200.0
"""Seconds before its end that a key is renewed; keys last for 12 hours."""

LEASE = 60.0
"""Seconds that one process has for it, before another one may try."""

AGAIN = 60.0
"""Seconds before a renewal is tried again that failed."""

WAIT, WAITS = 0.2, 100
"""Seconds between looks for what another process renews, and how many there are."""

EXPIRED = "token_expired"
LOST = {"account_inactive", "invalid_auth", "not_authed", "token_revoked"}
"""https://docs.slack.dev/reference/methods/auth.test#errors"""

REMOVED = "the app was removed from the workspace, or its key was revoked"
STALE = "Slack renews the key to the workspace no more: the app has to be installed again"


class Key(Protocol):
    """What lets into a workspace."""

    async def token(self) -> str:
        """The bot token, good for now; raises PostDelayed where there is none."""

    async def judge(self, token: str, error: str) -> None:
        """Raise PostDelayed where Slack's error is about this token, not about the call."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What all keys of an app have in common: who the app is, and where its keys are kept."""

    client_id: str
    client_secret: str
    client: AsyncWebClient
    store: AsyncInstallationStore
    vault: Vault


async def leave(lock: Lock, name: str, reason: str) -> None:
    """Write down that the bot is no longer in a workspace, and throw its keys away."""
    await lock.vault.leave(name, reason)
    team = name.partition(":")[2]
    with lock.vault.speaking():
        await lock.store.async_delete_all(enterprise_id=None, team_id=team)


class WorkspaceKey:
    """The key to a workspace by its name, such as `slack:T0123456789`."""

    def __init__(self, name: str, lock: Lock) -> None:
        self._name = name
        self._lock = lock
        self._reaching: asyncio.Task[Bot] | None = None
        self._bot: Bot | None = None
        self._try_at = 0.0

    async def token(self) -> str:
        """The bot token; renewed where it ends soon."""
        bot = self._bot
        if bot is None or self._ends_soon(bot):
            if self._reaching is None or self._reaching.done():
                self._reaching = asyncio.create_task(self._reached())
                self._reaching.add_done_callback(lambda it: it.cancelled() or it.exception())
            # Whoever asks may lose patience; a renewal cut short would lose the fresh key. What
            # fails while nobody waits any longer is tried again by whoever asks next.
            bot = await asyncio.shield(self._reaching)
        return bot.bot_token

    async def judge(self, token: str, error: str) -> None:
        """Read the key again where Slack no longer takes it; without another, the bot is out."""
        if error not in LOST and error != EXPIRED:
            return
        self._bot = None
        try:
            kept = await self._kept()
            if kept.bot_token == token and error in LOST:
                await leave(self._lock, self._name, REMOVED)
            elif kept.bot_token == token:
                await self._save(kept, expires=self._now())
        except StoreError as away:
            log.warning("%s", away, extra={"action": "store.away"})
        sentence = f"The key to workspace {self._name} is no longer good ({error})."
        raise PostDelayed(sentence, 1.0 if error == EXPIRED else AGAIN)

    async def _reached(self) -> Bot:
        try:
            self._bot = bot = await self._found()
        except StoreError as error:
            raise PostDelayed(str(error), AGAIN) from error
        return bot

    async def _found(self) -> Bot:
        """The key that is kept, renewed by us or by somebody else where that is due."""
        for _ in range(WAITS):
            bot = await self._kept()
            if not self._ends_soon(bot):
                return bot
            if await self._lock.vault.lease(self._name, LEASE):
                return await self._renewed()
            if not self._is_over(bot):  # somebody renews it, and it is good until then
                return bot
            await self._lock.vault.pause(WAIT)
        raise PostDelayed(f"The key to workspace {self._name} is not renewed yet.", AGAIN)

    async def _renewed(self) -> Bot:
        """While nobody else does: what is kept may have been renewed just before."""
        try:
            bot = await self._kept()
            return await self._renew(bot) if self._ends_soon(bot) else bot
        finally:
            await self._lock.vault.release(self._name)

    async def _renew(self, bot: Bot) -> Bot:
        lock = self._lock
        try:
            said = await lock.client.oauth_v2_access(
                client_id=lock.client_id,
                client_secret=lock.client_secret,
                grant_type="refresh_token",
                refresh_token=bot.bot_refresh_token,
            )
        except FAILURES as error:
            return await self._not_renewed(bot, error)
        log.info("The key to %s is renewed.", self._name, extra={"action": "key.renewed"})
        return await self._save(
            bot,
            token=str(said["access_token"]),
            refresh=str(said["refresh_token"]),
            expires=self._now() + float(said["expires_in"]),
        )

    async def _not_renewed(self, bot: Bot, error: Exception) -> Bot:
        self._try_at = self._now() + AGAIN
        why = code(error) or type(error).__name__
        told = {"action": "key.failed"}
        log.error("The key to %s was not renewed (%s).", self._name, why, extra=told)
        if not self._is_over(bot):
            return bot
        if isinstance(error, SlackApiError) and why == "invalid_refresh_token":
            await leave(self._lock, self._name, STALE)
        raise PostDelayed(f"The key to workspace {self._name} is not renewed ({why}).", AGAIN)

    async def _kept(self) -> Bot:
        team = self._name.partition(":")[2]
        with self._lock.vault.speaking():
            bot = await self._lock.store.async_find_bot(enterprise_id=None, team_id=team)
        if bot is None:
            raise PostDelayed(f"There is no key to workspace {self._name}.", AGAIN)
        return bot

    async def _save(self, bot: Bot, *, expires: float, token: str = "", refresh: str = "") -> Bot:
        given: dict[str, Any] = bot.to_dict_for_copying()
        fresh = Bot(**given)
        fresh.bot_token = token or bot.bot_token
        fresh.bot_refresh_token = refresh or bot.bot_refresh_token
        fresh.bot_token_expires_at = int(expires)
        with self._lock.vault.speaking():
            await self._lock.store.async_save_bot(fresh)
        return fresh

    def _now(self) -> float:
        return self._lock.vault.now().timestamp()

    def _ends_soon(self, bot: Bot) -> bool:
        at, now = bot.bot_token_expires_at, self._now()
        if at is None or (now < at and now < self._try_at):
            return False
        return at - now <= EARLY

    def _is_over(self, bot: Bot) -> bool:
        return bot.bot_token_expires_at is not None and self._now() >= bot.bot_token_expires_at
