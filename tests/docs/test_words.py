"""What the documents say one may write is what the bot takes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from bot.declared import declared, default_terms
from bot.settings import all_settings, read_configuration
from briefings.fields import Known
from briefings.lines import read_terms
from briefings.orders import NEWSROOM, VERBS, Subscribe, read_order
from tests.docs.test_commands import PAGES, name

SETTING = re.compile(r"`((?:BRIEFING|SLACK|DISCORD)_[A-Z_]+|DATABASE_URL|LOG_LEVEL)\b")
LINE = re.compile(r"`/briefings ([a-z][^`…·]*)`")
TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = {name for name, _, _ in all_settings()}
TODAY = date(2026, 11, 23)


def found_in(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    told = ((name(page), pattern.findall(page.read_text(encoding="utf-8"))) for page in PAGES)
    return sorted({(page, each.strip()) for page, found in told for each in found})


@pytest.mark.parametrize(("page", "setting"), found_in(SETTING))
def test_every_setting_is_one(page: str, setting: str) -> None:
    assert setting in SETTINGS


@pytest.mark.parametrize(("page", "line"), found_in(LINE))
def test_every_line_for_a_channel_is_understood(page: str, line: str) -> None:
    verb, _, rest = line.partition(" ")
    assert verb in VERBS
    alone = not rest and verb != "subscribe"
    if alone or verb in NEWSROOM or any(each.isupper() and len(each) > 2 for each in rest.split()):
        return
    order = read_order(line, TODAY)
    if isinstance(order, Subscribe):
        known = Known(available_timezones(), {"mobility", "sports"})
        read_terms(order.words, default_terms(read_configuration(None, {}).own), known)


@pytest.mark.parametrize(("page", "text"), found_in(TOML))
def test_every_file_of_subscriptions_is_read(page: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "briefing-bot.toml").write_text(text)
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DISCORD_BOT_TOKEN": "t"}
    file = {"BRIEFING_FILE": str(tmp_path / "briefing-bot.toml")}
    assert declared(read_configuration(None, {**tokens, **file}))
