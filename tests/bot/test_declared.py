"""What the settings file declares, and what is said of its mistakes."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.agenda import agenda
from bot.declared import declare_manners, declared, declared_manners
from bot.errors import SettingError
from bot.settings import Configuration, read_configuration
from bot.store.manners import ChannelManners
from briefings.daysoff import Region
from briefings.manners import Manners
from briefings.schedule import Layout
from tests.fakes import MovedClock

ENTRY = '[[subscriptions]]\nplatform = "slack"\nchannel = "C1"\n'


def configuration(folder: Path, text: str) -> Configuration:
    file = folder / "briefing-bot.toml"
    file.write_text(text, encoding="utf-8")
    given = {
        "BRIEFING_FILE": str(file),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_CHANNELS": "C1,C2",
        "BRIEFING_TIME_ZONE": "Europe/Berlin",
        "DATABASE_URL": f"sqlite:///{folder / 'none.db'}",
    }
    return read_configuration(None, given)


def test_the_files_word_counts_for_its_channels_and_the_settings_for_the_others(
    tmp_path: Path,
) -> None:
    more = 'at = ["08:30", "16:00"]\ndays = "weekdays"\ntopics = ["mobility"]\nholidays = "DE-BY"\n'
    found = declared(configuration(tmp_path, f'{ENTRY}{more}layout = "card"\n'))
    one, other = found["slack", "C1"], found["slack", "C2"]
    assert one.times == (time(8, 30), time(16))
    assert (one.topics, one.off.region, one.layout) == (
        frozenset({"mobility"}),
        Region("DE", "BY"),
        Layout.CARD,
    )
    assert (other.times, one.zone.key) == ((time(9),), "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f'{ENTRY}zone = "Europe/Berln"', "Did you mean Europe/Berlin?"),
        (f'{ENTRY}tims = "x"', "nothing reads"),
        (f'{ENTRY}layuot = "card"', "Did you mean layout?"),
        (f'{ENTRY}discussion = "off"', "Did you mean discussions?"),
        (ENTRY + ENTRY, "again"),
        ('[[subscriptions]]\nplatform = "irc"\nchannel = "x"', "write slack or discord"),
        ('[[subscriptions]]\nplatform = "slack"', "has no channel"),
        ("[other]\n", "none but [[subscriptions]]"),
        ("[[", "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_its_place(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(SettingError) as wrong:
        declared(configuration(tmp_path, text))
    assert sentence in str(wrong.value)
    assert "briefing-bot.toml" in str(wrong.value)


async def test_the_agenda_needs_no_database_and_makes_none(
    tmp_path: Path, clock: MovedClock
) -> None:
    settings = configuration(tmp_path, f'{ENTRY}at = "08:30"\n')
    coming = await agenda(settings, clock, date(2026, 11, 24), 2)
    assert [(each.subscription.channel, f"{each.moment:%d %H:%M}") for each in coming] == [
        ("C1", "24 07:30"),
        ("C2", "24 08:00"),
        ("C1", "25 07:30"),
        ("C2", "25 08:00"),
    ]
    assert names(tmp_path) == ["briefing-bot.toml"]


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def test_the_file_says_how_a_channel_discusses(
    tmp_path: Path, database: AsyncEngine, clock: MovedClock
) -> None:
    settings = configuration(tmp_path, f'{ENTRY}discussions = "text:on recap:17:00"\n')
    wanted = Manners(keeps_text=True, recap="17:00")
    assert declared_manners(settings) == {("slack", "C1"): wanted}
    assert declared(settings)["slack", "C1"].times == (time(9),)
    chosen = ChannelManners(database, clock)
    await declare_manners(chosen, settings)
    assert await chosen.of(("slack", "C1")) == wanted
    wrong = configuration(tmp_path, f'{ENTRY}discussions = "recap:sometimes"\n')
    with pytest.raises(SettingError, match="subscription 1: “sometimes” is no time for a recap"):
        declared_manners(wrong)
