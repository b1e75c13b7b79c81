"""The log: one line an event, with its action, and no secret in it."""

from __future__ import annotations

import logging
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


class Redacting(logging.Formatter):
    """Writes a record, its trace included, with every known secret hidden."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s%(told)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        action = getattr(record, "action", None)
        record.told = f" [{action}]" if action else ""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return line


def set_up(level: str, secrets: Sequence[str]) -> None:
    """Write the log to standard error; the libraries only where they warn."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(Redacting(secrets))
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(level)
    for name, least in _NOISY.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(least)
