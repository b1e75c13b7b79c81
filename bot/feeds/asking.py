"""Asking a web address for what is new there: bounded in time, size and reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from yarl import URL

from bot.errors import BriefingBotError
from bot.feeds.walls import Opener, Walled, public_socket

SIZE_LIMIT = 5_000_000
"""Bytes of an answer: a feed has many documents, of which each is held to the reader's limit."""

TIME_LIMIT = 20
"""Seconds that an answer may take in all, redirects included."""

REDIRECTS = 5

AGENT = "briefing-bot (+https://pypi.org/project/briefing-bot/)"


class FeedError(BriefingBotError):
    """A feed or page cannot be had just now; one sentence that names it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: where its redirects ended, the kind it says it is, its bytes.

    `etag` and `modified` tell this answer from a newer one.
    """

    url: str
    kind: str
    content: bytes
    etag: str | None = None
    modified: str | None = None


def open_session(opener: Opener = public_socket, within: float = TIME_LIMIT) -> ClientSession:
    """A session that reaches as far as `opener` lets it, for so many seconds an answer.

    It keeps no cookies of strangers.
    """
    connector = TCPConnector(socket_factory=opener, limit=8, force_close=True)
    return ClientSession(
        connector=connector,
        timeout=ClientTimeout(total=within),
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": AGENT},
        trust_env=False,
    )


async def ask(
    session: ClientSession, url: str, etag: str | None = None, modified: str | None = None
) -> Answer | None:
    """What is at an address; nothing where it is as it was. Raises FeedError."""
    if URL(url).scheme not in {"http", "https"}:
        raise FeedError(f"{url} is no web address: write one that begins with https://.")
    try:
        headers = _conditions(etag, modified)
        async with session.get(url, headers=headers, max_redirects=REDIRECTS) as response:
            return await _answer(url, response)
    except Walled as error:
        raise FeedError(f"{url} is not asked: {error}.") from error
    except TimeoutError as error:
        raise FeedError(f"{url} did not answer in time.") from error
    except (ClientError, OSError, ValueError) as error:
        why = walled(error) or " ".join(str(error).split())[:200] or type(error).__name__
        raise FeedError(f"{url} cannot be read: {why}.") from error


async def _answer(url: str, response: ClientResponse) -> Answer | None:
    if response.status == 304:
        return None
    if response.status != 200:
        raise FeedError(f"{url} answers {response.status}: check the address.")
    content = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        content += chunk
        if len(content) > SIZE_LIMIT:
            raise FeedError(f"{url} answers with more than {SIZE_LIMIT // 1_000_000} MB.")
    headers = response.headers
    return Answer(
        str(response.url),
        response.content_type,
        bytes(content),
        _short(headers.get("ETag")),
        _short(headers.get("Last-Modified")),
    )


def _conditions(etag: str | None, modified: str | None) -> Mapping[str, str]:
    """https://www.rfc-editor.org/rfc/rfc9110#section-13.1"""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in asked.items() if value}


def _short(value: str | None) -> str | None:
    return value if value and len(value) <= 1_000 else None


def walled(error: BaseException | None) -> str | None:
    """The wall's own words, under whatever aiohttp says of them; nothing where it was no wall."""
    while error is not None:
        if isinstance(error, Walled):
            return str(error)
        inner = getattr(error, "os_error", None)
        error = inner if inner is not None and inner is not error else error.__cause__
    return None
