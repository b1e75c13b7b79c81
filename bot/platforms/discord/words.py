"""What people are told of Discord's own limits."""

from __future__ import annotations

from dataclasses import replace

from briefings.intents import Intent
from briefings.message import Action, Actions, Message, Weight
from briefings.owning import compose_sentence
from briefings.tongue import Tongue, mark, say, speaking

UNREAD = mark("I can not read this")


def compose_too_slow(tongue: Tongue, again: Intent | None) -> Message:
    """That a form cannot be opened any more, with a button that opens it, where one can."""
    with speaking(tongue):
        if again is None:
            sentence = say("The form took too long: write it once more.")
            return compose_sentence(say("Please try again"), sentence)
        sentence = say("The form took a moment, and Discord opens it only at once.")
        told = compose_sentence(say("The form is ready"), sentence)
        button = Action(say("Open the form"), again, Weight.PRIMARY)
        return replace(told, blocks=(*told.blocks, Actions((button,))))


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
