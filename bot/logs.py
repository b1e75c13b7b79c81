"""The log: one line an event, with its action, and no secret in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Sequence

HIDDEN = "•••"

_NOISY = {
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "discord": logging.WARNING,
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "slack_sdk.socket": logging.CRITICAL,
}
"""From where on each library speaks; what it says of our connections the rooms say better."""


_TICKETS = re.compile(
    r"(?P<kept>wss?://[^\s/?'\"]+|/webhooks/\d+|/interactions/\d+|https://hooks\.slack\.com)"
    r"[/?][^\s'\"]+"
)
"""Addresses that let in whoever has them: Slack's sockets and answers, Discord's interactions."""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
_IN_TRACES = {code: shown for code, shown in _CONTROLS.items() if chr(code) not in "\n\t"}


class Redacting(logging.Formatter):
    """Writes a record, its trace included, with secrets hidden and control characters shown."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s%(told)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        action = getattr(record, "action", None)
        record.told = f" [{action}]" if action else ""
        return self._hide(super().format(record)).translate(_IN_TRACES)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        """One line, whatever is in it: a file's name must not look like an entry of its own."""
        return super().formatMessage(record).translate(_CONTROLS)

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _TICKETS.sub(rf"\g<kept>/{HIDDEN}", text)


def set_up(level: str, secrets: Sequence[str]) -> None:
    """Write the log to standard error; the libraries only where they warn."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(Redacting(secrets))
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(level)
    for name, least in _NOISY.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(least)
