"""Calls and answers on the wire: bodies, files, headers, and connections that are cut."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.ids import Snowflakes
from bot.sandbox.discord.ratelimits import Verdict
from bot.sandbox.discord.rest.routes import Asked

GARBAGE = b'{"id": "12'


async def read(request: web.Request, ids: Snowflakes) -> Asked:
    """What a call asks for."""
    path, query = dict(request.match_info), dict(request.query)
    if request.content_type == "multipart/form-data":
        body, attachments = await _read_parts(request, ids)
        return Asked(path, query, body, attachments)
    text = await request.text()
    try:
        return Asked(path, query, json.loads(text) if text else None)
    except ValueError:
        return Asked(path, query, text)


async def _read_parts(request: web.Request, ids: Snowflakes) -> tuple[Any, Sequence[Body]]:
    fields = await request.post()
    body = json.loads(str(fields.get("payload_json", "{}")))
    files = [each for each in fields.values() if isinstance(each, web.FileField)]
    attachments: list[Body] = [
        {
            "id": ids.make(),
            "filename": each.filename,
            "size": each.file.seek(0, 2),
            "url": f"attachment://{each.filename}",
            "proxy_url": f"attachment://{each.filename}",
        }
        for each in files
    ]
    return body, attachments


def garble(verdict: Verdict) -> web.Response:
    """An answer that nobody can read."""
    return web.Response(body=GARBAGE, headers=_headers(verdict))


def _headers(verdict: Verdict) -> dict[str, str]:
    return {"Content-Type": "application/json", "Via": "1.1 google", **verdict.headers}


def respond(status: int, body: object, verdict: Verdict) -> web.Response:
    """An answer with all that Discord's answers carry; its type is exactly application/json."""
    headers = _headers(verdict)
    if status == 429 and isinstance(body, dict):
        headers["Retry-After"] = str(body["retry_after"])
    if body is None:
        del headers["Content-Type"]
        return web.Response(status=status, headers=headers)
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def cut(request: web.Request, *, reset: bool = False) -> None:
    """End the connection without an answer: orderly, or with a TCP reset."""
    if request.transport is None:
        return
    line = request.transport.get_extra_info("socket")
    if reset and line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
