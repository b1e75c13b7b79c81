"""Every sentence the bot says, in one place."""

from __future__ import annotations

CONTINUED = "continued"
