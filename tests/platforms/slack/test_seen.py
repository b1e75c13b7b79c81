"""Which deliveries came before."""

from __future__ import annotations

from bot.platforms.slack.seen import Seen


def test_a_repetition_is_noticed_and_the_oldest_deliveries_are_forgotten() -> None:
    seen = Seen(limit=2)
    assert [seen.is_new(name) for name in "aab"] == [True, False, True]
    assert [seen.is_new(name) for name in "cba"] == [True, False, True]


def test_deliveries_without_a_name_are_not_taken_for_each_other() -> None:
    seen = Seen()
    assert [seen.is_new(""), seen.is_new("")] == [True, True]
