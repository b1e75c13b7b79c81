"""The page's settings: what may not be open to others is not, and is said in one sentence."""

from __future__ import annotations

import pytest

from bot.errors import SettingError
from bot.settings import read_configuration


def test_the_page_is_nowhere_and_on_this_computer_alone_at_first() -> None:
    page = read_configuration(None).page
    assert page.briefing_page_port is None
    assert page.briefing_page_host == "127.0.0.1"


def test_others_reach_the_page_by_an_address_that_is_told() -> None:
    opened = {"BRIEFING_PAGE_HOST": "0.0.0.0"}
    with pytest.raises(SettingError, match="BRIEFING_PAGE_URL is wrong"):
        read_configuration(None, opened)
    told = {**opened, "BRIEFING_PAGE_URL": "https://b.example/"}
    assert read_configuration(None, told).page.briefing_page_url == "https://b.example"


@pytest.mark.parametrize("wrong", ["b.example", "ftp://b.example", "https://b.example/page"])
def test_an_address_is_a_whole_one(wrong: str) -> None:
    with pytest.raises(SettingError, match="no address such as"):
        read_configuration(None, {"BRIEFING_PAGE_URL": wrong})
