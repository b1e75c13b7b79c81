"""The log: one line an event, for people or as JSON, with its action and no secret in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

HIDDEN = "•••"

FIELDS = {
    "action": "action",
    "platform": "platform",
    "channel": "channel",
    "edition": "edition",
    "part": "message",
    "before": "before",
    "reason": "reason",
    "worker": "worker",
    "count": "count",
}
"""What a record says beside its sentence: the name in the code, and the name in JSON. (A record
of `logging` has a `message` of its own.)"""

LONG = 600.0
"""Seconds after which an outage that goes on is told again."""

_NOISY = {
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "discord": logging.WARNING,
    "procrastinate": logging.CRITICAL,
    "psycopg": logging.ERROR,
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

_KEYS = re.compile(
    r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]{8,}|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"
)
"""Slack's and Discord's tokens, also those that came after the start and that no setting holds.
https://docs.slack.dev/authentication/tokens
https://discord.com/developers/docs/reference#authentication"""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
_IN_TRACES = {code: shown for code, shown in _CONTROLS.items() if chr(code) not in "\n\t"}


def hide_keys(text: str) -> str:
    """The text without what looks like a token."""
    return _KEYS.sub(HIDDEN, text)


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
        text = hide_keys(_TICKETS.sub(rf"\g<kept>/{HIDDEN}", text))
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


class Telling(Redacting):
    """Writes a record as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time (ISO 8601, UTC), level, sentence, trace, and what FIELDS names."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname.lower(), "text": record.getMessage()}
        told |= {name: given for key, name in FIELDS.items() if (given := _field(record, key))}
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return self._hide(json.dumps(told, ensure_ascii=False))


def _field(record: logging.LogRecord, key: str) -> str:
    given = vars(record).get(key)
    return "" if given is None else str(given)


class Once(logging.Filter):
    """Lets an outage of the database be told once, whoever meets it, until it is over."""

    def __init__(self) -> None:
        super().__init__()
        self._since: float | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record says something new."""
        action = getattr(record, "action", "")
        if action == "store.back":
            self._since = None
        if action != "store.away":
            return True
        if self._since is not None and record.created - self._since < LONG:
            return False
        self._since = record.created
        return True


def set_up(level: str, secrets: Sequence[str], form: str = "text") -> None:
    """Write the log to standard error, as `text` or `json`; the libraries only where they warn."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(Telling(secrets) if form == "json" else Redacting(secrets))
    out.addFilter(Once())
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(level)
    for name, least in _NOISY.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(max(least, root.level))


def set_up_quietly() -> None:
    """As `set_up`, for somebody who tries the bot: what broke, and which files cannot be read.

    A busy computer makes timers late and answers slow, which is no news to whoever just looks.
    """
    set_up("ERROR", ())
    logging.getLogger("bot.library").setLevel(logging.WARNING)
