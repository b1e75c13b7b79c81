"""How messages are told on Discord, as the settings name it."""

from __future__ import annotations

from enum import StrEnum


class Layout(StrEnum):
    """How messages are to be told."""

    AUTO = "auto"
    COMPONENTS = "components"
    EMBEDS = "embeds"
