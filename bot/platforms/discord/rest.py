"""Discord's REST calls about a channel, sent as they are, each failure as the bot knows it.

discord.py's own client waits a limit out by itself, so that nobody learns of it, and takes ten
times the CPU of the call (docs/decisions/0011-thin-calls.md).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from bot.platforms.discord.allowance import Allowance
from bot.platforms.discord.failures import SOON, delayed, meant, unknown

AGAIN = frozenset({500, 502, 504, 524})
"""Statuses after which the same call is made again: ours may be repeated, a message because of its
nonce. https://discord.com/developers/docs/resources/message#create-message"""

PAUSES = (1.0, 3.0, 5.0, 7.0)
"""Seconds before each repetition."""

HOME = "https://pypi.org/project/briefing-bot/"


@dataclass(frozen=True, slots=True)
class Call:
    """A call about a channel."""

    method: str
    path: str
    channel: str
    body: bytes | None = None
    query: Mapping[str, str | int] | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `again` where an earlier try of the same call may have been done."""

    status: int
    headers: Mapping[str, str]
    text: bytes
    again: bool = False


class Rest:
    """One HTTP session with a bot's token; made inside the event loop."""

    def __init__(self, token: str, url: str, patience: float) -> None:
        self._url = url
        self._patience = patience
        self.allowance = Allowance()
        self._session = ClientSession(
            headers={
                "Authorization": f"Bot {token}",
                "Content-Type": "application/json",
                # https://discord.com/developers/docs/reference#user-agent
                "User-Agent": f"DiscordBot ({HOME}, {version('briefing-bot')})",
            },
            timeout=ClientTimeout(total=None),
        )

    async def ask(
        self,
        method: str,
        path: str,
        channel: str,
        *,
        body: Mapping[str, object] | bytes | None = None,
        query: Mapping[str, str | int] | None = None,
        once: bool = False,
    ) -> object:
        """The answer to a call about a channel, in Discord's JSON.

        `path` begins behind the API's address; `once`: a call that may not be repeated. Where it
        takes longer than the patience given, it counts as failed. Raises `PostRefused`,
        `PostDelayed` or `PostUnknown`.
        """
        ready = json.dumps(body).encode() if isinstance(body, Mapping) else body
        call = Call(method, path, channel, ready, query, once)
        answer = await self._patiently(call)
        self.allowance.note(method, channel, answer.headers)
        if answer.status >= 300:
            said = _read(answer.text)
            raise meant(channel, answer.status, said, answer.headers, again=answer.again)
        return _read(answer.text)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._session.close()

    async def _patiently(self, call: Call) -> Answer:
        answer: Answer | None = None
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._ask(call)
                for pause in PAUSES:
                    if call.once or answer.status not in AGAIN:
                        break
                    await asyncio.sleep(pause)
                    answer = replace(await self._ask(call), again=True)
        except ClientConnectorError as error:
            if answer is None:  # not even a connection came about, so nothing was sent
                raise delayed(call.channel, SOON) from error
            raise unknown(call.channel, type(error).__name__) from error
        except (ClientError, OSError, TimeoutError, ValueError) as error:
            raise unknown(call.channel, type(error).__name__) from error
        return answer

    async def _ask(self, call: Call) -> Answer:
        asked = self._session.request(
            call.method, self._url + call.path, data=call.body, params=call.query
        )
        async with asked as answer:
            return Answer(answer.status, answer.headers, await answer.read())


def _read(text: bytes) -> object:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None
