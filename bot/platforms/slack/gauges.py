"""How much of Slack's limits a drawn message takes. Pure."""

from __future__ import annotations

from bot.platforms.gauges import Gauge
from bot.platforms.port import Payload
from bot.platforms.slack import limits
from bot.platforms.slack.inline import Json
from bot.platforms.slack.measure import characters, weight


def gauges(payload: Payload) -> tuple[Gauge, ...]:
    """What is counted of a message: against the limits that the bot keeps, Slack's or lower."""
    blocks = _blocks(payload)
    text = str(payload.get("text", ""))
    tables = [each for each in blocks if each.get("type") == "table"]
    return (
        Gauge("blocks", len(blocks), limits.BLOCKS),
        Gauge("characters", len(text) + characters(blocks), limits.CHARACTERS),
        Gauge("weight (compact JSON)", weight(blocks), limits.WEIGHT),
        Gauge("characters of the notification", len(text), limits.TEXT),
        *((Gauge("characters in tables", characters(tables), limits.TABLE_TEXT),) * bool(tables)),
    )


def _blocks(payload: Payload) -> list[Json]:
    found = payload.get("blocks")
    return list(found) if isinstance(found, list | tuple) else []
