"""Signed HTTP: payloads that Slack posts to the app's request URL.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.side import Json
from bot.sandbox.slack.limits import ACK_SECONDS
from bot.sandbox.slack.parcels import Kind, Outcome, Parcel, Receipt
from bot.sandbox.slack.reading import mapping
from bot.sandbox.slack.workspace import Workspace

FORM = "application/x-www-form-urlencoded"


class Requests:
    """The request URL, where the app has one."""

    def __init__(self, workspace: Workspace, url: str = "", ack_seconds: float = 3) -> None:
        self.url = url
        self._workspace = workspace
        self._timeout = aiohttp.ClientTimeout(total=min(ack_seconds, ACK_SECONDS))
        self._session: aiohttp.ClientSession | None = None

    @property
    def online(self) -> bool:
        """Whether there is a URL; whether anyone answers there shows with the next request."""
        return bool(self.url)

    async def carry(self, parcel: Parcel) -> Receipt:
        """Post a parcel and wait for the answer."""
        kind, body = _body(parcel)
        headers = {"Content-Type": kind, **_retry(parcel), **self._sign(body)}
        try:
            async with self._client().post(self.url, data=body, headers=headers) as answer:
                text = await answer.text()
        except TimeoutError:
            return Receipt(Outcome.LATE)
        except aiohttp.ClientError:
            return Receipt(Outcome.FAILED)
        if answer.status != 200:
            return Receipt(Outcome.FAILED)
        return Receipt(Outcome.TAKEN, _answer(text, answer.content_type))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session:
            await self._session.close()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self._session

    def _sign(self, body: bytes) -> Mapping[str, str]:
        # By the clock on the wall, whatever the workspace's says: the other end compares with its.
        moment = str(int(time.time()))
        secret = self._workspace.app.signing_secret.encode()
        signed = hmac.new(secret, b"v0:%s:%s" % (moment.encode(), body), hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }


def _body(parcel: Parcel) -> tuple[str, bytes]:
    match parcel.kind:
        case Kind.COMMAND:
            return FORM, urlencode(parcel.payload).encode()
        case Kind.INTERACTION:
            return FORM, urlencode({"payload": json.dumps(parcel.payload)}).encode()
        case Kind.EVENT:
            return "application/json", json.dumps(parcel.payload).encode()


def _retry(parcel: Parcel) -> Mapping[str, str]:
    if not parcel.attempt:
        return {}
    return {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}


def _answer(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    return mapping(json.loads(text)) if content_type == "application/json" else {"text": text}
