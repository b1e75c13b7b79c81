"""Whom a message would ping, given what it allows.

https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.discord import limits
from bot.sandbox.discord.components import TEXT, walk
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Body

KINDS = ("roles", "users", "everyone")
SENT = frozenset(KINDS)
"""What a message of a bot parses where it says nothing; also at each edit that says nothing."""
ANSWERED = frozenset({"users"})
"""What an answer to an interaction parses where it says nothing."""

USER = re.compile(r"<@!?(\d{15,21})>")
ROLE = re.compile(r"<@&(\d{15,21})>")
EVERYONE = re.compile(r"@(everyone|here)\b")
CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pinged:
    """The users, the roles and whether everyone is pinged."""

    users: list[str]
    roles: list[str]
    everyone: bool


def check_allowed(allowed: Field) -> None:
    """Note the faults of `allowed_mentions`."""
    parsed = [each.value for each in allowed["parse"].items(len(KINDS)) if each.is_one_of(KINDS)]
    for kind in ("users", "roles"):
        list(allowed[kind].items(limits.MENTIONED))
        if kind in parsed and allowed[kind].value:
            allowed.fault(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def texts(body: Body) -> Iterator[str]:
    """The texts of a message in which mentions are read: its content and its Text Displays."""
    yield body.get("content") or ""
    for component in walk(body.get("components")):
        if component.get("type") == TEXT:
            yield component.get("content") or ""


def pinged(body: Body, default: frozenset[str]) -> Pinged:
    """Whom a message pings, by its `allowed_mentions` or, without them, by the default."""
    text = "\n".join(CODE.sub("", each) for each in texts(body))
    allowed = body.get("allowed_mentions")
    parse = default if allowed is None else frozenset(allowed.get("parse") or ())
    named = allowed or {}
    return Pinged(
        _picked(USER.findall(text), named.get("users"), everyone="users" in parse),
        _picked(ROLE.findall(text), named.get("roles"), everyone="roles" in parse),
        "everyone" in parse and bool(EVERYONE.search(text)),
    )


def _picked(found: list[str], named: list[object] | None, *, everyone: bool) -> list[str]:
    wanted = {str(each) for each in named or ()}
    return [each for each in dict.fromkeys(found) if everyone or each in wanted]
