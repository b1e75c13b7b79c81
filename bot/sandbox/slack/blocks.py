"""Block Kit, checked as `blocks.validate` would."""

from __future__ import annotations

from bot.sandbox.slack.refusals import Refused


def check_blocks(blocks: object) -> None:
    """Refuse blocks that Slack refuses; raises `Refused`."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
