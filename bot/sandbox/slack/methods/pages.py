"""Answers in pages: https://docs.slack.dev/apis/web-api/pagination"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.workspace import Message

T = TypeVar("T")


def page(
    everything: Sequence[T], args: Arguments, usual: int, most: int, cap: int | None = None
) -> tuple[list[T], Json]:
    """The page that `cursor` and `limit` ask for, and what the answer says of further ones.

    No more than `cap` are given, where there is one, however many are asked for.
    """
    limit = min(_limit(args, usual, most), cap or most)
    start = _start(args.text("cursor"))
    end = start + limit
    has_more = end < len(everything)
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if has_more else ""
    more: Json = {"has_more": has_more, "response_metadata": {"next_cursor": cursor}}
    return list(everything[start:end]), more


def page_of_thread(
    told: Sequence[Message], args: Arguments, usual: int, most: int, cap: int | None
) -> tuple[list[Message], Json]:
    """The same for messages, oldest first: a cursor names the next one, whatever goes before it."""
    limit = min(_limit(args, usual, most), cap or most)
    since = _ts(args.text("cursor"))
    left = [each for each in told if since is None or Decimal(each.ts) >= since]
    here, later = left[:limit], left[limit:]
    named = f"next_ts:{later[0].ts.replace('.', '')}" if later else ""
    cursor = base64.b64encode(named.encode()).decode()
    more: Json = {"has_more": bool(later), "response_metadata": {"next_cursor": cursor}}
    return here, more


def _limit(args: Arguments, usual: int, most: int) -> int:
    limit = args.number("limit", usual)
    if not 1 <= limit <= most:
        raise Refused("invalid_limit")
    return limit


def _ts(cursor: str) -> Decimal | None:
    try:
        named = base64.b64decode(cursor).decode().removeprefix("next_ts:")
        return Decimal(named).scaleb(-6) if named else None
    except (binascii.Error, ValueError, InvalidOperation):
        raise Refused("invalid_cursor") from None


def _start(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:")) if cursor else 0
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
