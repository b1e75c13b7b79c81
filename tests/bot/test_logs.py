"""The log tells the action and hides every secret."""

from __future__ import annotations

import logging
import sys

from bot.logs import HIDDEN, Redacting


def line(text: str, *args: object, trace: bool = False, **extra: object) -> str:
    record = logging.LogRecord("bot", logging.ERROR, "file.py", 1, text, args, None)
    record.__dict__.update(extra)
    if trace:
        try:
            int("the token is xoxb-12345")
        except ValueError:
            record.exc_info = sys.exc_info()
    return Redacting(["xoxb-12345", ""]).format(record)


def test_a_line_names_its_action() -> None:
    assert line("Posted to %s.", "C1", action="edition.sent").endswith(
        "ERROR Posted to C1. [edition.sent]"
    )


def test_no_secret_is_written_in_text_arguments_or_traces() -> None:
    told = line("Sent xoxb-12345 and %s", "xoxb-12345", trace=True)
    assert "xoxb-12345" not in told
    assert told.count(HIDDEN) == 4
    assert "ValueError" in told
