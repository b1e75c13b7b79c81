"""Answers in pages: https://docs.slack.dev/apis/web-api/pagination"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.refusals import Refused

T = TypeVar("T")


def page(everything: Sequence[T], args: Arguments, usual: int, most: int) -> tuple[list[T], Json]:
    """The page that `cursor` and `limit` ask for, and what the answer says of further ones."""
    limit = args.number("limit", usual)
    if not 1 <= limit <= most:
        raise Refused("invalid_limit")
    start = _start(args.text("cursor"))
    end = start + limit
    has_more = end < len(everything)
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if has_more else ""
    more: Json = {"has_more": has_more, "response_metadata": {"next_cursor": cursor}}
    return list(everything[start:end]), more


def _start(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:")) if cursor else 0
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
