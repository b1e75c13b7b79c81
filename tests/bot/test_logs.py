"""The log tells the action and hides every secret."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from bot.logs import HIDDEN, LONG, Once, Redacting, Telling


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("at wss://wss.slack.com/link/?ticket=abc now", "at wss://wss.slack.com/••• now"),
        ("'url': 'ws://127.0.0.1:1/link?ticket=abc'", "'url': 'ws://127.0.0.1:1/•••'"),
        ("POST /api/webhooks/12/abc-DEF_1", "POST /api/webhooks/12/•••"),
        ("/interactions/12/abc/callback", "/interactions/12/•••"),
        ("https://hooks.slack.com/commands/T1/2/x", "https://hooks.slack.com/•••"),
        ("https://docs.slack.dev/reference", "https://docs.slack.dev/reference"),
    ],
)
def test_no_address_that_lets_people_in_is_written(text: str, told: str) -> None:
    assert line(text).endswith(f"ERROR {told}")


@pytest.mark.parametrize(
    "key",
    [
        "xoxb-1234567890-abc",
        "xoxe.xoxb-1-Mi0yLTEyMzQ",
        "xapp-1-A0123-456-0123456789abcdef",
        f"{'M' * 24}.GhIjKl.{'n' * 38}",
    ],
)
def test_what_looks_like_a_token_is_hidden_though_nobody_set_it(key: str) -> None:
    assert line(f"It was {key}.").endswith(f"ERROR It was {HIDDEN}.")


def test_a_line_stays_a_line() -> None:
    forged = line("No %s", "file\n2026-01-01 ERROR \x1b[31mgone")
    assert "\n" not in forged
    assert "\x1b" not in forged
    assert "\\x0a2026-01-01" in forged


def test_a_trace_keeps_its_lines() -> None:
    assert len(line("It broke.", trace=True).splitlines()) > 3


def record(text: str, at: float = 0.0, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("bot", logging.ERROR, "file.py", 1, text, (), None)
    made.__dict__.update(extra, created=at)
    return made


def test_as_json_a_record_is_one_object_with_its_fields_and_no_secret() -> None:
    given: dict[str, Any] = {
        "action": "message.unknown",
        "platform": "slack",
        "channel": "C1",
        "part": 0,
    }
    made = record("Sent\nxoxb-12345.", edition="slack/C1 2026-11-23", reason="Reset.", **given)
    line = Telling(["xoxb-12345"]).format(made)
    assert "\n" not in line
    assert json.loads(line) == {
        "at": "1970-01-01T00:00:00.000+00:00",
        "level": "error",
        "text": f"Sent\n{HIDDEN}.",
        "action": "message.unknown",
        "platform": "slack",
        "channel": "C1",
        "edition": "slack/C1 2026-11-23",
        "message": "0",
        "reason": "Reset.",
    }


QUIET = """
import logging
from bot.logs import set_up_quietly
set_up_quietly()
for name in ("apscheduler.executors.default", "discord.gateway", "bot.platforms.slack.answering"):
    logging.getLogger(name).warning("It was missed by 0:00:01.")
logging.getLogger("bot.library.watching").warning("x.md cannot be read.")
logging.getLogger("bot.desk").error("It broke.")
"""


def test_who_tries_the_bot_is_told_what_broke_and_what_cannot_be_read_alone() -> None:
    done = subprocess.run([sys.executable, "-c", QUIET], capture_output=True, text=True, check=True)
    first, second = done.stderr.splitlines()
    assert first.endswith("x.md cannot be read.")
    assert second.endswith("It broke.")


def test_an_outage_is_told_once_until_it_is_over_or_goes_on_for_long() -> None:
    once = Once()
    away, back = {"action": "store.away"}, {"action": "store.back"}
    assert once.filter(record("It is away.", 0, **away))
    assert not once.filter(record("It is away.", 5, **away))
    assert once.filter(record("Something else.", 6))
    assert once.filter(record("It is away.", LONG, **away))
    assert once.filter(record("It is back.", LONG + 1, **back))
    assert once.filter(record("It is away.", LONG + 2, **away))
