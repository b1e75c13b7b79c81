"""What the doctor finds of workspaces that let the bot in by themselves; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.findings import Finding, Level
from bot.platforms.hosting import Workspace
from bot.platforms.port import Room
from bot.platforms.registry import host
from bot.store.database import exists, look_into
from bot.store.workspaces import Workspaces

NONE = "No workspace has installed the bot yet: open /slack/install at its public address."
ENDED = "Its key has ended: the next start of the bot renews it, or says why not."


async def check_guests(
    room: Room[Any],
    settings: Any,  # noqa: ANN401 - each room has settings of its own
    url: str,
    channels: Mapping[str, Sequence[str]],
    clock: Clock,
) -> tuple[Finding, ...]:
    """The findings of each workspace, by its name; `channels` are those that get posts there."""
    if not exists(url):
        return (Finding(room.name, Level.WARN, NONE),)
    found: list[Finding] = []
    async with look_into(url) as database:
        vault = Workspaces(database, clock, "doctor")
        way_in = host(room.name)(settings, vault)
        for each in await vault.all(room.name):
            own = await way_in.alone(each)
            found += await _check(room, each, own, channels.get(each.name, ()), clock)
    return tuple(found) or (Finding(room.name, Level.WARN, NONE),)


async def _check(
    room: Room[Any],
    each: Workspace,
    own: Any,  # noqa: ANN401 - as above
    channels: Sequence[str],
    clock: Clock,
) -> tuple[Finding, ...]:
    if each.reason:
        told = f"The bot is no longer in {each.title}: {each.reason}."
        return (Finding(each.name, Level.WARN, told),)
    if own is None or room.check is None:
        return (Finding(each.name, Level.WARN, ENDED),)
    found = await room.check(own, channels, clock.now)
    return tuple(replace(finding, about=f"{each.name} {finding.about}") for finding in found)
