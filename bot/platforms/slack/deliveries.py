"""What tells one delivery of Slack from all others, so that a repeated one does nothing twice.

Slack makes a trigger for each press; some servers that speak its language give all the same one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

LONGEST = 190
"""Characters of what a delivery is remembered by: a little less than the tables hold."""


def key_of(*parts: str) -> str:
    """The parts that there are, or a digest where they are long or odd; nothing where none is."""
    key = " ".join(filter(None, parts))
    if len(key) <= LONGEST and key.isascii() and key.isprintable():
        return key
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def digest(state: object) -> str:
    """What somebody filled in, in short; nothing where there is none."""
    written = json.dumps(state, sort_keys=True, default=str).encode()
    return hashlib.sha256(written).hexdigest()[:16] if state else ""


def typed_in(command: Mapping[str, object]) -> str:
    """What tells a command from others, where a server gives them one trigger or one address."""
    told = ("response_url", "user_id", "channel_id", "command", "text")
    return digest({name: command.get(name) for name in told})


def pressed_at(actions: object) -> str:
    """When the first of these actions was done.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    match actions:
        case [{"action_ts": str(at)}, *_]:
            return at
        case _:
            return ""
