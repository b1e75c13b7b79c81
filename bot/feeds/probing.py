"""Trying web addresses: whether each answers as people expect; bounded in time and number."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import ClientError, ClientResponse, ClientSession

from bot.feeds.asking import REDIRECTS, open_session, walled
from bot.feeds.walls import Opener, Walled, public_socket
from briefings.preflight import Address

MOST = 30
"""Addresses that are tried for one post."""

EACH_WITHIN = 5.0
"""Seconds that an address may take, redirects included."""

ALL_WITHIN = 10.0
"""Seconds for all of them: what was not tried by then is told as that."""


async def probe(
    addresses: Sequence[Address], opener: Opener = public_socket
) -> Mapping[str, str | None]:
    """What is wrong with each address that could be tried in time; nothing where it is well.

    `opener` lets connections out; only tests hand in another one.
    """
    found: dict[str, str | None] = {}

    async def note(session: ClientSession, address: Address) -> None:
        found[address.url] = await _problem(session, address)

    async with open_session(opener, EACH_WITHIN) as session:
        tries = [asyncio.create_task(note(session, each)) for each in addresses[:MOST]]
        if tries:
            _, late = await asyncio.wait(tries, timeout=ALL_WITHIN)
            for each in late:
                each.cancel()
            await asyncio.gather(*tries, return_exceptions=True)
    return found


async def _problem(session: ClientSession, address: Address) -> str | None:
    """Ask for the head alone; where that is refused, for the whole, of which nothing is read."""
    try:
        async with session.head(address.url, allow_redirects=True, max_redirects=REDIRECTS) as head:
            if head.status < 400:
                return _judged(head, address)
        async with session.get(address.url, max_redirects=REDIRECTS) as answer:
            return _judged(answer, address)
    except Walled as error:
        return f"is not tried: {error}"
    except TimeoutError:
        return "does not answer in time"
    except (ClientError, OSError, ValueError) as error:
        told = walled(error)
        return f"is not tried: {told}" if told else "cannot be reached"


def _judged(answer: ClientResponse, address: Address) -> str | None:
    if answer.status >= 400:
        return f"answers {answer.status}"
    if address.is_picture and not answer.content_type.startswith("image/"):
        return f"is no picture, but {answer.content_type}"
    return None
