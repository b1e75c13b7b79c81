"""Picks from what a channel had lately, where that is enough: its whole history may be years long.

A channel that had a post a day for years has thousands of briefings behind it. The pinned one,
those of the day and the newest nearly always decide, and of these it is quickly asked.
"""

from __future__ import annotations

from dataclasses import replace

from briefings.model import BriefingId
from briefings.pick import (
    NO_PINS,
    History,
    Nothing,
    Pick,
    Pins,
    Reason,
    Shortlist,
    pick_from,
)
from briefings.schedule import Subscription

NEAR = 12
"""The newest briefings that are asked for."""


def near(listed: Shortlist, pins: Pins = NO_PINS) -> frozenset[BriefingId]:
    """The briefings of which `pick_near` wants to know when they were in a channel."""
    pinned = {pins[listed.day]} if listed.day in pins else set()
    return frozenset({*pinned, *listed.dated, *listed.newest[:NEAR]})


def pick_near(
    listed: Shortlist, subscription: Subscription, history: History, pins: Pins = NO_PINS
) -> Pick | Nothing | None:
    """As `pick_from`, of a history of what is `near`; nothing where the whole has to decide.

    The runner-up is left out where it takes the whole history to tell it.
    """
    cut = replace(listed, newest=listed.newest[:NEAR])
    picked = pick_from(cut, subscription, history, pins)
    if isinstance(picked, Nothing):
        return picked if listed.lack else None
    if cut == listed:
        return picked
    if picked.reason is Reason.RESTED:
        return None
    is_sure = picked.runner_up not in history or picked.runner_up in listed.dated
    return picked if is_sure else replace(picked, runner_up=None)
