"""The gauges: no message that a room draws is over a limit, and a long one comes near it."""

from __future__ import annotations

import pytest

from bot.platforms.gauges import Gauge, fullest
from bot.platforms.registry import ROOMS, room
from briefings.blocks import Paragraph, plain
from briefings.message import Message
from tests.platforms.samples import SAMPLES


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("message", SAMPLES.values(), ids=SAMPLES)
def test_no_drawn_message_is_over_a_limit(name: str, message: Message) -> None:
    for payload in room(name).draw(message):
        assert [each for each in room(name).gauges(payload) if each.used > each.most] == []


@pytest.mark.parametrize("name", ROOMS)
def test_a_full_message_comes_near_a_limit(name: str) -> None:
    message = Message("Long", (Paragraph(plain("so many words " * 2_000)),))
    gauges = room(name).gauges
    first, *_ = fullest(map(gauges, room(name).draw(message)))
    assert first.is_near


def test_the_fullest_message_counts() -> None:
    readings = [[Gauge("blocks", 2, 10)], [Gauge("blocks", 9, 10), Gauge("bytes", 95, 100)]]
    assert fullest(readings) == (Gauge("bytes", 95, 100), Gauge("blocks", 9, 10))
