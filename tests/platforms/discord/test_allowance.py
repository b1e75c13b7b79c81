"""What is left of a channel's limit is read from Discord's answers, before it is passed."""

from __future__ import annotations

import pytest

from bot.platforms.abilities import Counting
from bot.platforms.discord.allowance import MANY, Allowance
from bot.platforms.registry import room
from bot.sandbox.discord.ratelimits import SENDING
from briefings.blocks import Paragraph, plain
from briefings.message import Message
from tests.platforms.discord.conftest import Opens

USED_UP = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "3.5"}


async def test_the_last_message_of_a_limit_says_how_long_the_channel_rests(
    open_stage: Opens,
) -> None:
    stage = await open_stage(posting_only=True)
    platform = stage.platform
    assert isinstance(platform, Counting)
    (payload,) = room("discord").draw(Message("Today", (Paragraph(plain("News.")),)))
    for number in range(SENDING.calls):
        assert platform.spent(stage.here) == 0
        await platform.post(stage.here, payload, f"m{number}")
    assert 0 < platform.spent(stage.here) <= SENDING.seconds
    assert platform.spent(stage.here) == 0
    assert stage.side.world.rates.refused == 0


def test_a_limit_that_is_used_up_is_told_once_and_by_its_channel_alone() -> None:
    allowance = Allowance()
    allowance.note("POST", "1", USED_UP)
    assert (allowance.spent("2"), allowance.spent("1"), allowance.spent("1")) == (0, 3.5, 0)


@pytest.mark.parametrize(
    "headers", [{}, {"X-RateLimit-Remaining": "1"}, {**USED_UP, "X-RateLimit-Reset-After": "soon"}]
)
def test_a_later_answer_takes_back_what_an_earlier_one_said(headers: dict[str, str]) -> None:
    allowance = Allowance()
    allowance.note("POST", "1", USED_UP)
    allowance.note("POST", "1", headers)
    assert allowance.spent("1") == 0


def test_the_limits_of_other_calls_are_not_those_of_messages() -> None:
    allowance = Allowance()
    allowance.note("GET", "1", USED_UP)
    assert allowance.spent("1") == 0


def test_channels_that_nobody_asks_for_are_forgotten() -> None:
    allowance = Allowance()
    for number in range(MANY + 1):
        allowance.note("POST", str(number), USED_UP)
    assert allowance.spent("0") == 0
    assert allowance.spent(str(MANY)) == 3.5
