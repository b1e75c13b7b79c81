"""What people are told of Slack's own limits."""

from __future__ import annotations

from briefings.message import Message
from briefings.owning import compose_sentence
from briefings.tongue import Tongue, say, speaking


def compose_unopened(tongue: Tongue) -> Message:
    """That a form was not opened: Slack opens none later than three seconds after the press.

    https://docs.slack.dev/surfaces/modals#opening_modals
    """
    with speaking(tongue):
        sentence = say(
            "Slack did not open the form. /briefings help shows what can be said in one line"
            " instead."
        )
        return compose_sentence(say("Please try again"), sentence)
