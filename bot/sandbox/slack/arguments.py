"""The arguments of one call, from the query, a form or JSON alike."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.side import Json
from bot.sandbox.slack.refusals import Refused


@dataclass(frozen=True, slots=True)
class Arguments:
    """Values by name: text from a query or form, any JSON from a JSON body."""

    values: Json

    def text(self, name: str) -> str:
        """The text of an argument, empty where there is none; numbers become text."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Whether a switch is on: `true` or `1`, as the SDKs write it."""
        return self.values.get(name) in (True, "true", "1")

    def number(self, name: str, otherwise: int) -> int:
        """A whole number; raises `Refused` for anything else."""
        text = self.text(name)
        if text and not text.isdecimal():
            raise Refused("invalid_arguments", f"must be an integer [json-pointer:/{name}]")
        return int(text) if text else otherwise

    def parsed(self, name: str, code: str) -> object:
        """An argument that is JSON, perhaps inside a string; raises `Refused(code)`."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(code) from None


async def read(request: web.Request) -> Arguments:
    """The arguments of a call; raises `Refused("invalid_json")`."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        values |= await _read_json(request)
    else:
        values |= {name: str(value) for name, value in (await request.post()).items()}
    return Arguments(values)


async def _read_json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body
