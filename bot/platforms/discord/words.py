"""What people are told of Discord's own limits."""

from __future__ import annotations

from briefings.message import Message
from briefings.owning import compose_sentence
from briefings.tongue import Tongue, mark, say, speaking

UNREAD = mark("I can not read this")


def compose_too_slow(tongue: Tongue) -> Message:
    """That a form cannot be opened any more."""
    with speaking(tongue):
        sentence = say("The form took too long: write it once more.")
        return compose_sentence(say("Please try again"), sentence)


def compose_more(tongue: Tongue) -> Message:
    """That there would be more to say."""
    with speaking(tongue):
        sentence = say(
            "Discord lets me send no more here. Ask for the rest in a direct message to me, or in a"
            " server that has me."
        )
        return compose_sentence(say("There is more"), sentence)


def compose_unread() -> Message:
    """The answer to a message that names the bot and comes without its words.

    The bot may read a message that mentions itself; for any other, one that names its role among
    them, it needs an intent.
    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    sentence = say(
        "Discord keeps from me what you wrote here. Name me by @ and my own name, not by a role, or"
        " type /briefing and what you look for."
    )
    return compose_sentence(say(UNREAD), sentence)
