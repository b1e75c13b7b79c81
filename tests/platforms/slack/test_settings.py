"""The settings of the Slack room."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.platforms.slack.settings import Settings


def read(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / ".env"
    file.write_text(text)
    return Settings(_env_file=file)  # type: ignore[call-arg] # pydantic-settings' own argument


def test_tokens_and_channels_are_read_from_a_file(tmp_path: Path) -> None:
    settings = read(
        tmp_path, "SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nSLACK_CHANNELS=C1, C2,,\nOTHER=1"
    )
    assert settings.configured
    assert settings.channels == ("C1", "C2")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert "xoxb-1" not in repr(settings)


def test_without_tokens_the_room_is_not_configured(tmp_path: Path) -> None:
    settings = read(tmp_path, "SLACK_BOT_TOKEN=\nSLACK_APP_TOKEN=\nSLACK_CHANNELS=\n")
    assert not settings.configured
    assert settings.channels == ()


@pytest.mark.parametrize(
    ("there", "missing"),
    [("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"), ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN")],
)
def test_one_token_of_two_is_an_error_that_names_the_other(
    tmp_path: Path, there: str, missing: str
) -> None:
    with pytest.raises(SettingError, match=f"^{missing} is missing"):
        _ = read(tmp_path, f"{there}=x").configured


def test_every_setting_says_what_it_is_in_one_line() -> None:
    described = [field.description or "" for field in Settings.model_fields.values()]
    assert all(line.endswith(".") and "\n" not in line for line in described)


MANY = "SLACK_CLIENT_ID=1.2\nSLACK_CLIENT_SECRET=quiet\nSLACK_SIGNING_SECRET=s\n"


def test_many_workspaces_need_the_apps_id_and_both_of_its_secrets(tmp_path: Path) -> None:
    settings = read(tmp_path, MANY)
    assert settings.configured
    assert settings.hosted
    assert "quiet" not in repr(settings)


@pytest.mark.parametrize("missing", ["CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET"])
def test_what_many_workspaces_lack_is_named(tmp_path: Path, missing: str) -> None:
    given = "".join(f"{line}\n" for line in MANY.splitlines() if missing not in line)
    with pytest.raises(SettingError, match=f"^SLACK_{missing} is missing"):
        _ = read(tmp_path, given).configured


@pytest.mark.parametrize("own", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CHANNELS"])
def test_one_workspace_and_many_do_not_go_together(tmp_path: Path, own: str) -> None:
    with pytest.raises(SettingError, match=f"^{own} belongs to one workspace"):
        _ = read(tmp_path, f"{MANY}{own}=x\n").configured
