"""How long the Slack room waits, and for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    acknowledge: float = 2.0
    """For an answer, before a command is acknowledged without one; Slack gives up after 3.
    https://docs.slack.dev/tools/bolt-python/concepts/acknowledge"""
    greet: float = 20.0
    """From opening a connection to Slack's "hello"."""
    ping: float = 5.0
    """Between two signs of life on the connection."""
    mend: float = 60.0
    """For the SDK to mend a broken connection before it is replaced as a whole: left alone, the
    SDK may try one used address for ever. https://github.com/slackapi/bolt-python/issues/1529"""
    call: float = 30.0
    """For a call to return, before nobody knows what became of it."""
    finish: float = 5.0
    """For what is being answered when the bot stops."""


PATIENCE = Patience()
