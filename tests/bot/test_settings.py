"""Settings: what is wrong or unknown is named in one sentence, and secrets stay hidden."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SettingError
from bot.settings import all_settings, read_configuration

ROOT = Path(__file__).parents[2]


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, _, _ in all_settings():
        monkeypatch.delenv(name, raising=False)
    return tmp_path / ".env"


def write(env_file: Path, text: str) -> Path:
    env_file.write_text(text, encoding="utf-8")
    return env_file


def test_everything_has_a_default(env_file: Path) -> None:
    configuration = read_configuration(env_file)
    assert configuration.own.briefing_time == time(9)
    assert not any(room.configured for room in configuration.rooms.values())


def test_the_file_is_read(env_file: Path) -> None:
    text = (
        "BRIEFING_TIME=08:30\nBRIEFING_TIME_ZONE=Europe/Berlin\n"
        "BRIEFING_WEEKDAYS=mon, Tuesday,FRI\nBRIEFING_FOLDERS=seeds, more\n"
        "BRIEFING_TOPICS=Mobility\nSLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n"
        "SLACK_CHANNELS=C1, C2\nDISCORD_BOT_TOKEN=secret\nDISCORD_CHANNELS=1\n"
    )
    configuration = read_configuration(write(env_file, text))
    own = configuration.own
    assert (own.briefing_time, own.briefing_time_zone) == (time(8, 30), ZoneInfo("Europe/Berlin"))
    assert own.briefing_weekdays == {0, 1, 4}
    assert own.briefing_folders == (Path("seeds"), Path("more"))
    assert own.briefing_topics == {"mobility"}
    assert configuration.rooms["slack"].channels == ("C1", "C2")
    assert configuration.rooms["discord"].channels == ("1",)
    assert set(configuration.secrets()) == {"xoxb-1", "xapp-1", "secret"}


def test_the_environment_goes_before_the_file_and_what_is_given_before_both(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(env_file, "BRIEFING_TIME=01:00\nLOG_LEVEL=ERROR\n")
    monkeypatch.setenv("BRIEFING_TIME", "02:00")
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    configuration = read_configuration(env_file, {"LOG_LEVEL": "DEBUG"})
    assert configuration.own.briefing_time == time(2)
    assert configuration.own.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("BRIEFING_TIME=25:99", "BRIEFING_TIME is wrong"),
        ("BRIEFING_TIME=09:00+02:00", "write it from 00:00 to 23:59, such as 08:30"),
        ("BRIEFING_TIME=nine", "write it from 00:00 to 23:59, such as 08:30"),
        ("BRIEFING_TIME=08:30,16:00", "it is one time"),
        ("BRIEFING_TIME_ZONE=Europe/Berln", "did you mean Europe/Berlin?"),
        ("BRIEFING_WEEKDAYS=mon,fryday,xyz", "BRIEFING_WEEKDAYS is wrong"),
        ("LOG_LEVEL=LOUD", "LOG_LEVEL is wrong"),
        ("BRIEFING_TIM=09:00", "BRIEFING_TIM, which is no setting of Briefing Bot; did you mean"),
        ("SLACK_TOKEN=x", "SLACK_TOKEN"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(env_file: Path, line: str, told: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_configuration(write(env_file, line))
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_variable_of_ours_in_the_environment_is_named(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_ZONE", "Europe/Berlin")
    with pytest.raises(SettingError, match="The environment sets BRIEFING_ZONE"):
        read_configuration(env_file)


def test_half_a_platform_is_named(env_file: Path) -> None:
    configuration = read_configuration(write(env_file, "SLACK_BOT_TOKEN=xoxb-1"))
    with pytest.raises(SettingError, match="SLACK_APP_TOKEN"):
        _ = configuration.rooms["slack"].configured


def test_the_example_has_every_setting_with_its_description_and_nothing_else() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    names = [line.removeprefix("# ").partition("=")[0] for line in lines if "=" in line]
    assert names == [name for name, _, _ in all_settings()]
    for name, description, _ in all_settings():
        assert f"# {description}" in lines, name
        assert description.endswith("."), name


def test_the_password_of_the_database_is_a_secret_however_it_is_written() -> None:
    given = {"DATABASE_URL": "postgresql://bot:p%40ss%2Fword@host/town", "DISCORD_BOT_TOKEN": "t.k"}
    assert {"p%40ss%2Fword", "p@ss/word", "t.k"} <= set(read_configuration(None, given).secrets())
    assert all(read_configuration(None, {}).secrets())
