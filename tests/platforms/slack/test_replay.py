"""Replays of Slack's signed requests: how long one may be brought, and how often."""

from __future__ import annotations

from time import time

import pytest

from tests.platforms.slack.served import Parrot, messages, until
from tests.platforms.slack.test_endpoint import MENTION, behind_a_url, post, signed


@pytest.mark.parametrize("age", [-290, -1, 1, 290])
async def test_what_was_signed_within_five_minutes_is_heard_once(age: int) -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        headers = signed(side, MENTION, time() - age)
        assert [(await post(side, MENTION, headers))[0] for _ in range(3)] == [200] * 3
        await until(lambda: messages(side))
    assert len(desk.heard) == 1


@pytest.mark.parametrize("age", [-310, 310, 3600, 86_400 * 365])
async def test_what_was_signed_earlier_or_later_is_refused_however_often(age: int) -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        headers = signed(side, MENTION, time() - age)
        assert [(await post(side, MENTION, headers))[0] for _ in range(3)] == [401] * 3
    assert desk.heard == []


async def test_an_old_signature_fits_no_newer_time() -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        old = signed(side, MENTION, time() - 3600)
        fresh = {**old, "X-Slack-Request-Timestamp": str(int(time()))}
        assert (await post(side, MENTION, fresh))[0] == 401
    assert desk.heard == []
