"""How much of Discord's limits a drawn message takes. Pure."""

from __future__ import annotations

from bot.platforms.discord import limits
from bot.platforms.gauges import Gauge, parts_of
from bot.platforms.port import Payload


def gauges(payload: Payload) -> tuple[Gauge, ...]:
    """What is counted of a message made of components."""
    parts = [
        each for each in parts_of(payload.get("components")) if isinstance(each.get("type"), int)
    ]
    texts = [str(each["content"]) for each in parts if "content" in each]
    sizes = (len(text.encode()) + limits.DISPLAY_BYTES for text in texts)
    return (
        Gauge("components", len(parts), limits.COMPONENTS),
        Gauge("characters", sum(map(len, texts)), limits.TEXT),
        Gauge("bytes", sum(sizes), limits.TEXT_BYTES),
    )
