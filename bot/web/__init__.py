"""The web files that the sandbox's page and the bot's own page share: how both platforms look."""

from __future__ import annotations

from pathlib import Path

FILES = Path(__file__).parent
"""Style sheets, and modules that draw Slack's and Discord's own JSON; served as `/web/…`."""
