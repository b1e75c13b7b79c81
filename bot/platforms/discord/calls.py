"""Calls of Discord's API about a channel, through discord.py's HTTP client and its rate limits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import aiohttp
from discord.http import HTTPClient, Route

from bot.errors import PostUnknown
from bot.platforms.discord.failures import FAILURES, Attempt, classify

REFUSALS = range(400, 500)
"""Statuses of an answer that means: surely not done."""


async def call(http: HTTPClient, route: Route, patience: float, **how: object) -> object:
    """The answer to a call, in Discord's JSON; `how` is `json=` or `params=`.

    After `patience` seconds it counts as failed. Raises `PostRefused`, `PostDelayed` or
    `PostUnknown`. discord.py tries again by itself after 500, 502 and 504, always with the same
    body, and so with the same nonce; what it tried is kept in the attempt.
    """
    attempt = Attempt()
    try:
        async with asyncio.timeout(patience):
            return await http.request(
                route, files=None, form=None, trace_request_ctx=attempt, **how
            )
    except FAILURES as failure:
        raise classify(failure, str(route.channel_id), attempt) from failure


async def call_for_object(
    http: HTTPClient, route: Route, patience: float, **how: object
) -> Mapping[str, Any]:
    """The answer to a call that must be an object with an id; raises as `call`."""
    answer = await call(http, route, patience, **how)
    if isinstance(answer, Mapping) and answer.get("id"):
        return answer
    raise PostUnknown(f"Discord's answer about channel {route.channel_id} can not be read.")


def tracing() -> aiohttp.TraceConfig:
    """What tells each attempt how its tries ended."""
    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(_begin)
    trace.on_request_end.append(_end)
    trace.on_request_exception.append(_fail)
    return trace


async def _begin(
    _: aiohttp.ClientSession, context: SimpleNamespace, __: aiohttp.TraceRequestStartParams
) -> None:
    if attempt := _attempt(context):
        attempt.under_way = True


async def _end(
    _: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
) -> None:
    if attempt := _attempt(context):
        attempt.under_way = False
        attempt.perhaps_done |= end.response.status not in REFUSALS


async def _fail(
    _: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestExceptionParams
) -> None:
    if attempt := _attempt(context):
        attempt.under_way = False
        # Where not even a connection came about, nothing was sent.
        attempt.perhaps_done |= not isinstance(end.exception, aiohttp.ClientConnectorError)


def _attempt(context: SimpleNamespace) -> Attempt | None:
    known = context.trace_request_ctx
    return known if isinstance(known, Attempt) else None
